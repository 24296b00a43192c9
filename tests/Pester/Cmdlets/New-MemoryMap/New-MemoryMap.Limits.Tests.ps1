BeforeAll {
    . $PSScriptRoot/../../Support/Preamble.ps1
}

Describe 'New-MemoryMap' {
    Context 'limits' {
        BeforeAll {
            if (-not (Test-Program prlimit)) {
                return
            }

            # The limits are set while the child runs: a runtime would not start under such a low limit on addresses.
            $child = Invoke-Hazard -Wrapper (Get-UnprivilegedWrapper) -Script @'
function Get-VirtualSize { [long](Select-String '^VmSize:\s+(\d+)' /proc/self/status).Matches[0].Groups[1].Value * 1024 }
prlimit --pid=$PID --memlock=$(64 * $page)
Show more { New-MemoryMap -Anonymous -Length 1000000 -Option Locked }
Show less { (New-MemoryMap -Anonymous -Length (4 * $page) -Option Locked).IsOpen }
prlimit --pid=$PID --memlock=0
Show nothing { New-MemoryMap -Anonymous -Length 5000 -Option Locked }
$limit = (Get-VirtualSize) + 1GB
prlimit --pid=$PID --as=$limit
Show addresses { New-MemoryMap -Anonymous -Length 8GB }
Show limit { $limit }
'@
        }

        BeforeEach {
            Skip-WithoutProgram prlimit
            $child.Said.end | Should -BeExactly 'reached' -Because $child.ErrorOutput
        }

        It 'names RLIMIT_MEMLOCK and what it allows when more is to be locked' {
            $child.Said.more | Should -BeLike "!LimitReached | *1000000 bytes*RLIMIT_MEMLOCK*$(64 * $page) bytes*"
        }

        It 'locks as much as RLIMIT_MEMLOCK allows' {
            $child.Said.less | Should -Be 'True'
        }

        It 'names RLIMIT_MEMLOCK when nothing may be locked at all' {
            $child.Said.nothing | Should -BeLike '!LimitReached | *5000 bytes*RLIMIT_MEMLOCK*allows this process 0 bytes*'
        }

        It 'names RLIMIT_AS when the address space is used up' {
            $child.Said.addresses | Should -BeLike "!LimitReached | *8589934592 bytes*RLIMIT_AS*$($child.Said.limit) bytes*"
        }
    }
}
