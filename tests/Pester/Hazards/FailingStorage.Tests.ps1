# Storage that fails below the page cache: a loop device whose backing file lost its end, or has no room.

BeforeAll {
    . $PSScriptRoot/../Support/Preamble.ps1
    . $PSScriptRoot/../Support/HazardWays.ps1
    $disk = Join-Path $TestDrive disk
    $cut = Join-Path $TestDrive cut.img
    $sparse = Join-Path $disk sparse.img
    $obstacle = Find-Obstacle -Means 'loop devices on failing storage' -Root -Tool losetup, mount, umount, truncate -Path /dev/loop-control -Trap {
        New-Item $disk -ItemType Directory
        mount -t tmpfs -o size=4m tmpfs $disk
        [IO.File]::WriteAllBytes($cut, [byte[]]@(5) * 8MB)
        truncate -s 64M $sparse
        foreach ($image in $cut, $sparse) {
            losetup --find $image
        }
    }
    $environment = if (-not $obstacle) {
        @{ HAZARD_CUT = Get-LoopDevice $cut; HAZARD_IMAGE = $cut; HAZARD_FULL = Get-LoopDevice $sparse }
    }
    $child = Invoke-Hazard -Obstacle $obstacle -Environment $environment -Script @'
$map = New-MemoryMap $env:HAZARD_CUT
Show 'whole' { $map.Length, $map[0], $map.Kind }
Set-FileLength $env:HAZARD_IMAGE 1MB
$at = 4MB
$count = 1
Show-Way read $HazardReads, $HazardReadsToEnd
Show 'write' { Write-MappedByte $map 1 -Offset 6MB }
Show 'across' { Read-MappedByte $map 0 8MB }
Show 'good' { $map[1000], $map[1MB - 1] }
$copy = New-MemoryMap $env:HAZARD_CUT -Sharing Private
Show 'private read' { $copy[7MB] }
Show 'private write' { $copy[7MB] = 1 }
Show 'private good' { $copy[1000] = 3; $copy[1000], $map[1000] }
Remove-MemoryMap $map, $copy

$map = New-MemoryMap $env:HAZARD_FULL -Length 16MB
Show 'full write' { $map.Write(0, [byte[]]@(9) * 8MB) }
Show 'full sync' { Sync-MemoryMap $map }
Show 'full long sync' { $long = New-MemoryMap $env:HAZARD_FULL -Offset 16MB; Clear-MappedByte $long -Value 9; Sync-MemoryMap $long }
Show 'full sync and remove' { $map.Write(8MB, [byte[]]@(9) * 8MB); Remove-MemoryMap $map -Sync }
Show 'full still open' { $map.IsOpen, $map[0] }
'@
}

AfterAll {
    Remove-Trap -Image $cut, $sparse -Mount $disk
}

Describe 'A region on storage that fails' {
    BeforeEach {
        Skip-OnObstacle $child.Obstacle
    }

    It 'leaves the session alive' {
        Assert-Survival $child
        $child.Said['whole'] | Should -BeExactly '8388608 5 Device'
    }

    It 'is a fault to every read, which names the storage' {
        Assert-Said $child read ($HazardReads.Keys + $HazardReadsToEnd.Keys) '!PageFault | *read offset 4194304 of *EIO*'
    }

    It 'is a fault to a write of a page that cannot be read' {
        $child.Said['write'] | Should -BeLike '!PageFault | *write offset 6291456 of *'
    }

    It 'says how many bytes a long read got' {
        $child.Said['across'] | Should -BeLike '!PageFault | *read offset *EIO* of 8388608 bytes were read*'
    }

    It 'still gives what the storage has' {
        $child.Said['good'] | Should -BeExactly '5 5'
    }

    It 'is a fault to a private region too' {
        $child.Said['private read'] | Should -BeLike '!PageFault | *read offset 7340032 of *'
        $child.Said['private write'] | Should -BeLike '!PageFault | *write offset 7340032 of *'
        $child.Said['private good'] | Should -BeExactly '3 5'
    }

    It 'makes Sync-MemoryMap an error, because nothing is durable' {
        $child.Said['full write'] | Should -BeExactly ''
        $child.Said['full sync'] | Should -Match '^!(msync\.EIO|msync\.ENOSPC|NoSpace) '
    }

    It 'makes it an error, too, where a long range is written back part by part' {
        $child.Said['full long sync'] | Should -Match '^!(sync_file_range\.(EIO|ENOSPC)|NoSpace) '
    }

    It 'keeps the region where Remove-MemoryMap -Sync could not write it back' {
        $child.Said['full sync and remove'] | Should -Match '^!(msync\.EIO|msync\.ENOSPC|NoSpace) '
        $child.Said['full still open'] | Should -BeExactly 'True 9'
    }
}
