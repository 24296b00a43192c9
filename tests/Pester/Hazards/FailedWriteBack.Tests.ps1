# Bytes that could not be written back: a loop device whose image has no room, and then has. The kernel takes pages for written
# whose writing failed, so what counts is what the image holds.

BeforeAll {
    . $PSScriptRoot/../Support/Preamble.ps1
    $disk = Join-Path $TestDrive disk
    $image = Join-Path $disk image
    $tools = 'bash', 'losetup', 'mount', 'umount', 'blockdev', 'fallocate', 'truncate'
    $obstacle = Find-Obstacle -Means 'loop devices on failing storage' -Root -Tool $tools -Path /dev/loop-control -Trap {
        New-Item $disk -ItemType Directory
        mount -t tmpfs -o size=4m tmpfs $disk
        truncate -s 96M $image
        losetup --find $image
    }
    $environment = if (-not $obstacle) {
        @{ HAZARD_DEVICE = Get-LoopDevice $image; HAZARD_DISK = $disk }
    }
    $child = Invoke-Hazard -Obstacle $obstacle -Environment $environment -Script @'
function Set-Room([string] $Size) { mount -o "remount,size=$Size" $env:HAZARD_DISK; if ($LASTEXITCODE) { throw 'remount failed' } }
function Measure-Image([long] $Offset, [long] $Length, [byte] $Byte) {
    $octal = '\' + [Convert]::ToString($Byte, 8)
    bash -c "tail -c +$($Offset + 1) '$env:HAZARD_DISK/image' | head -c $Length | tr -dc '$octal' | wc -c"
}
function Empty-Image {
    Get-MemoryMap | Remove-MemoryMap
    blockdev --flushbufs $env:HAZARD_DEVICE 2> $null
    fallocate --punch-hole --offset 0 --length 96M "$env:HAZARD_DISK/image"
    Set-Room 4m
}
function New-Change([long] $Offset, [long] $Length, [byte] $Byte) {
    $map = New-MemoryMap $env:HAZARD_DEVICE -Offset $Offset -Length $Length
    Clear-MappedByte $map -Value $Byte
    $map
}

# A range of one call.
$map = New-Change 0 8MB 11
Show 'sync fails' { Sync-MemoryMap $map }
Show 'sync fails again' { Sync-MemoryMap $map }
Show 'not there' { Measure-Image 0 8MB 11 }
Set-Room 100m
Show 'sync with room' { Sync-MemoryMap $map }
Show 'there' { Measure-Image 0 8MB 11 }

# A range that is written back part by part, and starts within a page.
Empty-Image
$map = New-Change 1000 48MB 12
Show 'long sync fails' { Sync-MemoryMap $map }
Set-Room 100m
Show 'long sync with room' { Sync-MemoryMap $map }
Show 'long there' { Measure-Image 1000 48MB 12 }

# Remove-MemoryMap -Sync.
Empty-Image
$map = New-Change 0 8MB 13
Show 'remove fails' { Remove-MemoryMap $map -Sync }
Show 'remove fails again' { Remove-MemoryMap $map -Sync }
Show 'still open' { $map.IsOpen, $map[0] }
Set-Room 100m
Show 'remove with room' { Remove-MemoryMap $map -Sync; $map.IsOpen }
Show 'removed there' { Measure-Image 0 8MB 13 }

# Written back behind the module's back; the failure is reported to a call for another range.
Empty-Image
$map = New-Change 0 16MB 14
blockdev --flushbufs $env:HAZARD_DEVICE 2> $null
Show 'one page fails' { Sync-MemoryMap $map -Offset 0 -Length 4096 }
Set-Room 100m
Show 'one page with room' { Sync-MemoryMap $map -Offset 0 -Length 4096 }
Show 'the rest with room' { Sync-MemoryMap $map -Offset 4096 }
Show 'all there' { Measure-Image 0 16MB 14 }

# -Async promises nothing, and does not hide the failure from the next call.
Empty-Image
$map = New-Change 0 8MB 15
blockdev --flushbufs $env:HAZARD_DEVICE 2> $null
Show 'async' { Sync-MemoryMap $map -Async }
Show 'after async' { Sync-MemoryMap $map }
Set-Room 100m
Show 'async with room' { Sync-MemoryMap $map }
Show 'async there' { Measure-Image 0 8MB 15 }

# What cannot be marked as changed is not said to be durable.
Empty-Image
$map = New-Change 0 8MB 16
Protect-MemoryMap $map -Protection Read
Show 'protected fails' { Sync-MemoryMap $map }
Set-Room 100m
Show 'protected with room' { Sync-MemoryMap $map }
Show 'protected remove' { Remove-MemoryMap $map -Sync }
Show 'protected open' { $map.IsOpen }
Protect-MemoryMap $map -Protection Read, Write
Show 'writable again' { Sync-MemoryMap $map }
Show 'protected there' { Measure-Image 0 8MB 16 }

# Only pages that were written through the region are written again.
Empty-Image
Set-Room 100m
$other = New-Change 0 16MB 17
Sync-MemoryMap $other
Set-Room 17m
$map = New-MemoryMap $env:HAZARD_DEVICE -Offset 0 -Length 48MB
$null = Read-MappedByte $map 0 16MB
Clear-MappedByte $map -Value 18 -Offset 16MB -Length 8MB
$said = try { Sync-MemoryMap $map -Verbose 4>&1 } catch { $_ }
Show 'few fail' { throw $said[-1] }
Show 'few marked' { $said | ForEach-Object Message | Where-Object { $_ -like 'madvise*' } }
Set-Room 100m
Show 'few with room' { Sync-MemoryMap $map }
Show 'few there' { (Measure-Image 0 16MB 17), (Measure-Image 16MB 8MB 18) }
Empty-Image
'@
}

AfterAll {
    Remove-Trap -Image $image -Mount $disk
}

Describe 'Sync-MemoryMap after a write-back that failed' -Tag Slow {
    BeforeEach {
        Skip-OnObstacle $child.Obstacle
    }

    It 'leaves the session alive' {
        Assert-Survival $child
    }

    It 'fails as long as there is no room: <_>' -ForEach 'sync fails', 'sync fails again', 'long sync fails', 'remove fails',
        'remove fails again', 'one page fails', 'after async', 'protected fails', 'few fail' {
        $child.Said[$_] | Should -Match '^!((msync|sync_file_range)\.(EIO|ENOSPC)|NoSpace) '
    }

    It 'has not written what it did not say it had' {
        $child.Said['not there'] | Should -BeExactly "$(4MB)" -Because 'that is the room there was'
    }

    It 'has written all once it succeeds: <Said>, <There>' -ForEach @(
        @{ Said = 'sync with room'; There = 'there'; Bytes = 8MB }
        @{ Said = 'long sync with room'; There = 'long there'; Bytes = 48MB }
        @{ Said = 'the rest with room'; There = 'all there'; Bytes = 16MB }
        @{ Said = 'async with room'; There = 'async there'; Bytes = 8MB }
        @{ Said = 'writable again'; There = 'protected there'; Bytes = 8MB }
    ) {
        $child.Said[$Said] | Should -BeExactly ''
        $child.Said[$There] | Should -BeExactly "$Bytes"
    }

    It 'keeps the region of Remove-MemoryMap -Sync until its bytes are written' {
        $child.Said['still open'] | Should -BeExactly 'True 13'
        $child.Said['remove with room'] | Should -BeExactly 'False'
        $child.Said['removed there'] | Should -BeExactly "$(8MB)"
    }

    It 'refuses while the bytes cannot be written again' {
        $child.Said['protected with room'] | Should -BeLike '!NotSupported | An earlier write-back failed*may be written*'
        $child.Said['protected remove'] | Should -BeLike '!NotSupported | An earlier write-back failed*'
        $child.Said['protected open'] | Should -BeExactly 'True'
    }

    It 'writes only pages again that were written through the region' {
        $child.Said['few marked'] | Should -Match '^madvise\(0x[0-9a-f]+, 8388608, MADV_POPULATE_WRITE\) = 0$'
        $child.Said['few there'] | Should -BeExactly "$(16MB) $(8MB)"
    }
}
