BeforeAll {
    . $PSScriptRoot/../../Support/Preamble.ps1

    # Far from all other mappings of the process, so that the kernel does not merge a mapping there with a neighbour.
    $lonely = 0x200000000000
}

Describe 'New-MemoryMap' {
    AfterEach {
        Get-MemoryMap | Remove-MemoryMap
    }

    Context '-Address and -Fixed' {
        It 'places the region at a free address, fixed or not' -ForEach @(
            @{ Fixed = $true }
            @{ Fixed = $false }
        ) {
            $map = New-MemoryMap -Anonymous -Length 100 -Address $lonely -Fixed:$Fixed
            $map.Address | Should -Be $lonely
            (Get-MapEntry $lonely).Start | Should -Be $lonely
        }

        It 'places the first byte of a file''s region there although it starts inside a page' {
            $map = New-MemoryMap (New-TestFile 'abcdefghij') -Offset 3 -Address ($lonely + 3) -Fixed
            $map.Address | Should -Be ($lonely + 3)
            [char]$map[0] | Should -BeExactly 'd'
        }

        It 'takes another place than one that is taken' {
            $first = New-MemoryMap -Anonymous -Length 100 -Address $lonely
            $second = New-MemoryMap -Anonymous -Length 100 -Address $lonely
            $first.Address | Should -Be $lonely
            $second.Address | Should -Not -Be $lonely
        }

        It 'fails with -Fixed if something is mapped there, and does not change it' {
            $first = New-MemoryMap -Anonymous -Length 100 -Address $lonely -Fixed
            Write-MappedByte $first -Value 'mine'
            $problem = Get-ErrorOf { New-MemoryMap -Anonymous -Length 5000 -Address $lonely -Fixed }
            $problem.Id | Should -BeIn 'mmap.EEXIST', 'VirtualAlloc.ERROR_INVALID_ADDRESS'
            $problem.Message | Should -BeLike '*5000 bytes*0x200000000000*'
            Read-MappedByte $first -Length 4 -Encoding ascii | Should -BeExactly 'mine'
        }

        It 'fails with -Fixed at an address that no page can have' {
            { New-MemoryMap -Anonymous -Length 100 -Address ($lonely + 1) -Fixed } |
                Should -Throw '*0x200000000001* bytes*0x200000000000*' -ErrorId 'OutOfRange,*'
        }

        It 'fails with -Fixed at an address whose place in its page is not the offset''s' {
            { New-MemoryMap (New-TestFile 'abcdefghij') -Offset 3 -Address $lonely -Fixed } |
                Should -Throw '*0x200000000000*' -ErrorId 'OutOfRange,*'
        }

        It 'takes an address within a page for a wish' {
            (New-MemoryMap -Anonymous -Length 100 -Address ($lonely + 1)).Address | Should -Be $lonely
        }

        It 'wants an address for -Fixed' {
            { New-MemoryMap -Anonymous -Length 100 -Fixed } | Should -Throw -ErrorId 'OutOfRange,*'
        }

        It 'refuses a negative address' {
            { New-MemoryMap -Anonymous -Length 100 -Address -4096 } | Should -Throw '*-4096*' -ErrorId 'OutOfRange,*'
        }
    }
}
