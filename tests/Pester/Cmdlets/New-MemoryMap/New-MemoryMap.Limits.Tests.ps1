BeforeAll {
    . $PSScriptRoot/../../Support/Preamble.ps1

    # What the child shows of the error that ended its work, or of the lack of one.
    $report = {
        param([string] $Work)

        "try { `$null = & { $Work } } catch { [Console]::WriteLine((`$_.FullyQualifiedErrorId -split ',')[0]); [Console]::WriteLine(`$_.Exception.Message); return }; [Console]::WriteLine('no error')"
    }
}

Describe 'New-MemoryMap' {
    AfterEach {
        Get-MemoryMap | Remove-MemoryMap
    }

    Context 'limits' {
        It 'names RLIMIT_MEMLOCK and what it allows when more is to be locked' {
            Skip-WithoutProgram prlimit
            $wrapper = @(Get-UnprivilegedWrapper) + 'prlimit', '--memlock=65536'
            $child = Invoke-Child -Wrapper $wrapper -Script ((& $report 'New-MemoryMap -Anonymous -Length 1000000 -Option Locked -ErrorAction Stop'))
            $child.ExitCode | Should -Be 0
            $child.Output | Should -BeLike 'LimitReached*1000000 bytes*RLIMIT_MEMLOCK*65536 bytes*'
        }

        It 'locks as much as RLIMIT_MEMLOCK allows' {
            Skip-WithoutProgram prlimit
            $wrapper = @(Get-UnprivilegedWrapper) + 'prlimit', "--memlock=$(64 * $page)"
            $child = Invoke-Child -Wrapper $wrapper -Environment @{ SIZE = "$(4 * $page)" } -Script (& $report 'New-MemoryMap -Anonymous -Length $env:SIZE -Option Locked -ErrorAction Stop')
            $child.Output.Trim() | Should -Be 'no error'
        }

        It 'names RLIMIT_MEMLOCK when nothing may be locked at all' {
            Skip-WithoutProgram prlimit
            $wrapper = @(Get-UnprivilegedWrapper) + 'prlimit', '--memlock=0'
            $child = Invoke-Child -Wrapper $wrapper -Script (& $report 'New-MemoryMap -Anonymous -Length 5000 -Option Locked -ErrorAction Stop')
            $child.ExitCode | Should -Be 0
            $child.Output | Should -BeLike 'LimitReached*5000 bytes*RLIMIT_MEMLOCK*allows this process 0 bytes*'
        }

        It 'names RLIMIT_AS when the address space is used up' {
            # Set while the child runs: a runtime under so low a limit would not start.
            Skip-WithoutProgram prlimit
            $child = Invoke-Child -Script ('
                $size = foreach ($line in [IO.File]::ReadAllLines("/proc/self/status")) { if ($line -match "^VmSize:\s+(\d+)") { [long]$Matches[1] * 1024 } }
                $limit = $size + 1GB
                $process = [Diagnostics.Process]::Start("prlimit", "--pid=$PID --as=$limit")
                $process.WaitForExit()
                [Console]::WriteLine($limit)
                ' + (& $report 'New-MemoryMap -Anonymous -Length 8GB -ErrorAction Stop'))
            $child.ExitCode | Should -Be 0
            $lines = $child.Output.Split("`n")
            $lines[1] | Should -Be 'LimitReached'
            $lines[2] | Should -BeLike "*8589934592 bytes*RLIMIT_AS*$($lines[0]) bytes*"
        }
    }
}
