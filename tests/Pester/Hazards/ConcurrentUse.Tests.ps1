# Threads that read and write what other threads remove, truncate, resize and protect.

BeforeDiscovery {
    $kinds = @(
        @{ Kind = 'anonymous memory'; Make = 'New-MemoryMap -Anonymous -Length $Size' }
        @{ Kind = 'unreserved memory'; Make = 'New-MemoryMap -Anonymous -Length $Size -Option NoReserve'; NotHere = $IsWindows ? 'only Linux has it' : '' }
        @{ Kind = 'a shared file'; Make = 'Set-FileLength $env:HAZARD_FILE $Size; New-MemoryMap $env:HAZARD_FILE' }
        @{ Kind = 'a private file'; Make = 'Set-FileLength $env:HAZARD_FILE $Size; New-MemoryMap $env:HAZARD_FILE -Sharing Private' }
    )
    $resized = @($kinds[0..2]; $kinds[3] + @{ NotHere = $IsWindows ? 'Windows gives a private view no other length' : '' })
}

BeforeAll {
    . $PSScriptRoot/../Support/Preamble.ps1
    $obstacle = if (-not $IsWindows) { Find-Obstacle -Means 'a list of mappings in /proc' }

    # Start-Thread runs text in a runspace of its own on another thread; Stop-Thread waits for it and gives what it emitted. Test-Kind
    # runs a test for each kind of region, in which Make makes one and Say shows a step.
    $threads = @'
function Start-Thread([string] $Text, [object[]] $Arguments) {
    $shell = [powershell]::Create()
    $null = $shell.AddScript('$ErrorActionPreference = "Stop"; Import-Module $env:MMAPPS_MODULE').AddStatement().AddScript($Text)
    foreach ($argument in $Arguments) { $null = $shell.AddArgument($argument) }
    [pscustomobject]@{ Shell = $shell; Result = $shell.BeginInvoke() }
}
function Stop-Thread($Thread) {
    $Thread.Shell.EndInvoke($Thread.Result)
    $Thread.Shell.Dispose()
}
function Test-Kind([scriptblock] $Test) {
    foreach ($kind in $env:HAZARD_KINDS | ConvertFrom-Json) {
        $env:HAZARD_FILE = Join-Path $env:HAZARD_FOLDER (New-Guid)
        function Make([long] $Size) { . ([scriptblock]::Create($kind.Make)) }
        function Say([string] $Name, [scriptblock] $Step) { Show "$($kind.Kind) $Name" $Step }
        . $Test
    }
}

'@

    function Invoke-Kind([hashtable[]] $Kinds, [string] $Script) {
        Invoke-Hazard -Obstacle $obstacle -Environment @{
            HAZARD_FOLDER = $TestDrive; HAZARD_KINDS = ConvertTo-Json @($Kinds | Where-Object { -not $_.NotHere }) -Compress
        } -Script ($threads + $Script)
    }

    function Assert-Kind([string] $NotHere) {
        Skip-OnObstacle ($obstacle ? $obstacle : $NotHere)
        Assert-Survival $child
    }
}

Describe 'A region that is removed while another thread reads it' -Tag Slow -ForEach @{ Kinds = $kinds } {
    BeforeAll {
        # The reader signals after its first whole read and reads on, so that removal meets it at work.
        $child = Invoke-Kind $Kinds @'
$reader = {
    param($work, $warm, $left)
    while ($job = $work.Take()) {
        $map, $want = $job
        $good = 0; $bad = 0; $id = ''
        try {
            while ($true) {
                $got = if ($good % 3 -eq 2) { , (Read-MappedByte $map) } else { , $map.Read() }
                if ([Linq.Enumerable]::SequenceEqual([byte[]]$got, [byte[]]$want)) { $good++ } else { $bad++ }
                $null = $warm.Set()
            }
        }
        catch { $id = ($_.FullyQualifiedErrorId -split ',')[0] }
        "$($good -gt 0) $bad $id"
        $null = $left.Set()
    }
}
Test-Kind {
    $work = [Collections.Concurrent.BlockingCollection[object]]::new()
    $warm = [Threading.AutoResetEvent]::new($false)
    $left = [Threading.AutoResetEvent]::new($false)
    $thread = Start-Thread $reader $work, $warm, $left
    $still = $rounds = 0
    foreach ($size in @(1, 4095, 4096, 65537, 1MB, (1MB + 1), 3MB, 8MB) * 2) {
        $want = [byte[]]::new($size)
        [Array]::Fill($want, [byte](1 + $rounds % 255))
        $map = Make $size
        $map.Write(0, $want)
        $work.Add(@($map, $want))
        $null = $warm.WaitOne()
        Remove-MemoryMap $map
        $null = $left.WaitOne()
        $still += [int]$map.IsOpen
        $null = $warm.Reset()
        $rounds++
    }
    $work.Add($null)
    Say 'reads' { Stop-Thread $thread | Group-Object | ForEach-Object { "$($_.Count) times $($_.Name)" } }
    Say 'left' { $still, (Get-FileMapCount $env:HAZARD_FILE), @(Get-MemoryMap).Count }
}
'@
    }

    It 'gives every read that began all its bytes, and the next one RegionClosed: <Kind>' -ForEach $Kinds {
        Assert-Kind $NotHere
        $child.Said["$Kind reads"] | Should -BeExactly '16 times True 0 RegionClosed'
    }

    It 'is unmapped when the last read has ended: <Kind>' -ForEach $Kinds {
        Assert-Kind $NotHere
        $child.Said["$Kind left"] | Should -BeExactly '0 0 0'
    }
}

Describe 'Removal in the midst of one pipeline' {
    BeforeAll {
        $child = Invoke-Hazard -Environment @{ HAZARD_FILE = Join-Path $TestDrive pipeline.bin } -Script @'
Set-FileLength $env:HAZARD_FILE 200000
$map = New-MemoryMap $env:HAZARD_FILE
Show 'write' { & { [byte[]]@(7) * 65536; [byte[]]@(7) * 65536; Remove-MemoryMap $map; [byte[]]@(7) * 65536 } | Write-MappedByte $map }
Show 'written' { [Array]::IndexOf([byte[]](Get-Content $env:HAZARD_FILE -AsByteStream -Raw), [byte]0) % 65536 }
$map = New-MemoryMap $env:HAZARD_FILE
$stream = $map.OpenStream()
Show 'half' { $stream.Read([byte[]]::new(100000), 0, 100000) }
$map.Dispose()
Show 'rest' { $stream.Read([byte[]]::new(100000), 0, 100000) }
Show 'each' {
    1..3 | ForEach-Object { New-MemoryMap $env:HAZARD_FILE -Offset $_ } | ForEach-Object { $_.Dispose(); $_ } |
        Read-MappedByte -ErrorAction SilentlyContinue -ErrorVariable failures
    $failures.Count, ($failures[2].FullyQualifiedErrorId -split ',')[0]
}
'@
    }

    It 'is RegionClosed to what follows, and nothing of what was written is lost' {
        Assert-Survival $child
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
        # Every byte of a region is its letter or zero, whoever wrote it, so a wrong byte shows. Slots change hands all the time.
        $child = Invoke-Hazard -Obstacle $obstacle -Environment @{ HAZARD_FILE = Join-Path $TestDrive random } -Script ($threads + @'
$worker = {
    param($slots, $seed, $begin)
    $random = [Random]::new($seed)
    $said = @{}
    function Note([string] $what) { $said[$what] = 1 + $said[$what] }
    function Make([int] $slot) {
        switch ($random.Next(4)) {
            0 { New-MemoryMap -Anonymous -Length 100000 }
            1 {
                $special = if ($IsLinux) { @{ Option = 'NoReserve' } } else { @{ Sharing = 'Shared' } }
                New-MemoryMap -Anonymous -Length 100000 @special
            }
            2 { New-MemoryMap "$env:HAZARD_FILE$slot" }
            3 { New-MemoryMap "$env:HAZARD_FILE$slot" -Sharing Private }
        }
    }
    $null = $begin.WaitOne()
    for ($i = 0; $i -lt 300; $i++) {
        $slot = $random.Next($slots.Length)
        $at = $random.Next(100000)
        $count = $random.Next(100000 - $at)
        $map = $slots[$slot]
        try {
            switch ($random.Next(9)) {
                0 { $slots[$slot] = Make $slot; Note made }
                1 { if ($map) { $map.Dispose(); Note disposed } }
                2 { if ($map) { Remove-MemoryMap $map; Note removed } }
                3 {
                    if ($map) {
                        $bytes = $map.Read($at, $count)
                        foreach ($b in $bytes[0..50]) { if ($b -notin 0, (65 + $slot)) { Note wrong } }
                        Note read
                    }
                }
                4 { if ($map) { Write-MappedByte $map ([byte[]]@(65 + $slot) * (1 + $count)) -Offset $at; Note write } }
                5 { if ($map) { $map[$at] = 65 + $slot; if ($map[$at] -notin 0, (65 + $slot)) { Note wrong }; Note indexer } }
                6 { if ($map) { Sync-MemoryMap $map -WarningAction Ignore; Note sync } }
                7 { if ($map) { $s = $map.OpenStream(); $s.Position = $at; $s.CopyTo([IO.MemoryStream]::new()); Note stream } }
                8 {
                    if (-not $IsLinux) { Note cut; break }
                    $f = [IO.FileStream]::new("$env:HAZARD_FILE$slot", 'Open', 'Write', 'ReadWrite')
                    $f.SetLength($at)
                    $f.SetLength(100000)
                    $f.Dispose()
                    Note cut
                }
            }
        }
        catch {
            $id = ($_.FullyQualifiedErrorId -split ',')[0]
            if ($id -in 'RegionClosed', 'PageFault') { Note $id }
            elseif ($id -eq 'OutOfRange') { Note short }
            else { Note "unexpected $id $_" }
        }
    }
    $said
}
foreach ($slot in 0..5) { Set-FileLength "$env:HAZARD_FILE$slot" 100000 }
$slots = [object[]]::new(6)
$begin = [Threading.ManualResetEvent]::new($false)
$running = foreach ($seed in 1..4) { Start-Thread $worker $slots, $seed, $begin }
$null = $begin.Set()
$said = @{}
foreach ($thread in $running) {
    foreach ($part in Stop-Thread $thread) { foreach ($entry in $part.GetEnumerator()) { $said[$entry.Key] += $entry.Value } }
}
Show 'operations' { $sum = 0; $said.Values | ForEach-Object { $sum += $_ }; $sum -gt 500 }
Show 'done' {
    foreach ($what in 'made', 'removed', 'read', 'write', 'indexer', 'sync', 'stream', 'cut', 'RegionClosed') {
        if (-not $said[$what]) { "no $what" }
    }
}
Show 'wrong' { 0 + $said['wrong'] }
Show 'unexpected' { $said.Keys | Where-Object { $_ -like 'unexpected*' } }
Get-MemoryMap | Remove-MemoryMap
Show 'left' { (Get-FileMapCount $env:HAZARD_FILE), @(Get-MemoryMap).Count }
'@)
    }

    BeforeEach {
        Skip-OnObstacle $obstacle
    }

    It 'leave the session alive' {
        Assert-Survival $child
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

Describe 'A region that is resized while other threads use it' -Tag Slow -ForEach @{ Kinds = $resized } {
    BeforeAll {
        # The first 8 MiB are always there and always 7. Behind them is 0 or 7, and how much of it changes all the time. A use takes
        # long enough for a resize to meet it in the midst.
        $child = Invoke-Kind $Kinds @'
$user = {
    param($map, $want, $way, $warm, $stop)
    $said = @{}
    $stream = $map.OpenStream()
    $buffer = [byte[]]::new(24MB)
    do {
        try {
            $count = [int]$map.Length
            switch ($way) {
                'read' { $map.Read(0, $buffer, 0, $count) }
                'cmdlet' { $buffer = Read-MappedByte $map; $count = $buffer.Length }
                'stream' { $stream.Position = 0; $count = $stream.Read($buffer, 0, $buffer.Length) }
                'write' { $map.Write(0, $want, 0, $count); $map.Read(0, $buffer, 0, $count) }
            }
            $first = [Linq.Enumerable]::Take([byte[]]$buffer, 10000)
            $right = $count -ge 8MB -and $buffer[8MB - 1] -eq 7 -and $buffer[$count - 1] -in 0, 7 -and
                [Linq.Enumerable]::SequenceEqual($first, [Linq.Enumerable]::Take([byte[]]$want, 10000))
            $said[$right ? 'good' : 'wrong'] = 1
        }
        catch { $said[($_.FullyQualifiedErrorId -split ',')[0]] = 1 }
        $null = $warm.Set()
    } until ($stop.WaitOne(0))
    $said.Keys
}
$want = [byte[]]::new(24MB)
[Array]::Fill($want, [byte]7)
Test-Kind {
    $map = Make 24MB
    $map.Write(0, $want)
    $stop = [Threading.ManualResetEvent]::new($false)
    $running = foreach ($way in 'read', 'cmdlet', 'stream', 'write') {
        $warm = [Threading.ManualResetEvent]::new($false)
        Start-Thread $user $map, $want, $way, $warm, $stop
        $null = $warm.WaitOne(60000)
    }
    $random = [Random]::new(5)
    Say 'resize' {
        foreach ($round in 1..20) {
            $length = $round % 2 ? $random.Next(8MB, 9MB) : $random.Next(9MB, 24MB)
            Resize-MemoryMap $map $length
            if ($map.Length -ne $length) { throw "$length is $($map.Length)" }
        }
    }
    $null = $stop.Set()
    # A region that is too short by now for what was asked is an error of the one who asked.
    Say 'said' { $running | ForEach-Object { "$(Stop-Thread $_ | Where-Object { $_ -ne 'OutOfRange' })" } }
    Remove-MemoryMap $map
    Say 'left' { (Get-FileMapCount $env:HAZARD_FILE), @(Get-MemoryMap).Count }
}
'@
    }

    It 'has each length it is given, and never pulls memory away: each use has its bytes, or is told that they are outside now: <Kind>' -ForEach $Kinds {
        Assert-Kind $NotHere
        $child.Said["$Kind resize"] | Should -BeExactly ''
        $child.Said["$Kind said"] | Should -BeExactly 'good good good good'
        $child.Said["$Kind left"] | Should -BeExactly '0 0'
    }
}

Describe 'A region that is protected while other threads use it' -Tag Slow -ForEach @{ Kinds = $kinds | Where-Object Kind -NE 'unreserved memory' } {
    BeforeAll {
        # As many rounds as it takes until the users were refused both ways.
        $child = Invoke-Kind $Kinds @'
$user = {
    param($map, $want, $way, $warm, $stop, $seen)
    do {
        try {
            if ($way -eq 'write') { $map.Write(0, $want); $what = 'good' }
            else { $what = [Linq.Enumerable]::SequenceEqual([byte[]]$map.Read(), [byte[]]$want) ? 'good' : 'wrong' }
        }
        catch { $what = ($_.FullyQualifiedErrorId -split ',')[0] }
        $seen["$way $what"] = 1
        $null = $warm.Set()
    } until ($stop.WaitOne(0))
}
Test-Kind {
    $map = Make 1MB
    $want = [byte[]]@(7) * $map.Length
    $map.Write(0, $want)
    $stop = [Threading.ManualResetEvent]::new($false)
    $seen = [Collections.Concurrent.ConcurrentDictionary[string, int]]::new()
    $running = foreach ($way in 'read', 'read', 'write') {
        $warm = [Threading.ManualResetEvent]::new($false)
        Start-Thread $user $map, $want, $way, $warm, $stop, $seen
        $null = $warm.WaitOne(60000)
    }
    Say 'protect' {
        for ($round = 1; $round -le 20 -or ($round -le 10000 -and -not ($seen['read NotReadable'] -and $seen['write NotWritable'])); $round++) {
            foreach ($protection in 'None', 'Read', @('Read', 'Write')) {
                Protect-MemoryMap $map -Offset (($round % 3) * 100000) -Protection $protection
            }
            if ($round % 10 -eq 0) { Protect-MemoryMap $map -Protection Read, Write; $null = $map.Read() }
        }
    }
    $null = $stop.Set()
    $running | ForEach-Object { Stop-Thread $_ }
    Say 'seen' { $seen.Keys | Sort-Object }
    Protect-MemoryMap $map -Protection Read
    Say 'bytes' { [Linq.Enumerable]::SequenceEqual([byte[]]$map.Read(), $want) }
    Remove-MemoryMap $map
}
'@
    }

    It 'gives each use all its bytes, or NotReadable or NotWritable: <Kind>' -ForEach $Kinds {
        Assert-Kind $NotHere
        $child.Said["$Kind protect"] | Should -BeExactly ''
        $child.Said["$Kind seen"] -replace 'write NotReadable ' | Should -BeExactly 'read good read NotReadable write good write NotWritable'
        $child.Said["$Kind bytes"] | Should -BeExactly 'True'
    }
}

Describe 'Ctrl+C while a cmdlet waits for a use of the region to end' -Tag Slow -ForEach @{
    Waits = @(
        @{ Name = 'Resize-MemoryMap'; Text = 'Resize-MemoryMap $map 1000000' }
        @{ Name = 'Protect-MemoryMap'; Text = 'Protect-MemoryMap $map -Protection None' }
    )
} {
    BeforeAll {
        # No use of a region lasts until it is told to end, so one is begun by the region's own state, which no script can reach otherwise.
        $child = Invoke-Hazard -Obstacle $obstacle -Environment @{ HAZARD_WAITS = ConvertTo-Json $Waits -Compress } -Script ($threads + @'
foreach ($case in $env:HAZARD_WAITS | ConvertFrom-Json) {
    function Say([string] $Name, [scriptblock] $Step) { Show "$($case.Name) $Name" $Step }
    $map = New-MemoryMap -Anonymous -Length 5000
    $state = [MmapPS.MappedRegion].GetField('_state', 'Instance, NonPublic').GetValue($map)
    Say 'begin' { $state.GetType().GetMethod('TryEnter').Invoke($state, @()) }
    $at = [Collections.Concurrent.BlockingCollection[object]]::new()
    $thread = Start-Thread "param(`$map, `$at) `$at.Add([Threading.Thread]::CurrentThread); $($case.Text); 'came to its end'" $map, $at
    $worker = $at.Take()
    Say 'waits' {
        $wait = [Threading.ThreadState]::WaitSleepJoin
        $null = [Threading.SpinWait]::SpinUntil({ $thread.Result.IsCompleted -or $worker.ThreadState -band $wait })
        -not $thread.Result.IsCompleted
    }
    Say 'unchanged' { $map.Length, $map.Protection }

    # It comes back when the pipeline has ended, and the use that this waits for ends later.
    $thread.Shell.Stop()
    Say 'state' { $thread.Shell.InvocationStateInfo.State }
    Say 'stopped' { @(Stop-Thread $thread) }
    Say 'after' { $map.Length, $map.Protection, $map[0] }
    $null = $state.GetType().GetMethod('Exit').Invoke($state, @())
    Say 'again' { Resize-MemoryMap $map 6000; Protect-MemoryMap $map -Protection Read; $map.Length, $map.Protection, $map[5999] }
    Remove-MemoryMap $map
}
'@)
    }

    It 'ends the wait, nothing is changed, and the region is left to all that follows: <Name>' -ForEach $Waits {
        Assert-Kind
        $child.Said["$Name begin"] | Should -BeExactly 'True'
        $child.Said["$Name waits"] | Should -BeExactly 'True'
        $child.Said["$Name unchanged"] | Should -BeExactly '5000 Read, Write'
        $child.Said["$Name state"] | Should -BeExactly 'Stopped'
        $child.Said["$Name stopped"] | Should -BeLike '!PipelineStopped*'
        $child.Said["$Name after"] | Should -BeExactly '5000 Read, Write 0'
        $child.Said["$Name again"] | Should -BeExactly '6000 Read 0'
    }
}
