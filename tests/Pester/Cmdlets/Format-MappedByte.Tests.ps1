BeforeAll {
    . $PSScriptRoot/../Support/Module.ps1
    . $PSScriptRoot/../Support/Errors.ps1
    . $PSScriptRoot/../Support/Files.ps1
    . $PSScriptRoot/../Support/Hazard.ps1
}

AfterAll {
    Get-MemoryMap | Remove-MemoryMap
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
        $lines = @(New-MemoryMap (New-TestFile "abcdefghijklmnop`tqr") | Format-MappedByte)
        $lines.Count | Should -Be 2
        $lines[0] | Should -BeExactly '00000000  61 62 63 64 65 66 67 68  69 6a 6b 6c 6d 6e 6f 70  abcdefghijklmnop'
        $lines[1] | Should -BeExactly '00000010  09 71 72                                          .qr'
    }

    It 'shows offsets of the file for a region that starts inside it' {
        @(New-MemoryMap (New-TestFile 'abcdefgh') -Offset 2 | Format-MappedByte -Length 3 -Offset 1)[0] | Should -BeLike '00000003  64 65 66 *def'
    }

    It 'shows <width> bytes a line by -Width' -ForEach @(
        @{ Width = 1; Count = 20 }
        @{ Width = 7; Count = 3 }
        @{ Width = 20; Count = 1 }
    ) {
        $lines = @(New-MemoryMap (New-TestFile 'abcdefghijklmnopqrst') | Format-MappedByte -Width $Width)
        $lines.Count | Should -Be $Count
        ($lines | ForEach-Object { $_.Substring($_.LastIndexOf(' ') + 1) }) -join '' | Should -BeExactly 'abcdefghijklmnopqrst'
    }

    It 'agrees with the bytes of a large file' {
        $path = New-RandomFile 600001
        $hex = [Text.StringBuilder]::new()
        New-MemoryMap $path | Format-MappedByte -Width 1024 | ForEach-Object { $null = $hex.Append($_.Substring(9, 1024 * 3 + 128).Replace(' ', '')) }
        $hex.ToString() | Should -Be ([Convert]::ToHexString((Get-FileByte $path)))
    }

    It 'shows lines around a match with -Context' {
        $map = New-MemoryMap (New-TestFile 'abcdefghijklmnopqrst')
        @(Find-MappedByte $map 'j' | Format-MappedByte -Width 4 -Context 1).Count | Should -Be 3
        @(Find-MappedByte $map 'a' | Format-MappedByte -Width 4 -Context 1).Count | Should -Be 2
    }

    It 'emits nothing for an empty region' {
        @(New-MemoryMap (New-TestFile -Size 0) | Format-MappedByte).Count | Should -Be 0
    }

    It 'has no colour where NO_COLOR is set' {
        @(New-MemoryMap (New-TestFile "a`0b") | Format-MappedByte)[0].Contains([char]27) | Should -BeFalse
    }

    It 'colours what bytes are, and a match, where output is to have colour' {
        $child = Invoke-Child -Environment @{ NO_COLOR = $null } -Script @'
$PSStyle.OutputRendering = 'Ansi'
$map = New-MemoryMap -Anonymous -Length 4
$map.Write(0, [byte[]](65, 200, 0, 9))
[Console]::WriteLine((Find-MappedByte $map ([byte]200) | Format-MappedByte -Width 4).Replace([string][char]27, '^'))
[Console]::WriteLine(($PSStyle.Foreground.Green, $PSStyle.Foreground.Cyan, $PSStyle.Reverse, $PSStyle.Foreground.BrightBlack, $PSStyle.Foreground.Yellow, $PSStyle.Reset -join ' ').Replace([string][char]27, '^'))
[Console]::WriteLine((Format-MappedByte $map -Width 4).Replace([string][char]27, '^'))
$PSStyle.OutputRendering = 'PlainText'
[Console]::WriteLine((Format-MappedByte $map -Width 4))
'@
        $line, $codes, $whole, $plain = $child.Output.Trim() -split '\r?\n'
        $green, $cyan, $reverse, $dim, $yellow, $reset = $codes -split ' '
        $line | Should -BeExactly ('00000000  {0}41 {5}{2}c8 {5}{3}00 {5}{4}09{5}  {0}A{5}{2}.{5}{3}.{5}{4}.{5}' -f $green, $cyan, $reverse, $dim, $yellow, $reset)
        $whole.Contains("${cyan}c8") | Should -BeTrue
        $plain | Should -BeExactly '00000000  41 c8 00 09  A...'
    }

    It 'shows a page of a huge region at once' {
        $map = New-MemoryMap (New-TestFile -Size 16GB) -Protection Read
        @($map | Format-MappedByte -Offset 15GB -Length 32) -join '|' | Should -BeLike '00000003c0000000 *|00000003c0000010 *'
    }

    It 'refuses a range outside' {
        (Get-ErrorOf { New-MemoryMap (New-TestFile 'abc') | Format-MappedByte -Offset 4 }).Id | Should -Be 'OutOfRange'
    }
}
