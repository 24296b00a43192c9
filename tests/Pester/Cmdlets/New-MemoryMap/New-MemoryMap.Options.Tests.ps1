BeforeAll {
    . $PSScriptRoot/../../Support/Preamble.ps1

    # Far from all other mappings of the process, so that the kernel does not merge a mapping there with a neighbour.
    $lonely = 0x200000000000
}

Describe 'New-MemoryMap' {
    AfterEach {
        Get-MemoryMap | Remove-MemoryMap
    }

    Context '-Option' {
        It 'Populate: all of <of> is in memory at once, and nothing of it without' -ForEach @(
            @{ Of = 'a file'; Make = { param($With) New-MemoryMap (New-TestFile -Size (64 * $page)) @With } }
            @{ Of = 'a private file'; Make = { param($With) New-MemoryMap (New-TestFile -Size (64 * $page)) -Sharing Private @With } }
            @{ Of = 'anonymous memory'; Make = { param($With) New-MemoryMap -Anonymous -Length (64 * $page) -Address $lonely @With } }
            @{ Of = 'shared anonymous memory'; Make = { param($With) New-MemoryMap -Anonymous -Length (64 * $page) -Sharing Shared @With } }
        ) {
            $with = & $Make @{ Option = 'Populate' }
            (Get-MapEntry $with.Address).Size.Rss | Should -Be (64 * $page)
            Remove-MemoryMap $with
            $without = & $Make @{}
            (Get-MapEntry $without.Address).Size.Rss | Should -Be 0
        }

        It 'Locked: the kernel holds all of it in memory' {
            $before = Get-LockedSize
            $map = New-MemoryMap -Anonymous -Length (8 * $page) -Sharing Shared -Option Locked
            $entry = Get-MapEntry $map.Address
            $entry.VmFlags | Should -Contain 'lo'
            if ($IsLinux) {
                $entry.Size.Locked | Should -Be (8 * $page)
            }

            Get-LockedSize | Should -Be ($before + 8 * $page)
        }

        It 'Locked: a file too' {
            $map = New-MemoryMap (New-TestFile -Size (8 * $page)) -Option Locked
            $entry = Get-MapEntry $map.Address
            $entry.VmFlags | Should -Contain 'lo'
            $entry.Size.Rss | Should -Be (8 * $page)
        }

        It 'NoReserve: the kernel has the flag' {
            if ((Get-KernelNumber /proc/sys/vm/overcommit_memory) -eq 2) {
                Set-ItResult -Skipped -Because 'vm.overcommit_memory is 2, with which the kernel ignores the flag'
            }

            $map = New-MemoryMap -Anonymous -Length $page -Option NoReserve
            (Get-MapEntry $map.Address).VmFlags | Should -Contain 'nr'
        }

        It 'GrowsDown: the kernel has the flag, and the memory can be used' {
            Skip-OutsideLinux 'memory that grows by itself'
            $map = New-MemoryMap -Anonymous -Length (4 * $page) -Option GrowsDown
            (Get-MapEntry $map.Address).VmFlags | Should -Contain 'gd'
            Write-MappedByte $map -Value 'abc'
            ConvertTo-Visible (Read-MappedByte $map -Length 4) | Should -BeExactly 'abc\x00'
        }

        It 'None: the kernel has none of the flags' {
            Skip-OutsideLinux 'VmFlags'
            $map = New-MemoryMap -Anonymous -Length $page -Address $lonely
            $flags = (Get-MapEntry $map.Address).VmFlags
            $flags | Should -Contain 'rd'
            foreach ($flag in 'lo', 'nr', 'gd', 'ht', 'sh', 'io') {
                $flags | Should -Not -Contain $flag
            }
        }

        It 'takes several at once' {
            Skip-OutsideLinux 'VmFlags'
            $map = New-MemoryMap -Anonymous -Length $page -Sharing Shared -Option Locked, NoReserve
            $flags = (Get-MapEntry $map.Address).VmFlags
            $flags | Should -Contain 'lo'
            if ((Get-KernelNumber /proc/sys/vm/overcommit_memory) -ne 2) {
                $flags | Should -Contain 'nr'
            }
        }

        It 'Uninitialized: warns that it is ignored, and the memory is zeroed' {
            $map = New-MemoryMap -Anonymous -Length 10000 -Option Uninitialized -WarningVariable warnings -WarningAction SilentlyContinue
            $warnings | Should -HaveCount 1
            $warnings[0].Message | Should -BeLike '*Uninitialized*'
            $map.Read() -ne 0 | Should -HaveCount 0
        }

        It 'warns of nothing else' {
            Skip-OutsideLinux 'memory without reserved storage'
            $null = New-MemoryMap -Anonymous -Length 10000 -Option Populate, NoReserve -WarningVariable warnings
            $warnings | Should -HaveCount 0
        }

        It 'Sync: refuses <what>, which is not a file on persistent memory' -ForEach @(
            @{ What = 'an ordinary file'; Make = { New-MemoryMap (New-TestFile 'abc') -Option Sync } }
            @{ What = 'a private file'; Make = { New-MemoryMap (New-TestFile 'abc') -Option Sync -Sharing Private } }
            @{ What = 'anonymous memory'; Make = { New-MemoryMap -Anonymous -Length 5 -Option Sync } }
        ) {
            # A flag that the kernel does not support must not be dropped silently.
            $Make | Should -Throw '*-Option Sync*Sync-MemoryMap*' -ErrorId 'NotSupported,*'
        }

        It 'refuses a name that it does not know' {
            { New-MemoryMap -Anonymous -Length 5 -Option Fast } | Should -Throw -ErrorId 'CannotConvertArgumentNoMessage,*'
        }
    }
}
