BeforeDiscovery {
    # Values with their bytes from .NET, little-endian.
    $types = @(
        @{ Type = 'Byte'; Value = 200; Bytes = [byte[]]@(200) }
        @{ Type = 'Int8'; Value = -100; Bytes = [byte[]]@(156) }
        @{ Type = 'Int16'; Value = -12345; Bytes = [BitConverter]::GetBytes([int16]-12345) }
        @{ Type = 'UInt16'; Value = 54321; Bytes = [BitConverter]::GetBytes([uint16]54321) }
        @{ Type = 'Int32'; Value = -123456789; Bytes = [BitConverter]::GetBytes(-123456789) }
        @{ Type = 'UInt32'; Value = 3123456789; Bytes = [BitConverter]::GetBytes([uint32]3123456789) }
        @{ Type = 'Int64'; Value = [long]::MinValue; Bytes = [BitConverter]::GetBytes([long]::MinValue) }
        @{ Type = 'UInt64'; Value = [uint64]::MaxValue; Bytes = [BitConverter]::GetBytes([uint64]::MaxValue) }
        @{ Type = 'Int128'; Value = [int128]::MinValue; Bytes = [BitConverter]::GetBytes([int128]::MinValue) }
        @{ Type = 'UInt128'; Value = [bigint]::Pow(2, 100); Bytes = [BitConverter]::GetBytes([uint128][bigint]::Pow(2, 100)) }
        @{ Type = 'Half'; Value = [half]-1.5; Bytes = [BitConverter]::GetBytes([half]-1.5) }
        @{ Type = 'Single'; Value = 0.1; Bytes = [BitConverter]::GetBytes([single]0.1) }
        @{ Type = 'Double'; Value = -0.1; Bytes = [BitConverter]::GetBytes(-0.1) }
        @{ Type = 'Boolean'; Value = $true; Bytes = [byte[]]@(1) }
        @{ Type = 'Char'; Value = [char]0x20AC; Bytes = [BitConverter]::GetBytes([char]0x20AC) }
    )
}

BeforeAll {
    . $PSScriptRoot/../Support/Preamble.ps1

    function Get-Hex([string] $Path, [int] $Count = -1) {
        $hex = [Convert]::ToHexString((Get-Content $Path -AsByteStream -Raw))
        if ($Count -ge 0) { $hex.Substring(0, 2 * $Count) } else { $hex }
    }
}

Describe 'Write-MappedValue' {
    BeforeEach {
        $path = New-TestFile '....................'
        $map = New-MemoryMap $path
        $layout = [ordered]@{ Magic = 'UInt32BE'; Name = 'Utf8[8]'; Size = 'UInt16' }
    }

    AfterEach {
        Get-MemoryMap | Remove-MemoryMap
    }

    It 'writes the number that a Half is as <type>, not the shorter one that it is shown as' -ForEach @(
        @{ Type = 'Int32'; Value = [half]65504; Expected = 65504 }
        @{ Type = 'Single'; Value = [half]65504; Expected = [single]65504 }
        @{ Type = 'Double'; Value = [half]0.1; Expected = 0.0999755859375 }
        @{ Type = 'Decimal'; Value = [half]0.1; Expected = 0.0999755859375d }
    ) {
        Write-MappedValue $map $Type $Value
        Read-MappedValue $map $Type | Should -Be $Expected
    }

    It 'writes every <type> back as it was read, a NaN too' -ForEach @(
        @{ Type = 'Half'; Hex = '017C' }
        @{ Type = 'Half'; Hex = '37FE' }
        @{ Type = 'Single'; Hex = '0100807F' }
        @{ Type = 'SingleBE'; Hex = 'FF800001' }
        @{ Type = 'Double'; Hex = '010000000000F07F' }
    ) {
        Write-MappedByte $map -Hex $Hex
        Write-MappedValue $map $Type (Read-MappedValue $map $Type) -Offset 8
        (Get-Hex $path).Substring(16, $Hex.Length) | Should -BeExactly $Hex
    }

    Context 'the type <Type>' -ForEach $types {
        It 'is in the file in the format of .NET' {
            Write-MappedValue $map -Type $Type -Value $Value -Offset 2
            Get-Hex $path | Should -BeExactly ('2E2E' + [Convert]::ToHexString($Bytes) + '2E' * (18 - $Bytes.Length))
        }

        It 'is there in reverse with -BigEndian, and is read again' {
            Write-MappedValue $map $Type $Value -BigEndian
            [Array]::Reverse($Bytes)
            Get-Hex $path $Bytes.Length | Should -BeExactly ([Convert]::ToHexString($Bytes))
            [Array]::Reverse($Bytes)
            $again = Read-MappedValue $map $Type -BigEndian
            Write-MappedValue $map $Type $again -Offset 1
            (Read-MappedByte $map -Offset 1 -Length $Bytes.Length) | Should -Be $Bytes
        }
    }

    Context 'other types' {
        It 'writes a Guid, or its text, in both orders' {
            $guid = [guid]'00112233-4455-6677-8899-aabbccddeeff'
            Write-MappedValue $map Guid $guid
            Get-Hex $path 16 | Should -BeExactly ([Convert]::ToHexString($guid.ToByteArray()))
            Write-MappedValue $map GuidBE "$guid"
            Get-Hex $path 16 | Should -BeExactly '00112233445566778899AABBCCDDEEFF'
        }

        It 'writes decimals as BinaryWriter does' {
            $stream = [IO.MemoryStream]::new()
            [IO.BinaryWriter]::new($stream).Write(-12.50d)
            Write-MappedValue $map Decimal -12.50d
            Get-Hex $path 16 | Should -BeExactly ([Convert]::ToHexString($stream.ToArray()))
        }

        It 'writes a block of bytes, given in any way' -ForEach @(
            @{ Value = [byte[]](65, 66, 67) }
            @{ Value = 65, 66, 67 }
            @{ Value = 'ABC' }
        ) {
            Write-MappedValue $map 'Byte[3]' $Value
            Get-FileText $path | Should -BeExactly 'ABC.................'
        }

        It 'writes several blocks' {
            Write-MappedValue $map 'Byte[2]' ([byte[]](65, 66)), 'CD'
            Get-FileText $path | Should -BeExactly 'ABCD................'
        }

        It 'fills fixed text up with zeros' {
            Write-MappedValue $map 'Utf8[6]' "n$([char]0xE9)"
            Get-Hex $path 7 | Should -BeExactly '6EC3A90000002E'
        }

        It 'writes zero-terminated texts after one another' {
            Write-MappedValue $map Utf8Z 'ab', '', 'c'
            Get-FileText $path | Should -BeExactly 'ab\x00\x00c\x00..............'
            Read-MappedValue $map Utf8Z -Count 3 | Should -Be @('ab', '', 'c')
        }
    }

    Context 'places' {
        It 'writes a list of values one after the other' {
            Write-MappedValue $map UInt16BE 1, 2, 3 -Offset 2
            Get-Hex $path 9 | Should -BeExactly '2E2E0001000200032E'
        }

        It 'leaves the bytes between values alone with -Stride' {
            Write-MappedValue $map Byte 65, 66, 67 -Stride 3
            Get-FileText $path | Should -BeExactly 'A..B..C.............'
        }

        It 'streams values -Stride bytes apart' {
            68..70 | Write-MappedValue $map Byte -Offset 1 -Stride 9
            Get-FileText $path | Should -BeExactly '.D........E........F'
        }

        It 'writes each piped region' {
            $other = New-TestFile '....'
            $map, (New-MemoryMap $other) | Write-MappedValue -Type UInt16 -Value 0x4241 -Offset 1
            Get-FileText $path | Should -BeExactly '.AB.................'
            Get-FileText $other | Should -BeExactly '.AB.'
        }

        It 'writes at matches' {
            Write-MappedByte $map 'SIG' -Offset 5
            $map | Find-MappedByte -Pattern SIG | Write-MappedValue -Type 'Ascii[5]' -Value 'other'
            Get-FileText $path | Should -BeExactly '.....other..........'
        }
    }

    Context '-Layout' {
        It 'writes <name>, whatever the order of its properties' -ForEach @(
            @{ Name = 'an object'; Value = [pscustomobject]@{ Size = 7; Name = 'abc'; Magic = 0x41424344; More = 1 } }
            @{ Name = 'a hashtable'; Value = @{ Size = 7; Name = 'abc'; Magic = 0x41424344 } }
            @{ Name = 'an ordered hashtable'; Value = [ordered]@{ Name = 'abc'; Magic = 0x41424344; Size = 7 } }
        ) {
            Write-MappedValue $map -Layout $layout -Value $Value -Offset 2
            Get-FileText $path | Should -BeExactly '..ABCDabc\x00\x00\x00\x00\x00\x07\x00....'
        }

        It 'writes records back that were read, one after the other, from the pipeline' {
            $source = New-RandomFile 140000
            $copy = New-TestFile -Size 140002
            $layout = [ordered]@{ A = 'UInt32BE'; B = 'Int64'; C = 'Byte[2]' }
            Read-MappedValue (New-MemoryMap $source) -Layout $layout -All | Write-MappedValue (New-MemoryMap $copy) -Layout $layout -Offset 1
            $expected = [byte[]]::new(140002)
            (Get-Content $source -AsByteStream -Raw).CopyTo($expected, 1)
            Assert-Byte (Get-Content $copy -AsByteStream -Raw) $expected
        }

        It 'writes a list of records' {
            Write-MappedValue $map -Layout ([ordered]@{ A = 'Byte'; B = 'Byte' }) -Value @{ A = 65; B = 66 }, @{ A = 67; B = 68 }
            Get-FileText $path | Should -BeExactly 'ABCD................'
        }

        It 'names the property that is missing' {
            { Write-MappedValue $map -Layout $layout -Value @{ Magic = 1; Name = 'a' } } | Should -Throw "*'Size'*" -ErrorId 'OutOfRange,*'
            { [pscustomobject]@{ Magic = 1; Size = 1 } | Write-MappedValue $map -Layout $layout } | Should -Throw "*'Name'*"
            Get-FileText $path | Should -BeExactly '....................'
        }

        It 'names the property that fails' {
            $record = [pscustomobject]@{ Magic = 1; Name = 'a' }
            $record.PSObject.Properties.Add([psscriptproperty]::new('Size', { throw 'no size' }))
            { Write-MappedValue $map -Layout $layout -Value $record } | Should -Throw "*'Size'*no size*" -ErrorId 'OutOfRange,*'
        }

        It 'names the field whose value does not fit' {
            $problem = Get-ErrorOf { Write-MappedValue $map -Layout $layout -Value @{ Magic = 1; Name = 'a'; Size = 65536 } }
            $problem.Message | Should -BeLike "*'Size'*65536*UInt16*0 to 65535*"
        }

        It 'refuses a hashtable as layout, whose order is lost' {
            { Write-MappedValue $map -Layout @{ A = 'Byte' } -Value @{ A = 1 } } | Should -Throw '*Hashtable*order*'
        }
    }

    Context 'values that do not fit' {
        It 'refuses <value> as <type>' -ForEach @(
            @{ Type = 'Byte'; Value = 256; Id = 'OutOfRange'; Says = '*256*Byte*0 to 255*' }
            @{ Type = 'Int16'; Value = -32769; Id = 'OutOfRange'; Says = '*-32769*Int16*-32768 to 32767*' }
            @{ Type = 'Half'; Value = '1e400'; Id = 'OutOfRange'; Says = '*1e400*Half*-65504 to 65504*' }
            @{ Type = 'Double'; Value = '-1e400'; Id = 'OutOfRange'; Says = '*-1e400*Double*1.7976931348623157E+308*' }
            @{ Type = 'Double'; Value = [bigint]::Pow(10, 309); Id = 'OutOfRange'; Says = '*1000000000*Double*1.7976931348623157E+308*' }
            @{ Type = 'Half'; Value = 70000; Id = 'OutOfRange'; Says = '*70000*Half*-65504 to 65504*' }
            @{ Type = 'Int32'; Value = 1.5; Id = 'OutOfRange'; Says = "*'1.5'*Int32*" }
            @{ Type = 'Int32'; Value = $null; Id = 'OutOfRange'; Says = '*no value*Int32*' }
            @{ Type = 'Guid'; Value = 'x'; Id = 'OutOfRange'; Says = "*'x'*Guid*" }
            @{ Type = 'Utf8[3]'; Value = 'abcd'; Id = 'LengthMismatch'; Says = '*4 bytes*Utf8`[3`]*' }
            @{ Type = 'Byte[3]'; Value = 'abcd'; Id = 'LengthMismatch'; Says = '*4 bytes*Byte`[3`]*' }
            @{ Type = 'Byte'; Value = @(); Id = 'PatternEmpty'; Says = '*' }
            @{ Type = 'Int7'; Value = 1; Id = 'NotSupported'; Says = '*Int7*Int8, UInt8*' }
        ) {
            { Write-MappedValue $map $Type $Value } | Should -Throw $Says -ErrorId "$Id,*"
            Get-FileText $path | Should -BeExactly '....................'
        }

        It 'writes nothing of a list of which one does not fit' {
            { Write-MappedValue $map Byte 65, 66, 300 } | Should -Throw -ErrorId 'OutOfRange,*'
            Get-FileText $path | Should -BeExactly '....................'
        }

        It 'writes nothing of a list that is too long' {
            { Write-MappedValue $map UInt16 1, 2, 3 -Offset 15 } |
                Should -Throw '*3 UInt16 values*offset 15*20 bytes*2*' -ErrorId 'OutOfRange,*'
            Get-FileText $path | Should -BeExactly '....................'
        }

        It 'ends a stream at a value that does not fit, and says how much is written' {
            { 65, 66, 300, 67 | Write-MappedValue $map UInt8 } | Should -Throw '*300*2 bytes were written*' -ErrorId 'OutOfRange,*'
            Get-FileText $path | Should -BeExactly 'AB..................'
        }

        It 'ends a stream at the last value that fits whole' {
            { 1..7 | ForEach-Object { 'abc' } | Write-MappedValue $map 'Ascii[3]' } |
                Should -Throw '*20 bytes*18 bytes were written*' -ErrorId 'OutOfRange,*'
            Get-FileText $path | Should -BeExactly 'abcabcabcabcabcabc..'
        }
    }

    Context 'asking and handing on' {
        It 'says file, offset and length with -WhatIf, and writes nothing' {
            $name = Split-Path -Leaf $path
            Get-WhatIfText { Write-MappedValue $map UInt32 1, 2 -Offset 4 -WhatIf } | Should -BeLike "*2 UInt32 values*$name*offset 4*length 8*"
            Get-WhatIfText { 1, 2 | Write-MappedValue $map UInt32 -Offset 8 -WhatIf } | Should -BeLike '*offset 8*length 12*'
            Get-FileText $path | Should -BeExactly '....................'
        }

        It 'hands the region on with -PassThru, once for a stream' {
            (Write-MappedValue $map Byte 1 -PassThru) | Should -Be $map
            1..3 | Write-MappedValue $map Byte -PassThru | Should -HaveCount 1
            Write-MappedValue $map Byte 1 | Should -BeNullOrEmpty
        }

        It 'refuses a region that may not be written' {
            $read = New-MemoryMap $path -Protection Read
            { Write-MappedValue $read Byte 1 } | Should -Throw -ErrorId 'NotWritable,*'
            { 1 | Write-MappedValue $read Byte } | Should -Throw -ErrorId 'NotWritable,*'
        }
    }

    It 'writes to several regions, one value or a stream of them' {
        $maps = 1..2 | ForEach-Object { New-MemoryMap -Anonymous -Length 8 }
        Write-MappedValue $maps -Type UInt16 -Value 513
        5, 6 | Write-MappedValue $maps -Type Byte -Offset 4
        $maps | ForEach-Object { "$(Read-MappedByte $_)" } | Should -Be '1 2 0 0 5 6 0 0', '1 2 0 0 5 6 0 0'
    }
}

Describe 'Numbers that a floating-point type does not hold exactly' {
    # The number that .NET's parser gives for the digits: rounded once, to the nearest, ties to even.
    It 'are rounded to the nearest <Type>: <Value>' -ForEach @(
        @{ Type = 'Double'; Value = [long]::MaxValue }
        @{ Type = 'Double'; Value = [uint64]::MaxValue }
        @{ Type = 'Double'; Value = 9007199254740993 }
        @{ Type = 'Double'; Value = 9007199254740995 }
        @{ Type = 'Double'; Value = -9007199254740995 }
        @{ Type = 'Double'; Value = [bigint]::Pow(3, 100) }
        @{ Type = 'Double'; Value = [int128]::MaxValue }
        @{ Type = 'Double'; Value = 0.1234567890123456789012345678d }
        @{ Type = 'Double'; Value = '9007199254740993.0000000000000000001' }
        @{ Type = 'Single'; Value = 9007199791611905 }
        @{ Type = 'Single'; Value = 16777217.0000000000000000001d }
        @{ Type = 'Single'; Value = [bigint]::Pow(2, 100) + [bigint]::Pow(2, 76) + 1 }
        @{ Type = 'Half'; Value = '2049.0000000000000000001' }
        @{ Type = 'Half'; Value = 1.00048828125000000000000001d }
    ) {
        $map = New-MemoryMap -Anonymous -Length 8
        Write-MappedValue $map $Type -Value $Value
        $digits = [Convert]::ToString($Value, [cultureinfo]::InvariantCulture)
        $parser = [type]"System.$Type"
        Read-MappedValue $map $Type | Should -Be $parser::Parse($digits, [cultureinfo]::InvariantCulture)
        Remove-MemoryMap $map
    }

    It 'keep all their digits as a Decimal: <Value>' -ForEach @(
        @{ Value = 9007199254740991.0; Expected = 9007199254740991d }
        @{ Value = 0.30000000000000004; Expected = 0.30000000000000004d }
    ) {
        $map = New-MemoryMap -Anonymous -Length 16
        Write-MappedValue $map Decimal -Value $Value
        Read-MappedValue $map Decimal | Should -Be $Expected
        Remove-MemoryMap $map
    }
}

Describe 'Fields and arrays of a layout' {
    BeforeEach {
        $path = New-TestFile -Size 40
        $map = New-MemoryMap $path
        $layout = [ordered]@{ Magic = 'UInt32BE'; Sizes = 'UInt16[3]'; 'Odd name' = 'Byte' }
        Write-MappedValue $map -Layout $layout -Value @{ Magic = 1; Sizes = 2, 3, 4; 'Odd name' = 5 }, @{ Magic = 6; Sizes = 7, 8, 9; 'Odd name' = 10 }
    }

    AfterEach {
        Get-MemoryMap | Remove-MemoryMap
    }

    It 'are in the file as .NET has them' {
        Get-Hex $path 22 | Should -BeExactly ('0000000102000300040005' + '000000060700080009000A')
    }

    It 'are read again, an array as an array of its type' {
        $records = @(Read-MappedValue $map -Layout $layout -Count 2)
        , $records[0].Sizes | Should -BeOfType ([uint16[]])
        $records[1].Sizes | Should -Be 7, 8, 9
        $records | Write-MappedValue $map -Layout $layout -Offset 11
        (Read-MappedValue $map -Layout $layout -Offset 22).Sizes | Should -Be 7, 8, 9
    }

    It 'are read alone with -Field, one for each record' {
        Read-MappedValue $map -Layout $layout -Field magic -Count 2 | Should -Be 1, 6
        @(Read-MappedValue $map -Layout $layout -Field 'Odd name' -All) | Should -Be 5, 10, 0
        (Read-MappedValue $map -Layout $layout -Field Sizes -Offset 11) | Should -Be 7, 8, 9
        Read-MappedValue $map -Layout $layout -Field 'Odd name' -Stride 1 -Count 3 | Should -Be 5, 0, 0
    }

    It 'are written alone with -Field, and the other bytes stay as they were' {
        $before = Get-Content $path -AsByteStream -Raw
        Write-MappedValue $map -Layout $layout -Field 'Odd name' -Value 77, 78
        Write-MappedValue $map -Layout $layout -Field Magic -Value 0x01020304 -Offset 11
        $before[10], $before[21] = 77, 78
        $before[11], $before[12], $before[13], $before[14] = 1, 2, 3, 4
        (Get-Content $path -AsByteStream -Raw) | Should -Be $before
        1, 2 | Write-MappedValue $map -Layout $layout -Field 'Odd name'
        $before[10], $before[21] = 1, 2
        (Get-Content $path -AsByteStream -Raw) | Should -Be $before
    }

    It 'are written alone if the rest of the record may not be written' {
        $split = New-MemoryMap -Anonymous -Length (2 * $page)
        Protect-MemoryMap $split -Length $page -Protection None
        $wide = [ordered]@{ A = "Byte[$page]"; B = 'UInt32' }
        Write-MappedValue $split -Layout $wide -Field B -Value 5
        Read-MappedValue $split -Layout $wide -Field B | Should -Be 5
    }

    It 'name the fields that there are' {
        { Read-MappedValue $map -Layout $layout -Field Nope } | Should -Throw "*'Nope'*Magic, Sizes, Odd name*" -ErrorId 'OutOfRange,*'
        $problem = Get-ErrorOf { Write-MappedValue $map Byte 1 -Field Magic }
        $problem.Id | Should -BeExactly 'NotSupported'
        $problem.Message | Should -BeLike '*-Field Magic needs -Layout*'
    }

    It 'are offered when -Field is completed' {
        $found = (TabExpansion2 'Read-MappedValue $map -Layout $layout -Field ').CompletionMatches.CompletionText
        $found | Should -Be 'Magic', 'Sizes', "'Odd name'"
    }

    It 'count whole records' {
        { Read-MappedValue $map -Layout $layout -Field Magic -Count 4 } | Should -Throw '*4 records*3 can*' -ErrorId 'OutOfRange,*'
    }

    It 'are arrays without a layout too' {
        Write-MappedValue $map 'Int16BE[2]' -Value (1, 2), (3, -4)
        Get-Hex $path 8 | Should -BeExactly '000100020003FFFC'
        $read = @(Read-MappedValue $map 'Int16BE[2]' -Count 2)
        $read.Count | Should -Be 2
        $read[1] | Should -Be 3, -4
    }

    It 'refuse an array of <Value> for UInt16[3]' -ForEach @(
        @{ Value = @(1, 2); Id = 'LengthMismatch' }
        @{ Value = @(1, 2, 70000); Id = 'OutOfRange' }
        @{ Value = 5; Id = 'OutOfRange' }
        @{ Value = 'abc'; Id = 'OutOfRange' }
    ) {
        { Write-MappedValue $map -Layout $layout -Field Sizes -Value $Value } | Should -Throw -ErrorId "$Id,*"
        (Read-MappedValue $map -Layout $layout).Sizes | Should -Be 2, 3, 4
    }

    It 'refuse a size that no array has: <_>' -ForEach 'UInt16[0]', 'UInt64[1000000000]', 'UInt16[-1]', 'UInt16[x]' {
        $problem = Get-ErrorOf { Read-MappedValue $map $_ }
        $problem.Id | Should -BeExactly 'OutOfRange'
        $problem.Message | Should -Match "'$([regex]::Escape($_))'.*'UInt16\[4\]'"
    }
}

Describe 'Values between which memory may not be written' {
    It 'are written, and refused where one of them itself lies there' {
        $map = New-MemoryMap -Anonymous -Length (3 * $page)
        Protect-MemoryMap $map -Offset $page -Length $page -Protection Read
        Write-MappedValue $map Byte 1, 2 -Stride (2 * $page)
        Read-MappedValue $map Byte -Count 2 -Stride (2 * $page) | Should -Be 1, 2
        { Write-MappedValue $map Byte 3, 4, 5 -Stride $page } | Should -Throw -ErrorId 'NotWritable,*'
        Read-MappedValue $map Byte | Should -Be 1
        Remove-MemoryMap $map
    }
}
