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

    Context 'one value' {
        It 'takes <name>' -ForEach @(
            @{ Name = 'an int'; Value = 65; Expected = '..A.......' }
            @{ Name = 'a byte'; Value = [byte]66; Expected = '..B.......' }
            @{ Name = 'a long'; Value = [long]67; Expected = '..C.......' }
            @{ Name = 'a short'; Value = [int16]68; Expected = '..D.......' }
            @{ Name = 'an unsigned long'; Value = [uint64]69; Expected = '..E.......' }
            @{ Name = 'a char'; Value = [char]'F'; Expected = '..F.......' }
            @{ Name = 'a string'; Value = 'Ghi'; Expected = '..Ghi.....' }
            @{ Name = 'a digit as text'; Value = '7'; Expected = '..7.......' }
            @{ Name = 'a byte array'; Value = [byte[]](72, 73); Expected = '..HI......' }
            @{ Name = 'an int array'; Value = 74, 75, 76; Expected = '..JKL.....' }
            @{ Name = 'a mixed list'; Value = 77, [char]'N', 'op', [byte[]](81, 82), 83; Expected = '..MNopQRS.' }
            @{ Name = 'a nested list'; Value = @(84, @(85, @('v'))); Expected = '..TUv.....' }
            @{ Name = 'a generic list'; Value = [Collections.Generic.List[object]]@(87, 'x'); Expected = '..Wx......' }
        ) {
            Write-MappedByte $map -Value $Value -Offset 2
            Get-FileText $path | Should -BeExactly $Expected
        }

        It 'writes at the start unless -Offset says otherwise' {
            Write-MappedByte $map -Value 'ab'
            Get-FileText $path | Should -BeExactly 'ab........'
        }

        It 'takes the value by position' {
            Write-MappedByte $map 'ab'
            Get-FileText $path | Should -BeExactly 'ab........'
        }

        It 'writes the bytes 0 and 255' {
            Write-MappedByte $map -Value 0, 255 -Offset 8
            [Convert]::ToHexString((Get-Content $path -AsByteStream -Raw)) | Should -Be '2E2E2E2E2E2E2E2E00FF'
        }

        It 'writes up to the last byte' {
            Write-MappedByte $map -Value 'yz' -Offset 8
            Get-FileText $path | Should -BeExactly '........yz'
        }

        It 'is seen by another process at once' {
            Write-MappedByte $map -Value 'seen'
            (Get-FileText $path) | Should -BeExactly 'seen......'
        }

        It 'writes more than one chunk right' {
            $large = New-TestFile -Size 3145861
            $bytes = [IO.File]::ReadAllBytes((New-RandomFile 3145800))
            New-MemoryMap $large | Write-MappedByte -Value $bytes -Offset 61
            Assert-Byte (Get-Content $large -AsByteStream -Raw) ([byte[]]::new(61) + $bytes)
        }

        It 'takes values that other commands have dressed with properties' {
            # Lines of Get-Content are such psobjects, which know their file.
            $dressed = [psobject[]]('ab', 'cd', 65)
            Write-MappedByte $map -Value $dressed
            Get-FileText $path | Should -BeExactly 'abcdA.....'
        }

        It 'leaves the file alone when the region is private' {
            $private = New-MemoryMap $path -Sharing Private
            Write-MappedByte $private -Value 'mine'
            Get-FileText $path | Should -BeExactly '..........'
            Read-MappedByte $private -Encoding ascii | Should -BeExactly 'mine......'
        }

        It 'emits nothing without -PassThru' {
            Write-MappedByte $map -Value 1 | Should -BeNullOrEmpty
        }

        It 'hands the region itself on with -PassThru' {
            $result = @(Write-MappedByte $map -Value 1 -PassThru)
            $result.Count | Should -Be 1
            $result[0] | Should -Be $map
        }
    }

    Context 'piped regions' {
        It 'writes the value into each' {
            $other = New-TestFile '....'
            $map, (New-MemoryMap $other) | Write-MappedByte -Value 'ab' -Offset 1
            Get-FileText $path | Should -BeExactly '.ab.......'
            Get-FileText $other | Should -BeExactly '.ab.'
        }

        It 'writes at the start of a region that starts inside its file' {
            # A region has a property Offset: its place in the file, not the place to write.
            New-MemoryMap $path -Offset 3 | Write-MappedByte -Value 'ab'
            Get-FileText $path | Should -BeExactly '...ab.....'
        }

        It 'writes hexadecimal at the start of a region that starts inside its file' {
            New-MemoryMap $path -Offset 3 | Write-MappedByte -Hex '61 62'
            Get-FileText $path | Should -BeExactly '...ab.....'
        }

        It 'goes on after a region that is closed' {
            $other = New-MemoryMap (New-TestFile '....')
            Remove-MemoryMap $other
            $other, $map | Write-MappedByte -Value 'ok' -ErrorAction SilentlyContinue -ErrorVariable problems
            $problems | Should -HaveCount 1
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'RegionClosed,*'
            Get-FileText $path | Should -BeExactly 'ok........'
        }
    }

    Context 'values that are not bytes' {
        It 'refuses <name>' -ForEach @(
            @{ Name = '256'; Value = 256; Says = '*256 is not a byte*' }
            @{ Name = '-1'; Value = -1; Says = '*-1 is not a byte*' }
            @{ Name = 'the largest unsigned number'; Value = [uint64]::MaxValue; Says = '*18446744073709551615 is not a byte*' }
            @{ Name = '1.5'; Value = 1.5; Says = '*System.Double*' }
            @{ Name = '$null'; Value = $null; Says = '*null*' }
            @{ Name = '$true'; Value = $true; Says = '*System.Boolean*' }
            @{ Name = 'a hashtable'; Value = @{ a = 1 }; Says = '*' }
            @{ Name = 'a bad number in a list'; Value = 65, 256; Says = '*256 is not a byte*' }
            @{ Name = '$null in a list'; Value = 65, $null; Says = '*null*' }
        ) {
            $problem = Get-ErrorOf { Write-MappedByte $map -Value $Value }
            $problem.Id | Should -Be 'OutOfRange'
            $problem.Category | Should -Be 'InvalidArgument'
            $problem.Message | Should -BeLike $Says
            Get-FileText $path | Should -BeExactly '..........'
        }

        It 'refuses a list that contains itself, and the session lives' {
            # Endless recursion would overflow the stack, which ends the process.
            $child = Invoke-Child @'
                $list = [Collections.ArrayList]::new()
                $null = $list.Add($list)
                try { New-MemoryMap -Anonymous -Length 10 | Write-MappedByte -Value $list -ErrorAction Stop } catch { [Console]::WriteLine($_.FullyQualifiedErrorId) }
                [Console]::WriteLine('alive')
'@
            $child.ExitCode | Should -Be 0
            $child.Output | Should -BeLike 'OutOfRange,*alive*'
        }

        It 'refuses <name>, which has no bytes' -ForEach @(
            @{ Name = 'an empty string'; Value = '' }
            @{ Name = 'an empty list'; Value = @() }
            @{ Name = 'a list of empty strings'; Value = '', '' }
        ) {
            { Write-MappedByte $map -Value $Value } | Should -Throw -ErrorId 'PatternEmpty,*'
        }
    }

    Context 'ranges' {
        It 'refuses a value of <length> bytes at offset <offset> and writes none of it' -ForEach @(
            @{ Offset = 9; Length = 2 }
            @{ Offset = -1; Length = 1 }
            @{ Offset = [long]::MaxValue; Length = 3 }
        ) {
            { Write-MappedByte $map ('x' * $Length) -Offset $Offset } |
                Should -Throw "*Offset $Offset with length $Length*which has 10 bytes*" -ErrorId 'OutOfRange,*'
            Get-FileText $path | Should -BeExactly '..........'
        }

        It 'does not write beyond the region although the file goes on' {
            $part = New-MemoryMap $path -Offset 2 -Length 3
            { Write-MappedByte $part -Value 'abcd' } | Should -Throw -ErrorId 'OutOfRange,*'
            Get-FileText $path | Should -BeExactly '..........'
        }
    }

    Context 'several regions' {
        BeforeEach {
            $maps = 1..3 | ForEach-Object { New-MemoryMap -Anonymous -Length 4 }
        }

        It 'each get the value, and an error of one does not affect the others' {
            Protect-MemoryMap $maps[1] -Protection Read
            $handed = Write-MappedByte $maps abc -Offset 1 -PassThru -ErrorVariable problem -ErrorAction SilentlyContinue
            $maps | Read-MappedByte -Encoding ascii | Should -Be "`0abc", "`0`0`0`0", "`0abc"
            $problem[0].FullyQualifiedErrorId | Should -BeLike 'NotWritable,*'
            $problem[0].TargetObject | Should -Be $maps[1]
            @($handed).Id | Should -Be $maps[0].Id, $maps[2].Id
        }

        It 'each get hexadecimal, which has what is expected' {
            $maps[2][0] = 1
            Write-MappedByte $maps -Hex '61 62' -Expect '00 00' -ErrorAction SilentlyContinue
            $maps | ForEach-Object { $_[0] } | Should -Be 97, 97, 1
        }

        It 'each get all values of a stream' {
            $handed = 97, 'b', [byte]99 | Write-MappedByte $maps -Offset 1 -PassThru
            $maps | Read-MappedByte -Encoding ascii | Should -Be "`0abc", "`0abc", "`0abc"
            @($handed).Id | Should -Be $maps.Id
        }
    }
}

Describe 'A number without quotes on the command line' {
    BeforeAll {
        $map = New-MemoryMap -Anonymous -Length 100
    }

    BeforeEach {
        $map.Write(0, [byte[]]::new(100))
    }

    # PowerShell passes -1 as text and 300 as a number to a parameter that takes any object.
    It 'is refused if it is not a byte: <_>' -ForEach @(
        { Write-MappedByte $map -1 }
        { Write-MappedByte $map -Value -1 }
        { Write-MappedByte $map -Value:-1 }
        { $map | Write-MappedByte -Value -1 }
        { Write-MappedByte $map -Value 1, -2 }
        { Write-MappedByte $map -Value -0x1f }
        { Write-MappedByte $map -Value -1.5 }
        { Write-MappedByte $map -Value -1kb }
        { Write-MappedByte $map `
                -Value `
                -1 }
        { & 'MmapPS\Write-MappedByte' $map -1 }
        { & ([scriptblock]::Create('Write-MappedByte $map -1')) }
        { Write-MappedByte $map 5 -Expect -1 }
        { Clear-MappedByte $map -Value -1 }
        { Find-MappedByte $map -1 }
        { Edit-MappedByte $map -Pattern -1 -Replacement 'ab' }
        { Edit-MappedByte $map -Pattern 'ab' -Replacement -1 }
        { Write-MappedValue $map Utf8Z -1 }
        { Write-MappedValue $map 'Byte[2]' -1 }
        { Write-MappedByte $map -Value 300 }
    ) {
        $_ | Should -Throw -ErrorId 'OutOfRange,*'
        $map.Read() | Should -Be ([byte[]]::new(100))
    }

    It 'is text in quotes, in a variable and from the pipeline: <_>' -ForEach @(
        { Write-MappedByte $map '-1' }
        { Write-MappedByte $map -Value "-1" }
        { Write-MappedByte $map '-1' -Offset 0 }
        { $text = '-1'; Write-MappedByte $map $text }
        { $options = @{ Value = '-1' }; Write-MappedByte $map @options }
        { '-1' | Write-MappedByte $map }
        { Write-MappedByte $map -Value '-', 0x31 }
        { Write-MappedValue $map Utf8Z '-1' }
        { Clear-MappedByte $map -Length 2 -Value '-1' }
    ) {
        & $_
        Read-MappedByte $map -Length 3 -Encoding ascii | Should -BeExactly "-1`0"
    }

    It 'is a number for Write-MappedValue' {
        Write-MappedValue $map Int16 -1, -0x10
        Read-MappedValue $map Int16 -Count 2 | Should -Be -1, -16
        Write-MappedValue $map Decimal -0.1
        Read-MappedValue $map Decimal | Should -Be (-0.1d)
    }
}
