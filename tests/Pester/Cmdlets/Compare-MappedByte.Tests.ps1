BeforeAll {
    . $PSScriptRoot/../Support/Module.ps1
    . $PSScriptRoot/../Support/Errors.ps1
    . $PSScriptRoot/../Support/Files.ps1
    . $PSScriptRoot/../Support/Hazard.ps1
    . $PSScriptRoot/../Support/Process.ps1
}

AfterAll {
    Get-MemoryMap | Remove-MemoryMap
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
            @($found | ForEach-Object { "$($_.Offset)+$($_.Length)" }) -join ' ' | Should -BeExactly $Expected
        }

        It 'says where and what, on both sides' {
            $path = New-TestFile '..abcdef'
            $map = New-MemoryMap $path -Offset 1
            $found = Compare-MappedByte $map -Other (New-MemoryMap (New-TestFile 'abXYef')) -Offset 1
            $found.GetType().FullName | Should -BeExactly 'MmapPS.MappedDifference'
            [object]::ReferenceEquals($found.Region, $map) | Should -BeTrue
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
            Compare-MappedByte $map -Other (New-MemoryMap (New-TestFile 'abXYef')) | Read-MappedByte -Encoding ascii | Should -BeExactly 'cd'
        }

        It 'compares the ranges asked for' {
            $left = New-MemoryMap (New-TestFile '..abcd..')
            $right = New-MemoryMap (New-TestFile 'abcX')
            @(Compare-MappedByte $left -Other $right -Offset 2 -Length 3).Count | Should -Be 0
            (Compare-MappedByte $left -Other $right -Offset 3 -OtherOffset 1 -Length 3).Offset | Should -Be 5
        }

        It 'ends after -First' {
            $found = @(New-MemoryMap (New-TestFile 'a.a.a.') | Compare-MappedByte -Other (New-MemoryMap (New-TestFile 'abacad')) -First 2)
            $found.Offset -join ' ' | Should -BeExactly '1 3'
        }

        It 'is <expected> with -Quiet for <left> and <right>' -ForEach @(
            @{ Left = 'abc'; Right = 'abc'; Expected = $true }
            @{ Left = 'abc'; Right = 'abd'; Expected = $false }
            @{ Left = 'abc'; Right = 'abcd'; Expected = $false }
        ) {
            $result = New-MemoryMap (New-TestFile $Left) | Compare-MappedByte -Other (New-MemoryMap (New-TestFile $Right)) -Quiet
            $result -is [bool] | Should -BeTrue
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
            $bytes = Get-FileByte $left
            foreach ($at in 0, 262143, 262144, 262145, 5000000, 9000000) {
                $bytes[$at] = $bytes[$at] -bxor 255
            }

            [IO.File]::WriteAllBytes($right, $bytes)
            $expected = (Invoke-Program 'cmp', '-l', $left, $right).Output -split "`n" | Where-Object { $_ } | ForEach-Object { [long]($_.Trim() -split ' +')[0] - 1 }
            $found = New-MemoryMap $left | Compare-MappedByte -Other $right | ForEach-Object { for ($i = 0; $i -lt $_.Length; $i++) { $_.Offset + $i } }
            $found -join ' ' | Should -BeExactly ($expected -join ' ')
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
            @(Get-MemoryMap).Count | Should -Be 1
        }
    }

    Context 'errors' {
        BeforeEach {
            $map = New-MemoryMap (New-TestFile 'abc')
        }

        It 'says that there is no such file' {
            (Get-ErrorOf { Compare-MappedByte $map -Other "$TestDrive/missing" }).Id | Should -Be 'FileNotFound'
        }

        It 'refuses what has no path' {
            $problem = Get-ErrorOf { Compare-MappedByte $map -Other ([pscustomobject]@{}) }
            $problem.Id | Should -Be 'FileNotFound'
            $problem.Message | Should -BeLike '*empty*'
        }

        It 'refuses an offset outside of either' {
            (Get-ErrorOf { Compare-MappedByte $map -Other $map -Offset 4 }).Id | Should -Be 'OutOfRange'
            (Get-ErrorOf { Compare-MappedByte $map -Other $map -OtherOffset 4 }).Id | Should -Be 'OutOfRange'
        }

        It 'names the region that is closed' {
            $other = New-MemoryMap (New-TestFile 'abc')
            Remove-MemoryMap $other
            (Get-ErrorOf { Compare-MappedByte $map -Other $other }).Id | Should -Be 'RegionClosed'
        }
    }
}
