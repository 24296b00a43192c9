BeforeDiscovery {
    # Sixteen bytes as values of each type, little-endian, made with .NET.
    $bytes = [byte[]](0xF1, 0xC2, 0x83, 0x94, 0x05, 0x76, 0x47, 0xB8, 0x99, 0x2A, 0x6B, 0xDC, 0x1D, 0x3E, 0x4F, 0xA0)
    $types = @(
        @{ Type = 'Byte'; Size = 1; Expected = $bytes[0] }
        @{ Type = 'UInt8'; Size = 1; Expected = $bytes[0] }
        @{ Type = 'Int8'; Size = 1; Expected = [sbyte]-15 }
        @{ Type = 'Int16'; Size = 2; Expected = [BitConverter]::ToInt16($bytes, 0) }
        @{ Type = 'UInt16'; Size = 2; Expected = [BitConverter]::ToUInt16($bytes, 0) }
        @{ Type = 'Int32'; Size = 4; Expected = [BitConverter]::ToInt32($bytes, 0) }
        @{ Type = 'UInt32'; Size = 4; Expected = [BitConverter]::ToUInt32($bytes, 0) }
        @{ Type = 'Int64'; Size = 8; Expected = [BitConverter]::ToInt64($bytes, 0) }
        @{ Type = 'UInt64'; Size = 8; Expected = [BitConverter]::ToUInt64($bytes, 0) }
        @{ Type = 'Int128'; Size = 16; Expected = [BitConverter]::ToInt128($bytes, 0) }
        @{ Type = 'UInt128'; Size = 16; Expected = [BitConverter]::ToUInt128($bytes, 0) }
        @{ Type = 'Half'; Size = 2; Expected = [BitConverter]::ToHalf($bytes, 0) }
        @{ Type = 'Single'; Size = 4; Expected = [BitConverter]::ToSingle($bytes, 0) }
        @{ Type = 'Double'; Size = 8; Expected = [BitConverter]::ToDouble($bytes, 0) }
        @{ Type = 'Char'; Size = 2; Expected = [BitConverter]::ToChar($bytes, 0) }
        @{ Type = 'Boolean'; Size = 1; Expected = $true }
    )
    foreach ($type in $types) {
        $type.Bytes = [byte[]]$bytes[0..($type.Size - 1)]
    }
}

BeforeAll {
    . $PSScriptRoot/../Support/Preamble.ps1

    function New-ByteMap([byte[]] $Bytes) {
        $path = New-TestFile
        [IO.File]::WriteAllBytes($path, $Bytes)
        New-MemoryMap $path
    }
}

Describe 'Read-MappedValue' {
    AfterEach {
        Get-MemoryMap | Remove-MemoryMap
    }

    Context 'the type <Type>' -ForEach $types {
        It 'is what .NET makes of the bytes' {
            $found = Read-MappedValue (New-ByteMap $Bytes) -Type $Type
            $found.GetType() | Should -Be $Expected.GetType()
            $found.Equals($Expected) | Should -BeTrue -Because "$found is not $Expected"
        }

        It 'is the same of the bytes in reverse, with -BigEndian' {
            [Array]::Reverse($Bytes)
            $found = Read-MappedValue (New-ByteMap $Bytes) $Type -BigEndian
            [Array]::Reverse($Bytes)
            $found.GetType() | Should -Be $Expected.GetType()
            $found.Equals($Expected) | Should -BeTrue -Because "$found is not $Expected"
        }
    }

    Context 'other types' {
        It 'reads a Guid as Windows stores it, and in the order of its digits with -BigEndian' {
            $guid = [guid]'00112233-4455-6677-8899-aabbccddeeff'
            Read-MappedValue (New-ByteMap $guid.ToByteArray()) Guid | Should -Be $guid
            $digits = [Convert]::FromHexString($guid.ToString('N'))
            Read-MappedValue (New-ByteMap $digits) Guid -BigEndian | Should -Be $guid
        }

        It 'reads decimals as BinaryWriter writes them' {
            $stream = [IO.MemoryStream]::new()
            $writer = [IO.BinaryWriter]::new($stream)
            $writer.Write([decimal]'-79228162514264337593543.950335')
            Read-MappedValue (New-ByteMap $stream.ToArray()) Decimal | Should -Be ([decimal]'-79228162514264337593543.950335')
        }

        It 'reads a block of bytes as one array' {
            $found = @(Read-MappedValue (New-ByteMap (1..10)) 'Byte[4]' -Count 2)
            $found.Count | Should -Be 2
            $found[0] -is [byte[]] | Should -BeTrue
            $found[1] -join ' ' | Should -BeExactly '5 6 7 8'
        }

        It 'reads 0 as false' {
            Read-MappedValue (New-ByteMap 0, 1, 2) Boolean -Count 3 | Should -Be @($false, $true, $true)
        }

        It 'takes zeros off the end of fixed text <type>' -ForEach @(
            @{ Type = 'Utf8[12]'; Encoding = 65001 }
            @{ Type = 'Utf16[12]'; Encoding = 1200 }
            @{ Type = 'Utf16BE[12]'; Encoding = 1201 }
            @{ Type = 'Utf32[16]'; Encoding = 12000 }
            @{ Type = 'Latin1[6]'; Encoding = 28591 }
        ) {
            $text = "gr$([char]0xFC)n"
            $bytes = [Text.Encoding]::GetEncoding($Encoding).GetBytes($text) + [byte[]]::new(16)
            $found = Read-MappedValue (New-ByteMap $bytes) $Type
            $found.Length | Should -Be 4
            $found | Should -BeExactly $text
        }

        It 'reads zero-terminated texts that follow one another' {
            $map = New-ByteMap ([Text.Encoding]::UTF8.GetBytes("one`0two`0`0four`0"))
            Read-MappedValue $map Utf8Z | Should -BeExactly 'one'
            Read-MappedValue $map Utf8Z -Offset 4 -Count 3 | Should -Be @('two', '', 'four')
            @(Read-MappedValue $map Utf8Z -All).Count | Should -Be 4
        }

        It 'does arithmetic with numbers of 16 and 128 bits, as with any' {
            $map = New-ByteMap ([BitConverter]::GetBytes([half]1.5) + [BitConverter]::GetBytes([int128]-7))
            $half = Read-MappedValue $map Half
            $half * 2 | Should -Be 3
            $wide = Read-MappedValue $map Int128 -Offset 2
            "$($wide + 1)" | Should -BeExactly '-6'
            [long]$wide | Should -Be -7
        }
    }

    Context 'places' {
        BeforeEach {
            $map = New-ByteMap (0..99)
        }

        It 'reads one value at the start by default' {
            Read-MappedValue $map Byte | Should -Be 0
        }

        It 'takes type and offset by position' {
            Read-MappedValue $map UInt16BE 10 | Should -Be 0x0A0B
        }

        It 'lets the end of the type''s name go before -BigEndian' {
            Read-MappedValue $map UInt16LE 10 -BigEndian | Should -Be 0x0B0A
        }

        It 'reads -Count values' {
            Read-MappedValue $map UInt16BE -Count 3 | Should -Be @(0x0001, 0x0203, 0x0405)
            Read-MappedValue $map UInt16BE -Count 0 | Should -BeNullOrEmpty
        }

        It 'reads values -Stride bytes apart, the last one up to the end' {
            Read-MappedValue $map UInt16BE -Stride 49 -Count 3 | Should -Be @(0x0001, 0x3132, 0x6263)
        }

        It 'reads values that share bytes with a small -Stride' {
            Read-MappedValue $map UInt16BE -Stride 1 -Count 3 | Should -Be @(0x0001, 0x0102, 0x0203)
        }

        It 'reads all that there are with -All' {
            @(Read-MappedValue $map UInt32 -Offset 2 -All).Count | Should -Be 24
            @(Read-MappedValue $map UInt32 -Stride 50 -All).Count | Should -Be 2
            Read-MappedValue $map UInt32 -Offset 97 -All | Should -BeNullOrEmpty
        }
    }

    Context '-Layout' {
        It 'makes one object with the fields in order' {
            $map = New-ByteMap ([Text.Encoding]::ASCII.GetBytes("MAGCname`0`0`0`0`0`0`0`0`0`0`0`0") + [BitConverter]::GetBytes([uint64]77))
            $found = @(Read-MappedValue $map -Layout ([ordered]@{ Magic = 'UInt32BE'; Name = 'Utf8[16]'; Size = 'UInt64' }))
            $found.Count | Should -Be 1
            $found[0].PSTypeNames[0] | Should -BeExactly 'System.Management.Automation.PSCustomObject'
            $found[0].PSObject.Properties.Name -join ',' | Should -BeExactly 'Magic,Name,Size'
            $found[0].Magic | Should -Be 0x4D414743
            $found[0].Name | Should -BeExactly 'name'
            $found[0].Size | Should -Be 77
            $found[0].Size = 'anything'
            $found[0].Size | Should -BeExactly 'anything'
        }

        It 'reads 40000 records in their order, each of its own' {
            $stream = [IO.MemoryStream]::new()
            $writer = [IO.BinaryWriter]::new($stream)
            foreach ($i in 0..39999) {
                $writer.Write([int]$i)
                $writer.Write([double]($i / 2))
            }

            $map = New-ByteMap $stream.ToArray()
            $records = Read-MappedValue $map -Layout ([ordered]@{ Number = 'Int32'; Half = 'Double' }) -All
            $records | Should -HaveCount 40000
            0..39999 | Where-Object { $records[$_].Number -ne $_ -or $records[$_].Half -ne $_ / 2 } | Should -BeNullOrEmpty
        }

        It 'reads records -Stride bytes apart with -BigEndian' {
            $layout = [ordered]@{ A = 'UInt16'; B = 'UInt16LE'; C = 'Byte' }
            $record = (Read-MappedValue (New-ByteMap (1..20)) -Layout $layout -Stride 8 -Count 2 -BigEndian)[1]
            $record.A, $record.B, $record.C | Should -Be 0x090A, 0x0C0B, 0x0D
        }

        It 'takes names that are members of every object, or have blanks' {
            $found = Read-MappedValue (New-ByteMap (1..3)) -Layout ([ordered]@{ Count = 'Byte'; ToString = 'Byte'; 'Entry point' = 'Byte' })
            $found.Count | Should -Be 1
            $found.'Entry point' | Should -Be 3
        }

        It 'refuses <name>' -ForEach @(
            @{ Name = 'a hashtable, whose order is lost'; Layout = @{ A = 'Byte' }; Id = 'NotSupported'; Says = '*Hashtable*order*`[ordered`]@{*' }
            @{ Name = 'no field'; Layout = [ordered]@{}; Id = 'OutOfRange'; Says = '*no field*' }
            @{ Name = 'text without a length'; Layout = [ordered]@{ A = 'Byte'; B = 'Utf8Z' }; Id = 'NotSupported'; Says = "*'B'*'Utf8Z'*" }
            @{ Name = 'a name that PowerShell has taken'; Layout = [ordered]@{ PSObject = 'Byte' }; Id = 'OutOfRange'; Says = "*'PSObject'*" }
            @{ Name = 'an unknown type'; Layout = [ordered]@{ A = 'UInt31' }; Id = 'NotSupported'; Says = "*'UInt31'*UInt32*" }
        ) {
            { Read-MappedValue (New-ByteMap (1..9)) -Layout $Layout } | Should -Throw $Says -ErrorId "$Id,*"
        }
    }

    Context 'the pipeline' {
        It 'reads from each region, from its own start' {
            $path = New-TestFile 'abcdef'
            (New-MemoryMap $path -Offset 2), (New-MemoryMap $path -Offset 4) | Read-MappedValue -Type 'Ascii[2]' | Should -Be @('cd', 'ef')
        }

        It 'reads at matches of any length' {
            $map = New-MemoryMap (New-TestFile '..SIG1..SIG2')
            $map | Find-MappedByte -Pattern SIG | Read-MappedValue -Layout ([ordered]@{ Sig = 'Ascii[3]'; Number = 'Ascii[1]' }) |
                ForEach-Object { $_.Number } | Should -Be @('1', '2')
        }

        It 'goes on after a region that is closed' {
            $closed, $open = (New-TestFile 'one'), (New-TestFile 'two') | New-MemoryMap
            Remove-MemoryMap $closed
            $closed, $open | Read-MappedValue -Type 'Ascii[3]' -ErrorAction SilentlyContinue -ErrorVariable problems | Should -BeExactly 'two'
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'RegionClosed,*'
        }

        It 'stops when the pipeline stops' {
            # An object for each of 16 million values takes at least 24 bytes.
            $map = New-MemoryMap -Anonymous -Length 64MB
            $allocated = [GC]::GetTotalAllocatedBytes($true)
            Read-MappedValue $map UInt32 -All | Select-Object -First 10 | Should -HaveCount 10
            [GC]::GetTotalAllocatedBytes($true) - $allocated | Should -BeLessThan 100MB
        }
    }

    Context 'errors' {
        It 'says how many values there are when more are asked for' {
            { Read-MappedValue (New-ByteMap (1..100)) UInt64 -Offset 4 -Count 13 } |
                Should -Throw '*13 UInt64 values*8 bytes*offset 4 of*100 bytes*12*' -ErrorId 'OutOfRange,*'
        }

        It 'refuses offset <offset>, count <count>, stride <stride>' -ForEach @(
            @{ Offset = 0; Count = 2; Stride = 97 }
            @{ Offset = 97; Count = 1; Stride = 1 }
            @{ Offset = 101; Count = 0; Stride = 1 }
            @{ Offset = -1; Count = 1; Stride = 4 }
            @{ Offset = 0; Count = [long]::MaxValue; Stride = [long]::MaxValue }
            @{ Offset = 0; Count = [long]::MaxValue; Stride = 1 }
            @{ Offset = [long]::MaxValue; Count = 1; Stride = 4 }
        ) {
            $map = New-ByteMap (1..100)
            { Read-MappedValue $map UInt32 -Offset $Offset -Count $Count -Stride $Stride } | Should -Throw -ErrorId 'OutOfRange,*'
        }

        It 'reads a single value whatever the stride' {
            Read-MappedValue (New-ByteMap (1..100)) Byte -Stride ([long]::MaxValue) | Should -Be 1
        }

        It 'lists the types when it does not know one' {
            foreach ($name in 'Int7', 'UInt128', 'Half', 'Guid', 'Utf8Z', 'BE') {
                { Read-MappedValue (New-ByteMap (1..9)) Int7 } | Should -Throw "*$name*" -ErrorId 'NotSupported,*'
            }
        }

        It 'wants a type or a layout, and not both' {
            { Read-MappedValue (New-ByteMap (1..9)) } | Should -Throw '*-Type*-Layout*'
            { Read-MappedValue (New-ByteMap (1..9)) Byte -Layout ([ordered]@{ A = 'Byte' }) } | Should -Throw -ErrorId 'NotSupported,*'
        }

        It 'wants -Count or -All, and not both' {
            { Read-MappedValue (New-ByteMap (1..9)) Byte -Count 1 -All } | Should -Throw '*-Count*-All*'
        }

        It 'refuses -Stride for text of any length' {
            { Read-MappedValue (New-ByteMap (1..9)) Utf8Z -Stride 4 } | Should -Throw "*-Stride*'Utf8Z'*"
        }

        It 'gives the offset of a text without a zero, after the texts before it' {
            $map = New-MemoryMap (New-TestFile "abc")
            { Read-MappedValue $map Utf8Z } | Should -Throw '*offset 0*3 bytes*'
            $zero = New-ByteMap ([Text.Encoding]::ASCII.GetBytes("a`0b`0"))
            $found = Read-MappedValue $zero Utf8Z -Count 3 -ErrorAction SilentlyContinue -ErrorVariable problems
            $found | Should -Be @('a', 'b')
            $problems[0].Exception.Message | Should -BeLike '*4 bytes after 2 of 3 Utf8Z*'
        }

        It 'says which bytes are not a decimal' {
            { Read-MappedValue (New-ByteMap ([byte[]]@(255) * 16)) Decimal } | Should -Throw '*ff ff*Decimal*' -ErrorId 'OutOfRange,*'
        }

        It 'gives the offset of those bytes' {
            $map = New-ByteMap ([byte[]]@(0) * 35 + [byte[]]@(255) * 16)
            { Read-MappedValue $map Decimal -Offset 3 -All } | Should -Throw '*offset 35*ff ff*Decimal*'
        }

        It 'refuses a size that no array has: <type>' -ForEach @(
            @{ Type = 'Byte[0]' }
            @{ Type = 'Byte[2147483592]' }
            @{ Type = 'Utf8[2147483647]' }
        ) {
            { Write-MappedValue (New-ByteMap (1..4)) $Type 'abc' } |
                Should -Throw "*$Type*1 to 2147483591*".Replace('[', '`[') -ErrorId 'OutOfRange,*'
        }

        It 'refuses memory that may not be read' {
            { Read-MappedValue (New-MemoryMap -Anonymous -Length 100 -Protection None) Byte } | Should -Throw -ErrorId 'NotReadable,*'
        }
    }

    It 'offers types when -Type is completed' {
        $words = (TabExpansion2 'Read-MappedValue -Type uint').CompletionMatches.CompletionText
        $words | Should -Contain 'UInt128'
        $words | Should -Not -Contain 'Int16'
    }

    It 'changes nothing, so it has no -WhatIf' {
        (Get-Command Read-MappedValue).Parameters.ContainsKey('WhatIf') | Should -BeFalse
    }
}

Describe 'Values beside memory that may not be read' {
    BeforeAll {
        $map = New-MemoryMap -Anonymous -Length (3 * $page)
        Write-MappedByte $map -Value "one`0two`0"
        Write-MappedByte $map -Value 7 -Offset (2 * $page)
        Protect-MemoryMap $map -Offset $page -Length $page -Protection None
    }

    AfterAll {
        Get-MemoryMap | Remove-MemoryMap
    }

    It 'are read: only their own bytes matter' {
        Read-MappedValue $map Byte | Should -Be 111
        Read-MappedValue $map Byte -Offset (2 * $page) | Should -Be 7
        Read-MappedValue $map Byte -Stride (2 * $page) -Count 2 | Should -Be 111, 7
        Read-MappedValue $map Utf8Z -Count 2 | Should -Be 'one', 'two'
    }

    It 'come first, and then an error says what may not be read' {
        $values = @(Read-MappedValue $map UInt64 -All -ErrorAction SilentlyContinue -ErrorVariable problems)
        $values.Count | Should -Be ($page / 8)
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'NotReadable,*'
        $problems[0].Exception.Message | Should -BeLike "*$page*"
    }

    It 'are found and compared up to there' {
        (Find-MappedByte $map 'one' -First 1).Offset | Should -Be 0
        (Find-MappedByte $map -Hex '07' -Last 1).Offset | Should -Be (2 * $page)
        (Find-MappedByte $map 'two' -ErrorAction SilentlyContinue -ErrorVariable problems).Offset | Should -Be 4
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'NotReadable,*'
        $other = New-MemoryMap -Anonymous -Length $page
        $other.Write(0, $map.Read(0, $page))
        $other[5] = 0
        (Compare-MappedByte $map $other -First 1).Offset | Should -Be 5
        Compare-MappedByte $other $map -Length $page -Quiet | Should -BeFalse
        @(Compare-MappedByte $map $other -Length ($page / 2)).Offset | Should -Be 5
    }
}
