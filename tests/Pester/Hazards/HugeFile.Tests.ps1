# More than fits into 32 bits, most of it a hole, and a process that may not use more than 64 MiB of managed memory: what keeps what
# it read runs out.

BeforeAll {
    . $PSScriptRoot/../Support/Preamble.ps1
    $huge = "/dev/shm/mmapps-huge-$PID"
    $child = Invoke-Hazard -Obstacle (Find-Obstacle -Means 'a file system in memory (/dev/shm)' -Path /dev/shm) -Environment @{
        HUGE_FILE = $huge; DOTNET_GCHeapHardLimit = '0x4000000'
    } -Script @'
$path = $env:HUGE_FILE
Set-FileLength $path 5GB
$map = New-MemoryMap $path
Write-MappedByte $map 'a needle in a haystack' -Offset (5GB - 100)
Show 'limit' { [GC]::GetGCMemoryInfo().TotalAvailableMemoryBytes }
Show 'find' { (Find-MappedByte $map 'needle').Offset }
Show 'count' { Find-MappedByte $map 'e' -Count }
Show 'compare' { Compare-MappedByte $map $path -Quiet }
Show 'edit' { (Edit-MappedByte $map 'needle' 'NEEDLE' -PassThru).Offset }
Show 'copy' { Copy-MappedByte $map "$path.copy" -Sparse; (Get-Item "$path.copy").Length }
Show 'copied' { $copy = New-MemoryMap "$path.copy"; (Find-MappedByte $copy 'NEEDLE' -Last 1).Offset; Remove-MemoryMap $copy }
Show 'format' { $lines = 0; Format-MappedByte $map -Length 16MB -Width 1024 | ForEach-Object { $lines++ }; $lines }
Show 'clear' { Clear-MappedByte $map -Deallocate; Find-MappedByte $map 'NEEDLE' -Count }
Show 'memory' { $numbers = [int[]]::new(40000000); $numbers.Length }
'@
}

AfterAll {
    Remove-Item $huge, "$huge.copy" -ErrorAction Ignore
}

Describe '5 GiB within 64 MiB of managed memory' -Tag Slow {
    BeforeEach {
        Skip-OnObstacle $child.Obstacle
    }

    It 'is the limit of the process, which one that needs more meets' {
        $child.Said['limit'] | Should -Be 64MB
        $child.Said['memory'] | Should -BeLike '!OutOfMemoryException*'
    }

    It 'is enough to <work>' -ForEach @(
        @{ Work = 'find'; Expected = 5GB - 98 }
        @{ Work = 'count'; Expected = 3 }
        @{ Work = 'compare'; Expected = $true }
        @{ Work = 'edit'; Expected = 5GB - 98 }
        @{ Work = 'copy'; Expected = 5GB }
        @{ Work = 'copied'; Expected = 5GB - 98 }
        @{ Work = 'format'; Expected = 16MB / 1024 }
        @{ Work = 'clear'; Expected = 0 }
    ) {
        $child.Said[$Work] | Should -Be "$Expected"
        $child.Said['end'] | Should -Be 'reached'
    }
}
