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
            # After a pipeline each number may be a psobject.
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
            # Outside of strict mode PowerShell itself turns any error of an indexer into $null.
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

        It 'refuses to read if the protection does not allow it' {
            $blind = New-MemoryMap $path -Protection None
            { $blind[0] } | Should -Throw -ErrorId NotReadable
        }

        It 'refuses to write if the protection does not allow it' {
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

Describe 'A region as an array' {
    BeforeEach {
        $path = New-TestFile 'abcdefghij'
        $map = New-MemoryMap $path
    }

    AfterEach {
        Get-MemoryMap | Remove-MemoryMap
    }

    Context 'slices' {
        It 'are assigned: <_>' -ForEach @(
            { $map[0..1] = 49, 50 }
            { $map[0, 1] = [byte[]](49, 50) }
            { $map[1, 0] = 50, 49 }
            { $map[-10, -9] = '49', '0x32' }
            { $map[@(0, 1)] = (Find-MappedByte (New-MemoryMap (New-TestFile '12')) '12').Bytes }
            { $map | ForEach-Object { $_[0..1] = 49, 50 } }
            { $map[0..1] = [char]'1', 50.0 }
            { $index = [psobject[]](0, 1); $map[$index] = [psobject[]](49, 50) }
        ) {
            & $_
            Get-FileText $path | Should -BeExactly '12cdefghij'
        }

        It 'are the value of their assignment' {
            ($map[0..2] = 1, 2, 3) | Should -Be 1, 2, 3
        }

        It 'are refused whole: <Id> for <Assignment>' -ForEach @(
            @{ Id = 'LengthMismatch'; Assignment = { $map[0..2] = 1, 2 } }
            @{ Id = 'LengthMismatch'; Assignment = { $map[0..1] = 1 } }
            @{ Id = 'LengthMismatch'; Assignment = { $map[0] = 1, 2 } }
            @{ Id = 'OutOfRange'; Assignment = { $map[9..10] = 1, 2 } }
            @{ Id = 'OutOfRange'; Assignment = { $map[0..1] = 1, 256 } }
            @{ Id = 'OutOfRange'; Assignment = { $map[0..1] = 1, 2.5 } }
            @{ Id = 'OutOfRange'; Assignment = { $map[0..1] = 1, $null } }
            @{ Id = 'OutOfRange'; Assignment = { $map[0, 1.5] = 1, 2 } }
            @{ Id = 'OutOfRange'; Assignment = { $map[0] = 1.5 } }
            @{ Id = 'NotWritable'; Assignment = { $fixed = New-MemoryMap $path -Protection Read; $fixed[0..1] = 1, 2 } }
            @{ Id = 'RegionClosed'; Assignment = { Remove-MemoryMap $map; $map[0..1] = 1, 2 } }
        ) {
            (Get-ErrorOf $Assignment).Id | Should -BeExactly $Id
            Get-FileText $path | Should -BeExactly 'abcdefghij'
        }

        It 'are refused as a whole if a page in them may not be written' {
            $size = [Environment]::SystemPageSize
            $two = New-MemoryMap -Anonymous -Length (2 * $size)
            Protect-MemoryMap $two -Offset $size -Length $size -Protection Read
            (Get-ErrorOf { $two[($size - 1)..$size] = 1, 2 }).Id | Should -BeExactly 'NotWritable'
            $two[$size - 1] | Should -Be 0
        }
    }

    Context 'fractions' {
        It 'are refused, with their digits: <_>' -ForEach @(
            { $map[1.5] }
            { $map['1.5'] }
            { $map[0, 1.5] }
            { $map[1.5] = 3 }
            { $map.Read(1.5, 2) }
            { $map.Read(0, 1.5d) }
            { $map.Read('1.5', 2) }
            { $map.Write([single]1.5, [byte[]](1, 2)) }
            { 1.5 | ForEach-Object { $map.Read($_, 1) } }
        ) {
            $problem = Get-ErrorOf $_
            $problem.Id | Should -BeExactly 'OutOfRange'
            $problem.Message | Should -BeLike "*'1.5' is not*"
            Get-FileText $path | Should -BeExactly 'abcdefghij'
        }

        It 'are accepted if the number is whole' {
            $map[1.0] | Should -Be 98
            $map['0x1'] | Should -Be 98
            $map.Read(1.0, 2d) | Should -Be 98, 99
        }
    }

    Context 'its items' {
        It 'are counted by Count as by Length' {
            $map.Count | Should -Be 10
            $map | ForEach-Object Count | Should -Be 10
            (New-MemoryMap (New-TestFile -Size 0)).Count | Should -Be 0
        }

        It 'go through foreach one by one, as bytes' {
            $read = foreach ($byte in $map.EnumerateBytes()) { $byte }
            $read | Should -Be (Get-Content $path -AsByteStream -Raw)
            $read[0] | Should -BeOfType ([byte])
        }

        It 'are read as they are asked for' {
            $huge = New-MemoryMap (New-TestFile -Size 4GB)
            @($huge.EnumerateBytes() | Select-Object -First 3) | Should -Be 0, 0, 0
            $count = 0
            foreach ($byte in $huge.EnumerateBytes()) { if (++$count -eq 100000) { break } }
            $count | Should -Be 100000
        }

        It 'are all of a file, across the parts that are read' {
            $large = New-RandomFile 200001
            $sum = 0
            foreach ($byte in (New-MemoryMap $large).EnumerateBytes()) { $sum += $byte }
            $sum | Should -Be ([Linq.Enumerable]::Sum([int[]](Get-Content $large -AsByteStream -Raw)))
        }

        It 'end with an error if the file was truncated, after the bytes before' {
            if ([OperatingSystem]::IsWindows()) {
                Set-ItResult -Skipped -Because 'Windows does not truncate a file that is mapped'
                return
            }

            $large = New-RandomFile 200000
            $region = New-MemoryMap $large
            [IO.File]::OpenWrite($large).SetLength(70000)
            foreach ($way in { foreach ($byte in $region.EnumerateBytes()) { $count.Value++ } }, { $region.EnumerateBytes() | ForEach-Object { $count.Value++ } }) {
                $count = [ref]0
                $problem = Get-ErrorOf $way
                $problem.Id | Should -BeExactly 'PageFault'
                $problem.Message | Should -BeLike '*offset 70000*70000 bytes now*'
                $count.Value | Should -Be 70000
            }
        }

        It 'end with an error if the region is removed meanwhile' {
            $large = New-MemoryMap (New-TestFile -Size 200000)
            (Get-ErrorOf { foreach ($byte in $large.EnumerateBytes()) { $large.Dispose() } }).Id | Should -BeExactly 'RegionClosed'
        }

        It 'are in no export of the region' {
            ($map | ConvertTo-Json -Depth 2).Length | Should -BeLessThan 2000
            ($map | ConvertTo-Csv)[0] | Should -Not -Match 'Bytes|Count'
        }
    }
}
