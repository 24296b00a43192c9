BeforeAll {
    . $PSScriptRoot/../../Support/Preamble.ps1
}

Describe 'New-MemoryMap' {
    AfterEach {
        Get-MemoryMap | Remove-MemoryMap
    }

    Context 'what the kernel is asked' {
        BeforeAll {
            # One traced child makes all calls; each mapping is identified by its length.
            $target = New-TestFile -Size 1MB
            $calls = Invoke-TracedChild -Calls mmap, madvise, mlock -Environment @{ TARGET = $target } -Script @'
                $ErrorActionPreference = 'SilentlyContinue'
                $WarningPreference = 'SilentlyContinue'
                $file = $env:TARGET
                $null = New-MemoryMap -Anonymous -Length 770001
                $null = New-MemoryMap -Anonymous -Length 770002 -Sharing Shared -Protection None
                $null = New-MemoryMap -Anonymous -Length 770003 -Option Populate
                $null = New-MemoryMap -Anonymous -Length 770004 -Option Locked
                $null = New-MemoryMap -Anonymous -Length 770005 -Option NoReserve
                $null = New-MemoryMap -Anonymous -Length 770006 -Option GrowsDown
                $null = New-MemoryMap -Anonymous -Length 770007 -Option Uninitialized
                $null = New-MemoryMap -Anonymous -Length 770008 -Address 0x200000000000
                $null = New-MemoryMap -Anonymous -Length 770009 -Address 0x210000000000 -Fixed
                $null = New-MemoryMap $file -Length 770010
                $null = New-MemoryMap $file -Length 770011 -Sharing Private -Protection Read,Execute
                $null = New-MemoryMap $file -Offset 65536 -Length 770012
                $null = New-MemoryMap $file -Offset 65636 -Length 770013
                $null = New-MemoryMap $file -Length 770114 -Option Sync
                $null = New-MemoryMap -Anonymous -Length 770015 -WhatIf
                $null = New-MemoryMap $file -Length 770016 -WhatIf
                $null = New-MemoryMap -Anonymous -Length 46137344 -Option HugePages
                $null = New-MemoryMap -Anonymous -Length 50331648 -Option HugePages, Uninitialized
                $null = New-MemoryMap -Anonymous -Length 48234496 -HugePageSize 2MB
                $null = New-MemoryMap -Anonymous -Length 770017 -Option Populate,NoReserve -Sharing Shared -Protection Read
                $null = New-MemoryMap -Anonymous -Length (16MB + 3611392) -Option Populate
                $null = New-MemoryMap -Anonymous -Length 770018 -Option Populate -Advice PopulateRead, DontDump, HugePage
'@
        }

        BeforeEach {
            Skip-WithoutTrace
        }

        It 'is malloc''s own call for anonymous memory' {
            @($calls -match ', 770001, ') -replace ' = 0x[0-9a-f]+$' |
                Should -BeExactly 'mmap(NULL, 770001, PROT_READ|PROT_WRITE, MAP_PRIVATE|MAP_ANONYMOUS, -1, 0)'
        }

        It 'is <expected> for <arguments>' -ForEach @(
            @{ Length = 770002; Arguments = '-Sharing Shared -Protection None'; Expected = 'PROT_NONE, MAP_SHARED|MAP_ANONYMOUS, -1, 0' }
            @{ Length = 770003; Arguments = '-Option Populate'; Expected = 'PROT_READ|PROT_WRITE, MAP_PRIVATE|MAP_ANONYMOUS, -1, 0' }
            @{ Length = 770004; Arguments = '-Option Locked'; Expected = 'PROT_READ|PROT_WRITE, MAP_PRIVATE|MAP_ANONYMOUS, -1, 0' }
            @{ Length = 770005; Arguments = '-Option NoReserve'; Expected = 'PROT_READ|PROT_WRITE, MAP_PRIVATE|MAP_ANONYMOUS|MAP_NORESERVE, -1, 0' }
            @{ Length = 770006; Arguments = '-Option GrowsDown'; Expected = 'PROT_READ|PROT_WRITE, MAP_PRIVATE|MAP_ANONYMOUS|MAP_GROWSDOWN, -1, 0' }
            @{ Length = 770010; Arguments = 'a file'; Expected = 'PROT_READ|PROT_WRITE, MAP_SHARED, FD, 0' }
            @{ Length = 770011; Arguments = 'a private file with -Protection Read,Execute'; Expected = 'PROT_READ|PROT_EXEC, MAP_PRIVATE, FD, 0' }
            @{ Length = 770012; Arguments = 'an offset at a page'; Expected = 'PROT_READ|PROT_WRITE, MAP_SHARED, FD, 0x10000' }
            @{ Length = 770017; Arguments = 'several options'; Expected = 'PROT_READ, MAP_SHARED|MAP_ANONYMOUS|MAP_NORESERVE, -1, 0' }
        ) {
            $line = @($calls -match "^mmap\(NULL, $Length, ")
            $line.Count | Should -Be 1
            $line[0] -replace '^mmap\(NULL, \d+, ' -replace '\) += .*$' -replace ', \d+, ', ', FD, ' | Should -BeExactly $Expected
        }

        It 'brings the pages in afterwards, by a call that reports errors: <advice> of <length> bytes' -ForEach @(
            @{ Length = 770003; Advice = 'MADV_POPULATE_WRITE' }
            @{ Length = 770004; Advice = 'MADV_POPULATE_WRITE' }
            @{ Length = 770017; Advice = 'MADV_POPULATE_READ' }
        ) {
            $calls -match "^madvise\(0x[0-9a-f]+, $Length, $Advice\) = 0" | Should -HaveCount 1
            $calls -match "^mlock\(0x[0-9a-f]+, $Length\) = 0" | Should -HaveCount ([int]($Length -eq 770004))
        }

        It 'does so in parts of 8 MiB' {
            $lines = @($calls -match '^madvise\(0x[0-9a-f]+, (8388608|3611392), MADV_POPULATE_WRITE\) = 0')
            $starts = [long[]]($lines | ForEach-Object { [Convert]::ToInt64(($_ -replace '^madvise\((0x[0-9a-f]+),.*$', '$1'), 16) })
            $starts | Should -Be @($starts[0], ($starts[0] + 8MB), ($starts[0] + 16MB))
        }

        It 'gives advice about the mapping before that, and advice on pages after' {
            $length = 770018 - 770018 % $page + $page
            $calls -match "^madvise\(0x[0-9a-f]+, (770018|$length), MADV_" -replace '^.*, MADV_(\w+)\).*$', '$1' |
                Should -Be DONTDUMP, HUGEPAGE, POPULATE_WRITE, POPULATE_READ
        }

        It 'brings them in by mmap itself if the kernel cannot populate by advice' {
            # The calls fail as they do before Linux 5.14.
            $lines = Invoke-TracedChild -Calls mmap, madvise -Inject 'madvise:error=EINVAL' -Script @'
                $map = New-MemoryMap -Anonymous -Length 770003 -Sharing Shared -Option Populate -ErrorAction Stop
                if ((Measure-MemoryMap $map).Resident -ne 770003) { throw 'not all is resident' }
                $null = New-MemoryMap -Anonymous -Length 770004 -Sharing Shared -Option Locked -ErrorAction Stop
'@
            $lines -match '^mmap\(NULL, 770003, PROT_READ\|PROT_WRITE, MAP_SHARED\|MAP_ANONYMOUS\|MAP_POPULATE, -1, 0\) = 0x' | Should -HaveCount 1
            $lines -match '^mmap\(NULL, 770004, PROT_READ\|PROT_WRITE, MAP_SHARED\|MAP_ANONYMOUS\|MAP_LOCKED, -1, 0\) = 0x' | Should -HaveCount 1
        }

        It 'starts at the page that the offset lies in' {
            # 65636 is 100 bytes into its page with any page size.
            $calls -match '^mmap\(NULL, 770113, PROT_READ\|PROT_WRITE, MAP_SHARED, \d+, 0x10000\) = 0x' | Should -HaveCount 1
        }

        It 'has the address for a hint' {
            $calls -match '^mmap\(0x200000000000, 770008, PROT_READ\|PROT_WRITE, MAP_PRIVATE\|MAP_ANONYMOUS, -1, 0\) = 0x' | Should -HaveCount 1
        }

        It 'never replaces what is mapped with -Fixed' {
            $calls -match '^mmap\(0x210000000000, 770009, PROT_READ\|PROT_WRITE, MAP_PRIVATE\|MAP_ANONYMOUS\|MAP_FIXED_NOREPLACE, -1, 0\) = 0x' |
                Should -HaveCount 1
        }

        It 'passes Uninitialized on' {
            # strace shows the bit as a part of the huge page size.
            $calls -match ', 770007, PROT_READ\|PROT_WRITE, MAP_PRIVATE\|MAP_ANONYMOUS\|(MAP_UNINITIALIZED|0x4000000|1<<MAP_HUGE_SHIFT), -1, 0' | Should -HaveCount 1
        }

        It 'lets the kernel check Sync' {
            $calls -match ', 770114, PROT_READ\|PROT_WRITE, MAP_SHARED_VALIDATE\|MAP_SYNC, \d+, 0\) = -1' | Should -HaveCount 1
        }

        It 'asks for huge pages of the system''s size or of the one asked for' {
            if (-not (Test-Path /sys/kernel/mm/hugepages/hugepages-2048kB)) {
                Set-ItResult -Skipped -Because 'there is no pool of huge pages of 2 MiB'
            }

            $calls -match ', 46137344, PROT_READ\|PROT_WRITE, MAP_PRIVATE\|MAP_ANONYMOUS\|MAP_HUGETLB, -1, 0\)' | Should -HaveCount 1
            $calls -match ', 48234496, PROT_READ\|PROT_WRITE, MAP_PRIVATE\|MAP_ANONYMOUS\|MAP_HUGETLB\|(21<<MAP_HUGE_SHIFT|MAP_HUGE_2MB), -1, 0\)' |
                Should -HaveCount 1
            $uninitialized = @($calls -match ', 50331648, ')
            $uninitialized -match 'MAP_ANONYMOUS\|MAP_HUGETLB, -1, 0\)' | Should -HaveCount 1 -Because 'the bit is one of the size, too'
        }

        It 'is nothing with -WhatIf' {
            $calls.Count | Should -BeGreaterThan 0
            $calls -match ', 77001[56], ' | Should -HaveCount 0
        }
    }
}
