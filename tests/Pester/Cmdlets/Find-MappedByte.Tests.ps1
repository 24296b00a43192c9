BeforeAll {
    . $PSScriptRoot/../Support/Preamble.ps1

    # The offsets of some bytes in a file, by .NET's own search.
    function Get-Place([string] $Path, [string] $Pattern) {
        [regex]::Matches((Get-Content $Path -Raw -Encoding latin1), [regex]::Escape($Pattern)).Index
    }
}

Describe 'Find-MappedByte' {
    AfterEach {
        Get-MemoryMap | Remove-MemoryMap
    }

    Context 'what is looked for' {
        BeforeEach {
            $map = New-MemoryMap (New-TestFile 'one abc, two ABC, three abc')
        }

        It 'finds <name>' -ForEach @(
            @{ Name = 'text'; Options = @{ Pattern = 'abc' }; Expected = '4 24' }
            @{ Name = 'a char'; Options = @{ Pattern = [char]'t' }; Expected = '9 18' }
            @{ Name = 'a byte'; Options = @{ Pattern = [byte]44 }; Expected = '7 16' }
            @{ Name = 'a number'; Options = @{ Pattern = 44 }; Expected = '7 16' }
            @{ Name = 'a byte array'; Options = @{ Pattern = [byte[]](97, 98) }; Expected = '4 24' }
            @{ Name = 'a list of numbers, which is one pattern'; Options = @{ Pattern = 97, 98 }; Expected = '4 24' }
            @{ Name = 'several texts'; Options = @{ Pattern = 'two', 'one' }; Expected = '0 9' }
            @{ Name = 'hexadecimal'; Options = @{ Hex = '61 62 63' }; Expected = '4 24' }
            @{ Name = 'hexadecimal with wildcards'; Options = @{ Hex = '?1 ?2 ?3' }; Expected = '4 13 24' }
            @{ Name = 'several in hexadecimal'; Options = @{ Hex = '41 42', '6f6e65' }; Expected = '0 13' }
            @{ Name = 'text of either case'; Options = @{ Pattern = 'aBc'; IgnoreCase = $true }; Expected = '4 13 24' }
            @{ Name = 'hexadecimal of either case'; Options = @{ Hex = '41 62 43'; IgnoreCase = $true }; Expected = '4 13 24' }
            @{ Name = 'the first'; Options = @{ Pattern = 'abc'; First = 1 }; Expected = '4' }
            @{ Name = 'the last'; Options = @{ Pattern = 'abc'; Last = 1 }; Expected = '24' }
            @{ Name = 'the last two in order'; Options = @{ Hex = '?1 ?2 ?3'; Last = 2 }; Expected = '13 24' }
            @{ Name = 'what starts in the range and ends in it'; Options = @{ Pattern = 'abc'; Offset = 4; Length = 22 }; Expected = '4' }
            @{ Name = 'what the range starts with'; Options = @{ Pattern = 'abc'; Offset = 24 }; Expected = '24' }
            @{ Name = 'nothing where there is none'; Options = @{ Pattern = 'xyz' }; Expected = '' }
            @{ Name = 'the whole region'; Options = @{ Pattern = 'one abc, two ABC, three abc' }; Expected = '0' }
            @{ Name = 'nothing longer than the region'; Options = @{ Pattern = 'one abc, two ABC, three abc.' }; Expected = '' }
        ) {
            (Find-MappedByte $map @Options).Offset -join ' ' | Should -BeExactly $Expected
        }

        It 'counts <expected> of <name>' -ForEach @(
            @{ Name = 'a text'; Options = @{ Pattern = 'abc' }; Expected = 2 }
            @{ Name = 'either case'; Options = @{ Pattern = 'abc'; IgnoreCase = $true }; Expected = 3 }
            @{ Name = 'what is not there'; Options = @{ Pattern = 'xyz' }; Expected = 0 }
            @{ Name = 'the first only'; Options = @{ Pattern = 'abc'; First = 1 }; Expected = 1 }
        ) {
            $count = Find-MappedByte $map @Options -Count
            $count | Should -BeOfType long
            $count | Should -Be $Expected
        }

        It 'finds text in the encoding asked for' {
            $path = New-TestFile
            Set-Content $path "a gr`u{FC}n b" -Encoding ([Text.UnicodeEncoding]::new($false, $false))
            (New-MemoryMap $path | Find-MappedByte -Pattern "gr`u{FC}n" -Encoding unicode).Offset | Should -Be 4
        }

        It 'finds matches that share bytes with -Overlapping only' {
            $aaaa = New-MemoryMap (New-TestFile 'aaaa')
            (Find-MappedByte $aaaa 'aa').Offset -join ' ' | Should -BeExactly '0 2'
            (Find-MappedByte $aaaa 'aa' -Overlapping).Offset -join ' ' | Should -BeExactly '0 1 2'
            Find-MappedByte $aaaa 'aa' -Overlapping -Count | Should -Be 3
        }

        It 'finds nothing in an empty region' {
            New-MemoryMap (New-TestFile -Size 0) | Find-MappedByte -Pattern 'a' | Should -BeNullOrEmpty
        }

        It 'searches each region of the pipeline' {
            $found = (New-TestFile 'xa'), (New-TestFile 'xxa') | New-MemoryMap | Find-MappedByte -Pattern 'a'
            $found.Offset -join ' ' | Should -BeExactly '1 2'
        }
    }

    Context 'large files' {
        It 'finds what .NET finds, across chunks and threads, forward and backward' {
            $path = New-RandomFile 20000000
            $needle = "needle`0in a haystack"
            $map = New-MemoryMap $path
            foreach ($at in 0, 262134, 524278, 1048570, 4194300, 9999999, 12582900, 19999980) {
                Write-MappedByte $map $needle -Offset $at
            }

            $places = Get-Place $path $needle
            $places | Should -HaveCount 8
            (Find-MappedByte $map $needle).Offset | Should -Be $places
            (Find-MappedByte $map $needle -Last 100).Offset | Should -Be $places
            Find-MappedByte $map $needle -Count | Should -Be 8
            Find-MappedByte $map x -Count | Should -Be (Get-Place $path x).Count
        }

        It 'stops when the pipeline stops, and leaves no worker behind' {
            Skip-OnWindows 'no mapped file is truncated there'
            # The second match is past the end of the file: a search that continued would reach the fault.
            $path = New-TestFile -Size 200MB
            $map = New-MemoryMap $path
            $map[10] = 1
            Set-FileLength $path 100MB
            (Find-MappedByte $map 1 | Select-Object -First 1).Offset | Should -Be 10
            (Find-MappedByte $map 1 -First 1).Offset | Should -Be 10

            # A region in use is unmapped when its last use ends.
            Remove-MemoryMap $map
            if ($IsLinux) {
                Get-MapCount $path | Should -Be 0
            }
        }
    }

    Context 'what a match is' {
        BeforeEach {
            $path = New-TestFile 'one abc, two abc'
            $map = New-MemoryMap $path -Offset 4
        }

        It 'has its region, its place there and in the file, its bytes and the number of its pattern' {
            $match = Find-MappedByte $map 'zzz', 'bc,'
            $match | Should -BeOfType MmapPS.MappedMatch
            $match.Region | Should -Be $map
            $match.Offset | Should -Be 1
            $match.FileOffset | Should -Be 5
            $match.Path | Should -BeExactly $path
            $match.Length | Should -Be 3
            ConvertTo-Visible $match.Bytes | Should -BeExactly 'bc,'
            $match.Pattern | Should -Be 1
            $match.Before | Should -BeNullOrEmpty
            $match.Line | Should -BeNullOrEmpty
        }

        It 'has the bytes of the region, not those of the pattern' {
            ConvertTo-Visible (Find-MappedByte $map -Hex '6? 6? 2c').Bytes | Should -BeExactly 'bc,'
            ConvertTo-Visible (Find-MappedByte $map 'TWO' -IgnoreCase).Bytes | Should -BeExactly 'two'
        }

        It 'has context as far as the region goes' {
            $first, $last = Find-MappedByte $map 'abc' -Context 3
            $first.Before.Length | Should -Be 0
            ConvertTo-Visible $first.After | Should -BeExactly ', t'
            ConvertTo-Visible $last.Before | Should -BeExactly 'wo '
            $last.After.Length | Should -Be 0
        }

        It 'has the line of text around it and its number' {
            $log = New-MemoryMap (New-TestFile "first`r`nsecond error here`r`n`r`nlast error")
            $one, $two = Find-MappedByte $log 'error' -AsLine -LineNumber
            $one.Line | Should -BeExactly 'second error here'
            $one.LineNumber | Should -Be 2
            $two.Line | Should -BeExactly 'last error'
            $two.LineNumber | Should -Be 4
        }

        It 'has no number of the line unless asked for' {
            (Find-MappedByte $map 'two' -AsLine).LineNumber | Should -BeNullOrEmpty
        }

        It 'has lines in the encoding asked for' {
            $file = New-TestFile
            Set-Content $file "a`u{A00}b`nc d e`nf" -Encoding ([Text.UnicodeEncoding]::new($false, $false))
            $match = New-MemoryMap $file | Find-MappedByte -Pattern 'd' -Encoding unicode -AsLine -LineNumber
            $match.Line | Should -BeExactly 'c d e'
            $match.LineNumber | Should -Be 2
        }
    }

    Context 'what a match binds to' {
        BeforeEach {
            $path = New-TestFile '..abc..ABC..'
            $map = New-MemoryMap $path -Offset 1
        }

        It 'is read by Read-MappedByte' {
            Find-MappedByte $map 'abc' -IgnoreCase | Read-MappedByte -Encoding ascii | Should -Be @('abc', 'ABC')
        }

        It 'is written by Write-MappedByte' {
            Find-MappedByte $map 'abc' -IgnoreCase | Write-MappedByte -Value 'xyz'
            Get-FileText $path | Should -BeExactly '..xyz..xyz..'
        }

        It 'is written in hexadecimal if the expected bytes are there' {
            Find-MappedByte $map 'abc' | Write-MappedByte -Hex '78 79' -Expect '61 62'
            Get-FileText $path | Should -BeExactly '..xyc..ABC..'
        }

        It 'is not written over by a value that is longer' {
            { Find-MappedByte $map 'abc' | Write-MappedByte -Value 'wxyz' } | Should -Throw '*4 bytes*match 3*' -ErrorId 'LengthMismatch,*'
            Get-FileText $path | Should -BeExactly '..abc..ABC..'
        }

        It 'is cleared by Clear-MappedByte' {
            Find-MappedByte $map 'ABC' | Clear-MappedByte -Value '-'
            Get-FileText $path | Should -BeExactly '..abc..---..'
        }

        It 'is shown by Format-MappedByte, in its lines' {
            $color = $env:NO_COLOR
            $env:NO_COLOR = '1'
            try {
                Find-MappedByte $map 'ABC' | Format-MappedByte -Width 4 |
                    Should -Be '00000004  63 2e 2e 41  c..A', '00000008  42 43 2e 2e  BC..'
            }
            finally {
                $env:NO_COLOR = $color
            }
        }

        It 'is like any object with Region, Offset and Length' {
            [pscustomobject]@{ Region = $map; Offset = 1; Length = 3 } | Read-MappedByte -Encoding ascii | Should -BeExactly 'abc'
            [pscustomobject]@{ Region = $map; Offset = '1'; Length = '2' } | Clear-MappedByte -Value 'q'
            [pscustomobject]@{ Region = $map; Offset = '3'; Length = 1 } | Write-MappedByte -Hex '72'
            Get-FileText $path | Should -BeExactly '..qqr..ABC..'
        }

        It 'is not what a region is, whose offset and length are those in the file' {
            $map | Read-MappedByte -Encoding ascii | Should -BeExactly '.abc..ABC..'
            $map | Write-MappedByte -Value '0'
            $map | Write-MappedByte -Hex '32' -Offset 1
            $map | Clear-MappedByte -Value '1' -Length 1 -Offset 2
            Get-FileText $path | Should -BeExactly '.021c..ABC..'
        }
    }

    Context 'errors' {
        It 'refuses text that the encoding cannot represent, rather than search for ?' {
            $map = New-MemoryMap (New-TestFile 'a?b?')
            foreach ($ignoreCase in $false, $true) {
                { Find-MappedByte $map "a`u{E9}" -Encoding ascii -IgnoreCase:$ignoreCase } |
                    Should -Throw '*U+00E9*index 1*us-ascii*' -ErrorId 'OutOfRange,*'
            }
        }

        BeforeEach {
            $map = New-MemoryMap (New-TestFile 'abcdefghij')
        }

        It 'refuses <name>' -ForEach @(
            @{ Name = 'an empty text'; Options = @{ Pattern = '' }; Id = 'PatternEmpty' }
            @{ Name = 'an empty list'; Options = @{ Pattern = @() }; Id = 'PatternEmpty' }
            @{ Name = 'empty hexadecimal'; Options = @{ Hex = '' }; Id = 'PatternEmpty' }
            @{ Name = 'half a byte'; Options = @{ Hex = 'abc' }; Id = 'InvalidHex' }
            @{ Name = 'a number that is no byte'; Options = @{ Pattern = 256 }; Id = 'OutOfRange' }
            @{ Name = 'null'; Options = @{ Pattern = $null }; Id = 'OutOfRange' }
            @{ Name = 'both ends at once'; Options = @{ Pattern = 'a'; First = 1; Last = 1 }; Id = 'NotSupported' }
        ) {
            { Find-MappedByte $map @Options } | Should -Throw -ErrorId "$Id,*"
        }

        It 'refuses memory that may not be read' {
            $none = New-MemoryMap -Anonymous -Length 100 -Protection None
            { Find-MappedByte $none 'a' } | Should -Throw -ErrorId 'NotReadable,*'
        }

        It 'goes on with the next region after one that was removed' {
            $other = New-MemoryMap (New-TestFile 'xxd')
            Remove-MemoryMap $map
            $found = $map, $other | Find-MappedByte -Pattern 'd' -ErrorAction SilentlyContinue -ErrorVariable problems
            $found.Offset | Should -Be 2
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'RegionClosed,*'
        }

        It 'ends with RegionClosed when the pipeline removes the region' {
            $large = New-MemoryMap (New-TestFile -Size 100MB) -Sharing Private
            foreach ($at in 0, 1000) { $large[$at] = 1 }
            $seen = [Collections.Generic.List[long]]::new()
            { Find-MappedByte $large 1 | ForEach-Object { $seen.Add($_.Offset); if ($_.Offset) { Remove-MemoryMap $large } } } |
                Should -Throw -ErrorId 'RegionClosed,*'
            $seen | Should -Be 0, 1000
        }
    }

    It 'changes nothing, so it has no -WhatIf' {
        (Get-Command Find-MappedByte).Parameters.ContainsKey('WhatIf') | Should -BeFalse
    }
}

Describe 'Find-MappedByte -LineNumber' {
    It 'keeps no text without -AsLine' {
        $path = New-TestFile
        Set-Content $path ((('a' * 50000) + "`n") * 40) -NoNewline
        $map = New-MemoryMap $path
        $before = [GC]::GetTotalMemory($true)
        $found = Find-MappedByte $map "aa`n" -LineNumber
        [GC]::GetTotalMemory($true) - $before | Should -BeLessThan 500KB
        $found.LineNumber | Should -Be (1..40)
        $found[0].Line | Should -BeNullOrEmpty
        (Find-MappedByte $map "aa`n" -Last 2 -LineNumber).LineNumber | Should -Be 39, 40
        Remove-MemoryMap $map
    }
}
