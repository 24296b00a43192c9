# The samples: those that read file formats are compared with other readers of the same files; others show a job.

BeforeDiscovery {
    $scripts = Get-ChildItem $PSScriptRoot/../../../samples/*.ps1 | ForEach-Object { @{ Name = $_.Name; Path = $_.FullName } }
}

BeforeAll {
    . $PSScriptRoot/../Support/Preamble.ps1
    $samples = Convert-Path $PSScriptRoot/../../../samples

    # The CRC of ISO 3309, as in PNG and ZIP, bit by bit.
    function Get-Crc([byte[]] $Bytes) {
        [uint32]$crc = [uint32]::MaxValue
        foreach ($byte in $Bytes) {
            $crc = $crc -bxor $byte
            foreach ($bit in 1..8) {
                $crc = $crc -band 1 ? ($crc -shr 1) -bxor 0xEDB88320u : $crc -shr 1
            }
        }
        $crc -bxor [uint32]::MaxValue
    }

    function ConvertTo-BigEndian([uint32] $Number) {
        $bytes = [BitConverter]::GetBytes($Number)
        [Array]::Reverse($bytes)
        $bytes
    }

    function New-Chunk([string] $Type, [byte[]] $Data) {
        $content = [Text.Encoding]::ASCII.GetBytes($Type) + $Data
        (ConvertTo-BigEndian $Data.Length) + $content + (ConvertTo-BigEndian (Get-Crc $content))
    }
}

Describe 'The sample <Name>' -ForEach $scripts {
    It 'says what it does, what each parameter is, and how to call it' {
        $help = Get-Help $Path
        $help.Synopsis | Should -Not -BeLike "*$Name*" -Because 'that would be the syntax, in place of help'
        $help.examples.example.code | Should -BeLike "*samples/$Name*"
        $help.parameters.parameter | Where-Object { -not $_.description } | Should -BeNullOrEmpty
    }
}

Describe 'replace-byte.ps1' {
    It 'shows a byte changed, and leaves no file' {
        & $samples/replace-byte.ps1 | Should -Be 'before: abc', 'after:  adc'
    }

    It 'changes a file' {
        Set-Content TestDrive:/abc.txt xyz -NoNewline
        $null = & $samples/replace-byte.ps1 (Convert-Path TestDrive:/abc.txt)
        Get-Content TestDrive:/abc.txt | Should -BeExactly xdz
    }
}

Describe 'patch-large.ps1' {
    It 'patches the label, and no other byte' {
        $image = Join-Path $TestDrive disk.img
        $said = & $samples/patch-large.ps1 -Path $image -Length 8MB -Label root-2 -Keep
        $said | Should -Contain 'label:  BEFORE'
        $said | Should -Contain 'label:  root-2'
        $said[-1] | Should -BeLike 'The other 8388592 bytes are the same*'
        (Get-Content $image -AsByteStream -TotalCount 1160)[1144..1159] | Should -Be (114, 111, 111, 116, 45, 50 + @(0) * 10)
    }
}

Describe 'residency.ps1' {
    BeforeEach {
        Skip-OnWindows 'Windows does not tell which pages of a file are in memory'
    }

    It 'shows what is saved, evicted and restored' {
        $steps = & $samples/residency.ps1
        $steps.Step | Should -Be saved, evicted, restored
        $steps[0].Percent | Should -BeGreaterThan 0
        $steps[2].Percent | Should -BeGreaterOrEqual $steps[0].Percent
    }

    It 'goes on after a file that is missing' {
        Push-Location TestDrive:
        try {
            Set-Content one.db (,'x' * 5000)
            Set-Content two.db (,'x' * 5000)
            & $samples/residency.ps1 -Save warm.csv -Path *.db | Should -HaveCount 2
            Remove-Item one.db
            $ErrorActionPreference = 'Continue'
            $restored = & $samples/residency.ps1 -Restore warm.csv 2>&1
            $restored.Where({ $_ -is [Management.Automation.ErrorRecord] }).FullyQualifiedErrorId | Should -BeLike 'FileNotFound,*'
            $restored[-1].Path | Should -Be (Convert-Path two.db)
        }
        finally {
            Pop-Location
        }
    }
}

Describe 'read-elf-header.ps1' {
    It 'says what readelf says of this process''s program' {
        Skip-OutsideLinux 'programs in ELF'
        Skip-WithoutProgram readelf
        $program = [Environment]::ProcessPath
        $said = (Invoke-Program readelf, '-h', $program -Environment @{ LC_ALL = 'C' }).Output
        $found = & $samples/read-elf-header.ps1 $program | Group-Object Field -AsHashTable
        $found.Magic.Hex | Should -BeExactly 0x7f454c46
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
        [byte[]]$header = [Convert]::FromHexString('7F454C46010201000000000000000000' +
            '0002000800000001004003000000003400001234700010070034002000030028000F000E')
        Set-Content $path $header -AsByteStream
        $found = & $samples/read-elf-header.ps1 $path | Group-Object Field -AsHashTable
        $found.e_machine.Value | Should -Be 8
        $found.e_entry.Value | Should -Be 0x400300
        $found.e_shoff.Value | Should -Be 0x1234
        $found.e_flags.Value | Should -Be 0x70001007
        $found.e_shstrndx.Value | Should -Be 14
    }

    It 'refuses other files' {
        { & $samples/read-elf-header.ps1 (New-TestFile 'this is not a program') } | Should -Throw '*not an ELF file*'
    }
}

Describe 'list-zip.ps1' {
    BeforeAll {
        $folder = Join-Path $TestDrive packed
        $archive = Join-Path $TestDrive archive.zip
        $null = New-Item $folder/a.txt -Value hello -Force
        $null = New-Item "$folder/folder/gr`u{fc}n.txt" -Value ('x' * 5000) -Force
        $null = New-Item $folder/empty
        Get-ChildItem $folder -Recurse -File | Set-ItemProperty -Name LastWriteTime -Value ([datetime]'2024-05-17 08:15:42')
        Compress-Archive $folder/* $archive
    }

    It 'lists what System.IO.Compression lists' {
        $found = @(& $samples/list-zip.ps1 $archive)
        $zip = [IO.Compression.ZipFile]::OpenRead($archive)
        try {
            $found.Count | Should -BeGreaterOrEqual 3
            $found.Name | Should -BeExactly $zip.Entries.FullName
            $found.ForEach('Length') | Should -Be $zip.Entries.ForEach('Length')
            $found.Crc | Should -BeExactly ($zip.Entries | ForEach-Object { '{0:x8}' -f $_.Crc32 })
            $found.Where{ $_.Name -notlike '*/' }.Modified | ForEach-Object { '{0:s}' -f $_ } | Should -BeExactly (@('2024-05-17T08:15:42') * 3)
        }
        finally {
            $zip.Dispose()
        }
    }

    It 'finds the directory before a comment that looks like its end' {
        $bytes = Get-Content $archive -AsByteStream -Raw
        $comment = [Text.Encoding]::ASCII.GetBytes("PK`u{5}`u{6} and then some more text of a comment")
        $bytes[-2] = $comment.Length
        $path = New-TestFile
        Set-Content $path ([byte[]]($bytes + $comment)) -AsByteStream
        (& $samples/list-zip.ps1 $path).Name | Should -BeExactly (& $samples/list-zip.ps1 $archive).Name
    }

    It 'refuses other files' {
        { & $samples/list-zip.ps1 (New-TestFile 'this is not an archive') } | Should -Throw '*not a ZIP file*'
    }
}

Describe 'list-png-chunks.ps1' {
    It 'lists the chunks that the image was made of' {
        $packed = [IO.MemoryStream]::new()
        $zlib = [IO.Compression.ZLibStream]::new($packed, [IO.Compression.CompressionMode]::Compress, $true)
        $zlib.Write([byte[]](0, 255, 0, 0), 0, 4)
        $zlib.Dispose()
        $path = New-TestFile
        Set-Content $path ([byte[]](0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A) +
            (New-Chunk IHDR (0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0)) + (New-Chunk IDAT $packed.ToArray()) + (New-Chunk IEND @())) -AsByteStream
        $found = & $samples/list-png-chunks.ps1 $path
        $found.Type | Should -BeExactly IHDR, IDAT, IEND
        $found.ForEach('Length') | Should -Be 13, $packed.Length, 0
        $found.Offset | Should -Be 8, 33, (33 + 12 + $packed.Length)

        # The first and the last chunk of a true-colour picture of one pixel, as every PNG library writes them.
        $found[0].Crc | Should -BeExactly 907753de
        $found[2].Crc | Should -BeExactly ae426082
        $found[1].Crc | Should -BeExactly ('{0:x8}' -f (Get-Crc ([Text.Encoding]::ASCII.GetBytes('IDAT') + $packed.ToArray())))
    }

    It 'refuses other files' {
        { & $samples/list-png-chunks.ps1 (New-TestFile 'this is not a picture') } | Should -Throw '*not a PNG image*'
    }
}

Describe 'follow-log.ps1' {
    It 'gives each line once, through growth, truncation, rotation and half a line' {
        Skip-OnWindows 'no file that is mapped is cut off there'
        $log = Join-Path $TestDrive app.log
        Set-Content $log one, two
        $steps = [Collections.Generic.Queue[scriptblock]]::new([scriptblock[]]@(
            { Add-Content $log three }
            { Add-Content $log 'fo' -NoNewline }
            { Add-Content $log 'ur' }
            { Clear-Content $log }
            { Add-Content $log five }
            { Add-Content $log six; Move-Item $log "$log.1"; Set-Content $log seven }
            { Add-Content $log eight }
        ))
        $lines = & $samples/follow-log.ps1 $log -FromStart -Milliseconds 0 -Until {
            if ($steps.Count) { . $steps.Dequeue() }
            -not $steps.Count
        }
        $lines | Should -Be one, two, three, four, five, six, seven, eight
        Get-MemoryMap | Should -BeNullOrEmpty
    }
}
