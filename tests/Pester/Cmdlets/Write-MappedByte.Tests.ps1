BeforeAll {
    . $PSScriptRoot/../Support/Module.ps1
    . $PSScriptRoot/../Support/Errors.ps1
    . $PSScriptRoot/../Support/Child.ps1
    . $PSScriptRoot/../Support/Files.ps1
}

AfterAll {
    Get-MemoryMap | Remove-MemoryMap
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
            [Convert]::ToHexString((Get-FileByte $path)) | Should -Be '2E2E2E2E2E2E2E2E00FF'
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
            $stream = [IO.FileStream]::new($large, 'Open', 'Read', 'ReadWrite')
            try {
                $null = $stream.Seek(61, 'Begin')
                Get-Sha256 $stream | Should -Be (Get-Sha256 $bytes)
            }
            finally {
                $stream.Dispose()
            }
        }

        It 'takes values that other commands have dressed with properties' {
            # Get-Content's lines are like that: a psobject each, which knows the file that it came from.
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
            @(Write-MappedByte $map -Value 1).Count | Should -Be 0
        }

        It 'hands the region itself on with -PassThru' {
            $result = @(Write-MappedByte $map -Value 1 -PassThru)
            $result.Count | Should -Be 1
            [object]::ReferenceEquals($result[0], $map) | Should -BeTrue
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
            # A region has a property Offset: its place in the file, not where to write.
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
            @($problems).Count | Should -Be 1
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'RegionClosed,*'
            Get-FileText $path | Should -BeExactly 'ok........'
        }
    }

    Context 'hexadecimal' {
        It 'reads <hex>' -ForEach @(
            @{ Hex = 'de ad be ef' }
            @{ Hex = 'DEADBEEF' }
            @{ Hex = '0xdeadbeef' }
            @{ Hex = '0xDE 0xAD 0xBE 0xEF' }
            @{ Hex = 'de-ad-be-ef' }
            @{ Hex = 'de:ad:be:ef' }
            @{ Hex = 'de,ad,be,ef' }
            @{ Hex = "  de`tad`nbeef  " }
        ) {
            Write-MappedByte $map -Hex $Hex -Offset 3
            [Convert]::ToHexString((Get-FileByte $path)) | Should -Be '2E2E2EDEADBEEF2E2E2E'
        }

        It 'refuses <hex>: <why>' -ForEach @(
            @{ Hex = 'xyz'; Why = 'no digits'; Says = "*'xyz'*position 0*" }
            @{ Hex = 'de ag'; Why = 'one letter is no digit'; Says = "*'de ag'*position 4*" }
            @{ Hex = 'abc'; Why = 'an odd number of digits'; Says = "*'abc'*odd number*" }
            @{ Hex = 'd e'; Why = 'digits of a byte apart'; Says = "*'d e'*position 1*" }
            @{ Hex = '0x'; Why = 'a prefix alone'; Says = "*'0x'*" }
            @{ Hex = '0x0x11'; Why = 'two prefixes'; Says = "*'0x0x11'*position 3*" }
            @{ Hex = 'de ?? ef'; Why = 'wildcards are no bytes to write'; Says = "*'de ?? ef'*wildcards*" }
            @{ Hex = 'e?'; Why = 'half a wildcard is none either'; Says = "*'e?'*wildcards*" }
        ) {
            $problem = Get-ErrorOf { Write-MappedByte $map -Hex $Hex }
            $problem.Id | Should -Be 'InvalidHex'
            $problem.Category | Should -Be 'InvalidArgument'
            $problem.Message | Should -BeLike ($Says -replace '\?', '[?]')
            Get-FileText $path | Should -BeExactly '..........'
        }

        It 'refuses <_>: no byte' -ForEach '', ' - ' {
            (Get-ErrorOf { Write-MappedByte $map -Hex $_ }).Id | Should -Be 'PatternEmpty'
        }
    }

    Context 'encodings' {
        It 'writes text as UTF-8 without byte order mark or newline unless told otherwise' {
            Write-MappedByte $map -Value "$([char]0x20AC)"
            [Convert]::ToHexString((Get-FileByte $path)) | Should -Be 'E282AC2E2E2E2E2E2E2E'
        }

        It 'writes <name> as <expected>' -ForEach @(
            @{ Name = 'utf8'; Expected = 'C3A9' }
            @{ Name = 'unicode'; Expected = 'E900' }
            @{ Name = 'bigendianunicode'; Expected = '00E9' }
            @{ Name = 'utf32'; Expected = 'E9000000' }
            @{ Name = 'bigendianutf32'; Expected = '000000E9' }
            @{ Name = 'latin1'; Expected = 'E9' }
            @{ Name = '28591'; Expected = 'E9' }
            @{ Name = 28591; Expected = 'E9' }
            @{ Name = 'utf-16'; Expected = 'E900' }
        ) {
            Write-MappedByte $map -Value ([string][char]0xE9) -Encoding $Name
            $expectedFile = $Expected + '2E2E2E2E2E2E2E2E2E2E'.Substring($Expected.Length)
            [Convert]::ToHexString((Get-FileByte $path)) | Should -Be $expectedFile
        }

        It 'takes an Encoding object, and never writes its byte order mark' {
            Write-MappedByte $map -Value 'A' -Encoding ([Text.UnicodeEncoding]::new($true, $true))
            [Convert]::ToHexString((Get-FileByte $path)) | Should -Be '00412E2E2E2E2E2E2E2E'
        }

        It 'refuses characters that the encoding <name> has not, rather than write others' -ForEach @(
            @{ Name = 'ascii'; Text = "a$([char]0xE9)"; Says = '*U+00E9*index 1*us-ascii*' }
            @{ Name = 'latin1'; Text = [char]::ConvertFromUtf32(0x1F600); Says = '*U+1F600*index 0*iso-8859-1*' }
            @{ Name = '28591'; Text = "$([char]0x20AC)"; Says = '*U+20AC*iso-8859-1*' }
            @{ Name = 'utf8'; Text = "ab$([char]0xD83D)"; Says = '*U+D83D*index 2*utf-8*' }
        ) {
            $path = New-TestFile '......'
            $problem = Get-ErrorOf { Write-MappedByte (New-MemoryMap $path) $Text -Encoding $Name }
            $problem.Id | Should -Be 'OutOfRange'
            $problem.Message | Should -BeLike $Says
            Get-FileText $path | Should -BeExactly '......'
        }

        It 'leaves it to an Encoding object what becomes of them' {
            $path = New-TestFile '...'
            Write-MappedByte (New-MemoryMap $path) "a$([char]0xE9)" -Encoding ([Text.Encoding]::ASCII)
            Get-FileText $path | Should -BeExactly 'a?.'
        }

        It 'encodes characters and the strings of a list too' {
            Write-MappedByte $map -Value ([char]'a'), 'b', 1 -Encoding unicode
            [Convert]::ToHexString((Get-FileByte $path)) | Should -Be '61006200012E2E2E2E2E'
        }

        It 'names the encodings that it knows when it does not know one' {
            $problem = Get-ErrorOf { Write-MappedByte $map -Value 'a' -Encoding klingon }
            $problem.Id | Should -Be 'ParameterArgumentTransformationError'
            $problem.Message | Should -BeLike '*klingon*utf8*latin1*'
        }
    }

    Context 'values that are no bytes' {
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
            # Following it without an end would overflow the stack, which ends the process.
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
            (Get-ErrorOf { Write-MappedByte $map -Value $Value }).Id | Should -Be 'PatternEmpty'
        }
    }

    Context 'ranges' {
        It 'refuses a value of <length> bytes at offset <offset> and writes none of it' -ForEach @(
            @{ Offset = 9; Length = 2 }
            @{ Offset = 10; Length = 1 }
            @{ Offset = 11; Length = 1 }
            @{ Offset = -1; Length = 1 }
            @{ Offset = [long]::MaxValue; Length = 3 }
            @{ Offset = [long]::MinValue; Length = 3 }
        ) {
            $problem = Get-ErrorOf { Write-MappedByte $map -Value ([string]::new('x', $Length)) -Offset $Offset }
            $problem.Id | Should -Be 'OutOfRange'
            $problem.Message | Should -BeLike "*Offset $Offset with length $Length*which has 10 bytes*"
            Get-FileText $path | Should -BeExactly '..........'
        }

        It 'does not write beyond the region although the file goes on' {
            $part = New-MemoryMap $path -Offset 2 -Length 3
            (Get-ErrorOf { Write-MappedByte $part -Value 'abcd' }).Id | Should -Be 'OutOfRange'
            Get-FileText $path | Should -BeExactly '..........'
        }
    }

    Context '-Expect' {
        BeforeEach {
            $known = New-TestFile 'abcdefghij'
            $target = New-MemoryMap $known
        }

        It 'writes where the expected <name> stands' -ForEach @(
            @{ Name = 'text'; Value = 'XY'; Expect = 'cd' }
            @{ Name = 'numbers'; Value = 88, 89; Expect = 99, 100 }
            @{ Name = 'byte array'; Value = 'XY'; Expect = [byte[]](99, 100) }
        ) {
            Write-MappedByte $target -Value $Value -Offset 2 -Expect $Expect
            Get-FileText $known | Should -BeExactly 'abXYefghij'
        }

        It 'writes nothing where other bytes stand, and shows both' {
            $problem = Get-ErrorOf { Write-MappedByte $target -Value 'XY' -Offset 2 -Expect 'ce' }
            $problem.Id | Should -Be 'ExpectationFailed'
            $problem.Category | Should -Be 'InvalidData'
            $problem.Message | Should -BeLike '*offset 2 of*63 64*63 65*'
            Get-FileText $known | Should -BeExactly 'abcdefghij'
        }

        It 'does not hand the region on where other bytes stand' {
            @(Write-MappedByte $target -Value 'X' -Expect 'b' -PassThru -ErrorAction SilentlyContinue).Count | Should -Be 0
        }

        It 'tells capital letters from small ones' {
            (Get-ErrorOf { Write-MappedByte $target -Value 'X' -Expect 'A' }).Id | Should -Be 'ExpectationFailed'
        }

        It 'wants as many bytes as the value has' -ForEach @(
            @{ Expect = 'abc'; Count = 3 }
            @{ Expect = 'a'; Count = 1 }
        ) {
            $problem = Get-ErrorOf { Write-MappedByte $target -Value 'XY' -Expect $Expect }
            $problem.Id | Should -Be 'LengthMismatch'
            $problem.Message | Should -BeLike "*$Count bytes*2*"
            Get-FileText $known | Should -BeExactly 'abcdefghij'
        }

        It 'is encoded as the value is' {
            Write-MappedByte $target -Value 'ab' -Encoding unicode
            Write-MappedByte $target -Value 'xy' -Expect 'ab' -Encoding unicode
            [Convert]::ToHexString((Get-FileByte $known)) | Should -BeLike '78007900*'
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
            $problem = Get-ErrorOf { Write-MappedByte $target -Hex '58' -Offset 2 -Expect '7?' }
            $problem.Id | Should -Be 'ExpectationFailed'
            $problem.Message | Should -BeLike '*63 and not 7[?]*'
        }

        It 'refuses bad hexadecimal' {
            (Get-ErrorOf { Write-MappedByte $target -Hex '58' -Expect 'zz' }).Id | Should -Be 'InvalidHex'
        }

        It 'refuses an expectation without bytes' {
            (Get-ErrorOf { Write-MappedByte $target -Value 'X' -Expect '' }).Id | Should -Be 'PatternEmpty'
        }

        It 'refuses $null rather than expecting nothing' {
            (Get-ErrorOf { Write-MappedByte $target -Value 'X' -Expect $null }).Id | Should -Be 'OutOfRange'
            Get-FileText $known | Should -BeExactly 'abcdefghij'
        }

        It 'is judged for each piped region by itself' {
            $other = New-TestFile 'zzz'
            (New-MemoryMap $other), $target | Write-MappedByte -Value 'X' -Expect 'a' -ErrorAction SilentlyContinue -ErrorVariable problems
            @($problems).Count | Should -Be 1
            Get-FileText $other | Should -BeExactly 'zzz'
            Get-FileText $known | Should -BeExactly 'Xbcdefghij'
        }

        It 'goes on with the next region after one where <name>' -ForEach @(
            @{ Name = 'the bytes may not be read'; Make = { New-MemoryMap $known -Protection Write }; Id = 'NotReadable' }
            @{ Name = 'nothing is mapped any more'; Make = { $gone = New-MemoryMap $known; $gone.Dispose(); $gone }; Id = 'RegionClosed' }
        ) {
            (& $Make), $target | Write-MappedByte -Value 'X' -Expect 'a' -ErrorAction SilentlyContinue -ErrorVariable problems
            @($problems).Count | Should -Be 1
            $problems[0].FullyQualifiedErrorId | Should -BeLike "$Id,*"
            Get-FileText $known | Should -BeExactly 'Xbcdefghij'
        }
    }

    Context 'a stream of values' {
        It 'writes piped <name> one after the other' -ForEach @(
            @{ Name = 'ints'; Values = 65, 66, 67; Expected = 'ABC.......' }
            @{ Name = 'bytes'; Values = [byte[]](68, 69); Expected = 'DE........' }
            @{ Name = 'chars'; Values = [char]'f', [char]'g'; Expected = 'fg........' }
            @{ Name = 'strings'; Values = 'hi', 'j'; Expected = 'hij.......' }
            @{ Name = 'longs'; Values = [long]75, [long]76; Expected = 'KL........' }
            @{ Name = 'arrays'; Values = (77, 78), ([byte[]](79, 80)); Expected = 'MNOP......' }
            @{ Name = 'mixed values'; Values = 81, 'rs', [char]'t', [byte]85, @(86, 'w'); Expected = 'QrstUVw...' }
        ) {
            $Values | Write-MappedByte -Region $map
            Get-FileText $path | Should -BeExactly $Expected
        }

        It 'starts at -Offset' {
            'ab', 99 | Write-MappedByte $map -Offset 4
            Get-FileText $path | Should -BeExactly '....abc...'
        }

        It 'fills the region to the last byte' {
            48..57 | Write-MappedByte $map
            Get-FileText $path | Should -BeExactly '0123456789'
        }

        It 'writes what no buffer holds at once' {
            # Three times 64 KiB and a little, in values of one byte and of several.
            $large = New-TestFile -Size 200003
            & {
                foreach ($i in 0..99999) { $i % 251 }
                foreach ($i in 1..10000) { 'abcdefghi' }
                'xyz'
            } | Write-MappedByte -Region (New-MemoryMap $large) -Offset 1
            $expected = [Text.StringBuilder]::new()
            $null = $expected.Append([char]0)
            foreach ($i in 0..99999) { $null = $expected.Append([char]($i % 251)) }
            foreach ($i in 1..10000) { $null = $expected.Append('abcdefghi') }
            $null = $expected.Append('xyz')
            $null = $expected.Append([char]0, 200003 - $expected.Length)
            $found = [Text.Encoding]::Latin1.GetString((Get-FileByte $large))
            [string]::Equals($found, $expected.ToString(), 'Ordinal') | Should -BeTrue
        }

        It 'encodes text with -Encoding' {
            'ab', [char]'c' | Write-MappedByte $map -Encoding unicode
            [Convert]::ToHexString((Get-FileByte $path)) | Should -Be '6100620063002E2E2E2E'
        }

        It 'takes values that other commands have dressed with properties' {
            , [psobject[]]('ab', 67) | Write-MappedByte $map
            Get-FileText $path | Should -BeExactly 'abC.......'
        }

        It 'hands the region on once, at the end, with -PassThru' {
            $result = @(1, 2, 3 | Write-MappedByte $map -PassThru)
            $result.Count | Should -Be 1
            [object]::ReferenceEquals($result[0], $map) | Should -BeTrue
        }

        It 'hands the region on with -PassThru although no value came' {
            @(@() | Write-MappedByte $map -PassThru).Count | Should -Be 1
        }

        It 'emits nothing without -PassThru' {
            @(1, 2, 3 | Write-MappedByte $map).Count | Should -Be 0
        }

        It 'writes what fits when the values run past the end, and says how much that was' {
            $problem = Get-ErrorOf { 'abc', 'def', 'ghi', 'jkl' | Write-MappedByte $map -Offset 1 }
            $problem.Id | Should -Be 'OutOfRange'
            $problem.Message | Should -BeLike '*has 10 bytes*9 bytes were written*'
            Get-FileText $path | Should -BeExactly '.abcdefghi'
        }

        It 'writes the values before a bad one, and says how many bytes that were' -ForEach @(
            @{ Bad = 256; Says = '*256 is not a byte*2 bytes were written*' }
            @{ Bad = -1; Says = '*-1 is not a byte*2 bytes were written*' }
            @{ Bad = 1.5; Says = '*System.Double*2 bytes were written*' }
            @{ Bad = $null; Says = '*null*2 bytes were written*' }
        ) {
            $problem = Get-ErrorOf { 65, 66, $Bad, 67 | Write-MappedByte $map }
            $problem.Id | Should -Be 'OutOfRange'
            $problem.Message | Should -BeLike $Says
            Get-FileText $path | Should -BeExactly 'AB........'
        }

        It 'says how much was written before the region was <done> on the way' -ForEach @(
            @{ Done = 'made shorter'; Change = { Resize-MemoryMap $long 10 }; Id = 'OutOfRange' }
            @{ Done = 'protected'; Change = { Protect-MemoryMap $long -Protection Read }; Id = 'NotWritable' }
            @{ Done = 'removed'; Change = { Remove-MemoryMap $long }; Id = 'RegionClosed' }
        ) {
            $long = New-MemoryMap -Anonymous -Length 200000
            $values = { for ($i = 0; $i -lt 70000; $i++) { if ($i -eq 69000) { $null = & $Change }; 7 } }
            $problem = Get-ErrorOf { & $values | Write-MappedByte $long -Offset 100 }
            $problem.Id | Should -Be $Id
            $problem.Message | Should -BeLike '* 65536 bytes were written*'
        }

        It 'keeps what came before the command upstream failed' {
            $null = Get-ErrorOf { & { 65; 66; throw 'upstream' } | Write-MappedByte $map }
            Get-FileText $path | Should -BeExactly 'AB........'
        }

        It 'refuses an offset outside of the region before it takes a value' -ForEach @(
            @{ Offset = 11 }
            @{ Offset = -1 }
            @{ Offset = [long]::MaxValue }
        ) {
            $problem = Get-ErrorOf { 1, 2 | Write-MappedByte $map -Offset $Offset }
            $problem.Id | Should -Be 'OutOfRange'
            $problem.Message | Should -BeLike "*Offset $Offset *10*"
            Get-FileText $path | Should -BeExactly '..........'
        }
    }

    Context 'regions that cannot be written' {
        It 'refuses <way> when the region is mapped for reading only' -ForEach @(
            @{ Way = 'a value'; Write = { Write-MappedByte $map -Value 'x' } }
            @{ Way = 'hexadecimal'; Write = { Write-MappedByte $map -Hex '00' } }
            @{ Way = 'a stream'; Write = { 1, 2 | Write-MappedByte $map } }
        ) {
            $map = New-MemoryMap $path -Protection Read
            $problem = Get-ErrorOf $Write
            $problem.Id | Should -Be 'NotWritable'
            $problem.Category | Should -Be 'PermissionDenied'
            $problem.Message | Should -BeLike '*-Protection Read*'
            Get-FileText $path | Should -BeExactly '..........'
        }

        It 'refuses <way> when the region was removed' -ForEach @(
            @{ Way = 'a value'; Write = { Write-MappedByte $map -Value 'x' } }
            @{ Way = 'a value with -Expect'; Write = { Write-MappedByte $map -Value 'x' -Expect '.' } }
            @{ Way = 'a stream'; Write = { 1, 2 | Write-MappedByte $map } }
        ) {
            Remove-MemoryMap $map
            $problem = Get-ErrorOf $Write
            $problem.Id | Should -Be 'RegionClosed'
            $problem.Message | Should -BeLike "*Region $($map.Id) of $path was removed*"
            Get-FileText $path | Should -BeExactly '..........'
        }

        It 'writes memory that may be written and not read' {
            $blind = New-MemoryMap $path -Protection Write
            Write-MappedByte $blind -Value 'ab'
            Get-FileText $path | Should -BeExactly 'ab........'
        }
    }

    Context '-WhatIf' {
        It 'writes nothing of <way>' -ForEach @(
            @{ Way = 'a value'; Write = { Write-MappedByte $map -Value 'x' -WhatIf -PassThru } }
            @{ Way = 'hexadecimal'; Write = { Write-MappedByte $map -Hex '78' -WhatIf -PassThru } }
            @{ Way = 'an expected value'; Write = { Write-MappedByte $map -Value 'x' -Expect '.' -WhatIf -PassThru } }
            @{ Way = 'a stream'; Write = { 120, 121 | Write-MappedByte $map -WhatIf } }
        ) {
            & $Write | Out-Null
            Get-FileText $path | Should -BeExactly '..........'
        }

        It 'still says that other bytes stand there than expected' {
            (Get-ErrorOf { Write-MappedByte $map -Value 'x' -Expect 'y' -WhatIf }).Id | Should -Be 'ExpectationFailed'
        }

        It 'says what would be written where' {
            $child = Invoke-Child 'New-MemoryMap $env:FILE | Write-MappedByte -Value abc -Offset 4 -WhatIf' -Environment @{ FILE = $path }
            $child.ExitCode | Should -Be 0
            $child.Output | Should -BeLike "*Write 3 bytes*$path*offset 4*length 3*"
            Get-FileText $path | Should -BeExactly '..........'
        }

        It 'asks once for a whole stream' {
            $child = Invoke-Child '1..5 | Write-MappedByte (New-MemoryMap $env:FILE) -WhatIf' -Environment @{ FILE = $path }
            $child.ExitCode | Should -Be 0
            @($child.Output.Split("`n") -like '*What if*').Count | Should -Be 1
        }

        It 'goes with -Confirm' {
            (Get-Command Write-MappedByte).Parameters.ContainsKey('Confirm') | Should -BeTrue
            Write-MappedByte $map -Value 'x' -Confirm:$false
            Get-FileText $path | Should -BeExactly 'x.........'
        }
    }

    Context 'several regions' {
        BeforeEach {
            $maps = 1..3 | ForEach-Object { New-MemoryMap -Anonymous -Length 4 }
        }

        It 'each get the value, and the error of one is no other''s' {
            Protect-MemoryMap $maps[1] -Protection Read
            $handed = Write-MappedByte $maps abc -Offset 1 -PassThru -ErrorVariable problem -ErrorAction SilentlyContinue
            $maps | Read-MappedByte -Encoding ascii | Should -Be "`0abc", "`0`0`0`0", "`0abc"
            $problem[0].FullyQualifiedErrorId | Should -BeLike 'NotWritable,*'
            [object]::ReferenceEquals($problem[0].TargetObject, $maps[1]) | Should -BeTrue
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

    # PowerShell hands -1 to a parameter that takes any object as text, and 300 as a number.
    It 'is refused where it is no byte: <_>' -ForEach @(
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
        { Invoke-Expression 'Write-MappedByte $map -1' }
        { Write-MappedByte $map 5 -Expect -1 }
        { Clear-MappedByte $map -Value -1 }
        { Find-MappedByte $map -1 }
        { Edit-MappedByte $map -Pattern -1 -Replacement 'ab' }
        { Edit-MappedByte $map -Pattern 'ab' -Replacement -1 }
        { Write-MappedValue $map Utf8Z -1 }
        { Write-MappedValue $map 'Byte[2]' -1 }
        { Write-MappedByte $map -Value 300 }
    ) {
        (Get-ErrorOf $_).Id | Should -BeExactly 'OutOfRange'
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
