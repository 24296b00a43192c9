# A hole in a file, and no room behind it.

BeforeAll {
    . $PSScriptRoot/../Support/Preamble.ps1
    . $PSScriptRoot/../Support/HazardWays.ps1
    $disk = Join-Path $TestDrive disk
    $obstacle = Find-Obstacle -Means 'mounts of a small file system' -Root -Tool mount, umount -Trap {
        New-Item $disk -ItemType Directory
        mount -t tmpfs -o "size=$(16 * $page)" tmpfs $disk
    }

    # Each way in turn finds 16 pages free: 1 with bytes of the file, 12 taken away, 3 to write into.
    $child = Invoke-Hazard -Obstacle $obstacle -Environment @{ HAZARD_DISK = $disk } -Script @'
$path = "$env:HAZARD_DISK/sparse"
function Set-Filler([int] $Pages) { Set-Content "$env:HAZARD_DISK/filler" ([byte[]]::new($Pages * $page)) -AsByteStream }
function Get-File { , (Get-Content $path -AsByteStream -Raw) }
foreach ($way in $HazardWrites.GetEnumerator() | Where-Object Key -NotIn $HazardSingle) {
    Set-Content $path ([byte[]]@(9) * 100) -AsByteStream
    Set-FileLength $path (20 * $page)
    Set-Filler 12
    $map = New-MemoryMap $path
    $at = $page
    $count = 8 * $page
    Show "hole $($way.Key)" $way.Value
    Show "written $($way.Key)" { $all = Get-File; $all.Length, @($all -eq 77).Count, $all[$page], $all[4 * $page - 1], $all[4 * $page] }
    Show "good $($way.Key)" { $map[0] = 8; $map[0], $map[99], $map[4 * $page - 1] }
    Show "hole read $($way.Key)" { $map[15 * $page] }
    Set-Filler 0
    Show "room $($way.Key)" { & $way.Value; @((Get-File) -eq 77).Count }
    Remove-MemoryMap $map
    Remove-Item $path
}

Set-FileLength $path (20 * $page)
Set-Filler 16
$map = New-MemoryMap $path
Show 'indexer' { $map[3 * $page] = 1 }
Show 'stream WriteByte' { $s = $map.OpenStream(); $s.Position = 5 * $page; $s.WriteByte(1) }
Show 'private' { $copy = New-MemoryMap $path -Sharing Private; $copy[0] = 1; $copy[0] }
Remove-MemoryMap $map
Set-Filler 0
Clear-Content $path
Set-FileLength $path (10 * $page)
$map = New-MemoryMap $path
Set-MemoryMapAdvice $map PopulateWrite
try { Set-Filler 16 } catch { }
Show 'populate' { $map.Write(0, [byte[]]@(77) * (10 * $page)); @((Get-File) -eq 77).Count }
Get-MemoryMap | Remove-MemoryMap
Remove-Item $path
Set-Filler 4
Show 'extend' { New-MemoryMap "$env:HAZARD_DISK/new" -Create -Length (40 * $page) }
Show 'extend left' { Test-Path "$env:HAZARD_DISK/new" }
Set-Content "$env:HAZARD_DISK/old" ([byte[]](1, 2, 3)) -AsByteStream
Show 'extend old' { New-MemoryMap "$env:HAZARD_DISK/old" -Extend -Length (40 * $page) }
Show 'extend old left' { Get-Content "$env:HAZARD_DISK/old" -AsByteStream }
Set-Filler 0
Show 'extend then fill' {
    $map = New-MemoryMap "$env:HAZARD_DISK/old" -Extend -Length (8 * $page)
    try { Set-Filler 16 } catch { 'full' }
    $map.Write(0, [byte[]]@(6) * (8 * $page))
    $map[8 * $page - 1]
}
Get-MemoryMap | Remove-MemoryMap
Remove-Item "$env:HAZARD_DISK/old"
Set-Filler 15
$undo = "$env:HAZARD_DISK/undo"
$map = New-MemoryMap -Anonymous -Length $page
Show 'undo' { Edit-MappedByte $map -Hex 00 -ReplacementHex 01 -UndoPath $undo }
Show 'undo left' {
    $changed = Find-MappedByte $map -Hex 01 -Count
    Edit-MappedByte $map -Undo -UndoPath $undo
    ($changed -gt 0 -and $changed -lt $page), (Find-MappedByte $map -Hex 00 -Count)
}
'@
    $writes = $HazardWrites.Keys | Where-Object { $_ -notin $HazardSingle }
}

AfterAll {
    Remove-Trap -Mount $disk
}

Describe 'A sparse file on a full file system' {
    BeforeEach {
        Skip-OnObstacle $child.Obstacle
    }

    It 'leaves the session alive' {
        Assert-Survival $child
    }

    It 'is NoSpace to every write, which says how many bytes it wrote' {
        Assert-Said $child hole $writes "!NoSpace | *offset $(4 * $page) of * $(3 * $page) of $(8 * $page) bytes were written*"
    }

    It 'names what takes the storage of holes beforehand, and that does' {
        Assert-Said $child hole $writes '*Set-MemoryMapAdvice PopulateWrite allocates the storage of holes*'
        $child.Said['populate'] | Should -BeExactly "$(10 * $page)"
    }

    It 'has exactly those bytes' {
        Assert-Said $child written $writes "$(20 * $page) $(3 * $page) 77 77 0"
    }

    It 'can be read and written afterwards where it has storage, and holes are zeros' {
        Assert-Said $child good $writes '8 9 77'
        Assert-Said $child 'hole read' $writes '0'
    }

    It 'takes the same bytes once there is room' {
        Assert-Said $child room $writes "$(8 * $page)"
    }

    It 'is NoSpace to the indexer and to WriteByte' {
        $child.Said['indexer'] | Should -BeLike "!NoSpace | *offset $(3 * $page) of * 0 of 1 byte was written*"
        $child.Said['stream WriteByte'] | Should -BeLike "!NoSpace | *offset $(5 * $page) of * 0 of 1 byte was written*"
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
        $child.Said['undo'] | Should -BeLike '!NoSpace | *undo: the file system is full*Made before it*'
        $child.Said['undo left'] | Should -BeExactly "True $page"
    }
}
