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

    Context '-Expect' {
        BeforeEach {
            $known = New-TestFile 'abcdefghij'
            $target = New-MemoryMap $known
        }

        It 'writes if the expected <name> is found' -ForEach @(
            @{ Name = 'text'; Value = 'XY'; Expect = 'cd' }
            @{ Name = 'numbers'; Value = 88, 89; Expect = 99, 100 }
            @{ Name = 'byte array'; Value = 'XY'; Expect = [byte[]](99, 100) }
        ) {
            Write-MappedByte $target -Value $Value -Offset 2 -Expect $Expect
            Get-FileText $known | Should -BeExactly 'abXYefghij'
        }

        It 'writes nothing if other bytes are found, and shows both' {
            $problem = Get-ErrorOf { Write-MappedByte $target -Value 'XY' -Offset 2 -Expect 'ce' }
            $problem.Id | Should -Be 'ExpectationFailed'
            $problem.Category | Should -Be 'InvalidData'
            $problem.Message | Should -BeLike '*63 65*offset 2 of*found 63 64*'
            Get-FileText $known | Should -BeExactly 'abcdefghij'
        }

        It 'does not pass the region on if other bytes are found' {
            Write-MappedByte $target -Value 'X' -Expect 'b' -PassThru -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        }

        It 'is case-sensitive' {
            { Write-MappedByte $target -Value 'X' -Expect 'A' } | Should -Throw -ErrorId 'ExpectationFailed,*'
        }

        It 'needs as many bytes as the value has' -ForEach @(
            @{ Expect = 'abc'; Count = 3 }
            @{ Expect = 'a'; Count = 1 }
        ) {
            { Write-MappedByte $target -Value 'XY' -Expect $Expect } | Should -Throw "*$Count byte*2*" -ErrorId 'LengthMismatch,*'
            Get-FileText $known | Should -BeExactly 'abcdefghij'
        }

        It 'is encoded as the value is' {
            Write-MappedByte $target -Value 'ab' -Encoding unicode
            Write-MappedByte $target -Value 'xy' -Expect 'ab' -Encoding unicode
            [Convert]::ToHexString((Get-Content $known -AsByteStream -Raw)) | Should -BeLike '78007900*'
        }

        It 'is hexadecimal with -Hex' {
            Write-MappedByte $target -Hex '58 59' -Offset 2 -Expect '63 64'
            Get-FileText $known | Should -BeExactly 'abXYefghij'
        }

        It 'may have wildcards with -Hex' {
            Write-MappedByte $target -Hex '58 59 5A' -Offset 2 -Expect '63 ?? 6?'
            Get-FileText $known | Should -BeExactly 'abXYZfghij'
        }

        It 'compares the digits beside a wildcard' {
            { Write-MappedByte $target -Hex '58' -Offset 2 -Expect '7?' } | Should -Throw '*7[?]*found 63.*' -ErrorId 'ExpectationFailed,*'
        }

        It 'refuses bad hexadecimal' {
            { Write-MappedByte $target -Hex '58' -Expect 'zz' } | Should -Throw -ErrorId 'InvalidHex,*'
        }

        It 'refuses an expectation without bytes' {
            { Write-MappedByte $target -Value 'X' -Expect '' } | Should -Throw -ErrorId 'PatternEmpty,*'
        }

        It 'refuses $null rather than expecting nothing' {
            { Write-MappedByte $target -Value 'X' -Expect $null } | Should -Throw -ErrorId 'OutOfRange,*'
            Get-FileText $known | Should -BeExactly 'abcdefghij'
        }

        It 'is judged for each piped region by itself' {
            $other = New-TestFile 'zzz'
            (New-MemoryMap $other), $target | Write-MappedByte -Value 'X' -Expect 'a' -ErrorAction SilentlyContinue -ErrorVariable problems
            $problems | Should -HaveCount 1
            Get-FileText $other | Should -BeExactly 'zzz'
            Get-FileText $known | Should -BeExactly 'Xbcdefghij'
        }

        It 'goes on with the next region after one where <name>' -ForEach @(
            @{ Name = 'the bytes may not be read'; Make = { New-MemoryMap $known -Protection Write }; Id = 'NotReadable' }
            @{ Name = 'nothing is mapped any more'; Make = { $gone = New-MemoryMap $known; $gone.Dispose(); $gone }; Id = 'RegionClosed' }
        ) {
            (& $Make), $target | Write-MappedByte -Value 'X' -Expect 'a' -ErrorAction SilentlyContinue -ErrorVariable problems
            $problems | Should -HaveCount 1
            $problems[0].FullyQualifiedErrorId | Should -BeLike "$Id,*"
            Get-FileText $known | Should -BeExactly 'Xbcdefghij'
        }
    }
}
