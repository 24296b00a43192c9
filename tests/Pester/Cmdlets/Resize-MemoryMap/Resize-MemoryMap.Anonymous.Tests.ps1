BeforeAll {
    . $PSScriptRoot/../../Support/Preamble.ps1

    # Far from all other mappings of the process.
    $lonely = 0x220000000000
}

Describe 'Resize-MemoryMap' {
    AfterEach {
        Get-MemoryMap | Remove-MemoryMap
    }

    Context 'anonymous memory' {
        It 'becomes <to> bytes after <from>, keeps what it had, and what is new is zero' -ForEach @(
            @{ From = 1; To = 2 }
            @{ From = 100; To = 100000 }
            @{ From = 4096; To = 4097 }
            @{ From = 10000; To = 5000 }
            @{ From = 5000; To = 1 }
            @{ From = 5000; To = 5000 }
            @{ From = 1000000; To = 50000000 }
        ) {
            $map = New-MemoryMap -Anonymous -Length $From
            $before = [byte[]]::new($From)
            [Random]::new(3).NextBytes($before)
            $map.Write(0, $before)
            Resize-MemoryMap $map $To
            $map.Length | Should -Be $To
            $kept = [Math]::Min($From, $To)
            Assert-Byte $map.Read(0, $kept) ([byte[]]$before[0..($kept - 1)])
            Assert-Byte $map.Read($kept, $To - $kept) ([byte[]]::new($To - $kept))
            $map[-1] = 77
            $map[$To - 1] | Should -Be 77
        }

        It 'moves if there is no room, and Address changes' {
            Skip-OutsideLinux 'mremap, and addresses of single pages'
            $map = New-MemoryMap -Anonymous -Length $page -Address $lonely
            $wall = New-MemoryMap -Anonymous -Length $page -Address ($lonely + $page) -Fixed -Protection Read
            $map.Address | Should -Be $lonely
            $map.Write(0, [byte[]](1, 2, 3))
            Resize-MemoryMap $map (3 * $page)
            $map.Address | Should -Not -Be $lonely
            $map.Read(0, 3) | Should -Be @(1, 2, 3)
            $wall.Read(0, 1) | Should -Be 0
            $entry = Get-MapEntry $map.Address
            $entry.End - [ulong]$map.Address | Should -BeGreaterOrEqual (3 * $page)
            Get-MapEntry $lonely | Should -BeNullOrEmpty -Because 'the old place is given back'
        }

        It 'stays at its address with -Fixed, grows there, and refuses if something is in the way' {
            Skip-OnWindows 'memory cannot grow at its address there'
            $map = New-MemoryMap -Anonymous -Length $page -Address $lonely -Fixed
            $wall = New-MemoryMap -Anonymous -Length $page -Address ($lonely + 4 * $page) -Fixed -Protection Read
            $map[0] = 9
            Resize-MemoryMap $map (4 * $page)
            $map.Address | Should -Be $lonely
            { Resize-MemoryMap $map (4 * $page + 1) } |
                Should -Throw "*with -Fixed, so it cannot move*$(4 * $page + 1) bytes*0x220000000000*again without -Fixed." -ErrorId 'mremap.ENOMEM,*'
            $map.Address, $map.Length, $map[0], $map[-1] | Should -Be @($lonely, (4 * $page), 9, 0)
        }

        It 'gives back what is cut off' {
            $map = New-MemoryMap -Anonymous -Length (8 * $page) -Address $lonely -Fixed
            Resize-MemoryMap $map ($page + 1)
            (Get-MapEntry $lonely).End | Should -Be ($lonely + 2 * $page)
            Resize-MemoryMap $map (2 * $page)
            $map.Read($page + 1, $page - 1) | Where-Object { $_ } | Should -BeNullOrEmpty
        }

        It 'is asked of the kernel as one call, which copies nothing' {
            Skip-WithoutTrace
            $calls = @(Invoke-TracedChild -Calls mremap -Script @'
                $map = New-MemoryMap -Anonymous -Length 7700001
                Resize-MemoryMap $map 77000002
                Resize-MemoryMap $map 66000003 -WhatIf
                New-MemoryMap -Anonymous -Length 7700004 -Address 0x230000000000 -Fixed | Resize-MemoryMap -Length 77000005
'@)
            $calls -match '^mremap\(0x[0-9a-f]+, 7700001, 77000002, MREMAP_MAYMOVE\) += 0x' | Should -HaveCount 1
            $calls -match '^mremap\(0x230000000000, 7700004, 77000005, 0\) += 0x230000000000' | Should -HaveCount 1
            $calls -match '66000003' | Should -HaveCount 0
        }

        It 'says how many bytes do not fit into memory: <_>' -ForEach 1PB {
            Skip-OutsideLinux 'mremap'
            $map = New-MemoryMap -Anonymous -Length 10
            $problem = Get-ErrorOf { Resize-MemoryMap $map $_ }
            $problem.Id | Should -BeIn 'mremap.ENOMEM', 'mremap.EINVAL', 'LimitReached'
            $problem.Message | Should -BeLike "The $_ bytes of *"
            $problem = Get-ErrorOf { New-MemoryMap -Anonymous -Length $_ }
            $problem.Id | Should -BeIn 'mmap.ENOMEM', 'LimitReached'
            $problem.Message | Should -BeLike "The $_ bytes of *"
            $map.Length | Should -Be 10
        }

        It 'cannot have no bytes or fewer: <_>' -ForEach 0, -1, ([long]::MinValue) {
            $map = New-MemoryMap -Anonymous -Length 10
            { Resize-MemoryMap $map $_ } | Should -Throw "*Length $_ *" -ErrorId 'OutOfRange,*'
            $map.Length | Should -Be 10
        }

        It 'cannot have more bytes than there are addresses: <_>' -ForEach ([long]::MaxValue), ([long]::MaxValue - 4096), ([long]1 -shl 60) {
            $map = New-MemoryMap -Anonymous -Length 10
            $map[9] = 9
            $problem = Get-ErrorOf { Resize-MemoryMap $map $_ }
            $problem.Id | Should -Match '^(OutOfRange|LimitReached|mremap\.(ENOMEM|EINVAL))$'
            $map.Length, $map[9] | Should -Be @(10, 9)
        }

        It 'refuses to grow when it is shared, and says what grows; it shrinks' {
            $map = New-MemoryMap -Anonymous -Length (3 * $page) -Sharing Shared
            { Resize-MemoryMap $map (3 * $page + 1) } | Should -Throw '*shared memory*-Sharing Private*' -ErrorId 'NotSupported,*'
            $map.Length | Should -Be (3 * $page)
            Resize-MemoryMap $map $page
            $map.Length | Should -Be $page
            $map[-1] = 1
        }
    }
}
