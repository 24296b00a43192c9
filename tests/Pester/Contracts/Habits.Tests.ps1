# What people expect of every cmdlet: pipelines, -WhatIf, errors, progress, Ctrl+C, other runspaces.

BeforeDiscovery {
    . $PSScriptRoot/../Support/Module.ps1
    $changing = @((Get-Module MmapPS).ExportedCmdlets.Values | Where-Object { $_.Parameters.ContainsKey('WhatIf') } | ForEach-Object { @{ Name = $_.Name } })
}

BeforeAll {
    . $PSScriptRoot/../Support/Module.ps1
    . $PSScriptRoot/../Support/Errors.ps1
    . $PSScriptRoot/../Support/Files.ps1
    . $PSScriptRoot/../Support/Child.ps1
    . $PSScriptRoot/../Support/LongWork.ps1
}

AfterAll {
    Get-MemoryMap | Remove-MemoryMap
}

Describe 'The pipeline' {
    AfterEach {
        Get-MemoryMap | Remove-MemoryMap
    }

    It 'binds a match''s range to Protect-MemoryMap' {
        $map = New-MemoryMap -Anonymous -Length 1MB
        Write-MappedByte $map -Offset 500000 -Value here
        Find-MappedByte $map here | Protect-MemoryMap -Protection Read
        (Get-ErrorOf { $map[500000] = 1 }).Id | Should -Be 'NotWritable'
        $map[0] = 1
        $map[-1] = 1
    }

    It 'binds a match''s range, and a region''s whole range, to <_>' -ForEach @(
        'Sync-MemoryMap', 'Lock-MemoryMap', 'Unlock-MemoryMap', 'Protect-MemoryMap -Protection Read', 'Clear-MappedByte'
    ) {
        $file = New-TestFile -Size 100000
        $child = Invoke-Child -Environment @{ HABIT_FILE = $file; HABIT_CALL = $_ } -Script @'
$map = New-MemoryMap $env:HABIT_FILE -Offset 10 -Length 50000
Write-MappedByte $map -Offset 30000 -Value here
$call = [scriptblock]::Create("`$input | $env:HABIT_CALL -WhatIf")
Find-MappedByte $map here | & $call
$map | & $call
'@
        $said = @($child.Output.Replace("`r", '').Split("`n") -like 'What if:*')
        $said.Count | Should -Be 2 -Because $child.ErrorOutput
        $said[0] | Should -BeLike "*$file, offset 30000, length 4*"
        $said[1] | Should -BeLike "*$file, offset 0, length 50000*"
    }

    It 'binds files by their properties' {
        $file = [IO.FileInfo](New-TestFile 'abcdef')
        $byPath = [PSCustomObject]@{ PSPath = $file.FullName }
        foreach ($item in $file, $byPath) {
            ($item | New-MemoryMap).Path | Should -BeExactly $file.FullName
            if (-not [OperatingSystem]::IsWindows()) {
                ($item | Measure-MemoryMap).Path | Should -BeExactly $file.FullName
            }

            $item | Set-MemoryMapAdvice -Advice WillNeed
            $target = New-MemoryMap -Anonymous -Length 6
            $item | Copy-MappedByte -Destination $target
            Read-MappedByte $target -Encoding ascii | Should -BeExactly 'abcdef'
        }
    }

    It 'takes files as objects where it takes paths' {
        $file = [IO.FileInfo](New-TestFile 'abcdef')
        $map = New-MemoryMap $file.FullName
        Compare-MappedByte $map $file -Quiet | Should -BeTrue
        $copy = [IO.FileInfo][IO.Path]::Combine($TestDrive, [IO.Path]::GetRandomFileName())
        $map | Copy-MappedByte -Destination $copy -PassThru | Should -BeOfType ([IO.FileInfo])
        [IO.File]::ReadAllText($copy.FullName) | Should -BeExactly 'abcdef'
    }

    It 'binds a property Region to <_>' -ForEach 'Read-MappedByte -Offset 0 -Length 1', 'Sync-MemoryMap -Offset 0 -Length 1', 'Measure-MemoryMap', 'Find-MappedByte -Pattern a', 'Remove-MemoryMap' {
        $map = New-MemoryMap (New-TestFile 'abc')
        $holder = [PSCustomObject]@{ Region = $map; Other = 1 }
        Get-ErrorOf ([scriptblock]::Create("`$holder | $_")) | Should -BeNullOrEmpty
    }
}

Describe '-WhatIf' {
    BeforeAll {
        $file = New-TestFile ('a' * 9000) -Name 'whatif.bin'
        $before = [IO.File]::GetLastWriteTimeUtc($file)
        $child = Invoke-Child -Environment @{ HABIT_FILE = $file } -Script @'
$map = New-MemoryMap $env:HABIT_FILE
function Attempt([string] $Name, [scriptblock] $Call) { "== $Name" | Out-Host; & $Call | Out-Host }
Attempt New-MemoryMap { New-MemoryMap $env:HABIT_FILE -Offset 5 -Length 10 -WhatIf }
Attempt Clear-MappedByte { Clear-MappedByte $map 5 10 -WhatIf }
Attempt Compare-MappedByte { Compare-MappedByte $map $map -Offset 5 -OtherOffset 5 -Length 10 -PatchPath "$env:HABIT_FILE.patch" -WhatIf }
Attempt Copy-MappedByte { Copy-MappedByte $map $map -Length 10 -DestinationOffset 5 -WhatIf }
Attempt Edit-MappedByte { Edit-MappedByte $map ('a' * 10) ('b' * 10) -Offset 5 -First 1 -WhatIf }
Attempt Lock-MemoryMap { Lock-MemoryMap $map 5 10 -WhatIf }
Attempt Unlock-MemoryMap { Unlock-MemoryMap $map 5 10 -WhatIf }
Attempt Protect-MemoryMap { Protect-MemoryMap $map 5 10 -Protection Read -WhatIf }
Attempt Remove-MemoryMap { Remove-MemoryMap $map -WhatIf }
Attempt Resize-MemoryMap { Resize-MemoryMap $map 10 -WhatIf }
Attempt Set-MemoryMapAdvice { Set-MemoryMapAdvice $map -Advice WillNeed -Offset 5 -Length 10 -WhatIf }
Attempt Sync-MemoryMap { Sync-MemoryMap $map 5 10 -WhatIf }
Attempt Write-MappedByte { Write-MappedByte $map ('b' * 10) -Offset 5 -WhatIf }
Attempt Write-MappedValue { if (Get-Command Write-MappedValue -ErrorAction Ignore) { Write-MappedValue $map -Type 'Byte[10]' -Value ([byte[]]::new(10)) -Offset 5 -WhatIf } }
Attempt end { "$($map.IsOpen) $($map.Length) $($map.Protection)" }
'@
        $said = @{}
        foreach ($part in $child.Output.Replace("`r", '') -split '(?m)^== ' | Where-Object { $_ }) {
            $name, $lines = $part -split "`n"
            $said[$name] = @($lines | Where-Object { $_.Trim() })
        }
    }

    It 'of <Name> names the file, the offset and the length, and does nothing else' -ForEach $changing {
        $said[$Name].Count | Should -Be 1 -Because $child.ErrorOutput
        $said[$Name][0] | Should -BeLike "What if:*$file*"
        if ($Name -in 'Remove-MemoryMap', 'Resize-MemoryMap') {
            $said[$Name][0] | Should -MatchExactly 'offset 0, length 9000'
        }
        elseif ($Name -ne 'New-MemoryMap') {
            $said[$Name][0] | Should -MatchExactly 'offset 5, length 10'
        }
    }

    It 'leaves bytes, files and mappings as they were' {
        $said['end'] | Should -BeExactly 'True 9000 Read, Write'
        [IO.File]::ReadAllText($file) | Should -BeExactly ('a' * 9000)
        [IO.File]::GetLastWriteTimeUtc($file) | Should -Be $before
    }
}

Describe '-PassThru' {
    It 'hands on what a cmdlet was given, and nothing comes without it: <_>' -ForEach @(
        'Clear-MappedByte $map', 'Copy-MappedByte $other $map', 'Sync-MemoryMap $map', 'Protect-MemoryMap $map -Protection Read,Write',
        'Lock-MemoryMap $map', 'Unlock-MemoryMap $map', 'Resize-MemoryMap $map 3', 'Set-MemoryMapAdvice $map WillNeed', 'Write-MappedByte $map x'
    ) {
        $map = New-MemoryMap (New-TestFile 'abc')
        $other = New-MemoryMap (New-TestFile 'xyz')
        & ([scriptblock]::Create("`$map, `$other = `$args; $_")) $map $other | Should -BeNullOrEmpty
        $handed = @(& ([scriptblock]::Create("`$map, `$other = `$args; $_ -PassThru")) $map $other)
        $handed.Count | Should -Be 1
        [object]::ReferenceEquals($handed[0], $map) | Should -BeTrue
    }
}

Describe 'Errors' {
    It 'are for one object of many, collected by -ErrorVariable and silenced by -ErrorAction' {
        $missing = [IO.Path]::Combine($TestDrive, 'missing')
        $maps = @((New-TestFile 'a'), $missing, (New-TestFile 'b') | New-MemoryMap -ErrorVariable caught -ErrorAction SilentlyContinue)
        $maps.Count | Should -Be 2
        $caught.Count | Should -Be 1
        $caught[0].FullyQualifiedErrorId | Should -BeLike 'FileNotFound,*'
        $caught[0].TargetObject | Should -Be $missing
        Remove-MemoryMap $maps[0]
        $read = @($maps | Read-MappedByte -Encoding ascii -ErrorVariable +caught -ErrorAction Ignore)
        $read | Should -Be 'b'
    }

    It 'end the statement with -ErrorAction Stop' {
        $maps = [Collections.Generic.List[object]]::new()
        $failure = Get-ErrorOf { [IO.Path]::Combine($TestDrive, 'missing'), (New-TestFile 'b') | New-MemoryMap -ErrorAction Stop | ForEach-Object { $maps.Add($_) } }
        $failure.Id | Should -Be 'FileNotFound'
        $maps.Count | Should -Be 0
    }
}

Describe 'Long work' -Tag Slow {
    BeforeAll {
        # A hole as long as this is read for minutes and takes no storage.
        $map = New-MemoryMap (New-TestFile -Size 256GB) -Protection Read
    }

    AfterAll {
        Remove-MemoryMap $map
    }

    It 'shows how far it is, how fast and how long it will go on, and ends within 100 ms when it is stopped: <_>' -ForEach @(
        'Find-MappedByte $map x', 'Find-MappedByte $map x -Count', 'Find-MappedByte $map x -Last 1', 'Compare-MappedByte $map $map'
    ) {
        $stopped = @(Measure-Stop $_ Progress $map)[-1]
        $stopped.Came | Should -BeTrue
        $stopped.State | Should -Be 'Stopped'
        $record = $stopped.First
        $record.Activity | Should -BeExactly ($_ -split ' ')[0]
        $record.StatusDescription | Should -MatchExactly '^[\d.]+ [KMG]iB of 256\.0 GiB, [\d.]+ [KMGT]iB/s$'
        $record.PercentComplete | Should -BeGreaterOrEqual 0
        $record.SecondsRemaining | Should -BeGreaterThan 0
        $stopped.Milliseconds | Should -BeLessThan 100
    }

    It 'ends within 100 ms between two objects that it emits: <_>' -ForEach 'Format-MappedByte $map', 'Find-MappedByte $map -Hex 00' {
        $stopped = @(Measure-Stop $_ Output $map)[-1]
        $stopped.Came | Should -BeTrue
        $stopped.State | Should -Be 'Stopped'
        $stopped.Milliseconds | Should -BeLessThan 100
    }
}

Describe 'Other runspaces' {
    It 'share a region by ForEach-Object -Parallel' {
        if (-not (Get-Command ForEach-Object).Parameters.ContainsKey('Parallel')) {
            Set-ItResult -Skipped -Because 'ForEach-Object has no -Parallel before PowerShell 7'
        }

        $map = New-MemoryMap -Anonymous -Length 800
        $module = $env:MMAPPS_MODULE
        0..7 | ForEach-Object -Parallel {
            Import-Module $using:module
            $part = $_
            (100 * $part)..(100 * $part + 99) | ForEach-Object { Write-MappedByte $using:map -Offset $_ -Value $part }
        }
        $bytes = Read-MappedByte $map
        0..799 | Where-Object { $bytes[$_] -ne [Math]::Floor($_ / 100) } | Should -BeNullOrEmpty
        Remove-MemoryMap $map
    }

    It 'share a region by Start-ThreadJob' {
        if (-not (Get-Command Start-ThreadJob -ErrorAction Ignore)) {
            Set-ItResult -Skipped -Because 'this host has no Start-ThreadJob'
        }

        $map = New-MemoryMap -Anonymous -Length 10
        $module = $env:MMAPPS_MODULE
        $job = Start-ThreadJob { Import-Module $using:module; Write-MappedByte $using:map -Value 'from a job' }
        $null = Receive-Job $job -Wait -AutoRemoveJob -ErrorAction Stop
        Read-MappedByte $map -Encoding ascii | Should -BeExactly 'from a job'
        Remove-MemoryMap $map
    }
}
