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
            [Convert]::ToHexString((Get-Content $path -AsByteStream -Raw)) | Should -Be '2E2E2EDEADBEEF2E2E2E'
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
            { Write-MappedByte $map -Hex $_ } | Should -Throw -ErrorId 'PatternEmpty,*'
        }
    }

    Context 'encodings' {
        It 'writes text as UTF-8 without byte order mark or newline by default' {
            Write-MappedByte $map -Value "$([char]0x20AC)"
            [Convert]::ToHexString((Get-Content $path -AsByteStream -Raw)) | Should -Be 'E282AC2E2E2E2E2E2E2E'
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
            [Convert]::ToHexString((Get-Content $path -AsByteStream -Raw)) | Should -Be $expectedFile
        }

        It 'takes an Encoding object, and never writes its byte order mark' {
            Write-MappedByte $map -Value 'A' -Encoding ([Text.UnicodeEncoding]::new($true, $true))
            [Convert]::ToHexString((Get-Content $path -AsByteStream -Raw)) | Should -Be '00412E2E2E2E2E2E2E2E'
        }

        It 'refuses characters that the encoding <name> cannot represent, rather than write others' -ForEach @(
            @{ Name = 'ascii'; Text = "a$([char]0xE9)"; Says = '*U+00E9*index 1*us-ascii*' }
            @{ Name = 'latin1'; Text = [char]::ConvertFromUtf32(0x1F600); Says = '*U+1F600*index 0*iso-8859-1*' }
            @{ Name = '28591'; Text = "$([char]0x20AC)"; Says = '*U+20AC*iso-8859-1*' }
            @{ Name = 'utf8'; Text = "ab$([char]0xD83D)"; Says = '*U+D83D*index 2*utf-8*' }
        ) {
            $path = New-TestFile '......'
            { Write-MappedByte (New-MemoryMap $path) $Text -Encoding $Name } | Should -Throw $Says -ErrorId 'OutOfRange,*'
            Get-FileText $path | Should -BeExactly '......'
        }

        It 'leaves it to an Encoding object what becomes of them' {
            $path = New-TestFile '...'
            Write-MappedByte (New-MemoryMap $path) "a$([char]0xE9)" -Encoding ([Text.Encoding]::ASCII)
            Get-FileText $path | Should -BeExactly 'a?.'
        }

        It 'encodes characters and the strings of a list too' {
            Write-MappedByte $map -Value ([char]'a'), 'b', 1 -Encoding unicode
            [Convert]::ToHexString((Get-Content $path -AsByteStream -Raw)) | Should -Be '61006200012E2E2E2E2E'
        }

        It 'names the encodings that it knows when it does not know one' {
            { Write-MappedByte $map -Value 'a' -Encoding klingon } |
                Should -Throw '*klingon*utf8*latin1*' -ErrorId 'ParameterArgumentTransformationError,*'
        }
    }
}
