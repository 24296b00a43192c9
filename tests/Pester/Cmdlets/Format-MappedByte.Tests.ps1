BeforeAll {
    . $PSScriptRoot/../Support/Preamble.ps1
}

Describe 'Format-MappedByte' {
    BeforeAll {
        $color = $env:NO_COLOR
        $env:NO_COLOR = '1'
    }

    AfterAll {
        $env:NO_COLOR = $color
    }

    AfterEach {
        Get-MemoryMap | Remove-MemoryMap
    }

    It 'shows offset, bytes and text, a string a line' {
        New-MemoryMap (New-TestFile "abcdefghijklmnop`tqr") | Format-MappedByte | Should -BeExactly @(
            '00000000  61 62 63 64 65 66 67 68  69 6a 6b 6c 6d 6e 6f 70  abcdefghijklmnop'
            '00000010  09 71 72                                          .qr'
        )
    }

    It 'shows offsets of the file for a region that starts inside it' {
        $map = New-MemoryMap (New-TestFile 'abcdefgh') -Offset 2
        Format-MappedByte $map -Offset 1 -Length 3 | Should -BeLike '00000003  64 65 66 *def'
    }

    It 'shows <width> bytes a line by -Width' -ForEach @(
        @{ Width = 1; Count = 20 }
        @{ Width = 7; Count = 3 }
        @{ Width = 20; Count = 1 }
    ) {
        $lines = @(New-MemoryMap (New-TestFile 'abcdefghijklmnopqrst') | Format-MappedByte -Width $Width)
        $lines | Should -HaveCount $Count
        -join ($lines -replace '.* ') | Should -BeExactly 'abcdefghijklmnopqrst'
    }

    It 'agrees with the bytes of a large file' {
        $path = New-RandomFile 600001
        $lines = New-MemoryMap $path | Format-MappedByte -Width 1024
        $hex = $lines | ForEach-Object { $_.Substring(9, 1024 * 3 + 128) -replace ' ' }
        -join $hex | Should -Be ([Convert]::ToHexString((Get-Content $path -AsByteStream -Raw)))
    }

    It 'shows lines around a match with -Context' {
        $map = New-MemoryMap (New-TestFile 'abcdefghijklmnopqrst')
        Find-MappedByte $map 'j' | Format-MappedByte -Width 4 -Context 1 | Should -HaveCount 3
        Find-MappedByte $map 'a' | Format-MappedByte -Width 4 -Context 1 | Should -HaveCount 2
    }

    It 'emits nothing for an empty region' {
        New-MemoryMap (New-TestFile -Size 0) | Format-MappedByte | Should -BeNullOrEmpty
    }

    It 'has no colour if NO_COLOR is set' {
        @(New-MemoryMap (New-TestFile "a`0b") | Format-MappedByte)[0].Contains([char]27) | Should -BeFalse
    }

    It 'colours kinds of bytes, and a match, if output has colour' {
        $child = Invoke-Child -Environment @{ NO_COLOR = $null } -Script @'
function Write-Visible([string] $Text) { [Console]::WriteLine(($Text -replace "`e", '^')) }
$PSStyle.OutputRendering = 'Ansi'
$map = New-MemoryMap -Anonymous -Length 4
$map.Write(0, [byte[]](65, 200, 0, 9))
Write-Visible (Find-MappedByte $map ([byte]200) | Format-MappedByte -Width 4)
$colour = $PSStyle.Foreground
Write-Visible "$($colour.Green) $($colour.Cyan) $($PSStyle.Reverse) $($colour.BrightBlack) $($colour.Yellow) $($PSStyle.Reset)"
Write-Visible (Format-MappedByte $map -Width 4)
$PSStyle.OutputRendering = 'PlainText'
Write-Visible (Format-MappedByte $map -Width 4)
'@
        $line, $codes, $whole, $plain = $child.Output.Trim() -split '\r?\n'
        $green, $cyan, $reverse, $dim, $yellow, $reset = $codes -split ' '
        $line | Should -BeExactly ("00000000  ${green}41$reset ${reverse}c8$reset ${dim}00$reset ${yellow}09$reset  " +
            "${green}A$reset$reverse.$reset$dim.$reset$yellow.$reset")
        $whole.Contains("${cyan}c8") | Should -BeTrue
        $plain | Should -BeExactly '00000000  41 c8 00 09  A...'
    }

    It 'shows a page of a huge region at once' {
        $map = New-MemoryMap (New-TestFile -Size 16GB) -Protection Read
        @($map | Format-MappedByte -Offset 15GB -Length 32) -join '|' | Should -BeLike '00000003c0000000 *|00000003c0000010 *'
    }
}
