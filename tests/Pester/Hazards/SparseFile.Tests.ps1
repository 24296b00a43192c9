# Holes are left out of long work where that changes nothing.

BeforeAll {
    . $PSScriptRoot/../Support/Preamble.ps1

    function Get-ReadCount {
        # Bytes that this process has read so far, as the kernel counts them.
        [long](@((Get-Content /proc/self/io) -match '^rchar: ')[0] -replace '\D')
    }

    # Bytes that a script block reads, which stay below what one long hole has.
    function Measure-Read([scriptblock] $Action) {
        $before = Get-ReadCount
        $null = & $Action
        (Get-ReadCount) - $before
    }
}

Describe 'A sparse file of 64 GiB' {
    BeforeEach {
        Skip-OutsideLinux 'a count of what a process has read, and file systems whose holes are left out'
        $path = New-TestFile -Size 64GB
        if ((stat -f -c '%T' $path) -notmatch '^(ext2/ext3|xfs|btrfs|tmpfs)$') {
            Set-ItResult -Skipped -Because 'the holes of this file system are read'
        }

        $map = New-MemoryMap $path
        $places = 0, 5GB, 40GB, (64GB - 6)
        foreach ($place in $places) {
            Write-MappedByte $map needle -Offset $place
        }
    }

    AfterEach {
        Get-MemoryMap | Remove-MemoryMap
    }

    It 'is searched without reading its holes: <Work>' -ForEach @(
        @{ Work = 'Find-MappedByte $map needle' }
        @{ Work = 'Find-MappedByte $map needle -Last 9' }
        @{ Work = 'Find-MappedByte $map needle, "e`0`0" -Overlapping | Where-Object Length -eq 6' }
        @{ Work = 'Edit-MappedByte $map needle NEEDLE -PassThru' }
    ) {
        Measure-Read { $script:found = & ([scriptblock]::Create($Work)) } | Should -BeLessThan 200MB
        $found.Offset | Should -Be $places
    }

    It 'is counted in without reading its holes' {
        Measure-Read { Find-MappedByte $map needle -Count | Should -Be 4 } | Should -BeLessThan 200MB
    }

    It 'is compared with another without reading what both lack' {
        $other = New-MemoryMap (New-TestFile -Size 64GB)
        Write-MappedByte $other needle -Offset 40GB
        Measure-Read { $script:differences = Compare-MappedByte $map $other } | Should -BeLessThan 200MB
        $differences.Offset | Should -Be 0, 5GB, (64GB - 6)
        $differences | ForEach-Object Length | Should -Be 6, 6, 6
    }

    It 'is copied with -Sparse without reading its holes' {
        $copy = Join-Path $TestDrive copy.bin
        Measure-Read { Copy-MappedByte $map $copy -Sparse } | Should -BeLessThan 200MB
        Get-AllocatedSize $copy | Should -BeLessThan 1MB
        Compare-MappedByte $map $copy -Quiet | Should -BeTrue
        Get-FileText $copy -Offset (64GB - 8) | Should -BeExactly '\x00\x00needle'
        Remove-Item $copy
    }

    It 'is read where the bytes of a private region may differ' {
        Remove-MemoryMap $map
        $map = New-MemoryMap $path -Sharing Private -Length 100MB
        Write-MappedByte $map needle -Offset 50MB
        (Find-MappedByte $map needle).Offset | Should -Be 0, 50MB
    }

    It 'still has its error where it may not be read' {
        Protect-MemoryMap $map -Offset 20GB -Length 4096 -Protection None
        $found = @(Find-MappedByte $map needle -Offset (20GB - 64MB) -ErrorVariable problem -ErrorAction SilentlyContinue)
        $found.Count | Should -Be 0
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'NotReadable,*'
    }

    It 'still has its error where it was cut' {
        $file = [IO.File]::OpenWrite($path)
        $file.SetLength(30GB)
        $file.Dispose()
        $found = @(Find-MappedByte $map needle -ErrorVariable problem -ErrorAction SilentlyContinue)
        $found.Offset | Should -Be 0, 5GB
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PageFault,*'
    }
}

Describe 'What was written into holes through a mapping a moment before' {
    It 'is found, whatever the layout: <_>' -ForEach (1..4) {
        $random = [Random]::new($_)
        $size = 20MB + $random.Next(9999)
        $path = New-TestFile -Size $size
        $map = New-MemoryMap $path

        # Pages that were read before they are written are in memory as zeros.
        1..20 | ForEach-Object { $null = $map[$random.NextInt64($size)] }
        $places = [Collections.Generic.SortedSet[long]]::new()
        foreach ($try in 1..5) {
            $null = $places.Add($random.NextInt64($size / 7 - 1) * 7)
            foreach ($place in $places) {
                Write-MappedByte $map found -Offset $place
            }

            if ($random.Next(3) -eq 0) {
                Sync-MemoryMap $map
            }

            (Find-MappedByte $map found).Offset | Should -Be @($places)
            Find-MappedByte $map found -Count | Should -Be $places.Count
        }

        Compare-MappedByte $map (New-TestFile -Size $size) | Select-Object -ExpandProperty Offset | Should -Be @($places)
        Remove-MemoryMap $map
    }
}
