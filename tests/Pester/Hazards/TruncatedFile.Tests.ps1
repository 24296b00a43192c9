# A file that loses its end while it is mapped, and gets it back.

BeforeAll {
    . $PSScriptRoot/../Support/Preamble.ps1
    . $PSScriptRoot/../Support/HazardWays.ps1
    $end = $page + 100
    $obstacle = Find-Obstacle -Means 'files that are cut off while they are mapped' -Tool truncate
    $reads = @($HazardReads.Keys)
    $readsToEnd = @($HazardReadsToEnd.Keys)
    $writes = @($HazardWrites.Keys)
    $path = Join-Path $TestDrive cut.bin
}

Describe 'A shared region whose file is truncated by another process' {
    BeforeAll {
        New-PatternFile $path (3 * $page)
        $child = Invoke-Hazard -Obstacle $obstacle -Environment @{ HAZARD_FILE = $path } -Script @'
function Set-Length([long] $Length) { truncate -s $Length $env:HAZARD_FILE; if ($LASTEXITCODE) { throw 'truncate failed' } }
function Get-File { , (Get-Content $env:HAZARD_FILE -AsByteStream -Raw) }
$map = New-MemoryMap $env:HAZARD_FILE
Show 'whole' { $map[$page + 100], $map[2 * $page] }
Set-Length ($page + 100)
$count = 1
foreach ($place in ([ordered]@{ last = $page + 99; tail = $page + 100; gone = 2 * $page }).GetEnumerator()) {
    $at = $place.Value
    Show-Way "$($place.Key) read" $HazardReads, $HazardReadsToEnd
    foreach ($way in $HazardWrites.GetEnumerator()) {
        $map[$page + 99] = 66
        Show "$($place.Key) write $($way.Key)" $way.Value
        Show "$($place.Key) file after $($way.Key)" { $all = Get-File; $all.Length, $all[$page + 98], $all[$page + 99] }
    }
}

$at = $page
$count = 2 * $page
Show-Way 'across read' $HazardReads
foreach ($way in $HazardWrites.GetEnumerator()) {
    $map.Write($page, [byte[]]::new(100))
    Show "across write $($way.Key)" $way.Value
    Show "across file after $($way.Key)" { $all = Get-File; $all.Length, $all[$page], $all[$page + 99] }
}

Show 'sync all' { $map[$page] = 88; Sync-MemoryMap $map }
Show 'sync' { Sync-MemoryMap $map -Length ($page + 100); (Get-File)[$page] }
Set-Length (3 * $page)
$count = 1
foreach ($place in ([ordered]@{ tail = $page + 100; gone = 2 * $page }).GetEnumerator()) {
    $at = $place.Value
    Show-Way "regrown $($place.Key) read" $HazardReads
    foreach ($way in $HazardWrites.GetEnumerator()) {
        $map[$at] = 0
        Show "regrown $($place.Key) write $($way.Key)" { & $way.Value; (Get-File)[$at], $map[$at] }
    }

    $map[$at] = 0
}

Show 'regrown rest' { @($map.Read($page + 100, 2 * $page - 100) -ne 0).Count }
Show 'regrown before' { $map[$page - 1] }
Set-Length 0
Show 'empty' { $map[0] }
'@
        $good = "$(Get-PatternByte ($end - 1))"
        $before = "$(Get-PatternByte ($end - 2))"
        $rangedReads = $reads | Where-Object { $_ -notin $HazardSingle }
        $rangedWrites = $writes | Where-Object { $_ -notin $HazardSingle }
    }

    BeforeEach {
        Skip-OnObstacle $child.Obstacle
    }

    It 'leaves the session alive' {
        Assert-Survival $child
        $child.Said['whole'] | Should -BeExactly "$(Get-PatternByte $end) $(Get-PatternByte (2 * $page))"
    }

    It 'still gives the last byte of the file to every read' {
        Assert-Said $child 'last read' $reads $good
    }

    It 'names the first missing byte to a read to the end which began before it' {
        Assert-Said $child 'last read' $readsToEnd "!PageFault | *offset $end of *has $end bytes now*"
    }

    It 'still takes the last byte of the file from every write' {
        Assert-Said $child 'last write' $writes ''
        Assert-Said $child 'last file after' $writes "$end $before 77"
    }

    It 'is a fault to every read behind the end within the last page' {
        Assert-Said $child 'tail read' ($reads + $readsToEnd) "!PageFault | *read offset $end of *has $end bytes now*"
    }

    It 'is a fault to every read of a page that is gone' {
        Assert-Said $child 'gone read' ($reads + $readsToEnd) "!PageFault | *read offset $(2 * $page) of *has $end bytes now*"
    }

    It 'is a fault to every write behind the end, and the file stays as it is' {
        Assert-Said $child 'tail write' $writes "!PageFault | *write offset $end of *has $end bytes now*"
        Assert-Said $child 'tail file after' $writes "$end $before 66"
        Assert-Said $child 'gone write' $writes "!PageFault | *write offset $(2 * $page) of *has $end bytes now*"
        Assert-Said $child 'gone file after' $writes "$end $before 66"
    }

    It 'tells how many bytes were read before the end' {
        Assert-Said $child 'across read' $rangedReads "!PageFault | *read offset $end of *has $end bytes now* 100 of $(2 * $page) bytes were read*"
    }

    It 'tells how many bytes were written before the end, and they are' {
        Assert-Said $child 'across write' $rangedWrites (
            "!PageFault | *write offset $end of *has $end bytes now* 100 of $(2 * $page) bytes were written*")
        Assert-Said $child 'across file after' $rangedWrites "$end 77 77"
    }

    It 'can be synchronized as far as there is a file, and says so of the rest' {
        $child.Said['sync'] | Should -BeExactly '88'
        $child.Said['sync all'] | Should -BeLike "!PageFault | *has $end bytes now* $end of $(3 * $page) bytes were written*"
    }

    It 'reads zeros where the file has grown again' {
        Assert-Said $child 'regrown tail read' $reads '0'
        Assert-Said $child 'regrown gone read' $reads '0'
    }

    It 'can be written where the file has grown again' {
        Assert-Said $child 'regrown tail write' $writes '77 77'
        Assert-Said $child 'regrown gone write' $writes '77 77'
    }

    It 'has zeros in all that has grown again, and its bytes before' {
        $child.Said['regrown rest'] | Should -BeExactly '0'
        $child.Said['regrown before'] | Should -BeExactly "$(Get-PatternByte ($page - 1))"
    }

    It 'says so when nothing is left of the file' {
        $child.Said['empty'] | Should -BeLike '!PageFault | *offset 0 of *has 0 bytes now*'
    }
}

Describe 'A private region whose file is truncated by another process' {
    BeforeAll {
        New-PatternFile $path (4 * $page)
        $child = Invoke-Hazard -Obstacle $obstacle -Environment @{ HAZARD_FILE = $path } -Script @'
function Set-Length([long] $Length) { truncate -s $Length $env:HAZARD_FILE; if ($LASTEXITCODE) { throw 'truncate failed' } }
$map = New-MemoryMap $env:HAZARD_FILE -Sharing Private
$map[$page + 50] = 5
$map[$page + 200] = 6
$map[2 * $page] = 7
Set-Length ($page + 100)
Show 'kept' { $map[$page - 1], $map[$page + 50], $map[$page + 99] }
$count = 1
foreach ($place in ([ordered]@{ tail = $page + 100; 'edited tail' = $page + 200; edited = 2 * $page; gone = 3 * $page }).GetEnumerator()) {
    $at = $place.Value
    Show-Way "$($place.Key) read" $HazardReads, $HazardReadsToEnd
    Show-Way "$($place.Key) write" $HazardWrites
}

$at = $page
$count = 3 * $page
Show-Way 'across read' $HazardReads
Set-Length (4 * $page)
$count = 1
$at = 3 * $page
Show-Way 'regrown read' $HazardReads
foreach ($way in $HazardWrites.GetEnumerator()) {
    $map[$at] = 0
    Show "regrown write $($way.Key)" { & $way.Value; $map[$at], (Get-Content $env:HAZARD_FILE -AsByteStream -Raw)[$at] }
}

Show 'kept after' { $map[$page - 1], $map[$page + 50], $map[$page + 99] }
'@
    }

    BeforeEach {
        Skip-OnObstacle $child.Obstacle
    }

    It 'leaves the session alive' {
        Assert-Survival $child
    }

    It 'keeps the bytes before the end, and its own edits there' {
        $child.Said['kept'] | Should -BeExactly "$(Get-PatternByte ($page - 1)) 5 $(Get-PatternByte ($page + 99))"
    }

    It 'is a fault to every read and write behind the end within the last page, edited before or not' {
        Assert-Said $child 'tail read' ($reads + $readsToEnd) "!PageFault | *read offset $end of *has $end bytes now*"
        Assert-Said $child 'edited tail read' ($reads + $readsToEnd) "!PageFault | *read offset $($page + 200) of *has $end bytes now*"
        Assert-Said $child 'tail write' $writes "!PageFault | *write offset $end of *has $end bytes now*"
        Assert-Said $child 'edited tail write' $writes "!PageFault | *write offset $($page + 200) of *has $end bytes now*"
    }

    It 'is a fault to every read of a page that is gone, edited before or not' {
        Assert-Said $child 'edited read' ($reads + $readsToEnd) "!PageFault | *read offset $(2 * $page) of *has $end bytes now*"
        Assert-Said $child 'gone read' ($reads + $readsToEnd) "!PageFault | *read offset $(3 * $page) of *has $end bytes now*"
    }

    It 'is a fault to every write of a page that is gone' {
        Assert-Said $child 'edited write' $writes "!PageFault | *write offset $(2 * $page) of *has $end bytes now*"
        Assert-Said $child 'gone write' $writes "!PageFault | *write offset $(3 * $page) of *has $end bytes now*"
    }

    It 'tells which byte is the first that is missing' {
        Assert-Said $child 'across read' ($reads | Where-Object { $_ -notin $HazardSingle }) (
            "!PageFault | *read offset $end of *has $end bytes now* 100 of $(3 * $page) bytes were read*")
    }

    It 'works where the file has grown again, and the file stays as it is' {
        Assert-Said $child 'regrown read' $reads '0'
        Assert-Said $child 'regrown write' $writes '77 0'
    }

    It 'keeps what was good all the time' {
        $child.Said['kept after'] | Should -BeExactly "$(Get-PatternByte ($page - 1)) 5 $(Get-PatternByte ($page + 99))"
    }
}

# Whoever cuts it, the memory is the same; what this process knows of the file is not.
Describe 'A file that this process itself truncates' {
    BeforeAll {
        $child = Invoke-Hazard -Obstacle $obstacle -Environment @{ HAZARD_FOLDER = $TestDrive } -Script @'
# A region over a file that was longer: its $Bytes are there before the file is cut.
function New-CutMap([long] $Length, [long] $Left, [hashtable] $Bytes = @{}) {
    $path = Join-Path $env:HAZARD_FOLDER "$(New-Guid)"
    Set-FileLength $path $Length
    $map = New-MemoryMap $path
    foreach ($at in $Bytes.Keys) { $map[$at] = $Bytes[$at] }
    Set-FileLength $path $Left
    $map
}

foreach ($sharing in 'Shared', 'Private') {
    $path = Join-Path $env:HAZARD_FOLDER $sharing
    Set-FileLength $path (3 * $page)
    $map = New-MemoryMap $path -Sharing $sharing
    Set-FileLength $path $page
    Show "$sharing good" { $map[$page - 1] }
    Show "$sharing read" { $map[2 * $page] }
    Show "$sharing write" { $map[2 * $page] = 77 }
    Set-FileLength $path (3 * $page)
    Show "$sharing regrown" { $map[2 * $page]; $map[2 * $page] = 77; $map[2 * $page] }
}

$map = New-CutMap 3000000 2000001
Show 'clear' { Clear-MappedByte $map -Value 7 }
Show 'clear file' { $all = Get-Content $map.Path -AsByteStream -Raw; $all.Length, $all[2000000] }
Show 'deallocate' { Clear-MappedByte $map -Deallocate }

$map = New-CutMap 6000000 4000001
$other = New-MemoryMap -Anonymous -Length 6000000
foreach ($at in 10, 4000000, 5000000) { $other[$at] = 7 }
$found = [Collections.Generic.List[long]]::new()
Show 'compare' { Compare-MappedByte $map -Other $other | ForEach-Object { $found.Add($_.Offset) } }
Show 'compare found' { $found }
Show 'compare quiet' { Compare-MappedByte $map -Other $other -Quiet }
Show 'compare reverse' { Compare-MappedByte $other -Other $map -Offset 11 -OtherOffset 11 -Quiet }

$map = New-CutMap 3000000 2000001 @{ 2000000 = 5 }
$target = New-MemoryMap -Anonymous -Length 3000000
Show 'copy' { Copy-MappedByte $map $target }
Show 'copied' { $target[2000000], $target[2000001] }
Show 'copy to file' { Copy-MappedByte $map "$($map.Path).copy" }
Show 'copy length' { (Get-Item "$($map.Path).copy").Length }
Show 'copy into' { Copy-MappedByte $target $map }

$map = New-CutMap 3000000 2000001 @{ 7 = 1; 2000000 = 1; 2500000 = 1 }
Show 'edit' { Edit-MappedByte $map 1 2 }
Show 'edit file' { $all = Get-Content $map.Path -AsByteStream -Raw; $all.Length, $all[7], $all[2000000] }

$map = New-CutMap 10000000 5000001 @{ 0 = 7; 5000000 = 7; 5000005 = 7; 9000000 = 7 }
$found = [Collections.Generic.List[long]]::new()
Show 'find' { Find-MappedByte $map 7 | ForEach-Object { $found.Add($_.Offset) } }
Show 'found' { $found }
Show 'count' { Find-MappedByte $map 7 -Count }

$map = New-CutMap 100000 33
$lines = [Collections.Generic.List[string]]::new()
Show 'format' { Format-MappedByte $map | ForEach-Object { $lines.Add($_) } }
Show 'lines' { $lines.Count, $lines[2].Trim() }

$map = New-CutMap 200000 100000
$layout = [ordered]@{ A = 'UInt64'; B = 'UInt64' }
$found = [Collections.Generic.List[object]]::new()
Show 'records' { Read-MappedValue $map -Layout $layout -All | ForEach-Object { $found.Add($_) } }
Show 'records found' { $found.Count }
Show 'value' { Read-MappedValue $map UInt32 -Offset 150000 }
Show 'text' { Read-MappedValue $map Utf8Z -Offset 150000 }
Show 'write value' { Write-MappedValue $map UInt32 1 -Offset 150000 }
Show 'stream of values' { 1..20000 | Write-MappedValue $map UInt64 }
Show 'values file' { (Get-Item $map.Path).Length }
'@
    }

    BeforeEach {
        Skip-OnObstacle $child.Obstacle
    }

    It 'leaves the session alive' {
        Assert-Survival $child
    }

    It 'is a fault to a <_> region, and works again once the file is long again' -ForEach 'Shared', 'Private' {
        $child.Said["$_ good"] | Should -BeExactly '0'
        $child.Said["$_ read"] | Should -BeLike "!PageFault | *read offset $(2 * $page) of *has $page bytes now*"
        $child.Said["$_ write"] | Should -BeLike "!PageFault | *write offset $(2 * $page) of *has $page bytes now*"
        $child.Said["$_ regrown"] | Should -BeExactly '0 77'
    }

    It 'is cleared up to its end' {
        $child.Said['clear'] | Should -BeLike '!PageFault | *write offset 2000001 of *2000001 of 3000000 bytes were written*'
        $child.Said['clear file'] | Should -BeExactly '2000001 7'
        $child.Said['deallocate'] | Should -BeLike '!PageFault | *write offset 2000001 of *2000001 of 3000000 bytes were written*'
    }

    It 'is compared up to its end' {
        $child.Said['compare'] | Should -BeLike '!PageFault | *offset 4000001 of *4000001 of 6000000 bytes were read*'
        $child.Said['compare found'] | Should -BeExactly '10 4000000'
        $child.Said['compare quiet'] | Should -BeExactly 'False'
        $child.Said['compare reverse'] | Should -BeExactly 'False'
    }

    It 'is copied up to its end, and into' {
        $child.Said['copy'] | Should -BeLike '!PageFault | *read offset 2000001 of *2000001 of 3000000 bytes were read*'
        $child.Said['copied'] | Should -BeExactly '5 0'
        $child.Said['copy to file'] | Should -BeLike '!PageFault | *2000001 of 3000000 bytes were read*'
        $child.Said['copy length'] | Should -BeExactly '2000001'
        $child.Said['copy into'] | Should -BeLike '!PageFault | *write offset 2000001 of *2000001 of 3000000 bytes were written*'
    }

    It 'is edited up to its end' {
        $child.Said['edit'] | Should -BeLike '!PageFault | *read offset 2000001 of *2000001 of 3000000 bytes were read*'
        $child.Said['edit file'] | Should -BeExactly '2000001 2 2'
    }

    It 'is searched up to its end' {
        $child.Said['find'] | Should -BeLike '!PageFault | *offset 5000001 of *has 5000001 bytes now* 5000001 of 10000000 bytes were read*'
        $child.Said['found'] | Should -BeExactly '0 5000000'
        $child.Said['count'] | Should -BeLike '!PageFault | *'
    }

    It 'is shown up to its end' {
        $child.Said['format'] | Should -BeLike '!PageFault | *offset 33 of *33 of 100000 bytes were read*'
        $child.Said['lines'] | Should -BeLike '3 00000020  00 * .'
    }

    It 'gives the records up to its end' {
        $child.Said['records'] | Should -BeLike '!PageFault | *100000 bytes now*of 200000 bytes*'
        $child.Said['records found'] | Should -BeExactly '6250'
    }

    It 'is a fault where single values and texts are read or written behind its end' {
        $child.Said['value'], $child.Said['text'], $child.Said['write value'], $child.Said['stream of values'] | Should -BeLike '!PageFault | *'
        $child.Said['values file'] | Should -BeExactly '100000'
    }
}
