BeforeAll {
    . $PSScriptRoot/../../Support/Preamble.ps1
}

Describe 'New-MemoryMap' {
    AfterEach {
        Get-MemoryMap | Remove-MemoryMap
    }

    Context '-Offset and -Length' {
        BeforeAll {
            $random = New-RandomFile 100000
            $bytes = Get-Content $random -AsByteStream -Raw
        }

        It 'maps <length> bytes from offset <offset>, page or not' -ForEach @(
            @{ Offset = 0; Length = 1 }
            @{ Offset = 1; Length = 1 }
            @{ Offset = 100; Length = 4000 }
            @{ Offset = 4095; Length = 2 }
            @{ Offset = 4096; Length = 4096 }
            @{ Offset = 4097; Length = 4095 }
            @{ Offset = 4097; Length = 12000 }
            @{ Offset = 65535; Length = 3 }
            @{ Offset = 99999; Length = 1 }
        ) {
            $map = New-MemoryMap $random -Offset $Offset -Length $Length
            $map.Offset | Should -Be $Offset
            $map.Length | Should -Be $Length
            [Convert]::ToHexString($map.Read()) | Should -Be ([Convert]::ToHexString($bytes, $Offset, $Length))
        }

        It 'writes at offset <offset> of the file through a region that starts there' -ForEach @(
            @{ Offset = 1 }
            @{ Offset = 4095 }
            @{ Offset = 4096 }
            @{ Offset = 4097 }
        ) {
            $path = New-TestFile ('.' * 10000)
            $map = New-MemoryMap $path -Offset $Offset -Length 10
            Write-MappedByte $map -Value 'here'
            Get-FileText $path | Should -BeExactly ('.' * $Offset + 'here' + '.' * (10000 - $Offset - 4))
        }

        It 'maps to the end of the file when only the offset is given' {
            $map = New-MemoryMap (New-TestFile 'abcdefghij') -Offset 7
            $map.Length | Should -Be 3
            Read-MappedByte $map -Encoding ascii | Should -BeExactly 'hij'
        }

        It 'maps nothing at the end of the file' {
            (New-MemoryMap (New-TestFile 'abc') -Offset 3).Length | Should -Be 0
        }

        It 'maps nothing with -Length 0' {
            (New-MemoryMap (New-TestFile 'abc') -Length 0).Length | Should -Be 0
        }

        It 'reads and writes across <name> of a sparse file' -ForEach @(
            @{ Name = 'the border at 2 GiB'; Border = 2GB }
            @{ Name = 'the border at 4 GiB'; Border = 4GB }
        ) {
            $path = New-TestFile -Size 5GB
            $stream = [IO.File]::OpenWrite($path)
            $null = $stream.Seek($Border - 2, 'Begin')
            $stream.Write([byte[]](49, 50, 51, 52), 0, 4)
            $stream.Dispose()

            # Once through a region that starts there, once through a region of the whole file.
            $part = New-MemoryMap $path -Offset ($Border - 2) -Length 4
            Read-MappedByte $part -Encoding ascii | Should -BeExactly '1234'
            Write-MappedByte $part -Value 'abcd'
            Get-FileText $path -Offset ($Border - 3) -Count 6 | Should -BeExactly '\x00abcd\x00'

            $whole = New-MemoryMap $path
            $whole.Length | Should -Be 5GB
            Read-MappedByte $whole -Offset ($Border - 2) -Length 4 -Encoding ascii | Should -BeExactly 'abcd'
            Write-MappedByte $whole -Value 'WXYZ' -Offset ($Border - 2)
            Get-FileText $path -Offset ($Border - 3) -Count 6 | Should -BeExactly '\x00WXYZ\x00'
        }

        It 'refuses offset <offset> with length <length>' -ForEach @(
            @{ Offset = 11; Length = 0 }
            @{ Offset = 10; Length = 1 }
            @{ Offset = 0; Length = 11 }
            @{ Offset = -1; Length = 1 }
            @{ Offset = 0; Length = -1 }
            @{ Offset = 1; Length = [long]::MaxValue }
            @{ Offset = [long]::MaxValue; Length = 1 }
            @{ Offset = [long]::MaxValue; Length = [long]::MaxValue }
            @{ Offset = [long]::MinValue; Length = 1 }
        ) {
            $path = New-TestFile 'abcdefghij'
            $problem = Get-ErrorOf { New-MemoryMap $path -Offset $Offset -Length $Length }
            $problem.Id | Should -Be 'OutOfRange'
            $problem.Category | Should -Be 'InvalidArgument'
            $problem.Message | Should -BeLike "*Offset $Offset with length $Length is outside of $path, which has 10 bytes*"
            Get-MapCount $path | Should -Be 0
        }

        It 'refuses an offset past the end when no length is given' {
            $path = New-TestFile 'abc'
            { New-MemoryMap $path -Offset 4 } |
                Should -Throw '*Offset 4 is outside of *which has 3 bytes*from 0 to 3*' -ErrorId 'OutOfRange,*'
        }

        It 'says that -Extend makes a file longer when the length is past its end' {
            { New-MemoryMap (New-TestFile 'abc') -Length 4 } | Should -Throw '*New-MemoryMap -Extend*'
        }

        It 'leaves the file as it was after a refusal' {
            $path = New-TestFile 'abc'
            { New-MemoryMap $path -Length 4 } | Should -Throw
            Get-FileText $path | Should -BeExactly 'abc'
        }
    }
}
