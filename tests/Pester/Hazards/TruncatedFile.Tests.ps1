# A file that loses its end while it is mapped, and gets it back.

. $PSScriptRoot/../Support/HazardWays.ps1
$reads = @($HazardReads.Keys)
$readsToEnd = @($HazardReadsToEnd.Keys)
$writes = @($HazardWrites.Keys)
$rangedReads = @($reads | Where-Object { $_ -notin $HazardSingle })
$rangedWrites = @($writes | Where-Object { $_ -notin $HazardSingle })

BeforeAll {
    . $PSScriptRoot/../Support/Hazard.ps1
    . $PSScriptRoot/../Support/HazardWays.ps1
    $page = [Environment]::SystemPageSize
    $end = $page + 100
    $obstacle = Find-Obstacle -Means 'files that are cut off while they are mapped' -Tool truncate
}

BeforeDiscovery {
    $cuts = @(
        @{ By = 'another process'; Cut = 'truncate -s $length $env:HAZARD_FILE' }
        @{ By = 'this process'; Cut = '$file = [IO.File]::OpenWrite($env:HAZARD_FILE); $file.SetLength($length); $file.Dispose()' }
    )
}

Describe 'A shared region whose file is truncated by <By>' -ForEach $cuts {
    BeforeAll {
        if ($obstacle) {
            return
        }

        $path = "$TestDrive/shared.bin"
        New-PatternFile $path (3 * $page)
        $script = @'
function Get-File { ,[IO.File]::ReadAllBytes($env:HAZARD_FILE) }
$map = New-MemoryMap $env:HAZARD_FILE
Show 'whole' { $map[$page + 100], $map[2 * $page] }
Cut ($page + 100)
$count = 1
foreach ($place in ([ordered]@{ last = $page + 99; tail = $page + 100; gone = 2 * $page }).GetEnumerator()) {
    $at = $place.Value
    foreach ($way in @($reads.GetEnumerator()) + @($readsToEnd.GetEnumerator())) {
        Show "$($place.Key) read $($way.Key)" $way.Value
    }

    foreach ($way in $writes.GetEnumerator()) {
        $map[$page + 99] = 66
        Show "$($place.Key) write $($way.Key)" $way.Value
        Show "$($place.Key) file after $($way.Key)" { $all = Get-File; $all.Length, $all[$page + 98], $all[$page + 99] }
    }
}

$at = $page
$count = 2 * $page
foreach ($way in $reads.GetEnumerator()) { Show "across read $($way.Key)" $way.Value }
foreach ($way in $writes.GetEnumerator()) {
    $map.Write($page, [byte[]]::new(100))
    Show "across write $($way.Key)" $way.Value
    Show "across file after $($way.Key)" { $all = Get-File; $all.Length, @($all | Where-Object { $_ -eq 77 }).Count, $all[$page], $all[$page + 99] }
}

Show 'sync all' { $map[$page] = 88; Sync-MemoryMap $map }
Show 'sync' { Sync-MemoryMap $map -Length ($page + 100); (Get-File)[$page] }
Cut (3 * $page)
$count = 1
foreach ($place in ([ordered]@{ tail = $page + 100; gone = 2 * $page }).GetEnumerator()) {
    $at = $place.Value
    foreach ($way in $reads.GetEnumerator()) { Show "regrown $($place.Key) read $($way.Key)" $way.Value }
    foreach ($way in $writes.GetEnumerator()) {
        $map[$at] = 0
        Show "regrown $($place.Key) write $($way.Key)" { & $way.Value; (Get-File)[$at], $map[$at] }
    }

    $map[$at] = 0
}

Show 'regrown rest' { @($map.Read($page + 100, 2 * $page - 100) | Where-Object { $_ -ne 0 }).Count }
Show 'regrown before' { $map[$page - 1] }
Cut 0
Show 'empty' { $map[0] }
'@
        $child = Invoke-Hazard -Environment @{ HAZARD_FILE = $path } -Script (
            (@(Get-WayText) + "function Cut([long] `$length) { $Cut }" + $script) -join "`n")
        $good = "$(Get-PatternByte ($end - 1))"
        $before = "$(Get-PatternByte ($end - 2))"
    }

    BeforeEach {
        if ($obstacle) {
            Set-ItResult -Skipped -Because $obstacle
        }
    }

    It 'leaves the session alive' {
        $child.ExitCode | Should -Be 0 -Because $child.ErrorOutput
        $child.Said['whole'] | Should -BeExactly "$(Get-PatternByte $end) $(Get-PatternByte (2 * $page))"
        $child.Said['end'] | Should -Be 'reached'
    }

    It 'still gives the last byte of the file to <_>' -ForEach $reads {
        $child.Said["last read $_"] | Should -BeExactly $good
    }

    It 'names the first missing byte to <_>, which began before the end' -ForEach $readsToEnd {
        $child.Said["last read $_"] | Should -BeLike "!PageFault | *offset $end of *has $end bytes now*"
    }

    It 'still takes the last byte of the file from <_>' -ForEach $writes {
        $child.Said["last write $_"] | Should -BeExactly ''
        $child.Said["last file after $_"] | Should -BeExactly "$end $before 77"
    }

    It 'is a fault to <_> behind the end within the last page' -ForEach ($reads + $readsToEnd) {
        $child.Said["tail read $_"] | Should -BeLike "!PageFault | *read offset $end of *has $end bytes now*"
    }

    It 'is a fault to <_> on a page that is gone' -ForEach ($reads + $readsToEnd) {
        $child.Said["gone read $_"] | Should -BeLike "!PageFault | *read offset $(2 * $page) of *has $end bytes now*"
    }

    It 'is a fault to <_> behind the end, and the file stays as it is' -ForEach $writes {
        $child.Said["tail write $_"] | Should -BeLike "!PageFault | *write offset $end of *has $end bytes now*"
        $child.Said["tail file after $_"] | Should -BeExactly "$end $before 66"
        $child.Said["gone write $_"] | Should -BeLike "!PageFault | *write offset $(2 * $page) of *has $end bytes now*"
        $child.Said["gone file after $_"] | Should -BeExactly "$end $before 66"
    }

    It 'tells <_> how many bytes were read before the end' -ForEach $rangedReads {
        $child.Said["across read $_"] | Should -BeLike "!PageFault | *read offset $end of *has $end bytes now* 100 of $(2 * $page) bytes were read*"
    }

    It 'tells <_> how many bytes were written before the end, and they are' -ForEach $rangedWrites {
        $child.Said["across write $_"] | Should -BeLike "!PageFault | *write offset $end of *has $end bytes now* 100 of $(2 * $page) bytes were written*"
        $length, $changed, $first, $last = $child.Said["across file after $_"].Split(' ')
        $length | Should -BeExactly "$end"
        $first | Should -BeExactly '77'
        $last | Should -BeExactly '77'
    }

    It 'can be synchronized as far as there is a file, and says so of the rest' {
        $child.Said['sync'] | Should -BeExactly '88'
        $child.Said['sync all'] | Should -BeLike "!PageFault | *has $end bytes now* $end of $(3 * $page) bytes were written*"
    }

    It 'reads zeros by <_> where the file has grown again' -ForEach $reads {
        $child.Said["regrown tail read $_"] | Should -BeExactly '0'
        $child.Said["regrown gone read $_"] | Should -BeExactly '0'
    }

    It 'can be written by <_> where the file has grown again' -ForEach $writes {
        $child.Said["regrown tail write $_"] | Should -BeExactly '77 77'
        $child.Said["regrown gone write $_"] | Should -BeExactly '77 77'
    }

    It 'has zeros in all that has grown again, and its bytes before' {
        $child.Said['regrown rest'] | Should -BeExactly '0'
        $child.Said['regrown before'] | Should -BeExactly "$(Get-PatternByte ($page - 1))"
    }

    It 'says so when nothing is left of the file' {
        $child.Said['empty'] | Should -BeLike '!PageFault | *offset 0 of *has 0 bytes now*'
    }
}

Describe 'A private region whose file is truncated by <By>' -ForEach $cuts {
    BeforeAll {
        if ($obstacle) {
            return
        }

        $path = "$TestDrive/private.bin"
        New-PatternFile $path (4 * $page)
        $script = @'
$map = New-MemoryMap $env:HAZARD_FILE -Sharing Private
$map[$page + 50] = 5
$map[$page + 200] = 6
$map[2 * $page] = 7
Cut ($page + 100)
Show 'kept' { $map[$page - 1], $map[$page + 50], $map[$page + 99], $map[$page + 200] }
$count = 1
foreach ($place in ([ordered]@{ edited = 2 * $page; gone = 3 * $page }).GetEnumerator()) {
    $at = $place.Value
    foreach ($way in @($reads.GetEnumerator()) + @($readsToEnd.GetEnumerator())) { Show "$($place.Key) read $($way.Key)" $way.Value }
    foreach ($way in $writes.GetEnumerator()) { Show "$($place.Key) write $($way.Key)" $way.Value }
}

$at = $page
$count = 3 * $page
foreach ($way in $reads.GetEnumerator()) { Show "across read $($way.Key)" $way.Value }
Cut (4 * $page)
$count = 1
$at = 3 * $page
foreach ($way in $reads.GetEnumerator()) { Show "regrown read $($way.Key)" $way.Value }
foreach ($way in $writes.GetEnumerator()) {
    $map[$at] = 0
    Show "regrown write $($way.Key)" { & $way.Value; $map[$at], [IO.File]::ReadAllBytes($env:HAZARD_FILE)[$at] }
}

Show 'kept after' { $map[$page - 1], $map[$page + 50], $map[$page + 99] }
'@
        $child = Invoke-Hazard -Environment @{ HAZARD_FILE = $path } -Script (
            (@(Get-WayText) + "function Cut([long] `$length) { $Cut }" + $script) -join "`n")
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

    It 'keeps the bytes before the end, and its own edits on the last page' {
        $child.Said['kept'] | Should -BeExactly "$(Get-PatternByte ($page - 1)) 5 $(Get-PatternByte ($page + 99)) 6"
    }

    It 'is a fault to <_> on a page that is gone, edited before or not' -ForEach ($reads + $readsToEnd) {
        $child.Said["edited read $_"] | Should -BeLike "!PageFault | *read offset $(2 * $page) of *has $end bytes now*"
        $child.Said["gone read $_"] | Should -BeLike "!PageFault | *read offset $(3 * $page) of *has $end bytes now*"
    }

    It 'is a fault to <_> on a page that is gone' -ForEach $writes {
        $child.Said["edited write $_"] | Should -BeLike "!PageFault | *write offset $(2 * $page) of *has $end bytes now*"
        $child.Said["gone write $_"] | Should -BeLike "!PageFault | *write offset $(3 * $page) of *has $end bytes now*"
    }

    It 'tells <_> which byte is the first that is missing' -ForEach $rangedReads {
        $child.Said["across read $_"] | Should -BeLike '!PageFault | *has * bytes now*were read*'
    }

    It 'works by <_> where the file has grown again' -ForEach $reads {
        $child.Said["regrown read $_"] | Should -BeExactly '0'
    }

    It 'works by <_> where the file has grown again, and the file stays as it is' -ForEach $writes {
        $child.Said["regrown write $_"] | Should -BeExactly '77 0'
    }

    It 'keeps what was good all the time' {
        $child.Said['kept after'] | Should -BeExactly "$(Get-PatternByte ($page - 1)) 5 $(Get-PatternByte ($page + 99))"
    }
}
