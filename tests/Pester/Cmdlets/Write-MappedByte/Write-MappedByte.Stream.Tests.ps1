BeforeAll {
    . $PSScriptRoot/../../Support/Preamble.ps1
}

Describe 'Write-MappedByte' {
    BeforeEach {
        $path = New-TestFile '..........'
        $map = New-MemoryMap $path
    }

    AfterEach {
        Get-MemoryMap | Remove-MemoryMap
    }

    Context 'a stream of values' {
        It 'writes piped <name> one after the other' -ForEach @(
            @{ Name = 'ints'; Values = 65, 66, 67; Expected = 'ABC.......' }
            @{ Name = 'bytes'; Values = [byte[]](68, 69); Expected = 'DE........' }
            @{ Name = 'chars'; Values = [char]'f', [char]'g'; Expected = 'fg........' }
            @{ Name = 'strings'; Values = 'hi', 'j'; Expected = 'hij.......' }
            @{ Name = 'longs'; Values = [long]75, [long]76; Expected = 'KL........' }
            @{ Name = 'arrays'; Values = (77, 78), ([byte[]](79, 80)); Expected = 'MNOP......' }
            @{ Name = 'mixed values'; Values = 81, 'rs', [char]'t', [byte]85, @(86, 'w'); Expected = 'QrstUVw...' }
        ) {
            $Values | Write-MappedByte -Region $map
            Get-FileText $path | Should -BeExactly $Expected
        }

        It 'starts at -Offset' {
            'ab', 99 | Write-MappedByte $map -Offset 4
            Get-FileText $path | Should -BeExactly '....abc...'
        }

        It 'fills the region to the last byte' {
            48..57 | Write-MappedByte $map
            Get-FileText $path | Should -BeExactly '0123456789'
        }

        It 'writes what no buffer holds at once' {
            # A little more than three times 64 KiB, in values of one byte and of several.
            $large = New-TestFile -Size 200003
            & {
                foreach ($i in 0..99999) { $i % 251 }
                foreach ($i in 1..10000) { 'abcdefghi' }
                'xyz'
            } | Write-MappedByte -Region (New-MemoryMap $large) -Offset 1
            $bytes = foreach ($i in 0..99999) { [byte]($i % 251) }
            $text = [Text.Encoding]::ASCII.GetBytes('abcdefghi' * 10000 + 'xyz')
            Assert-Byte (Get-Content $large -AsByteStream -Raw) (, 0 + $bytes + $text + [byte[]]::new(9999))
        }

        It 'encodes text with -Encoding' {
            'ab', [char]'c' | Write-MappedByte $map -Encoding unicode
            [Convert]::ToHexString((Get-Content $path -AsByteStream -Raw)) | Should -Be '6100620063002E2E2E2E'
        }

        It 'takes values that other commands have dressed with properties' {
            , [psobject[]]('ab', 67) | Write-MappedByte $map
            Get-FileText $path | Should -BeExactly 'abC.......'
        }

        It 'hands the region on once, at the end, with -PassThru' {
            $result = @(1, 2, 3 | Write-MappedByte $map -PassThru)
            $result.Count | Should -Be 1
            $result[0] | Should -Be $map
        }

        It 'hands the region on with -PassThru although no value came' {
            @() | Write-MappedByte $map -PassThru | Should -HaveCount 1
        }

        It 'emits nothing without -PassThru' {
            1, 2, 3 | Write-MappedByte $map | Should -BeNullOrEmpty
        }

        It 'writes what fits when the values run past the end, and says how much that was' {
            { 'abc', 'def', 'ghi', 'jkl' | Write-MappedByte $map -Offset 1 } |
                Should -Throw '*has 10 bytes*9 bytes were written*' -ErrorId 'OutOfRange,*'
            Get-FileText $path | Should -BeExactly '.abcdefghi'
        }

        It 'writes the values before a bad one, and says how many bytes that were' -ForEach @(
            @{ Bad = 256; Says = '*256 is not a byte*2 bytes were written*' }
            @{ Bad = -1; Says = '*-1 is not a byte*2 bytes were written*' }
            @{ Bad = 1.5; Says = '*System.Double*2 bytes were written*' }
            @{ Bad = $null; Says = '*null*2 bytes were written*' }
        ) {
            { 65, 66, $Bad, 67 | Write-MappedByte $map } | Should -Throw $Says -ErrorId 'OutOfRange,*'
            Get-FileText $path | Should -BeExactly 'AB........'
        }

        It 'says how much was written before the region was <done> on the way' -ForEach @(
            @{ Done = 'made shorter'; Change = { Resize-MemoryMap $long 10 }; Id = 'OutOfRange' }
            @{ Done = 'protected'; Change = { Protect-MemoryMap $long -Protection Read }; Id = 'NotWritable' }
            @{ Done = 'removed'; Change = { Remove-MemoryMap $long }; Id = 'RegionClosed' }
        ) {
            $long = New-MemoryMap -Anonymous -Length 200000
            $values = { for ($i = 0; $i -lt 70000; $i++) { if ($i -eq 69000) { $null = & $Change }; 7 } }
            { & $values | Write-MappedByte $long -Offset 100 } | Should -Throw '* 65536 bytes were written*' -ErrorId "$Id,*"
        }

        It 'keeps what came before the command upstream failed' {
            { & { 65; 66; throw 'upstream' } | Write-MappedByte $map } | Should -Throw
            Get-FileText $path | Should -BeExactly 'AB........'
        }

        It 'refuses an offset outside of the region before it takes a value' -ForEach @(
            @{ Offset = 11 }
            @{ Offset = -1 }
            @{ Offset = [long]::MaxValue }
        ) {
            { 1, 2 | Write-MappedByte $map -Offset $Offset } | Should -Throw "*Offset $Offset *10*" -ErrorId 'OutOfRange,*'
            Get-FileText $path | Should -BeExactly '..........'
        }
    }
}
