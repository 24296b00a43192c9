BeforeAll {
    . $PSScriptRoot/../Support/Preamble.ps1
}

Describe 'Compare-MappedByte' {
    AfterEach {
        Get-MemoryMap | Remove-MemoryMap
    }

    Context 'two regions' {
        It 'finds <expected> between <left> and <right>' -ForEach @(
            @{ Left = 'abcdef'; Right = 'abcdef'; Expected = '' }
            @{ Left = 'abcdef'; Right = 'xbcdey'; Expected = '0+1 5+1' }
            @{ Left = 'abcdef'; Right = 'abXYef'; Expected = '2+2' }
            @{ Left = 'abcdef'; Right = 'abcd'; Expected = '4+2' }
            @{ Left = 'abcd'; Right = 'abcdef'; Expected = '4+2' }
            @{ Left = 'abcX'; Right = 'abcdef'; Expected = '3+3' }
        ) {
            $found = New-MemoryMap (New-TestFile $Left) | Compare-MappedByte -Other (New-MemoryMap (New-TestFile $Right))
            ($found | ForEach-Object { "$($_.Offset)+$($_.Length)" }) -join ' ' | Should -BeExactly $Expected
        }

        It 'gives offset and bytes of both sides' {
            $path = New-TestFile '..abcdef'
            $map = New-MemoryMap $path -Offset 1
            $found = Compare-MappedByte $map -Other (New-MemoryMap (New-TestFile 'abXYef')) -Offset 1
            $found | Should -BeOfType MmapPS.MappedDifference
            $found.Region | Should -Be $map
            $found.Offset | Should -Be 3
            $found.FileOffset | Should -Be 4
            $found.OtherOffset | Should -Be 2
            $found.Length | Should -Be 2
            $found.Path | Should -BeExactly $path
            ConvertTo-Visible $found.Bytes | Should -BeExactly 'cd'
            ConvertTo-Visible $found.OtherBytes | Should -BeExactly 'XY'
        }

        It 'binds to the cmdlets that take a range' {
            $map = New-MemoryMap (New-TestFile 'abcdef')
            Compare-MappedByte $map -Other (New-TestFile 'abXYef') | Read-MappedByte -Encoding ascii | Should -BeExactly 'cd'
        }

        It 'compares the ranges asked for' {
            $left = New-MemoryMap (New-TestFile '..abcd..')
            $right = New-MemoryMap (New-TestFile 'abcX')
            Compare-MappedByte $left -Other $right -Offset 2 -Length 3 | Should -BeNullOrEmpty
            (Compare-MappedByte $left -Other $right -Offset 3 -OtherOffset 1 -Length 3).Offset | Should -Be 5
        }

        It 'ends after -First' {
            (New-MemoryMap (New-TestFile 'a.a.a.') | Compare-MappedByte -Other (New-TestFile 'abacad') -First 2).Offset | Should -Be 1, 3
        }

        It 'is <expected> with -Quiet for <left> and <right>' -ForEach @(
            @{ Left = 'abc'; Right = 'abc'; Expected = $true }
            @{ Left = 'abc'; Right = 'abd'; Expected = $false }
            @{ Left = 'abc'; Right = 'abcd'; Expected = $false }
        ) {
            $result = New-MemoryMap (New-TestFile $Left) | Compare-MappedByte -Other (New-MemoryMap (New-TestFile $Right)) -Quiet
            $result | Should -BeOfType bool
            $result | Should -Be $Expected
        }

        It 'finds nothing between empty ones' {
            New-MemoryMap (New-TestFile -Size 0) | Compare-MappedByte -Other (New-MemoryMap (New-TestFile -Size 0)) -Quiet | Should -BeTrue
        }
    }

    Context 'a region and a file' {
        It 'agrees with cmp about large ones' {
            Skip-WithoutProgram cmp
            $left = New-RandomFile 9000001
            $right = New-TestFile
            Copy-Item $left $right
            $changed = New-MemoryMap $right
            foreach ($at in 0, 262143, 262144, 262145, 5000000, 9000000) {
                $changed[$at] = $changed[$at] -bxor 255
            }

            # Each line has an offset, from 1 on, and both bytes.
            $expected = (Invoke-Program cmp, -l, $left, $right).Output -split "`n" -ne '' | ForEach-Object { [long](-split $_)[0] - 1 }
            $expected | Should -HaveCount 6
            $found = New-MemoryMap $left | Compare-MappedByte -Other $right
            $found | ForEach-Object { $_.Offset..($_.Offset + $_.Length - 1) } | Should -Be $expected
        }

        It 'sees what was changed through the region and is not in a copy of the file' {
            $path = New-TestFile 'abcdef'
            $copy = New-TestFile 'abcdef'
            $map = New-MemoryMap $path
            Compare-MappedByte $map -Other $copy -Quiet | Should -BeTrue
            $map[2] = 88
            (Compare-MappedByte $map -Other $copy).Offset | Should -Be 2
        }

        It 'leaves no region behind' {
            $map = New-MemoryMap (New-TestFile 'abc')
            $null = Compare-MappedByte $map -Other (New-TestFile 'abd')
            Get-MemoryMap | Should -HaveCount 1
        }
    }

    Context 'errors' {
        BeforeEach {
            $map = New-MemoryMap (New-TestFile 'abc')
        }

        It 'says that there is no such file' {
            { Compare-MappedByte $map -Other "$TestDrive/missing" } | Should -Throw -ErrorId 'FileNotFound,*'
        }

        It 'refuses what has no path' {
            { Compare-MappedByte $map -Other ([pscustomobject]@{}) } | Should -Throw '*empty*' -ErrorId 'FileNotFound,*'
        }

        It 'refuses an offset outside of either' {
            { Compare-MappedByte $map -Other $map -Offset 4 } | Should -Throw -ErrorId 'OutOfRange,*'
            { Compare-MappedByte $map -Other $map -OtherOffset 4 } | Should -Throw -ErrorId 'OutOfRange,*'
        }

        It 'names the region that is closed' {
            $other = New-MemoryMap (New-TestFile 'abc')
            Remove-MemoryMap $other
            { Compare-MappedByte $map -Other $other } | Should -Throw -ErrorId 'RegionClosed,*'
        }
    }
}
