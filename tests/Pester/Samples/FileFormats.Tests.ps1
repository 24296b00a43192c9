# The samples that read file formats, against other readers of the same files.

BeforeAll {
    . $PSScriptRoot/../Support/Module.ps1
    . $PSScriptRoot/../Support/Errors.ps1
    . $PSScriptRoot/../Support/Files.ps1
    . $PSScriptRoot/../Support/Process.ps1
    . $PSScriptRoot/../Support/Platform.ps1
    $samples = [IO.Path]::GetFullPath("$PSScriptRoot/../../../samples")

    # ISO 3309, as PNG and ZIP use it, bit by bit.
    function Get-Crc([byte[]] $Bytes) {
        [uint32]$crc = [uint32]::MaxValue
        foreach ($byte in $Bytes) {
            $crc = $crc -bxor $byte
            foreach ($bit in 1..8) {
                $crc = if ($crc -band 1) { ($crc -shr 1) -bxor 0xEDB88320u } else { $crc -shr 1 }
            }
        }

        $crc -bxor [uint32]::MaxValue
    }

    function New-Chunk([string] $Type, [byte[]] $Data) {
        $length = [BitConverter]::GetBytes([uint32]$Data.Length)
        $content = [Text.Encoding]::ASCII.GetBytes($Type) + $Data
        $crc = [BitConverter]::GetBytes((Get-Crc $content))
        [Array]::Reverse($length)
        [Array]::Reverse($crc)
        $length + $content + $crc
    }
}

Describe 'read-elf-header.ps1' {
    It 'says what readelf says of this process''s program' {
        Skip-OutsideLinux 'programs in ELF'
        Skip-WithoutProgram readelf
        $program = [Environment]::ProcessPath
        $said = (Invoke-Program 'readelf', '-h', $program -Environment @{ LC_ALL = 'C' }).Output
        $found = @{}
        & "$samples/read-elf-header.ps1" $program | ForEach-Object { $found[$_.Field] = $_ }
        $found.Magic.Hex | Should -BeExactly '0x7f454c46'
        foreach ($pair in @{
                e_phoff = 'Start of program headers'; e_shoff = 'Start of section headers'; e_ehsize = 'Size of this header'
                e_phentsize = 'Size of program headers'; e_phnum = 'Number of program headers'; e_shentsize = 'Size of section headers'
                e_shnum = 'Number of section headers'; e_shstrndx = 'Section header string table index'
            }.GetEnumerator()) {
            $said -match "(?m)^\s*$($pair.Value):\s+(\d+)" | Should -BeTrue -Because $pair.Value
            $found[$pair.Key].Value | Should -Be ([long]$Matches[1]) -Because $pair.Key
        }

        $said -match '(?m)^\s*Entry point address:\s+(\S+)' | Should -BeTrue
        $found.e_entry.Hex | Should -BeExactly $Matches[1]
    }

    It 'reads 32 bits and big endian' {
        $path = New-TestFile
        [IO.File]::WriteAllBytes($path, [Convert]::FromHexString('7F454C46010201000000000000000000' +
                '0002000800000001004003000000003400001234700010070034002000030028000F000E'))
        $found = @{}
        & "$samples/read-elf-header.ps1" $path | ForEach-Object { $found[$_.Field] = $_.Value }
        $found.e_machine | Should -Be 8
        $found.e_entry | Should -Be 0x400300
        $found.e_shoff | Should -Be 0x1234
        $found.e_flags | Should -Be 0x70001007
        $found.e_shstrndx | Should -Be 14
    }

    It 'refuses other files' {
        (Get-ErrorOf { & "$samples/read-elf-header.ps1" (New-TestFile 'this is no program') }).Message | Should -BeLike '*no ELF*'
    }
}

Describe 'list-zip.ps1' {
    BeforeAll {
        $archive = "$TestDrive/archive.zip"
        $stream = [IO.File]::Create($archive)
        $zip = [IO.Compression.ZipArchive]::new($stream, 'Create')
        foreach ($file in @{ Name = 'a.txt'; Text = 'hello' }, @{ Name = "folder/gr$([char]0xFC)n.txt"; Text = 'x' * 5000 }, @{ Name = 'empty'; Text = '' }) {
            $entry = $zip.CreateEntry($file.Name)
            $entry.LastWriteTime = [DateTimeOffset]::new(2024, 5, 17, 8, 15, 42, [TimeSpan]::Zero)
            $writer = [IO.StreamWriter]::new($entry.Open())
            $writer.Write($file.Text)
            $writer.Dispose()
        }

        $zip.Dispose()
    }

    It 'lists what System.IO.Compression lists' {
        $found = @(& "$samples/list-zip.ps1" $archive)
        $zip = [IO.Compression.ZipArchive]::new([IO.File]::OpenRead($archive), 'Read')
        try {
            $found.Count | Should -Be $zip.Entries.Count
            for ($i = 0; $i -lt $found.Count; $i++) {
                $found[$i].Name | Should -BeExactly $zip.Entries[$i].FullName
                $found[$i].Length | Should -Be $zip.Entries[$i].Length
                $found[$i].Packed | Should -Be $zip.Entries[$i].CompressedLength
                $found[$i].Crc | Should -BeExactly ('{0:x8}' -f $zip.Entries[$i].Crc32)
                $found[$i].Modified | Should -BeExactly '2024-05-17 08:15:42'
            }
        }
        finally {
            $zip.Dispose()
        }
    }

    It 'finds the directory before a comment that looks like its end' {
        $bytes = [IO.File]::ReadAllBytes($archive)
        $comment = [Text.Encoding]::ASCII.GetBytes("PK`u{5}`u{6} and then some more text of a comment")
        $bytes[$bytes.Length - 2] = $comment.Length
        $path = New-TestFile
        [IO.File]::WriteAllBytes($path, $bytes + $comment)
        (& "$samples/list-zip.ps1" $path).Name -join ',' | Should -BeExactly "a.txt,folder/gr$([char]0xFC)n.txt,empty"
    }

    It 'refuses other files' {
        (Get-ErrorOf { & "$samples/list-zip.ps1" (New-TestFile 'this is no archive') }).Message | Should -BeLike '*no ZIP*'
    }
}

Describe 'list-png-chunks.ps1' {
    It 'lists the chunks that the image was made of' {
        $packed = [IO.MemoryStream]::new()
        $zlib = [IO.Compression.ZLibStream]::new($packed, [IO.Compression.CompressionMode]::Compress, $true)
        $zlib.Write([byte[]](0, 255, 0, 0), 0, 4)
        $zlib.Dispose()
        $header = [byte[]](0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0)
        $path = New-TestFile
        [IO.File]::WriteAllBytes($path, [byte[]](0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A) +
            (New-Chunk 'IHDR' $header) + (New-Chunk 'IDAT' $packed.ToArray()) + (New-Chunk 'IEND' ([byte[]]@())))
        $found = @(& "$samples/list-png-chunks.ps1" $path)
        $found.Type -join ',' | Should -BeExactly 'IHDR,IDAT,IEND'
        ($found | ForEach-Object { $_.Length }) -join ',' | Should -BeExactly "13,$($packed.Length),0"
        $found.Offset -join ',' | Should -BeExactly "8,33,$(33 + 12 + $packed.Length)"

        # The first and the last of a picture of one pixel in true colour, as every PNG library writes them.
        $found[0].Crc | Should -BeExactly '907753de'
        $found[2].Crc | Should -BeExactly 'ae426082'
        $found[1].Crc | Should -BeExactly ('{0:x8}' -f (Get-Crc ([Text.Encoding]::ASCII.GetBytes('IDAT') + $packed.ToArray())))
    }

    It 'refuses other files' {
        (Get-ErrorOf { & "$samples/list-png-chunks.ps1" (New-TestFile 'this is no picture') }).Message | Should -BeLike '*no PNG*'
    }
}
