# 1 GiB in one call, against memcpy between the same memory and the same kind of array.
param([string] $Root, [string] $Work)

$length = 1GB
$path = Join-Path $Work 'bulk.bin'
$file = New-MemoryMap $path -Create -Length $length
$memory = New-MemoryMap -Anonymous -Length $length
$bytes = [byte[]]::new($length)
[Random]::new(1).NextBytes($bytes)
Write-MappedByte $file $bytes
Write-MappedByte $memory $bytes

foreach ($case in @{ Region = $file; Kind = 'shared file'; Limit = 0.4 }, @{ Region = $memory; Kind = 'anonymous'; Limit = 0.8 }) {
    $region = $case.Region
    $name = "1 GiB, $($case.Kind), against memcpy"
    Measure-Pair -Name "Read $name" -Limit $case.Limit -RatioIsSpeed -Rounds 7 -Ours {
        $null = Read-MappedByte $region
    } -Peer {
        # Assigned, because an unassigned array would go through the pipeline byte by byte.
        $null = [MmapPS.Bench.Memory]::Read($region.Address, $length)
    }
    Measure-Pair -Name "Write $name" -Limit $case.Limit -RatioIsSpeed -Rounds 7 -Ours {
        Write-MappedByte $region $bytes
    } -Peer {
        [MmapPS.Bench.Memory]::Write($region.Address, $bytes)
    }
}

$before = [GC]::GetTotalAllocatedBytes($true)
$null = Read-MappedByte $file
$read = [GC]::GetTotalAllocatedBytes($true) - $before - $length
$before = [GC]::GetTotalAllocatedBytes($true)
Write-MappedByte $file $bytes
$written = [GC]::GetTotalAllocatedBytes($true) - $before
# Against the one buffer of 1 MiB that a copy may use.
New-Row 'Allocated beyond the result by reading 1 GiB, against a buffer' bytes $read 1MB ($read / 1MB) -Limit 1
New-Row 'Allocated by writing 1 GiB, against a buffer' bytes $written 1MB ($written / 1MB) -Limit 1
$file, $memory | Remove-MemoryMap
Remove-Item $path
