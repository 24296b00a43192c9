BeforeAll {
    . $PSScriptRoot/../Support/Preamble.ps1
}

Describe 'Edit-MappedByte' {
    BeforeEach {
        $path = New-TestFile 'one abc two ABC three abc'
        $map = New-MemoryMap $path
    }

    AfterEach {
        Get-MemoryMap | Remove-MemoryMap
    }

    Context 'replacing' {
        It 'leaves <expected> by <name>' -ForEach @(
            @{ Name = 'text'; Options = @{ Pattern = 'abc'; Replacement = 'XYZ' }; Expected = 'one XYZ two ABC three XYZ' }
            @{ Name = 'text of either case'; Options = @{ Pattern = 'abc'; Replacement = 'XYZ'; IgnoreCase = $true }; Expected = 'one XYZ two XYZ three XYZ' }
            @{ Name = 'the first'; Options = @{ Pattern = 'abc'; Replacement = 'XYZ'; First = 1 }; Expected = 'one XYZ two ABC three abc' }
            @{ Name = 'a range'; Options = @{ Pattern = 'abc'; Replacement = 'XYZ'; Offset = 5 }; Expected = 'one abc two ABC three XYZ' }
            @{ Name = 'bytes'; Options = @{ Pattern = [byte[]](97, 98, 99); Replacement = 46, 47, 48 }; Expected = 'one ./0 two ABC three ./0' }
            @{ Name = 'hexadecimal'; Options = @{ Hex = '61 62 63'; ReplacementHex = '2e 2f 30' }; Expected = 'one ./0 two ABC three ./0' }
            @{ Name = 'wildcards that stay'; Options = @{ Hex = '?1 62 ??'; ReplacementHex = '2e ?? 7?' }; Expected = 'one .bs two ABC three .bs' }
            @{ Name = 'several patterns'; Options = @{ Pattern = 'one', 'two'; Replacement = '...' }; Expected = '... abc ... ABC three abc' }
            @{ Name = 'a shorter text and padding'; Options = @{ Pattern = 'abc'; Replacement = 'x'; Pad = 32 }; Expected = 'one x   two ABC three x  ' }
            @{ Name = 'nothing found'; Options = @{ Pattern = 'zzz'; Replacement = 'XYZ' }; Expected = 'one abc two ABC three abc' }
        ) {
            Edit-MappedByte $map @Options
            Get-FileText $path | Should -BeExactly $Expected
        }

        It 'takes the replacement by position' {
            Edit-MappedByte $map 'abc' 'XYZ'
            Get-FileText $path | Should -BeExactly 'one XYZ two ABC three XYZ'
        }

        It 'does not search what it has written' {
            $aaaa = New-TestFile 'abababab'
            New-MemoryMap $aaaa | Edit-MappedByte -Pattern 'ab' -Replacement 'ba'
            Get-FileText $aaaa | Should -BeExactly 'babababa'
        }

        It 'edits each region of the pipeline' {
            $other = New-TestFile 'abc'
            $map, (New-MemoryMap $other) | Edit-MappedByte -Pattern 'abc' -Replacement '123'
            Get-FileText $path | Should -BeExactly 'one 123 two ABC three 123'
            Get-FileText $other | Should -BeExactly '123'
        }

        It 'emits nothing without -PassThru, and each change with it' {
            Edit-MappedByte $map 'abc' 'XYZ' | Should -BeNullOrEmpty
            $first, $last = Edit-MappedByte $map 'XYZ' 'abc' -PassThru
            $first | Should -BeOfType MmapPS.MappedChange
            $first.Offset | Should -Be 4
            ConvertTo-Visible $last.OldBytes | Should -BeExactly 'XYZ'
            ConvertTo-Visible $last.Bytes | Should -BeExactly 'abc'
            $last.FileOffset | Should -Be 22
            $last | Read-MappedByte -Encoding ascii | Should -BeExactly 'abc'
        }

        It 'replaces what .NET would replace, in a large file' {
            $text = 'a line that says error and goes on' * 200000
            $large = New-TestFile $text
            New-MemoryMap $large | Edit-MappedByte -Pattern 'error' -Replacement 'ERROR'
            (Get-Content $large -Raw) -ceq ($text -creplace 'error', 'ERROR') | Should -BeTrue
        }
    }

    Context '-WhatIf' {
        It 'changes nothing, writes no patch, and passes nothing on' {
            Edit-MappedByte $map 'abc' 'XYZ' -WhatIf -PassThru -UndoPath "$TestDrive/whatif.patch" | Should -BeNullOrEmpty
            Get-FileText $path | Should -BeExactly 'one abc two ABC three abc'
            "$TestDrive/whatif.patch" | Should -Not -Exist
        }

        It 'lists each change' {
            $said = @(Get-WhatIfText { Edit-MappedByte $map abc XYZ -WhatIf })
            $said | Should -HaveCount 2
            $said[0] | Should -BeLike '*Replace 61 62 63 with 58 59 5a*offset 4, length 3*'
            $said[1] | Should -BeLike '*Replace 61 62 63 with 58 59 5a*offset 22, length 3*'
        }
    }

    Context '-UndoPath' {
        BeforeEach {
            $patch = Join-Path $TestDrive "$(New-Guid).patch"
        }

        It 'writes what undoes the changes' {
            Edit-MappedByte $map 'abc' 'XYZ' -IgnoreCase -UndoPath $patch
            Get-FileText $path | Should -BeExactly 'one XYZ two XYZ three XYZ'
            $undone = Edit-MappedByte $map -Undo -UndoPath $patch -PassThru
            $undone | Should -HaveCount 3
            Get-FileText $path | Should -BeExactly 'one abc two ABC three abc'
        }

        It 'undoes nothing if other bytes are found' {
            Edit-MappedByte $map 'abc' 'XYZ' -UndoPath $patch
            Write-MappedByte $map 'Q' -Offset 23
            { Edit-MappedByte $map -Undo -UndoPath $patch } | Should -Throw '*offset 22*' -ErrorId 'ExpectationFailed,*'
            Get-FileText $path | Should -BeExactly 'one XYZ two ABC three XQZ'
        }

        It 'undoes nothing with -WhatIf' {
            Edit-MappedByte $map 'abc' 'XYZ' -UndoPath $patch
            Edit-MappedByte $map -Undo -UndoPath $patch -WhatIf
            Get-FileText $path | Should -BeExactly 'one XYZ two ABC three XYZ'
        }

        It 'does not overwrite a patch' {
            Edit-MappedByte $map 'abc' 'XYZ' -UndoPath $patch
            { Edit-MappedByte $map 'XYZ' '123' -UndoPath $patch } | Should -Throw -ErrorId 'open.EEXIST,*'
            Get-FileText $path | Should -BeExactly 'one XYZ two ABC three XYZ'
        }

        It 'refuses a file that is not a patch' {
            { Edit-MappedByte $map -Undo -UndoPath $path } | Should -Throw -ErrorId 'NotSupported,*'
            { Edit-MappedByte $map -Undo -UndoPath "$TestDrive/missing" } | Should -Throw -ErrorId 'FileNotFound,*'
        }
    }

    Context 'errors' {
        It 'refuses <name> as <id>' -ForEach @(
            @{ Name = 'a longer replacement'; Options = @{ Pattern = 'abc'; Replacement = 'wxyz' }; Id = 'LengthMismatch'; Words = '*4 bytes*pattern 3*' }
            @{ Name = 'a longer replacement with padding'; Options = @{ Pattern = 'abc'; Replacement = 'wxyz'; Pad = 0 }; Id = 'LengthMismatch'; Words = '*4 bytes*pattern 3*' }
            @{ Name = 'a shorter replacement'; Options = @{ Pattern = 'abc'; Replacement = 'x' }; Id = 'LengthMismatch'; Words = '*1 byte *pattern 3*-Pad*' }
            @{ Name = 'no replacement'; Options = @{ Pattern = 'abc' }; Id = 'PatternEmpty'; Words = '*-Replacement*' }
            @{ Name = 'two replacements'; Options = @{ Pattern = 'abc'; Replacement = 'XYZ'; ReplacementHex = '000000' }; Id = 'PatternEmpty'; Words = '*-Replacement*' }
        ) {
            { Edit-MappedByte $map @Options } | Should -Throw $Words -ErrorId "$Id,*"
            Get-FileText $path | Should -BeExactly 'one abc two ABC three abc'
        }

        It 'refuses a region that may not be written, found or not' {
            { New-MemoryMap $path -Protection Read | Edit-MappedByte -Pattern 'zzz' -Replacement 'abc' } | Should -Throw -ErrorId 'NotWritable,*'
        }
    }
}
