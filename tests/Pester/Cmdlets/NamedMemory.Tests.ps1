# Shared memory by name: New-MemoryMap -Name, Get-MemoryMap -Name [-All], Remove-MemoryMap -Unlink.

BeforeAll {
    . $PSScriptRoot/../Support/Module.ps1
    . $PSScriptRoot/../Support/Errors.ps1
    . $PSScriptRoot/../Support/Child.ps1
    . $PSScriptRoot/../Support/Files.ps1
    . $PSScriptRoot/../Support/Kernel.ps1

    $page = [Environment]::SystemPageSize
    $prefix = "mmapps-spec-$PID-"

    # Where Linux keeps what shm_open makes.
    function Get-NamePath {
        param([string] $Name)

        "/dev/shm/$Name"
    }

    # Whether the system has the name, asked without the module.
    function Test-Name {
        param([string] $Name)

        if ([OperatingSystem]::IsLinux()) {
            return [IO.File]::Exists((Get-NamePath $Name))
        }

        try {
            [IO.MemoryMappedFiles.MemoryMappedFile]::OpenExisting($Name).Dispose()
            $true
        }
        catch [IO.FileNotFoundException] {
            $false
        }
    }

    # On Windows a name goes with its last region.
    function Remove-Name {
        param($Region)

        Remove-MemoryMap $Region -Unlink:([OperatingSystem]::IsLinux())
    }

    function Get-Stat {
        param([string] $Name, [string] $Format)

        (Invoke-Program 'stat', '-c', $Format, (Get-NamePath $Name)).Output.Trim()
    }
}

AfterAll {
    Get-MemoryMap | Remove-MemoryMap
}

Describe 'Memory with a name' {
    BeforeEach {
        $name = $prefix + [IO.Path]::GetRandomFileName()
    }

    AfterEach {
        Get-MemoryMap | Remove-MemoryMap
        if (-not [OperatingSystem]::IsLinux()) {
            return
        }

        foreach ($file in [IO.Directory]::GetFileSystemEntries('/dev/shm', "$prefix*")) {
            [IO.File]::Delete($file)
        }
    }

    Context 'New-MemoryMap -Name -Length' {
        It 'makes it: zeroed, and of that length' {
            $map = New-MemoryMap -Name $name -Length 100000
            "$($map.Kind)", $map.Name, $map.Path, $map.Length, $map.Offset, "$($map.Sharing)" | Should -Be @('Named', $name, $null, 100000, 0, 'Shared')
            $map.Read() | Where-Object { $_ } | Should -BeNullOrEmpty
            Test-Name $name | Should -BeTrue
        }

        It 'has storage behind every byte, in a file of its owner''s' {
            Skip-OutsideLinux 'names in /dev/shm'
            $map = New-MemoryMap -Name $name -Length 100000
            Get-Stat $name '%a %s %u' | Should -BeExactly "600 100000 $((Invoke-Program 'id', '-u').Output.Trim())"
            [long](Get-Stat $name '%b') * 512 | Should -BeGreaterOrEqual 100000
            (Get-MapEntry $map.Address).Path | Should -BeExactly (Get-NamePath $name)
        }

        It 'has mode 0600 with a generous umask too' {
            Skip-OutsideLinux 'names in /dev/shm'
            $child = Invoke-Child -Wrapper 'sh', '-c', 'umask 0; exec "$@"', 'sh' -Environment @{ NAME = $name } '$null = New-MemoryMap -Name $env:NAME -Length 5'
            $child.ExitCode | Should -Be 0 -Because $child.ErrorOutput
            Get-Stat $name '%a' | Should -BeExactly '600'
        }

        It 'opens what is there already, with the same length, and sees the same bytes' {
            $one = New-MemoryMap -Name $name -Length 5000
            $one.Write(4990, [byte[]]@(1..10))
            $two = New-MemoryMap -Name $name -Length 5000
            $two.Address | Should -Not -Be $one.Address
            $two.Read(4990, 10) | Should -Be @(1..10)
            $two[0] = 9
            $one[0] | Should -Be 9
        }

        It 'opens it without -Length as long as it is' {
            Skip-OnWindows 'a section has whole pages there'
            $null = New-MemoryMap -Name $name -Length 12345
            (New-MemoryMap -Name $name).Length | Should -Be 12345
        }

        It 'refuses another length, and changes nothing: <_>' -ForEach 1, 4999, 5001, 100000 {
            if ($_ -in 4999, 5001) {
                Skip-OnWindows 'a section has whole pages there, and no call tells a length within the last of them'
            }

            $map = New-MemoryMap -Name $name -Length 5000
            $map[0] = 7
            $problem = Get-ErrorOf { New-MemoryMap -Name $name -Length $_ }
            $problem.Id | Should -Be 'LengthMismatch'
            $problem.Message | Should -BeLike "*'$name' has $([OperatingSystem]::IsLinux() ? 5000 : 8192) bytes and not $_*-Unlink*"
            $problem.Target | Should -BeExactly $name
            (New-MemoryMap -Name $name -Length 5000).Length | Should -Be 5000
            $map[0] | Should -Be 7
        }

        It 'refuses -Length <_>, and makes nothing' -ForEach 0, -1, ([long]::MinValue) {
            (Get-ErrorOf { New-MemoryMap -Name $name -Length $_ }).Id | Should -Be 'OutOfRange'
            Test-Name $name | Should -BeFalse
        }

        It 'refuses more than there is memory for, and makes nothing: <_>' -ForEach ([long]::MaxValue), 1PB {
            (Get-ErrorOf { New-MemoryMap -Name $name -Length $_ }).Id | Should -Match '^(NoSpace|LimitReached|OutOfRange|fallocate\.(EFBIG|EINVAL))$'
            Test-Name $name | Should -BeFalse
        }

        It 'leaves nothing behind where the advice is refused' {
            (Get-ErrorOf { New-MemoryMap -Name $name -Length 5000 -Advice Remove }).Id | Should -Be 'NotWritable'
            Test-Name $name | Should -BeFalse
            @(Get-MemoryMap).Count | Should -Be 0
        }

        It 'leaves nothing behind where the mapping then fails' {
            (Get-ErrorOf { New-MemoryMap -Name $name -Length 5 -Address 1 -Fixed }).Id | Should -Be 'OutOfRange'
            Test-Name $name | Should -BeFalse
        }

        It 'leaves nothing behind where advice is refused, and what was there before as it was: <_>' -ForEach 'Evict', 'Remove' {
            $advice = $_
            (Get-ErrorOf { New-MemoryMap -Name $name -Length 5 -Advice $advice }).Id | Should -BeIn 'NotSupported', 'NotWritable'
            Test-Name $name | Should -BeFalse
            $map = New-MemoryMap -Name $name -Length 6
            (Get-ErrorOf { New-MemoryMap -Name $name -Advice $advice }).Id | Should -BeIn 'NotSupported', 'NotWritable'
            (New-MemoryMap -Name $name).Length | Should -BeGreaterOrEqual 6
            $map.IsOpen | Should -BeTrue
        }

        It 'leaves what was there before where the mapping fails' {
            $map = New-MemoryMap -Name $name -Length 5 | Write-MappedByte -Value 'hello' -PassThru
            (Get-ErrorOf { New-MemoryMap -Name $name -Length 5 -Address 1 -Fixed }).Id | Should -Be 'OutOfRange'
            Read-MappedByte (New-MemoryMap -Name $name) -Length 5 -Encoding ascii | Should -BeExactly 'hello'
            $map.IsOpen | Should -BeTrue
        }

        It 'makes nothing with -WhatIf' {
            @(New-MemoryMap -Name $name -Length 5 -WhatIf).Count | Should -Be 0
            Test-Name $name | Should -BeFalse
        }

        It 'takes <_> into a name' -ForEach 'blank and more', 'dots...', '[x]*?', '-dash', "$([char]0xE9)$([char]::ConvertFromUtf32(0x1F600))", '%n' {
            $map = New-MemoryMap -Name "$name$_" -Length 5
            $map.Name | Should -BeExactly "$name$_"
            Test-Name "$name$_" | Should -BeTrue
        }
    }

    Context 'New-MemoryMap -Name alone' {
        It 'refuses a name that is not there and says how to make it' {
            $problem = Get-ErrorOf { New-MemoryMap -Name $name }
            $problem.Id | Should -Be 'FileNotFound'
            $problem.Message | Should -BeLike "*'$name'*-Length*"
            Test-Name $name | Should -BeFalse
        }

        It 'refuses one that somebody made and gave no length yet' {
            Skip-OnWindows 'a section has a length from the start there'
            [IO.File]::Create((Get-NamePath $name)).Dispose()
            $problem = Get-ErrorOf { New-MemoryMap -Name $name }
            $problem.Id | Should -Be 'LengthMismatch'
            $problem.Message | Should -BeLike "*'$name' has no bytes yet*-Length*"
            (New-MemoryMap -Name $name -Length 5).Length | Should -Be 5
        }

        It 'maps it for reading' {
            $all = New-MemoryMap -Name $name -Length 5 | Write-MappedByte -Value 'hello' -PassThru
            $map = New-MemoryMap -Name $name -Protection Read
            $all.IsOpen | Should -BeTrue
            Read-MappedByte $map -Length 5 -Encoding ascii | Should -BeExactly 'hello'
            (Get-ErrorOf { $map[0] = 1 }).Id | Should -Be 'NotWritable'
            (Get-ErrorOf { Protect-MemoryMap $map -Protection Read, Write }).Id | Should -Be 'AccessDenied'
        }

        It 'maps a private copy of it' {
            $map = New-MemoryMap -Name $name -Length 5
            $map[0] = 1
            $copy = New-MemoryMap -Name $name -Sharing Private
            $copy[0] = 2
            $map[0], $copy[0] | Should -Be @(1, 2)
        }

        It 'opens what another program made' {
            if ([OperatingSystem]::IsLinux()) {
                [IO.File]::WriteAllText((Get-NamePath $name), 'from afar')
                [IO.File]::SetUnixFileMode((Get-NamePath $name), 'UserRead, UserWrite')
            }
            else {
                $made = [IO.MemoryMappedFiles.MemoryMappedFile]::CreateNew($name, 9)
                $view = $made.CreateViewAccessor()
                $view.WriteArray(0, [Text.Encoding]::ASCII.GetBytes('from afar'), 0, 9)
            }

            try {
                Read-MappedByte (New-MemoryMap -Name $name) -Length 9 -Encoding ascii | Should -BeExactly 'from afar'
            }
            finally {
                ${view}?.Dispose()
                ${made}?.Dispose()
            }
        }
    }

    Context 'names that are none' {
        It 'are refused: <title>' -ForEach @(
            @{ Title = 'a slash'; Bad = 'a/b' }
            @{ Title = 'a leading slash'; Bad = '/a' }
            @{ Title = 'the way up'; Bad = '../tmp/x' }
            @{ Title = 'a backslash'; Bad = 'Local\x' }
            @{ Title = 'a dot'; Bad = '.' }
            @{ Title = 'two dots'; Bad = '..' }
            @{ Title = 'a zero'; Bad = "a`0b" }
            @{ Title = '201 characters'; Bad = [string]::new('x', 201) }
            @{ Title = '201 bytes in fewer characters'; Bad = [string]::new([char]0x20AC, 67) }
        ) {
            foreach ($way in { New-MemoryMap -Name $Bad -Length 5 }, { New-MemoryMap -Name $Bad }) {
                $problem = Get-ErrorOf $way
                $problem.Id | Should -Be 'OutOfRange'
                $problem.Category | Should -Be 'InvalidArgument'
                $problem.Message | Should -BeLike '*no name for shared memory*1 to 200 bytes*slash*'
            }
        }

        It 'are refused: no characters' {
            { New-MemoryMap -Name '' -Length 5 } | Should -Throw '*Name*'
        }

        It 'are not those of 200 bytes' {
            $long = $name + [string]::new('x', 200 - $name.Length)
            Remove-Name (New-MemoryMap -Name $long -Length 5)
            Test-Name $long | Should -BeFalse
        }
    }

    Context 'traps' {
        BeforeEach {
            Skip-OutsideLinux 'files in the place of names'
        }

        It 'follows no link that stands in the name''s place, <how>' -ForEach @(
            @{ How = 'to make it'; With = @{ Length = 3 } }
            @{ How = 'to open it'; With = @{} }
            @{ How = 'to read it'; With = @{ Protection = 'Read' } }
        ) {
            $target = New-TestFile 'abc'
            $null = [IO.File]::CreateSymbolicLink((Get-NamePath $name), $target)
            $problem = Get-ErrorOf { New-MemoryMap -Name $name @With }
            $problem.Id | Should -Be 'AccessDenied'
            $problem.Message | Should -BeLike "*'$name'*link*"
            Get-FileText $target | Should -BeExactly 'abc'
            @(Get-MemoryMap -Name $name -All).Count | Should -Be 0
        }

        It 'makes no file through a link that leads nowhere' {
            $target = [IO.Path]::Combine($TestDrive, 'nowhere')
            $null = [IO.File]::CreateSymbolicLink((Get-NamePath $name), $target)
            (Get-ErrorOf { New-MemoryMap -Name $name -Length 3 }).Id | Should -Be 'AccessDenied'
            [IO.File]::Exists($target) | Should -BeFalse
        }

        It 'refuses what belongs to somebody else, <how>, even if it may be opened' -ForEach @(
            @{ How = 'with -Length'; With = @{ Length = 5 } }
            @{ How = 'without'; With = @{} }
            @{ How = 'for reading'; With = @{ Protection = 'Read' } }
        ) {
            Skip-WithoutRoot 'give a file to somebody else'
            [IO.File]::WriteAllText((Get-NamePath $name), 'trap!')
            (Invoke-Program 'chmod', '666', (Get-NamePath $name)).ExitCode | Should -Be 0
            (Invoke-Program 'chown', '65534', (Get-NamePath $name)).ExitCode | Should -Be 0
            $problem = Get-ErrorOf { New-MemoryMap -Name $name @With }
            $problem.Id | Should -Be 'AccessDenied'
            $problem.Message | Should -BeLike "*'$name'*belongs to*user*"
            Get-FileText (Get-NamePath $name) | Should -BeExactly 'trap!'
            Get-MapCount (Get-NamePath $name) | Should -Be 0
            @(Get-MemoryMap -Name $name -All).Count | Should -Be 0
        }

        It 'does not wait for the other end of a pipe that stands in the name''s place' {
            Skip-WithoutProgram mkfifo
            (Invoke-Program 'mkfifo', (Get-NamePath $name)).ExitCode | Should -Be 0
            foreach ($with in @{}, @{ Length = 5 }, @{ Protection = 'Read' }) {
                $problem = Get-ErrorOf { New-MemoryMap -Name $name @with }
                $problem.Id | Should -Be 'AccessDenied'
                $problem.Message | Should -BeLike "*'$name'*pipe*another name*"
            }

            @(Get-MemoryMap -Name $name -All).Count | Should -Be 0
        }

        It 'refuses a folder in the name''s place' {
            $null = [IO.Directory]::CreateDirectory((Get-NamePath $name))
            try {
                (Get-ErrorOf { New-MemoryMap -Name $name -Length 5 }).Id | Should -Match '^(AccessDenied|shm_open\.(EISDIR|EINVAL))$'
            }
            finally {
                [IO.Directory]::Delete((Get-NamePath $name))
            }
        }
    }

    Context 'another process' {
        It 'sees and writes the same bytes' {
            $map = New-MemoryMap -Name $name -Length 10000
            Write-MappedByte $map 'from here' -Offset 5000
            $child = Invoke-Child -Environment @{ NAME = $name } @'
                $map = New-MemoryMap -Name $env:NAME -Length 10000
                [Console]::WriteLine("$($map.Length) $(Read-MappedByte $map 5000 9 -Encoding ascii)")
                Write-MappedByte $map 'from there' -Offset 9990
'@
            $child.ExitCode | Should -Be 0 -Because $child.ErrorOutput
            $child.Output.Trim() | Should -BeExactly '10000 from here'
            Read-MappedByte $map 9990 10 -Encoding ascii | Should -BeExactly 'from there'
        }

        It 'leaves the memory there when it ends' {
            Skip-OnWindows 'a name goes with its last region there'
            $child = Invoke-Child -Environment @{ NAME = $name } 'New-MemoryMap -Name $env:NAME -Length 5 | Write-MappedByte -Value hello'
            $child.ExitCode | Should -Be 0 -Because $child.ErrorOutput
            Read-MappedByte (New-MemoryMap -Name $name) -Encoding ascii | Should -BeExactly 'hello'
        }

        It 'that comes second finds the first one''s length, whoever is first' {
            # Eight threads of one process race for a name; the system sees as many openers.
            $child = Invoke-Child -Environment @{ NAME = $name } @'
                $begin = [Threading.ManualResetEvent]::new($false)
                $kept = [Collections.Concurrent.ConcurrentBag[object]]::new()
                $threads = foreach ($i in 1..8) {
                    $shell = [PowerShell]::Create().AddScript('
                        param($begin, $i, $kept)
                        Import-Module $env:MMAPPS_MODULE
                        $null = $begin.WaitOne()
                        foreach ($round in 1..50) {
                            $map = New-MemoryMap -Name "$env:NAME-$round" -Length 100000 -ErrorAction Stop
                            $map[$i] = $i
                            $kept.Add($map)
                            "$($map.Length)"
                        }').AddArgument($begin).AddArgument($i).AddArgument($kept)
                    [pscustomobject]@{ Shell = $shell; Result = $shell.BeginInvoke() }
                }
                $null = $begin.Set()
                $lengths = foreach ($thread in $threads) { $thread.Shell.EndInvoke($thread.Result) }
                $wrong = 0
                foreach ($round in 1..50) {
                    $map = New-MemoryMap -Name "$env:NAME-$round"
                    foreach ($i in 1..8) { $wrong += $map[$i] -ne $i }
                    Remove-MemoryMap $map -Unlink:([OperatingSystem]::IsLinux())
                }
                [Console]::WriteLine("$(@($lengths).Count) $(@($lengths -ne '100000').Count) $wrong")
'@
            $child.ExitCode | Should -Be 0 -Because $child.ErrorOutput
            $child.Output.Trim() | Should -BeExactly '400 0 0'
        }
    }

    Context 'Remove-MemoryMap -Unlink' {
        It 'removes region and name' {
            Skip-OnWindows 'a name goes with its last region there'
            $map = New-MemoryMap -Name $name -Length 5
            @($map | Remove-MemoryMap -Unlink).Count | Should -Be 0
            $map.IsOpen | Should -BeFalse
            Test-Name $name | Should -BeFalse
            Get-MapCount (Get-NamePath $name) | Should -Be 0
            (Get-ErrorOf { New-MemoryMap -Name $name }).Id | Should -Be 'FileNotFound'
        }

        It 'leaves the memory to whoever has it mapped; the name is free for another' {
            Skip-OnWindows 'a name goes with its last region there'
            $one, $two = 1..2 | ForEach-Object { New-MemoryMap -Name $name -Length 5 }
            Remove-MemoryMap $one -Unlink
            $two[0] = 7
            $new = New-MemoryMap -Name $name -Length 9
            $new[0], $two[0] | Should -Be @(0, 7)
        }

        It 'leaves the name where it is left out' {
            Skip-OnWindows 'a name goes with its last region there'
            New-MemoryMap -Name $name -Length 5 | Remove-MemoryMap
            Test-Name $name | Should -BeTrue
        }

        It 'removes nothing with -WhatIf, and says what it would' {
            Skip-OnWindows 'a name goes with its last region there'
            $map = New-MemoryMap -Name $name -Length 5
            Remove-MemoryMap $map -Unlink -WhatIf
            $map.IsOpen | Should -BeTrue
            Test-Name $name | Should -BeTrue
            $child = Invoke-Child -Environment @{ NAME = $name } 'New-MemoryMap -Name $env:NAME | Remove-MemoryMap -Unlink -WhatIf'
            $child.Output | Should -BeLike "*remove the name '$name'*"
        }

        It 'refuses <kind>, which stays' -ForEach @(
            @{ Kind = 'a file'; Make = { New-MemoryMap (New-TestFile 'abc') } }
            @{ Kind = 'anonymous memory'; Make = { New-MemoryMap -Anonymous -Length 5 } }
        ) {
            $map = & $Make
            $problem = Get-ErrorOf { Remove-MemoryMap $map -Unlink }
            $problem.Id | Should -Be 'NotSupported'
            $problem.Message | Should -BeLike '*-Unlink*name*none*'
            $map.IsOpen | Should -BeTrue
        }

        It 'tells that the name was gone already; the region is unmapped all the same' {
            Skip-OnWindows 'a name goes with its last region there'
            $map = New-MemoryMap -Name $name -Length 5
            [IO.File]::Delete((Get-NamePath $name))
            (Get-ErrorOf { Remove-MemoryMap $map -Unlink }).Id | Should -Be 'FileNotFound'
            $map.IsOpen | Should -BeFalse
        }

        It 'goes on with the next region' {
            Skip-OnWindows 'a name goes with its last region there'
            $gone, $there = 'a', 'b' | ForEach-Object { New-MemoryMap -Name "$name$_" -Length 5 }
            Remove-MemoryMap $gone -Unlink
            $gone, $there | Remove-MemoryMap -Unlink -ErrorAction SilentlyContinue -ErrorVariable problems
            @($problems).Count | Should -Be 1
            [IO.File]::Exists((Get-NamePath "${name}b")) | Should -BeFalse
        }
    }

    Context 'Get-MemoryMap -Name' {
        It 'lists the open regions of a name' {
            $map = New-MemoryMap -Name $name -Length 5
            $other = New-MemoryMap -Name "$name-other" -Length 5
            $null = New-MemoryMap -Anonymous -Length 5
            $null = New-MemoryMap (New-TestFile 'abc' -Name $name)
            (Get-MemoryMap -Name $name).Id | Should -Be @($map.Id)
            (Get-MemoryMap -Name "$prefix*").Id | Should -Be @($map.Id, $other.Id)
            (Get-MemoryMap -Name "$name-o*", $name).Id | Should -Be @($map.Id, $other.Id)
            (Get-MemoryMap -Name *).Id | Should -Be @($map.Id, $other.Id)
        }

        It 'knows names that are not mapped here only with -All' {
            Skip-OnWindows 'no call lists names there'
            New-MemoryMap -Name $name -Length 777 | Remove-MemoryMap
            @(Get-MemoryMap -Name $name).Count | Should -Be 0
            $stale = @(Get-MemoryMap -Name $name -All)
            $stale.Count | Should -Be 1
            $stale[0].Name, $stale[0].Length | Should -Be @($name, 777)
            $stale[0].GetType().FullName | Should -BeExactly 'MmapPS.SharedMemoryName'
            "$($stale[0])" | Should -BeExactly $name
            ([datetime]::Now - $stale[0].LastWriteTime).TotalMinutes | Should -BeLessThan 10
        }

        It 'lists names that are mapped, and those that a killed process left, with -All' {
            Skip-OnWindows 'no call lists names there'
            $null = New-MemoryMap -Name "$name-open" -Length 5
            $child = Invoke-Child -Environment @{ NAME = "$name-killed" } '$null = New-MemoryMap -Name $env:NAME -Length 6; [Diagnostics.Process]::GetCurrentProcess().Kill()'
            $child.ExitCode | Should -Be 137
            $names = @(Get-MemoryMap -Name "$name*" -All | ForEach-Object Name)
            $names.Count | Should -Be 2
            $names | Should -Contain "$name-open"
            $names | Should -Contain "$name-killed"
        }

        It 'gives names that can be piped to New-MemoryMap -Name one by one, and so removed' {
            Skip-OnWindows 'no call lists names there'
            'a', 'b' | ForEach-Object { New-MemoryMap -Name "$name$_" -Length 5 } | Remove-MemoryMap
            Get-MemoryMap -Name "$name*" -All | ForEach-Object { New-MemoryMap -Name $_.Name } | Remove-MemoryMap -Unlink
            @(Get-MemoryMap -Name "$name*" -All).Count | Should -Be 0
        }

        It 'finds a name that reads like a pattern, or like none that can be' {
            foreach ($odd in "$name[x]", "$name[") {
                $map = New-MemoryMap -Name $odd -Length 5
                (Get-MemoryMap -Name $odd).Id | Should -Be @($map.Id)
                if ([OperatingSystem]::IsLinux()) {
                    (Get-MemoryMap -Name $odd -All).Name | Should -BeExactly $odd
                }

                Remove-Name $map
            }
        }

        It 'lists no folder, and nothing for a pattern that matches nothing' {
            Skip-OnWindows 'no call lists names there'
            $null = [IO.Directory]::CreateDirectory((Get-NamePath $name))
            try {
                @(Get-MemoryMap -Name $name, 'mmapps-no-such-*' -All -ErrorVariable problems).Count | Should -Be 0
                @($problems).Count | Should -Be 0
            }
            finally {
                [IO.Directory]::Delete((Get-NamePath $name))
            }
        }

        It 'is case-sensitive, as the names are' {
            $map = New-MemoryMap -Name "$name-Case" -Length 5
            @(Get-MemoryMap -Name "$name-case").Count | Should -Be 0
            if ([OperatingSystem]::IsLinux()) {
                @(Get-MemoryMap -Name "$name-case" -All).Count | Should -Be 0
            }

            (Get-MemoryMap -Name "$name-C*").Id | Should -Be @($map.Id)
        }
    }

    Context 'the other cmdlets' {
        It 'resize it, for the next one who opens it too' {
            Skip-OnWindows 'a section keeps its length there'
            $map = New-MemoryMap -Name $name -Length 5
            $map[4] = 4
            Resize-MemoryMap $map 10000
            $map[9999] = 9
            Get-Stat $name '%s' | Should -BeExactly '10000'
            [long](Get-Stat $name '%b') * 512 | Should -BeGreaterOrEqual 10000
            $other = New-MemoryMap -Name $name
            $other.Length, $other[4], $other[9999] | Should -Be @(10000, 4, 9)
            Resize-MemoryMap $map 3 -TruncateFile
            Get-Stat $name '%s' | Should -BeExactly '3'
            (Get-ErrorOf { $other[9999] }).Id | Should -Be 'PageFault'
        }

        It 'protect, lock, sync and read it as any other' {
            $map = New-MemoryMap -Name $name -Length (2 * $page)
            $before = Get-LockedSize
            Lock-MemoryMap $map
            (Get-LockedSize) - $before | Should -Be (2 * $page)
            Unlock-MemoryMap $map
            Write-MappedByte $map 'abc' -Offset ($page - 1)
            Sync-MemoryMap $map -ErrorVariable problems
            @($problems).Count | Should -Be 0
            Protect-MemoryMap $map -Length 1 -Protection None
            (Get-ErrorOf { $map[$page - 1] }).Id | Should -Be 'NotReadable'
            Read-MappedByte $map -Offset $page -Length 2 -Encoding ascii | Should -BeExactly 'bc'
        }

        It 'survive that somebody cuts it short' {
            Skip-OnWindows 'a section keeps its length there'
            $map = New-MemoryMap -Name $name -Length (3 * $page)
            $stream = [IO.FileStream]::new((Get-NamePath $name), 'Open', 'Write', 'ReadWrite')
            $stream.SetLength($page)
            $stream.Dispose()
            foreach ($way in { $map[2 * $page] }, { $map[2 * $page] = 1 }, { Read-MappedByte $map }) {
                $problem = Get-ErrorOf $way
                $problem.Id | Should -Be 'PageFault'
                $problem.Message | Should -BeLike "*$name*$page bytes now*"
            }
        }
    }
}
