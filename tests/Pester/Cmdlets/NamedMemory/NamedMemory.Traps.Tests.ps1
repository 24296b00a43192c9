# Shared memory by name: New-MemoryMap -Name, Get-MemoryMap -Name [-All], Remove-MemoryMap -Unlink.

BeforeAll {
    . $PSScriptRoot/../../Support/Preamble.ps1

    $prefix = "mmapps-spec-$PID-"

    # Where Linux keeps what shm_open makes.
    function Get-NamePath {
        param([string] $Name)

        "/dev/shm/$Name"
    }
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
}
