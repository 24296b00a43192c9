# Entropy and counts of bytes, against ent(1) and counting.

BeforeAll {
    . $PSScriptRoot/../Support/Preamble.ps1

    function New-ByteFile([byte[]] $Bytes) {
        $path = New-TestFile
        [IO.File]::WriteAllBytes($path, $Bytes)
        $path
    }

    # Text, random bytes and zeros.
    $text = [Text.Encoding]::ASCII.GetBytes("The quick brown fox jumps over the lazy dog.`n" * 3000)
    $random = [byte[]]::new(200000)
    [Random]::new(11).NextBytes($random)
    $bytes = [byte[]]($text + $random + [byte[]]::new(70000))
    $path = New-ByteFile $bytes
}

Describe 'Measure-MappedByte' {
    BeforeEach {
        $map = New-MemoryMap $path -Protection Read
    }

    AfterEach {
        Get-MemoryMap | Remove-MemoryMap
    }

    It 'finds the entropy of ent, to its six digits, for <Size> bytes a block' -ForEach @(@{ Size = 64KB }, @{ Size = 100000 }, @{ Size = 1MB }) {
        Skip-WithoutProgram ent
        $found = @(Measure-MappedByte $map -BlockSize $Size)
        $found.Count | Should -Be ([Math]::Ceiling($bytes.Length / $Size))
        foreach ($block in $found) {
            $part = [byte[]]::new($block.Length)
            [Array]::Copy($bytes, $block.Offset, $part, 0, $part.Length)
            $said = (Invoke-Program ent, '-t', (New-ByteFile $part)).Output -split '\n'
            $block.Entropy.ToString('F6') | Should -BeExactly $said[1].Split(',')[2]
        }
    }

    It 'counts zero, printable and distinct bytes' {
        $found = Measure-MappedByte $map
        $found | Should -BeOfType MmapPS.MappedStatistics
        $letters = [Text.Encoding]::Latin1.GetString($bytes)
        $found.Zero | Should -Be ([regex]::Matches($letters, '\x00').Count)
        $found.Printable | Should -Be ([regex]::Matches($letters, '[ -~]').Count)
        $found.Distinct | Should -Be 256
        $found.Offset, $found.FileOffset, $found.Length | Should -Be 0, 0, $bytes.Length
        $found.Region, $found.Path | Should -Be $map, $path
    }

    It 'knows the borders of what is printable, and simple entropies' {
        $edges = New-MemoryMap (New-ByteFile (0, 31, 32, 126, 127, 128, 255, 0))
        $found = Measure-MappedByte $edges
        $found.Zero, $found.Printable, $found.Distinct, $found.Entropy | Should -Be 2, 2, 7, 2.75
        (Measure-MappedByte (New-MemoryMap (New-ByteFile (0..255)))).Entropy | Should -Be 8
        (Measure-MappedByte (New-MemoryMap (New-ByteFile (7, 7, 7)))).Entropy | Should -Be 0
    }

    It 'draws entropy from the left, half a bit a cell' {
        $blocks = New-MemoryMap (New-ByteFile ([byte[]](0..255 + @(5) * 256 + @(1, 2, 3, 4) * 64)))
        (Measure-MappedByte $blocks -BlockSize 256).Picture | Should -BeExactly '[OOOOOOOOOOOOOOOO]', '[                ]', '[OOOO            ]'
    }

    It 'measures a range, counted from the region''s start, and in the file too' {
        $part = New-MemoryMap $path -Offset 135000
        $found = @(Measure-MappedByte $part -Offset 200000 -Length 70000 -BlockSize 30000)
        $found.Offset | Should -Be 200000, 230000, 260000
        $found.FileOffset | Should -Be 335000, 365000, 395000
        $found | ForEach-Object Length | Should -Be 30000, 30000, 10000
        $found.Zero | Should -Be 30000, 30000, 10000
    }

    It 'has one object for a range without bytes, and none with -BlockSize' {
        $found = New-MemoryMap (New-TestFile -Size 0) | Measure-MappedByte
        $found.Length, $found.Entropy, $found.Zero, $found.Printable, $found.Distinct | Should -Be 0, 0, 0, 0, 0
        Measure-MappedByte $map $map.Length -BlockSize 4096 | Should -BeNullOrEmpty
    }

    It 'does not read long holes' {
        Skip-OutsideLinux 'holes of 1 TB'
        $sparse = New-TestFile -Size 1TB
        $stream = [IO.File]::OpenWrite($sparse)
        $stream.Position = 300GB
        $stream.Write($text, 0, 1000)
        $stream.Dispose()
        $clock = [Diagnostics.Stopwatch]::StartNew()
        $found = Measure-MappedByte (New-MemoryMap $sparse -Protection Read)
        $clock.Elapsed.TotalSeconds | Should -BeLessThan 60
        $found.Length, ($found.Length - $found.Zero) | Should -Be 1TB, 1000
    }

    It 'takes matches, and its objects are ranges for others' {
        $words = New-MemoryMap (New-TestFile 'xx abab yy')
        $found = Find-MappedByte $words abab | Measure-MappedByte
        $found.Entropy, $found.Distinct | Should -Be 1, 2
        $found | Read-MappedByte -Encoding ascii | Should -Be 'abab'
    }

    It 'refuses -BlockSize <Size>' -ForEach @(@{ Size = 0 }, @{ Size = -4096 }) {
        (Get-ErrorOf { Measure-MappedByte $map -BlockSize $Size }).Id | Should -Be 'ParameterArgumentValidationError'
    }

    It 'says so of a removed region and of memory that may not be read' {
        $guarded = New-MemoryMap -Anonymous -Length $page
        Protect-MemoryMap $guarded None
        (Get-ErrorOf { Measure-MappedByte $guarded }).Id | Should -Be 'NotReadable'
        Remove-MemoryMap $guarded
        (Get-ErrorOf { Measure-MappedByte $guarded }).Id | Should -Be 'RegionClosed'
    }

    It 'says so of a truncated file, behind the blocks before its end' {
        Skip-OnWindows 'Windows refuses to truncate a mapped file'
        $child = Invoke-Hazard -Environment @{ HAZARD_FILE = (New-TestFile -Size (64 * $page)) } -Script @'
$map = New-MemoryMap $env:HAZARD_FILE
Set-FileLength $env:HAZARD_FILE (3 * $page)
Show 'whole' { Measure-MappedByte $map }
Show 'blocks' { $found = @(Measure-MappedByte $map -BlockSize $page -ErrorAction SilentlyContinue -ErrorVariable problem); $found.Count; $problem.FullyQualifiedErrorId }
'@
        $child.Said['whole'] | Should -BeLike "!PageFault | *$(3 * $page)*"
        $child.Said['blocks'] | Should -BeLike '3 PageFault,*'
        $child.Said['end'] | Should -Be 'reached'
    }
}
