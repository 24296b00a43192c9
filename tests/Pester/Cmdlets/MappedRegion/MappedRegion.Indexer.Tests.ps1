BeforeAll {
    . $PSScriptRoot/../../Support/Preamble.ps1
}

Describe 'MappedRegion' {
    BeforeEach {
        $path = New-TestFile 'abcdefghij'
        $map = New-MemoryMap $path
    }

    AfterEach {
        Get-MemoryMap | Remove-MemoryMap
    }

    Context 'the indexer' {
        It 'reads the byte at <index>' -ForEach @(
            @{ Index = 0; Expected = 'a' }
            @{ Index = 9; Expected = 'j' }
            @{ Index = [long]4; Expected = 'e' }
            @{ Index = -1; Expected = 'j' }
            @{ Index = -10; Expected = 'a' }
        ) {
            [char]$map[$Index] | Should -BeExactly $Expected
        }

        It 'emits a byte' {
            $map[0] | Should -BeOfType byte
        }

        It 'reads several bytes at once' {
            $map[1..3] | Should -Be @(98, 99, 100)
            $map[0, -1] | Should -Be @(97, 106)
        }

        It 'takes indexes that come dressed from other commands' {
            # Numbers that went through a pipeline may be a psobject each.
            $indexes = [psobject[]](2, 3)
            $map[$indexes[0]] | Should -Be 99
            $map[$indexes] | Should -Be @(99, 100)
        }

        It 'reads of a region that came through a pipeline' {
            $map | ForEach-Object { $_[2] } | Should -Be 99
        }

        It 'counts from the start of the region, not of the file' {
            $part = New-MemoryMap $path -Offset 3 -Length 4
            $part[0] | Should -Be 100
            $part[-1] | Should -Be 103
        }

        It 'writes the byte at <index>' -ForEach @(
            @{ Index = 0; Expected = 'Zbcdefghij' }
            @{ Index = 9; Expected = 'abcdefghiZ' }
            @{ Index = -1; Expected = 'abcdefghiZ' }
            @{ Index = -10; Expected = 'Zbcdefghij' }
        ) {
            $map[$Index] = 90
            Get-FileText $path | Should -BeExactly $Expected
        }

        It 'changes a byte in place' {
            $map[0] += 2
            $map[1]++
            Get-FileText $path | Should -BeExactly 'cccdefghij'
        }

        It 'refuses to read index <index>, strict mode or not' -ForEach @(
            @{ Index = 10 }
            @{ Index = -11 }
            @{ Index = [long]::MaxValue }
            @{ Index = [long]::MinValue }
        ) {
            # PowerShell itself makes $null of any error of an indexer outside of strict mode.
            foreach ($read in { $map[$Index] }, { Set-StrictMode -Version Latest; $map[$Index] }, { $map[0, $Index] }, { $map | ForEach-Object { $_[$Index] } }) {
                $read | Should -Throw "*Index $Index is outside of $path, which has 10 bytes*0 to 9*-1*-10*" -ErrorId 'OutOfRange*'
            }
        }

        It 'refuses to write index <index>' -ForEach @(
            @{ Index = 10 }
            @{ Index = -11 }
            @{ Index = [long]::MaxValue }
            @{ Index = [long]::MinValue }
        ) {
            { $map[$Index] = 0 } | Should -Throw "*Index $Index is outside of $path, which has 10 bytes*" -ErrorId OutOfRange
            Get-FileText $path | Should -BeExactly 'abcdefghij'
        }

        It 'says that an empty region has no index at all' {
            $empty = New-MemoryMap (New-TestFile -Size 0)
            { $empty[0] } | Should -Throw '*Index 0*empty*' -ErrorId OutOfRange
        }

        It 'refuses <value> for a byte' -ForEach @(
            @{ Value = 256 }
            @{ Value = -1 }
            @{ Value = 'x' }
        ) {
            { $map[0] = $Value } | Should -Throw
            Get-FileText $path | Should -BeExactly 'abcdefghij'
        }

        It 'refuses <name> for an index' -ForEach @(
            @{ Name = 'text'; Index = 'x' }
            @{ Name = '$null'; Index = $null }
            @{ Name = 'a number past 64 bits'; Index = [uint64]::MaxValue }
        ) {
            $problem = Get-ErrorOf { $map[$Index] }
            $problem | Should -Not -BeNullOrEmpty
            $problem.Record.Exception | Should -Not -BeOfType ([FormatException])
            $problem.Record.Exception | Should -Not -BeOfType ([InvalidCastException])
            $problem.Record.Exception | Should -Not -BeOfType ([OverflowException])
        }

        It 'refuses to read where the protection does not allow it' {
            $blind = New-MemoryMap $path -Protection None
            { $blind[0] } | Should -Throw -ErrorId NotReadable
        }

        It 'refuses to write where the protection does not allow it' {
            $fixed = New-MemoryMap $path -Protection Read
            { $fixed[0] = 1 } | Should -Throw -ErrorId NotWritable
            Get-FileText $path | Should -BeExactly 'abcdefghij'
        }

        It 'refuses a region that was removed' {
            Remove-MemoryMap $map
            foreach ($use in { $map[0] }, { $map[0] = 1 }) {
                $use | Should -Throw "*Region $($map.Id) of $path was removed*" -ErrorId 'RegionClosed*'
            }
        }

        It 'reaches beyond 4 GiB' {
            $large = New-TestFile -Size (4GB + 10)
            $wide = New-MemoryMap $large
            $wide[4GB + 7] = 55
            $wide[-3] | Should -Be 55
            Get-FileText $large -Offset (4GB + 6) -Count 3 | Should -BeExactly '\x007\x00'
        }
    }
}
