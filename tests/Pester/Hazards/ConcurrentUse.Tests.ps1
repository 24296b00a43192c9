# Threads that read and write what other threads remove and truncate.

BeforeAll {
    . $PSScriptRoot/../Support/Hazard.ps1
    $obstacle = if (-not [OperatingSystem]::IsWindows()) { Find-Obstacle -Means 'a list of mappings in /proc' }

    # Start-Thread runs text in a runspace of its own on another thread; Stop-Thread waits for it and gives what it emitted.
    $threads = @'
function Start-Thread([string] $Text, [object[]] $Arguments) {
    $shell = [PowerShell]::Create()
    $null = $shell.AddScript('$ErrorActionPreference = "Stop"; Import-Module $env:MMAPPS_MODULE').AddStatement().AddScript($Text)
    foreach ($argument in $Arguments) { $null = $shell.AddArgument($argument) }
    [pscustomobject]@{ Shell = $shell; Result = $shell.BeginInvoke() }
}
function Stop-Thread($Thread) {
    $Thread.Shell.EndInvoke($Thread.Result)
    $Thread.Shell.Dispose()
}
'@
}

Describe 'A region of <Kind> that is removed while another thread reads it' -Tag Slow -ForEach @(
    @{ Kind = 'anonymous memory'; Make = 'New-MemoryMap -Anonymous -Length $size' }
    @{ Kind = 'unreserved memory'; Make = 'New-MemoryMap -Anonymous -Length $size -Option NoReserve' }
    @{
        Kind = 'a shared file'
        Make = '$f = [IO.File]::Create($env:HAZARD_FILE); $f.SetLength($size); $f.Dispose(); New-MemoryMap $env:HAZARD_FILE'
    }
    @{
        Kind = 'a private file'
        Make = '$f = [IO.File]::Create($env:HAZARD_FILE); $f.SetLength($size); $f.Dispose(); ' +
            'New-MemoryMap $env:HAZARD_FILE -Sharing Private'
    }
) {
    BeforeAll {
        if ($Make -match 'NoReserve' -and -not [OperatingSystem]::IsLinux()) {
            $obstacle = 'only Linux has unreserved memory'
        }

        if ($obstacle) {
            return
        }

        # The reader signals after its first whole read and reads on, so that removal meets it at work.
        $child = Invoke-Hazard -Environment @{ HAZARD_FILE = "$TestDrive/read.bin" } -Script ($threads + @"

function Make([long] `$size) { $Make }
"@ + @'

$reader = @"
param(`$work, `$warm, `$left)
while (`$job = `$work.Take()) {
    `$map, `$want = `$job
    `$good = 0; `$bad = 0; `$id = ''
    try {
        while (`$true) {
            if (`$good % 3 -eq 2) { `$got = Read-MappedByte `$map } else { `$got = `$map.Read() }
            if ([Linq.Enumerable]::SequenceEqual([byte[]]`$got, [byte[]]`$want)) { `$good++ } else { `$bad++ }
            `$null = `$warm.Set()
        }
    }
    catch { `$id = `$_.FullyQualifiedErrorId.Split(',')[0] }
    "`$(`$good -gt 0) `$bad `$id"
    `$null = `$left.Set()
}
"@
$work = [Collections.Concurrent.BlockingCollection[object]]::new()
$warm = [Threading.AutoResetEvent]::new($false)
$left = [Threading.AutoResetEvent]::new($false)
$thread = Start-Thread $reader $work, $warm, $left
$still = 0
$rounds = 0
foreach ($size in @(1, 4095, 4096, 65537, 1MB, (1MB + 1), 3MB, 8MB) * 12) {
    $want = [byte[]]::new($size)
    [Array]::Fill($want, [byte](1 + $rounds % 255))
    $map = Make $size
    $map.Write(0, $want)
    $address = '{0:x}-' -f $map.Address
    $work.Add(@($map, $want))
    $null = $warm.WaitOne()
    Remove-MemoryMap $map
    $null = $left.WaitOne()
    $still += if ($map.IsOpen) { 1 } else { 0 }
    $null = $warm.Reset()
    $rounds++
}
$work.Add($null)
Show 'rounds' { $rounds }
Show 'still' { $still }
Show 'reads' { $all = @(Stop-Thread $thread); "$($all.Count)"; $all | ForEach-Object { $seen = @{} } { $seen[$_] = 1 } { $seen.Keys } }
Show 'maps' { (Count-Map $env:HAZARD_FILE), @(Get-MemoryMap).Count }
'@)
    }

    BeforeEach {
        if ($obstacle) {
            Set-ItResult -Skipped -Because $obstacle
        }
    }

    It 'leaves the session alive' {
        $child.ExitCode | Should -Be 0 -Because $child.ErrorOutput
        $child.Said['rounds'] | Should -BeExactly '96'
        $child.Said['end'] | Should -Be 'reached'
    }

    It 'gives every read that began all its bytes, and the next one RegionClosed' {
        $child.Said['reads'] | Should -BeExactly '96 True 0 RegionClosed'
    }

    It 'is unmapped when the last read has ended' {
        $child.Said['still'] | Should -BeExactly '0'
        $child.Said['maps'] | Should -BeExactly '0 0'
    }
}

Describe 'Removal in the midst of one pipeline' {
    BeforeAll {
        $child = Invoke-Hazard -Environment @{ HAZARD_FILE = "$TestDrive/pipeline.bin" } -Script @'
[IO.File]::WriteAllBytes($env:HAZARD_FILE, [byte[]]::new(200000))
$map = New-MemoryMap $env:HAZARD_FILE
Show 'write' { & { [byte[]]@(7) * 65536; [byte[]]@(7) * 65536; Remove-MemoryMap $map; [byte[]]@(7) * 65536 } | Write-MappedByte $map }
Show 'written' { @([IO.File]::ReadAllBytes($env:HAZARD_FILE) | Where-Object { $_ -eq 7 }).Count % 65536 }
$map = New-MemoryMap $env:HAZARD_FILE
$stream = $map.OpenStream()
Show 'half' { $stream.Read([byte[]]::new(100000), 0, 100000) }
$map.Dispose()
Show 'rest' { $stream.Read([byte[]]::new(100000), 0, 100000) }
Show 'each' {
    1..3 | ForEach-Object { New-MemoryMap $env:HAZARD_FILE -Offset $_ } | ForEach-Object { $_.Dispose(); $_ } |
        Read-MappedByte -ErrorAction SilentlyContinue -ErrorVariable failures
    $failures.Count, $failures[2].FullyQualifiedErrorId.Split(',')[0]
}
'@
    }

    It 'is RegionClosed to what follows, and nothing of what was written is lost' {
        $child.ExitCode | Should -Be 0 -Because $child.ErrorOutput
        $child.Said['end'] | Should -Be 'reached'
        $child.Said['write'] | Should -BeLike '!RegionClosed | *'
        $child.Said['written'] | Should -BeExactly '0'
    }

    It 'is RegionClosed to a stream half read' {
        $child.Said['half'] | Should -BeExactly '100000'
        $child.Said['rest'] | Should -BeLike '!RegionClosed | *'
    }

    It 'is an error for each region of a pipeline' {
        $child.Said['each'] | Should -BeExactly '3 RegionClosed'
    }
}

Describe 'Many threads at random on the same regions' -Tag Slow {
    BeforeAll {
        if ($obstacle) {
            return
        }

        # Every byte of a region is its letter or zero, whoever wrote it, so a wrong byte shows. Slots change hands all the time.
        $child = Invoke-Hazard -Environment @{ HAZARD_FILE = "$TestDrive/random" } -Script ($threads + @'

$worker = @"
param(`$slots, `$seed, `$begin)
`$random = [Random]::new(`$seed)
`$said = @{}
function Note([string] `$what) { `$said[`$what] = 1 + `$said[`$what] }
function Make([int] `$slot) {
    switch (`$random.Next(4)) {
        0 { New-MemoryMap -Anonymous -Length 100000 }
        1 {
            `$special = if ([OperatingSystem]::IsLinux()) { @{ Option = 'NoReserve' } } else { @{ Sharing = 'Shared' } }
            New-MemoryMap -Anonymous -Length 100000 @special
        }
        2 { New-MemoryMap "`$env:HAZARD_FILE`$slot" }
        3 { New-MemoryMap "`$env:HAZARD_FILE`$slot" -Sharing Private }
    }
}
`$null = `$begin.WaitOne()
for (`$i = 0; `$i -lt 600; `$i++) {
    `$slot = `$random.Next(`$slots.Length)
    `$at = `$random.Next(100000)
    `$count = `$random.Next(100000 - `$at)
    `$map = `$slots[`$slot]
    try {
        switch (`$random.Next(9)) {
            0 { `$slots[`$slot] = Make `$slot; Note made }
            1 { if (`$map) { `$map.Dispose(); Note disposed } }
            2 { if (`$map) { Remove-MemoryMap `$map; Note removed } }
            3 {
                if (`$map) {
                    `$bytes = `$map.Read(`$at, `$count)
                    foreach (`$b in `$bytes[0..50]) { if (`$b -notin 0, (65 + `$slot)) { Note wrong } }
                    Note read
                }
            }
            4 { if (`$map) { Write-MappedByte `$map ([byte[]]@(65 + `$slot) * (1 + `$count)) -Offset `$at; Note write } }
            5 { if (`$map) { `$map[`$at] = 65 + `$slot; if (`$map[`$at] -notin 0, (65 + `$slot)) { Note wrong }; Note indexer } }
            6 { if (`$map) { Sync-MemoryMap `$map -WarningAction Ignore; Note sync } }
            7 { if (`$map) { `$s = `$map.OpenStream(); `$s.Position = `$at; `$s.CopyTo([IO.MemoryStream]::new()); Note stream } }
            8 {
                if (-not [OperatingSystem]::IsLinux()) { Note cut; break }
                `$f = [IO.FileStream]::new("`$env:HAZARD_FILE`$slot", 'Open', 'Write', 'ReadWrite')
                `$f.SetLength(`$at)
                `$f.SetLength(100000)
                `$f.Dispose()
                Note cut
            }
        }
    }
    catch {
        `$id = `$_.FullyQualifiedErrorId.Split(',')[0]
        if (`$id -in 'RegionClosed', 'PageFault') { Note `$id }
        elseif (`$id -eq 'OutOfRange') { Note short }
        else { Note "unexpected `$id `$_" }
    }
}
`$said
"@
foreach ($slot in 0..5) { [IO.File]::WriteAllBytes("$env:HAZARD_FILE$slot", [byte[]]::new(100000)) }
$slots = [object[]]::new(6)
$begin = [Threading.ManualResetEvent]::new($false)
$running = foreach ($seed in 1..4) { Start-Thread $worker $slots, $seed, $begin }
$null = $begin.Set()
$said = @{}
foreach ($thread in $running) {
    foreach ($part in Stop-Thread $thread) { foreach ($entry in $part.GetEnumerator()) { $said[$entry.Key] += $entry.Value } }
}
Show 'operations' { $sum = 0; $said.Values | ForEach-Object { $sum += $_ }; $sum -gt 1000 }
Show 'done' {
    foreach ($what in 'made', 'removed', 'read', 'write', 'indexer', 'sync', 'stream', 'cut', 'RegionClosed') {
        if (-not $said[$what]) { "no $what" }
    }
}
Show 'wrong' { 0 + $said['wrong'] }
Show 'unexpected' { $said.Keys | Where-Object { $_ -like 'unexpected*' } }
Get-MemoryMap | Remove-MemoryMap
Show 'left' { (Count-Map $env:HAZARD_FILE), @(Get-MemoryMap).Count }
'@)
    }

    BeforeEach {
        if ($obstacle) {
            Set-ItResult -Skipped -Because $obstacle
        }
    }

    It 'leave the session alive' {
        $child.ExitCode | Should -Be 0 -Because $child.ErrorOutput
        $child.Said['end'] | Should -Be 'reached'
        $child.Said['operations'] | Should -BeExactly 'True'
        $child.Said['done'] | Should -BeExactly ''
    }

    It 'meet no error but RegionClosed and PageFault, and no wrong byte' {
        $child.Said['unexpected'] | Should -BeExactly ''
        $child.Said['wrong'] | Should -BeExactly '0'
    }

    It 'leave nothing mapped once all is removed' {
        $child.Said['left'] | Should -BeExactly '0 0'
    }
}

Describe 'A region of <Kind> that is resized while other threads use it' -Tag Slow -ForEach @(
    @{ Kind = 'anonymous memory'; Make = 'New-MemoryMap -Anonymous -Length 24MB' }
    @{ Kind = 'unreserved memory'; Make = 'New-MemoryMap -Anonymous -Length 24MB -Option NoReserve' }
    @{ Kind = 'a shared file'; Make = '[IO.File]::WriteAllBytes($env:HAZARD_FILE, [byte[]]::new(24MB)); New-MemoryMap $env:HAZARD_FILE' }
    @{
        Kind = 'a private file'
        Make = '[IO.File]::WriteAllBytes($env:HAZARD_FILE, [byte[]]::new(24MB)); New-MemoryMap $env:HAZARD_FILE -Sharing Private'
    }
) {
    BeforeAll {
        if ($Kind -match 'unreserved|private' -and [OperatingSystem]::IsWindows()) {
            $private = 'Windows gives a private view no other length'
            $obstacle = if ($Kind -match 'private') { $private } else { 'only Linux has unreserved memory' }
        }

        if ($obstacle) {
            return
        }

        # The first 8 MiB are always there and always 7. Behind them is 0 or 7, and how much of it changes all the time. A use takes
        # long enough for a resize to meet it in the midst.
        $child = Invoke-Hazard -Environment @{ HAZARD_FILE = "$TestDrive/resized.bin" } -Script ($threads + @"

function Make { $Make }
"@ + @'

$user = @"
param(`$map, `$want, `$way, `$warm, `$stop)
`$said = @{}
function Note([string] `$what) { `$said[`$what] = 1 + `$said[`$what] }
`$stream = `$map.OpenStream()
`$buffer = [byte[]]::new(24MB)
do {
    try {
        `$count = [int]`$map.Length
        switch (`$way) {
            'read' { `$map.Read(0, `$buffer, 0, `$count) }
            'cmdlet' { `$buffer = Read-MappedByte `$map; `$count = `$buffer.Length }
            'stream' { `$stream.Position = 0; `$count = `$stream.Read(`$buffer, 0, `$buffer.Length) }
            'write' { `$map.Write(0, `$want, 0, `$count); `$map.Read(0, `$buffer, 0, `$count) }
        }
        if (`$count -lt 8MB -or `$buffer[`$count - 1] -notin 0, 7) { Note wrong }
        elseif (
            [Linq.Enumerable]::SequenceEqual(
                [Linq.Enumerable]::Take([byte[]]`$buffer, 10000), [Linq.Enumerable]::Take([byte[]]`$want, 10000)
            ) -and `$buffer[8MB - 1] -eq 7
        ) {
            Note good
        }
        else { Note wrong }
    }
    catch { Note `$_.FullyQualifiedErrorId.Split(',')[0] }
    `$null = `$warm.Signal(1)
} until (`$stop.WaitOne(0))
`$said
"@
$want = [byte[]]::new(24MB)
[Array]::Fill($want, [byte]7)
$map = Make
$map.Write(0, $want)
$stop = [Threading.ManualResetEvent]::new($false)
$running = foreach ($way in 'read', 'cmdlet', 'stream', 'write') {
    # Each signals as often as it likes; the first time counts.
    $warm = [Threading.CountdownEvent]::new(1000000)
    $thread = Start-Thread $user $map, $want, $way, $warm, $stop
    $null = [Threading.SpinWait]::SpinUntil({ $warm.CurrentCount -lt 1000000 -or $thread.Result.IsCompleted })
    $thread
}
$random = [Random]::new(5)
$done = 0
Show 'resize' {
    foreach ($round in 1..150) {
        $length = if ($round % 2) { $random.Next(8MB, 9MB) } else { $random.Next(9MB, 24MB) }
        Resize-MemoryMap $map $length
        if ($map.Length -ne $length) { throw "$length is $($map.Length)" }
        $script:done++
    }
}
$null = $stop.Set()
$said = @{}
foreach ($thread in $running) {
    $one = @(Stop-Thread $thread)[0]
    if (-not $one['good']) { $said['idle'] = 1 }
    foreach ($entry in $one.GetEnumerator()) { $said[$entry.Key] += $entry.Value }
}
Show 'done' { $done }
Show 'idle' { 0 + $said['idle'] }
Show 'wrong' { 0 + $said['wrong'] }
Show 'said' { @($said.Keys | Where-Object { $_ -notin 'good', 'OutOfRange' }) }
Remove-MemoryMap $map
Show 'left' { (Count-Map $env:HAZARD_FILE), @(Get-MemoryMap).Count }
'@)
    }

    BeforeEach {
        if ($obstacle) {
            Set-ItResult -Skipped -Because $obstacle
        }
    }

    It 'leaves the session alive, and every resize comes about' {
        $child.ExitCode | Should -Be 0 -Because $child.ErrorOutput
        $child.Said['resize'] | Should -BeExactly ''
        $child.Said['done'] | Should -BeExactly '150'
        $child.Said['end'] | Should -Be 'reached'
    }

    It 'never pulls memory away: each use has its bytes, or is told that they are outside now' {
        $child.Said['wrong'] | Should -BeExactly '0'
        $child.Said['said'] | Should -BeExactly ''
        $child.Said['idle'] | Should -BeExactly '0'
        $child.Said['left'] | Should -BeExactly '0 0'
    }
}

Describe 'A region of <Kind> that is protected while other threads use it' -Tag Slow -ForEach @(
    @{ Kind = 'anonymous memory'; Make = 'New-MemoryMap -Anonymous -Length 1MB' }
    @{ Kind = 'a shared file'; Make = '[IO.File]::WriteAllBytes($env:HAZARD_FILE, [byte[]]::new(1MB)); New-MemoryMap $env:HAZARD_FILE' }
    @{
        Kind = 'a private file'
        Make = '[IO.File]::WriteAllBytes($env:HAZARD_FILE, [byte[]]::new(1MB)); New-MemoryMap $env:HAZARD_FILE -Sharing Private'
    }
) {
    BeforeAll {
        if ($obstacle) {
            return
        }

        $child = Invoke-Hazard -Environment @{ HAZARD_FILE = "$TestDrive/protected.bin" } -Script ($threads + @"

function Make { $Make }
"@ + @'

$user = @"
param(`$map, `$want, `$way, `$warm, `$stop)
`$said = @{}
function Note([string] `$what) { `$said[`$what] = 1 + `$said[`$what] }
do {
    try {
        if (`$way -eq 'write') { `$map.Write(0, `$want); Note good }
        elseif ([Linq.Enumerable]::SequenceEqual([byte[]]`$map.Read(), [byte[]]`$want)) { Note good }
        else { Note wrong }
    }
    catch { Note `$_.FullyQualifiedErrorId.Split(',')[0] }
    `$null = `$warm.Signal(1)
} until (`$stop.WaitOne(0))
`$said
"@
$map = Make
$want = [byte[]]@(7) * $map.Length
$map.Write(0, $want)
$stop = [Threading.ManualResetEvent]::new($false)
$running = foreach ($way in 'read', 'read', 'write') {
    $warm = [Threading.CountdownEvent]::new(1000000)
    $thread = Start-Thread $user $map, $want, $way, $warm, $stop
    $null = [Threading.SpinWait]::SpinUntil({ $warm.CurrentCount -lt 1000000 -or $thread.Result.IsCompleted })
    $thread
}
Show 'protect' {
    foreach ($round in 1..150) {
        foreach ($protection in 'None', 'Read', @('Read', 'Write')) {
            Protect-MemoryMap $map -Offset (($round % 3) * 100000) -Protection $protection
        }
        if ($round % 10 -eq 0) { Protect-MemoryMap $map -Protection Read, Write; $null = $map.Read() }
    }
}
$null = $stop.Set()
$said = @{}
foreach ($thread in $running) {
    $one = @(Stop-Thread $thread)[0]
    if (-not $one['good']) { $said['idle'] = 1 }
    foreach ($entry in $one.GetEnumerator()) { $said[$entry.Key] += $entry.Value }
}
Show 'idle' { 0 + $said['idle'] }
Show 'wrong' { 0 + $said['wrong'] }
Show 'refused' { ($said['NotReadable'] -gt 0), ($said['NotWritable'] -gt 0) }
Show 'said' { @($said.Keys | Where-Object { $_ -notin 'good', 'NotReadable', 'NotWritable' }) }
Protect-MemoryMap $map -Protection Read
Show 'bytes' { [Linq.Enumerable]::SequenceEqual([byte[]]$map.Read(), $want) }
'@)
    }

    BeforeEach {
        if ($obstacle) {
            Set-ItResult -Skipped -Because $obstacle
        }
    }

    It 'leaves the session alive' {
        $child.ExitCode | Should -Be 0 -Because $child.ErrorOutput
        $child.Said['protect'] | Should -BeExactly ''
        $child.Said['end'] | Should -Be 'reached'
    }

    It 'gives each use all its bytes, or NotReadable or NotWritable' {
        $child.Said['wrong'] | Should -BeExactly '0'
        $child.Said['said'] | Should -BeExactly ''
        $child.Said['idle'] | Should -BeExactly '0'
        $child.Said['refused'] | Should -BeExactly 'True True'
        $child.Said['bytes'] | Should -BeExactly 'True'
    }
}

Describe 'Ctrl+C while <Name> waits for a use of the region to end' -Tag Slow -ForEach @(
    @{ Name = 'Resize-MemoryMap'; Text = 'Resize-MemoryMap $map 1000000' }
    @{ Name = 'Protect-MemoryMap'; Text = 'Protect-MemoryMap $map -Protection None' }
) {
    BeforeAll {
        if ($obstacle) {
            return
        }

        # No use of a region lasts until it is told to end, so one is begun by the region's own gate, which no script can reach otherwise.
        $child = Invoke-Hazard -Environment @{ HAZARD_TEXT = $Text } -Script ($threads + @'

$map = New-MemoryMap -Anonymous -Length 5000
$gate = [MmapPS.MappedRegion].GetField('_gate', 'Instance, NonPublic').GetValue($map)
Show 'begin' { $gate.GetType().GetMethod('TryEnter').Invoke($gate, @()) }
$at = [Collections.Concurrent.BlockingCollection[object]]::new()
$thread = Start-Thread "param(`$map, `$at) `$at.Add([Threading.Thread]::CurrentThread); $env:HAZARD_TEXT; 'came to its end'" $map, $at
$worker = $at.Take()
Show 'waits' {
    $wait = [Threading.ThreadState]::WaitSleepJoin
    $null = [Threading.SpinWait]::SpinUntil({ $thread.Result.IsCompleted -or $worker.ThreadState -band $wait })
    -not $thread.Result.IsCompleted
}
Show 'unchanged' { $map.Length, $map.Protection }

# It comes back when the pipeline has ended, and the use that this waits for ends later.
$thread.Shell.Stop()
Show 'state' { $thread.Shell.InvocationStateInfo.State }
Show 'stopped' { @(Stop-Thread $thread) }
Show 'after' { $map.Length, $map.Protection, $map[0] }
$null = $gate.GetType().GetMethod('Exit').Invoke($gate, @())
Show 'again' { Resize-MemoryMap $map 6000; Protect-MemoryMap $map -Protection Read; $map.Length, $map.Protection, $map[5999] }
'@)
    }

    BeforeEach {
        if ($obstacle) {
            Set-ItResult -Skipped -Because $obstacle
        }
    }

    It 'ends the wait, and nothing is changed' {
        $child.ExitCode | Should -Be 0 -Because $child.ErrorOutput
        $child.Said['begin'] | Should -BeExactly 'True'
        $child.Said['waits'] | Should -BeExactly 'True'
        $child.Said['unchanged'] | Should -BeExactly '5000 Read, Write'
        $child.Said['state'] | Should -BeExactly 'Stopped'
        $child.Said['stopped'] | Should -BeLike '!PipelineStopped*'
        $child.Said['after'] | Should -BeExactly '5000 Read, Write 0'
    }

    It 'leaves the region to all that follows' {
        $child.Said['again'] | Should -BeExactly '6000 Read 0'
        $child.Said['end'] | Should -Be 'reached'
    }
}
