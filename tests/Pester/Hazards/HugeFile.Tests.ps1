# 16 GiB, most of it a hole, and a process that may not use more than 64 MiB of managed memory: what keeps what it read runs out.

BeforeAll {
    . $PSScriptRoot/../Support/Hazard.ps1
    $obstacle = Find-Obstacle -Means 'a file system in memory (/dev/shm)' -Path '/dev/shm'
    $huge = "/dev/shm/mmapps-huge-$PID"
}

Describe '16 GiB within 64 MiB of managed memory' {
    BeforeAll {
        if ($obstacle) {
            return
        }

        try {
            $child = Invoke-Hazard -Environment @{ HUGE_FILE = $huge; DOTNET_GCHeapHardLimit = '0x4000000' } -Script @'
$file = [IO.File]::Create($env:HUGE_FILE)
$file.SetLength(16GB)
$file.Position = 16GB - 100
$file.Write([Text.Encoding]::ASCII.GetBytes('a needle in a haystack'), 0, 22)
$file.Dispose()
$map = New-MemoryMap $env:HUGE_FILE
Show 'limit' { [GC]::GetGCMemoryInfo().TotalAvailableMemoryBytes }
Show 'find' { (Find-MappedByte $map 'needle').Offset }
Show 'count' { Find-MappedByte $map 'e' -Count }
Show 'compare' { Compare-MappedByte $map $env:HUGE_FILE -Quiet }
Show 'edit' { (Edit-MappedByte $map 'needle' 'NEEDLE' -PassThru).Offset }
Show 'copy' { Copy-MappedByte $map "$env:HUGE_FILE.copy" -Sparse; [IO.FileInfo]::new("$env:HUGE_FILE.copy").Length }
Show 'copied' { $copy = New-MemoryMap "$env:HUGE_FILE.copy"; (Find-MappedByte $copy 'NEEDLE' -Last 1).Offset; Remove-MemoryMap $copy }
Show 'format' { $lines = 0; Format-MappedByte $map -Length 8MB | ForEach-Object { $lines++ }; $lines }
Show 'clear' { Clear-MappedByte $map -Deallocate; Find-MappedByte $map 'NEEDLE' -Count }
Show 'memory' { $numbers = [int[]]::new(40000000); $numbers.Length }
'@
        }
        finally {
            [IO.File]::Delete($huge)
            [IO.File]::Delete("$huge.copy")
        }
    }

    It 'is the limit of the process, which one that needs more meets' {
        if ($obstacle) {
            Set-ItResult -Skipped -Because $obstacle
        }

        $child.Said['limit'] | Should -Be 64MB
        $child.Said['memory'] | Should -BeLike '!OutOfMemoryException*'
    }

    It 'is enough to <work>' -ForEach @(
        @{ Work = 'find'; Expected = 16GB - 98 }
        @{ Work = 'count'; Expected = 3 }
        @{ Work = 'compare'; Expected = $true }
        @{ Work = 'edit'; Expected = 16GB - 98 }
        @{ Work = 'copy'; Expected = 16GB }
        @{ Work = 'copied'; Expected = 16GB - 98 }
        @{ Work = 'format'; Expected = 8MB / 16 }
        @{ Work = 'clear'; Expected = 0 }
    ) {
        if ($obstacle) {
            Set-ItResult -Skipped -Because $obstacle
        }

        $child.Said[$Work] | Should -Be "$Expected"
        $child.Said['end'] | Should -Be 'reached'
    }
}
