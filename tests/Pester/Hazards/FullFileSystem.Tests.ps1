# A hole in a file, and no room behind it.

. $PSScriptRoot/../Support/HazardWays.ps1
$writes = @($HazardWrites.Keys | Where-Object { $_ -notin $HazardSingle })

BeforeAll {
    . $PSScriptRoot/../Support/Hazard.ps1
    . $PSScriptRoot/../Support/HazardWays.ps1
    $page = [Environment]::SystemPageSize
    $obstacle = Find-Obstacle -Means 'mounts of a small file system' -Root -Tool mount, umount
    $disk = "$TestDrive/disk"
    if (-not $obstacle) {
        $null = [IO.Directory]::CreateDirectory($disk)
        try { $null = Invoke-Tool mount '-t', 'tmpfs', '-o', "size=$(16 * $page)", 'tmpfs', $disk }
        catch { $obstacle = "no tmpfs can be mounted here: $_" }
    }
}

AfterAll {
    if (-not $obstacle) {
        $null = Invoke-Tool umount $disk
    }
}

Describe 'A sparse file on a full file system' {
    BeforeAll {
        if ($obstacle) {
            return
        }

        # Each way in turn finds 16 pages free: 1 with bytes of the file, 12 taken away, 3 to write into.
        $child = Invoke-Hazard -Environment @{ HAZARD_DISK = $disk } -Script ((@(Get-WayText) + @'
$path = "$env:HAZARD_DISK/sparse"
function Fill([int] $Pages) { [IO.File]::WriteAllBytes("$env:HAZARD_DISK/filler", [byte[]]::new($Pages * $page)) }
foreach ($way in $writes.GetEnumerator()) {
    $file = [IO.File]::Create($path)
    $file.Write([byte[]]@(9) * 100, 0, 100)
    $file.SetLength(20 * $page)
    $file.Dispose()
    Fill 12
    $map = New-MemoryMap $path
    $at = $page
    $count = 8 * $page
    Show "hole $($way.Key)" $way.Value
    Show "written $($way.Key)" { $all = [IO.File]::ReadAllBytes($path); $all.Length, @($all | Where-Object { $_ -eq 77 }).Count, $all[$page], $all[4 * $page - 1], $all[4 * $page] }
    Show "good $($way.Key)" { $map[0] = 8; $map[0], $map[99], $map[4 * $page - 1] }
    Show "hole read $($way.Key)" { $map[15 * $page] }
    Fill 0
    Show "room $($way.Key)" { & $way.Value; @([IO.File]::ReadAllBytes($path) | Where-Object { $_ -eq 77 }).Count }
    Remove-MemoryMap $map
    [IO.File]::Delete($path)
}

$file = [IO.File]::Create($path)
$file.SetLength(20 * $page)
$file.Dispose()
Fill 16
$map = New-MemoryMap $path
Show 'indexer' { $map[3 * $page] = 1 }
Show 'stream WriteByte' { $s = $map.OpenStream(); $s.Position = 5 * $page; $s.WriteByte(1) }
Show 'private' { $copy = New-MemoryMap $path -Sharing Private; $copy[0] = 1; $copy[0] }
[IO.File]::Delete($path)
$null = Remove-MemoryMap $map
Fill 4
Show 'extend' { New-MemoryMap "$env:HAZARD_DISK/new" -Create -Length (40 * $page) }
Show 'extend left' { [IO.File]::Exists("$env:HAZARD_DISK/new") }
[IO.File]::WriteAllBytes("$env:HAZARD_DISK/old", [byte[]]@(1, 2, 3))
Show 'extend old' { New-MemoryMap "$env:HAZARD_DISK/old" -Extend -Length (40 * $page) }
Show 'extend old left' { [IO.File]::ReadAllBytes("$env:HAZARD_DISK/old") }
Fill 0
Show 'extend then fill' {
    $map = New-MemoryMap "$env:HAZARD_DISK/old" -Extend -Length (8 * $page)
    try { Fill 16 } catch { 'full' }
    $map.Write(0, [byte[]]@(6) * (8 * $page))
    $map[8 * $page - 1]
}
Get-MemoryMap | Remove-MemoryMap
[IO.File]::Delete("$env:HAZARD_DISK/old")
Fill 15
$undo = "$env:HAZARD_DISK/undo"
$map = New-MemoryMap -Anonymous -Length $page
Show 'undo' { Edit-MappedByte $map -Hex 00 -ReplacementHex 01 -UndoPath $undo }
Show 'undo left' {
    $changed = Find-MappedByte $map -Hex 01 -Count
    Edit-MappedByte $map -Undo -UndoPath $undo
    ($changed -gt 0 -and $changed -lt $page), (Find-MappedByte $map -Hex 00 -Count)
}
'@) -join "`n")
    }

    BeforeEach {
        if ($obstacle) {
            Set-ItResult -Skipped -Because $obstacle
        }
    }

    It 'leaves the session alive' {
        $child.ExitCode | Should -Be 0 -Because $child.ErrorOutput
        $child.Said['end'] | Should -Be 'reached'
    }

    It 'is NoSpace to <_>, which says how many bytes it wrote' -ForEach $writes {
        $child.Said["hole $_"] | Should -BeLike "!NoSpace | *offset $(4 * $page) of * $(3 * $page) of $(8 * $page) bytes were written*"
    }

    It 'has exactly those bytes from <_>' -ForEach $writes {
        $child.Said["written $_"] | Should -BeExactly "$(20 * $page) $(3 * $page) 77 77 0"
    }

    It 'can be read and written after <_> where it has storage, and holes are zeros' -ForEach $writes {
        $child.Said["good $_"] | Should -BeExactly '8 9 77'
        $child.Said["hole read $_"] | Should -BeExactly '0'
    }

    It 'takes the same bytes by <_> once there is room' -ForEach $writes {
        $child.Said["room $_"] | Should -BeExactly "$(8 * $page)"
    }

    It 'is NoSpace to the indexer and to WriteByte' {
        $child.Said['indexer'] | Should -BeLike "!NoSpace | *offset $(3 * $page) of * 0 of 1 bytes were written*"
        $child.Said['stream WriteByte'] | Should -BeLike "!NoSpace | *offset $(5 * $page) of * 0 of 1 bytes were written*"
    }

    It 'is an error to a private region, because a page is made from one of the file' {
        $child.Said['private'] | Should -Match '^!(NoSpace|PageFault) .*offset 0 of '
    }

    It 'is NoSpace at once to -Create and -Extend, and leaves nothing behind' {
        $child.Said['extend'] | Should -BeLike '!NoSpace | *new cannot grow*'
        $child.Said['extend left'] | Should -BeExactly 'False'
        $child.Said['extend old'] | Should -BeLike '!NoSpace | *old cannot grow*'
        $child.Said['extend old left'] | Should -BeExactly '1 2 3'
    }

    It 'cannot hurt a region that was made with -Extend' {
        $child.Said['extend then fill'] | Should -BeExactly 'full 6'
    }

    It 'ends an edit whose -UndoPath is on it before the change that cannot be noted' {
        $child.Said['undo'] | Should -BeLike '!NoSpace | *undo: the file system is full*before it were made*'
        $child.Said['undo left'] | Should -BeExactly "True $page"
    }
}
