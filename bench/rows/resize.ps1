# Growing and shrinking 1 GiB of memory by half, against the usual way: allocate, copy, free the old memory.
param([string] $Root, [string] $Work)

$script:region = New-MemoryMap -Anonymous -Length 1GB -Option Populate
$script:region[0] = 1
$script:array = [byte[]]::new(1GB)
[Array]::Fill($script:array, [byte]1)

Measure-Pair -Name 'Resize 1 GiB of anonymous memory to 1.5 GiB and back, against arrays allocated and copied' -Limit 10 -RatioIsSpeed -Rounds 7 -Ours {
    Resize-MemoryMap $script:region 1.5GB
    Resize-MemoryMap $script:region 1GB
} -Peer {
    # Array.Resize, which continues with the given array.
    $larger = [GC]::AllocateUninitializedArray[byte](1.5GB)
    [Buffer]::BlockCopy($script:array, 0, $larger, 0, 1GB)
    $script:array = [GC]::AllocateUninitializedArray[byte](1GB)
    [Buffer]::BlockCopy($larger, 0, $script:array, 0, 1GB)
}

$script:array = $null
Measure-Pair -Name 'Resize 1 GiB of anonymous memory to 1.5 GiB, against a new region and Read and Write of the old one' -Limit 10 -RatioIsSpeed -Rounds 5 -Ours {
    Resize-MemoryMap $script:region 1.5GB
    Resize-MemoryMap $script:region 1GB
} -Peer {
    $larger = New-MemoryMap -Anonymous -Length 1.5GB
    Write-MappedByte $larger (Read-MappedByte $script:region)
    Remove-MemoryMap $larger
}
Remove-MemoryMap $script:region
[GC]::Collect()
