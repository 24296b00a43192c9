BeforeAll {
    . $PSScriptRoot/../Support/Preamble.ps1

    # A file of bytes.
    function New-ByteFile([byte[]] $Bytes) {
        $path = New-TestFile
        [IO.File]::WriteAllBytes($path, $Bytes)
        $path
    }
}

Describe 'Read-MappedByte' {
    AfterEach {
        Get-MemoryMap | Remove-MemoryMap
    }

    Context 'ranges' {
        BeforeEach {
            $path = New-TestFile 'abcdefghij'
            $map = New-MemoryMap $path
        }

        It 'emits the whole region as one byte array' {
            $found = @(Read-MappedByte $map)
            $found.Count | Should -Be 1
            , $found[0] | Should -BeOfType ([byte[]])
            $found[0] | Should -Be (Get-Content $path -AsByteStream)
        }

        It 'reads <expected> for <name>' -ForEach @(
            @{ Name = 'an offset alone'; Range = @{ Offset = 7 }; Expected = 'hij' }
            @{ Name = 'a length alone'; Range = @{ Length = 3 }; Expected = 'abc' }
            @{ Name = 'an offset and a length'; Range = @{ Offset = 2; Length = 4 }; Expected = 'cdef' }
            @{ Name = 'the last byte'; Range = @{ Offset = 9; Length = 1 }; Expected = 'j' }
        ) {
            ConvertTo-Visible (Read-MappedByte $map @Range) | Should -BeExactly $Expected
        }

        It 'takes offset and length by position' {
            ConvertTo-Visible (Read-MappedByte $map 3 2) | Should -BeExactly 'de'
        }

        It 'emits an empty array at the end of the region' {
            $found = @(Read-MappedByte $map -Offset 10)
            $found.Count | Should -Be 1
            $found[0] -is [byte[]] | Should -BeTrue
            $found[0].Length | Should -Be 0
        }

        It 'emits an empty array for an empty region' {
            $found = @(New-MemoryMap (New-TestFile -Size 0) | Read-MappedByte)
            $found.Count | Should -Be 1
            $found[0].Length | Should -Be 0
        }

        It 'reads more than one chunk right' {
            # 3 MiB and a little: three full chunks and a rest.
            $large = New-RandomFile 3145861
            $bytes = New-MemoryMap $large | Read-MappedByte
            Assert-Byte $bytes (Get-Content $large -AsByteStream -Raw)
        }

        It 'reads a range across chunks at odd places right' {
            $large = New-RandomFile 3145861
            $bytes = New-MemoryMap $large | Read-MappedByte -Offset 1048575 -Length 1048579
            $expected = (Get-Content $large -AsByteStream -Raw)[1048575..2097153]
            Assert-Byte $bytes ([byte[]]$expected)
        }

        It 'sees what another process wrote to the file after it was mapped' {
            $null = Read-MappedByte $map
            (Invoke-Child -Environment @{ FILE = $path } -Script @'
                $file = [IO.FileStream]::new($env:FILE, 'Open', 'Write', 'ReadWrite')
                $file.Position = 4
                $file.Write([byte[]](88, 89), 0, 2)
                $file.Dispose()
'@).ExitCode | Should -Be 0
            Read-MappedByte $map -Encoding ascii | Should -BeExactly 'abcdXYghij'
        }
    }

    Context 'the pipeline' {
        It 'emits one array for each region' {
            $regions = (New-TestFile 'one'), (New-TestFile 'three') | New-MemoryMap
            $found = @($regions | Read-MappedByte)
            $found.Count | Should -Be 2
            $found[0].Length | Should -Be 3
            $found[1].Length | Should -Be 5
        }

        It 'takes several regions as an argument' {
            $regions = @((New-TestFile 'one'), (New-TestFile 'two') | New-MemoryMap)
            Read-MappedByte $regions -Encoding ascii | Should -Be @('one', 'two')
        }

        It 'reads from the start of a piped region that starts inside its file' {
            # A region has properties Offset and Length: its place in the file, not the range to read.
            New-MemoryMap (New-TestFile 'abcdefghij') -Offset 2 -Length 6 | Read-MappedByte -Encoding ascii | Should -BeExactly 'cdefgh'
        }

        It 'reads the range asked for of a piped region that starts inside its file' {
            New-MemoryMap (New-TestFile 'abcdefghij') -Offset 2 -Length 6 |
                Read-MappedByte -Offset 1 -Length 2 -Encoding ascii | Should -BeExactly 'de'
        }

        It 'reads to the end of a piped region when only the offset is given' {
            New-MemoryMap (New-TestFile 'abcdefghij') -Offset 2 -Length 6 | Read-MappedByte -Offset 4 -Encoding ascii | Should -BeExactly 'gh'
        }

        It 'writes an error for a region that is closed and goes on with the next' {
            $closed, $open = (New-TestFile 'one'), (New-TestFile 'two') | New-MemoryMap
            Remove-MemoryMap $closed
            $text = $closed, $open | Read-MappedByte -Encoding ascii -ErrorAction SilentlyContinue -ErrorVariable problems
            $text | Should -BeExactly 'two'
            $problems | Should -HaveCount 1
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'RegionClosed,*'
            $problems[0].TargetObject | Should -Be $closed
        }
    }

    Context 'encodings' {
        It 'decodes <name>' -ForEach @(
            @{ Name = 'utf8'; CodePage = 65001 }
            @{ Name = 'UTF8'; CodePage = 65001 }
            @{ Name = 'utf-8'; CodePage = 65001 }
            @{ Name = 'unicode'; CodePage = 1200 }
            @{ Name = 'bigendianunicode'; CodePage = 1201 }
            @{ Name = 'utf32'; CodePage = 12000 }
            @{ Name = 'bigendianutf32'; CodePage = 12001 }
        ) {
            $text = "gr`u{FC}n, `u{65E5}`u{672C} and `u{1F600}"
            New-MemoryMap (New-ByteFile ([Text.Encoding]::GetEncoding($CodePage).GetBytes($text))) | Read-MappedByte -Encoding $Name |
                Should -BeExactly $text
        }

        It 'decodes latin1, a byte a character' {
            New-MemoryMap (New-ByteFile 0x41, 0xE9, 0xFF) | Read-MappedByte -Encoding latin1 | Should -BeExactly "A`u{E9}`u{FF}"
        }

        It 'takes a code page number' {
            New-MemoryMap (New-ByteFile 0xE9, 0x41) | Read-MappedByte -Encoding 28591 | Should -BeExactly "`u{E9}A"
        }

        It 'refuses text that no string holds, and says how else to read it' {
            { New-MemoryMap (New-TestFile -Size 5GB) -Protection Read | Read-MappedByte -Encoding utf8 } |
                Should -Throw "*$(5GB) bytes*1073741791 characters*-Length*OpenStream*" -ErrorId 'OutOfRange,*'
        }

        It 'takes an Encoding object' {
            New-MemoryMap (New-ByteFile 0, 97, 0, 98, 0, 99) | Read-MappedByte -Encoding ([Text.Encoding]::BigEndianUnicode) | Should -BeExactly 'abc'
        }

        It 'names the encodings that it knows when it does not know one' {
            $map = New-MemoryMap (New-TestFile 'abc')
            foreach ($word in 'klingon', 'utf8', 'unicode', 'latin1', 'code page') {
                { Read-MappedByte $map -Encoding klingon } | Should -Throw "*$word*" -ErrorId 'ParameterArgumentTransformationError,*'
            }
        }

        It 'refuses a code page that there is not' {
            { New-MemoryMap (New-TestFile 'abc') | Read-MappedByte -Encoding 4242 } |
                Should -Throw '*4242*' -ErrorId 'ParameterArgumentTransformationError,*'
        }

        It 'decodes characters that lie across chunks' {
            # Three bytes each, so that one of them crosses the border at 1 MiB.
            $text = "`u{20AC}" * 400000
            New-MemoryMap (New-TestFile $text) | Read-MappedByte -Encoding utf8 | Should -BeExactly $text
        }

        It 'emits an empty string for an empty range' {
            $found = @(New-MemoryMap (New-TestFile 'abc') | Read-MappedByte -Offset 3 -Encoding utf8)
            $found.Count | Should -Be 1
            $found[0] | Should -BeExactly ''
        }

        It 'offers the names of encodings when -Encoding is completed' {
            $words = (TabExpansion2 'Read-MappedByte -Encoding u').CompletionMatches.CompletionText
            $words | Should -Contain 'utf8'
            $words | Should -Contain 'unicode'
            $words | Should -Not -Contain 'latin1'
        }
    }

    Context 'errors' {
        It 'refuses an offset past the end when no length is given' {
            $map = New-MemoryMap (New-TestFile 'abc')
            { Read-MappedByte $map -Offset 4 } |
                Should -Throw '*Offset 4 is outside of *which has 3 bytes*from 0 to 3*' -ErrorId 'OutOfRange,*'
        }

        It 'does not read a byte beyond the region although the file goes on' {
            $map = New-MemoryMap (New-TestFile 'abcdefghij') -Offset 2 -Length 3
            { Read-MappedByte $map -Length 4 } | Should -Throw -ErrorId 'OutOfRange,*'
        }

        It 'refuses to read memory under -Protection <protection>' -ForEach @(
            @{ Protection = 'None' }
            @{ Protection = 'Write' }
        ) {
            $map = New-MemoryMap -Anonymous -Length 100 -Protection $Protection
            $problem = Get-ErrorOf { Read-MappedByte $map }
            $problem.Id | Should -Be 'NotReadable'
            $problem.Category | Should -Be 'PermissionDenied'
            $problem.Message | Should -BeLike "*-Protection $Protection*"
        }

        It 'refuses to decode memory that may not be read' {
            $map = New-MemoryMap -Anonymous -Length 100 -Protection None
            { Read-MappedByte $map -Encoding utf8 } | Should -Throw -ErrorId 'NotReadable,*'
        }

        It 'names the region that is closed' {
            $path = New-TestFile 'abc'
            $map = New-MemoryMap $path
            Remove-MemoryMap $map
            $problem = Get-ErrorOf { Read-MappedByte $map }
            $problem.Id | Should -Be 'RegionClosed'
            $problem.Category | Should -Be 'InvalidOperation'
            $problem.Message | Should -BeLike "*Region $($map.Id) of $path was removed*"
        }

        It 'says how many bytes an array holds when more are asked for' {
            $map = New-MemoryMap (New-TestFile -Size 3GB) -Protection Read
            { Read-MappedByte $map } | Should -Throw '*3221225472*2147483591*' -ErrorId 'OutOfRange,*'
        }

        It 'refuses $null for a length, which is not 0' {
            { Read-MappedByte $map -Length $null } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*'
        }

        It 'refuses $null for a region' {
            { Read-MappedByte $null } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
        }
    }

    It 'changes nothing, so it has no -WhatIf' {
        $parameters = (Get-Command Read-MappedByte).Parameters
        $parameters.ContainsKey('WhatIf') | Should -BeFalse
        $parameters.ContainsKey('Offset') | Should -BeTrue
    }
}

Describe 'An Encoding object that refuses bytes' {
    BeforeAll {
        $strict = [Text.UTF8Encoding]::new($false, $true)
        $text = [Text.Encoding]::ASCII.GetBytes('a' * (1MB + 100))
        $paths = foreach ($bad in @{ 5 = 0xFF }, @{}, @{ (1MB - 1) = 0xC3; 1MB = 0xA9 }, @{ (1MB - 1) = 0xC3 }, @{ (1MB + 99) = 0xE2 }) {
            $bytes = [byte[]]$text.Clone()
            foreach ($at in $bad.Keys) { $bytes[$at] = $bad[$at] }
            New-ByteFile $bytes
        }
    }

    AfterEach {
        Get-MemoryMap | Remove-MemoryMap
    }

    It 'is an error that names place and bytes, and the next regions are read' {
        $read = @($paths | New-MemoryMap | Read-MappedByte -Encoding $strict -ErrorAction SilentlyContinue -ErrorVariable problems)
        $read.ForEach({ $_.Length }) | Should -Be (1MB + 100), (1MB + 99)
        $problems.FullyQualifiedErrorId | ForEach-Object { ($_ -split ',')[0] } | Should -Be 'OutOfRange', 'OutOfRange', 'OutOfRange'
        $problems[0].Exception.Message | Should -BeLike "*ff at offset 5 of $($paths[0])*utf-8*-Encoding*"
        $problems[1].Exception.Message | Should -BeLike "*c3 at offset $(1MB - 1) of $($paths[3])*"
        $problems[2].Exception.Message | Should -BeLike "*e2 at offset $(1MB + 99) of $($paths[4])*"
    }

    It 'is one for Find-MappedByte -AsLine too' {
        $lines = (New-ByteFile 98, 10, 98, 0xFF, 10), (New-TestFile "`u{e9}`nb`u{fc}`n")
        $found = $lines | New-MemoryMap |
            Find-MappedByte -Pattern 'b' -AsLine -Encoding $strict -ErrorAction SilentlyContinue -ErrorVariable problems
        $found.Line | Should -BeExactly 'b', "b`u{fc}"
        $problems | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'OutOfRange,*'
        $problems[0].Exception.Message | Should -BeLike "*ff at offset 3 of $($lines[0])*"
    }

    It 'does not mind where a long line is cut' {
        $path = New-TestFile ("`u{e9}" * 100000 + 'x' + "`u{e9}" * 100000)
        (New-MemoryMap $path | Find-MappedByte -Pattern 'x' -AsLine -Encoding $strict).Line | Should -BeLike "`u{e9}*x*`u{e9}"
    }
}
