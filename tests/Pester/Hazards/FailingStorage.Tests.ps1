# Storage that fails below the page cache: a loop device whose backing file lost its end, or has no room.

. $PSScriptRoot/../Support/HazardWays.ps1
$reads = @($HazardReads.Keys) + @($HazardReadsToEnd.Keys)

BeforeAll {
    . $PSScriptRoot/../Support/Hazard.ps1
    . $PSScriptRoot/../Support/HazardWays.ps1
    $obstacle = Find-Obstacle -Means 'loop devices on failing storage' -Root -Tool losetup, mount, umount -Path /dev/loop-control
    $disk = "$TestDrive/disk"
    $devices = @()
    $mounted = $false
    if (-not $obstacle) {
        $null = [IO.Directory]::CreateDirectory($disk)
        try {
            $null = Invoke-Tool mount '-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', $disk
            $mounted = $true
            [IO.File]::WriteAllBytes("$TestDrive/cut.img", [byte[]]@(5) * 8MB)
            $devices += (Invoke-Tool losetup '--find', '--show', "$TestDrive/cut.img").Trim()
            $file = [IO.File]::Create("$disk/sparse.img")
            $file.SetLength(64MB)
            $file.Dispose()
            $devices += (Invoke-Tool losetup '--find', '--show', "$disk/sparse.img").Trim()
        }
        catch { $obstacle = "no loop device can be set up here: $_" }
    }

    if (-not $obstacle) {
        $child = Invoke-Hazard -Environment @{ HAZARD_CUT = $devices[0]; HAZARD_FULL = $devices[1]; HAZARD_IMAGE = "$TestDrive/cut.img" } -Script (
            (@(Get-WayText) + @'
$map = New-MemoryMap $env:HAZARD_CUT
Show 'whole' { $map.Length, $map[0], $map.Kind }
$image = [IO.File]::OpenWrite($env:HAZARD_IMAGE)
$image.SetLength(1MB)
$at = 4MB
$count = 1
foreach ($way in @($reads.GetEnumerator()) + @($readsToEnd.GetEnumerator())) { Show "read $($way.Key)" $way.Value }
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
'@) -join "`n")
    }
}

AfterAll {
    foreach ($device in $devices) {
        $null = Invoke-Tool losetup '--detach', $device
    }

    if ($mounted) {
        $null = Invoke-Tool umount $disk
    }
}

Describe 'A region on storage that fails' {
    BeforeEach {
        if ($obstacle) {
            Set-ItResult -Skipped -Because $obstacle
        }
    }

    It 'leaves the session alive' {
        $child.ExitCode | Should -Be 0 -Because $child.ErrorOutput
        $child.Said['whole'] | Should -BeExactly '8388608 5 Device'
        $child.Said['end'] | Should -Be 'reached'
    }

    It 'is a fault to <_> that names the storage' -ForEach $reads {
        $child.Said["read $_"] | Should -BeLike '!PageFault | *read offset 4194304 of *EIO*'
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
