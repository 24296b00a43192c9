# Hashes of ranges and blocks, against the programs of the system that make the same.

BeforeAll {
    . $PSScriptRoot/../Support/Preamble.ps1

    # The first word of a program's output, in capital letters.
    function Get-Sum([string[]] $Words) {
        (Invoke-Program $Words).Output.TrimStart('\').Split(' ')[0].Trim().ToUpperInvariant()
    }

    # Bytes of a file as a file of their own, copied by dd.
    function Copy-Range([string] $Path, [long] $Offset, [long] $Length) {
        $to = New-TestFile -Size 0
        $null = Invoke-Program dd, "if=$Path", "of=$to", 'iflag=skip_bytes,count_bytes', "skip=$Offset", "count=$Length", 'bs=1M', 'status=none'
        $to
    }

    $path = New-RandomFile 3145861
    $bytes = [IO.File]::ReadAllBytes($path)
}

Describe 'Get-MappedHash' {
    BeforeEach {
        $map = New-MemoryMap $path -Protection Read
    }

    AfterEach {
        Get-MemoryMap | Remove-MemoryMap
    }

    Context 'a range' {
        It 'has the <Algorithm> that <Program> gives' -ForEach @(
            @{ Algorithm = 'MD5'; Program = 'md5sum' }
            @{ Algorithm = 'SHA1'; Program = 'sha1sum' }
            @{ Algorithm = 'SHA256'; Program = 'sha256sum' }
            @{ Algorithm = 'SHA384'; Program = 'sha384sum' }
            @{ Algorithm = 'SHA512'; Program = 'sha512sum' }
        ) {
            Skip-WithoutProgram $Program
            (Get-MappedHash $map -Algorithm $Algorithm).Hash | Should -BeExactly (Get-Sum $Program, $path)
            (Get-MappedHash $map 77 1234567 -Algorithm $Algorithm).Hash | Should -BeExactly (Get-Sum $Program, (Copy-Range $path 77 1234567))
        }

        It 'has the Crc32 that zlib of Python gives' {
            Skip-WithoutProgram python3
            $code = 'import sys, zlib; print("%08X" % zlib.crc32(open(sys.argv[1], "rb").read()[77:1234644]))'
            (Get-MappedHash $map 77 1234567 -Algorithm Crc32).Hash | Should -BeExactly (Get-Sum python3, '-c', $code, $path)
        }

        It 'has the XxHash3 that xxhsum gives' {
            Skip-WithoutProgram xxhsum
            $line = (Invoke-Program xxhsum, '-H3', (Copy-Range $path 77 1234567)).Output
            $line | Should -BeLike "*$((Get-MappedHash $map 77 1234567 -Algorithm XxHash3).Hash.ToLowerInvariant())*"
        }

        It 'has the hash of Get-FileHash, SHA256 if no other is asked for, and says what was hashed' {
            $hash = Get-MappedHash $map
            $hash | Should -BeOfType MmapPS.MappedHash
            $hash.Algorithm | Should -BeExactly 'SHA256'
            $hash.Hash | Should -BeExactly (Get-FileHash $path).Hash
            $hash.Region | Should -Be $map
            $hash.Path | Should -BeExactly $path
            $hash.Offset, $hash.FileOffset, $hash.Length | Should -Be 0, 0, $bytes.Length
        }

        It 'is counted from the region''s start, and in the file too' {
            $part = New-MemoryMap $path -Offset 5000 -Length 9000
            $hash = Get-MappedHash $part -Offset 100 -Length 50
            $hash.Offset, $hash.FileOffset, $hash.Length | Should -Be 100, 5100, 50
            $hash.Hash | Should -BeExactly ([Convert]::ToHexString([Security.Cryptography.SHA256]::HashData([byte[]]$bytes[5100..5149])))
        }

        It 'without bytes has the hash of nothing, as a file of no bytes has' {
            $nothing = (Get-FileHash (New-TestFile -Size 0)).Hash
            (Get-MappedHash $map $map.Length).Hash | Should -BeExactly $nothing
            (New-MemoryMap (New-TestFile -Size 0) | Get-MappedHash).Hash | Should -BeExactly $nothing
        }

        It 'of memory has no path' {
            $memory = New-MemoryMap -Anonymous -Length 10
            $hash = Get-MappedHash $memory -Algorithm crc32
            $hash.Hash, $hash.Algorithm | Should -BeExactly 'E38A6876', 'Crc32'
            $hash.Path, $hash.FileOffset | Should -Be $null, $null
        }

        It 'of private changes is that of the changes' {
            $private = New-MemoryMap $path -Sharing Private
            $private[0] = $bytes[0] -bxor 1
            (Get-MappedHash $private).Hash | Should -Not -Be (Get-MappedHash $map).Hash
            $private[0] = $bytes[0]
            (Get-MappedHash $private).Hash | Should -BeExactly (Get-MappedHash $map).Hash
        }
    }

    Context '-BlockSize' {
        It 'gives the hashes of hashdeep -p, in order' {
            Skip-WithoutProgram hashdeep
            $lines = (Invoke-Program hashdeep, '-c', 'sha256', '-p', '65536', $path).Output.Trim() -split '\n' -notmatch '^[%#]'
            $expected = $lines | ForEach-Object {
                $length, $sum, $name = $_.Split(',')
                $null = $name -match ' offset (\d+)-(\d+)$'
                "$($Matches[1]) $([long]$Matches[2] - [long]$Matches[1] + 1) $($sum.ToUpperInvariant())"
            }
            $found = Get-MappedHash $map -BlockSize 64KB | ForEach-Object { "$($_.Offset) $($_.Length) $($_.Hash)" }
            $found.Count | Should -Be 49
            $found | Should -BeExactly $expected
        }

        It 'gives the hashes of <Size> bytes each by dd and sha256sum' -ForEach @(@{ Size = 1MB }, @{ Size = 1000000 }, @{ Size = 3145860 }) {
            Skip-WithoutProgram sha256sum
            $found = @(Get-MappedHash $map -BlockSize $Size)
            $found.Count | Should -Be ([Math]::Ceiling($bytes.Length / $Size))
            foreach ($hash in $found) {
                $hash.Hash | Should -BeExactly (Get-Sum sha256sum, (Copy-Range $path $hash.Offset $Size))
            }
        }

        It 'takes sizes as text, and blocks of one byte, of more than there are, and of more than an array holds' {
            Get-MappedHash $map -BlockSize '1 MiB' | ForEach-Object Length | Should -Be @(1MB, 1MB, 1MB, 133)
            $single = @(Get-MappedHash $map 3 2000 -BlockSize 1 -Algorithm MD5)
            $single.Count | Should -Be 2000
            $single[1999].Offset | Should -Be 2002
            $single[1999].Hash | Should -BeExactly ([Convert]::ToHexString([Security.Cryptography.MD5]::HashData([byte[]]$bytes[2002])))
            foreach ($size in $map.Length, 1TB, [long]::MaxValue) {
                (Get-MappedHash $map -BlockSize $size).Hash | Should -BeExactly (Get-FileHash $path).Hash
            }
        }

        It 'gives nothing for a range without bytes' {
            Get-MappedHash $map $map.Length -BlockSize 4096 | Should -BeNullOrEmpty
        }

        It 'is the same for memory that is read in place, and ends with the pipeline' {
            $memory = New-MemoryMap -Anonymous -Length 8MB
            Write-MappedByte $memory $bytes -Offset 4MB
            $first = Get-MappedHash $memory -Offset 4MB -BlockSize 64KB | Select-Object -First 3
            $first.Hash | Should -BeExactly (Get-MappedHash $map -BlockSize 64KB | Select-Object -First 3).Hash
        }

        It 'refuses <Size>' -ForEach @(@{ Size = 0 }, @{ Size = -1 }, @{ Size = '0 KB' }) {
            (Get-ErrorOf { Get-MappedHash $map -BlockSize $Size }).Id | Should -Be 'ParameterArgumentValidationError'
        }

        It 'refuses <Size>, which is not a number of bytes' -ForEach @(@{ Size = 1.5 }, @{ Size = 'large' }) {
            (Get-ErrorOf { Get-MappedHash $map -BlockSize $Size }).Id | Should -Be 'ParameterArgumentTransformationError'
        }
    }

    Context 'the pipeline' {
        It 'brings regions' {
            $other = New-MemoryMap (New-TestFile 'abc')
            ($map, $other | Get-MappedHash -Algorithm SHA1).Hash |
                Should -BeExactly (Get-FileHash $path -Algorithm SHA1).Hash, 'A9993E364706816ABA3E25717850C26C9CD0D89D'
        }

        It 'brings matches, and takes its own objects for ranges' {
            $text = New-MemoryMap (New-TestFile 'xx abc yy abc')
            $found = @(Find-MappedByte $text abc | Get-MappedHash -Algorithm SHA1)
            $found.Offset | Should -Be 3, 10
            $found.Hash | Should -BeExactly (@('A9993E364706816ABA3E25717850C26C9CD0D89D') * 2)
            $found | Read-MappedByte -Encoding ascii | Should -Be 'abc', 'abc'
        }
    }

    Context 'errors' {
        It 'are said of an algorithm that there is not' {
            $problem = Get-ErrorOf { Get-MappedHash $map -Algorithm SHA3 }
            $problem.Id | Should -Be 'ParameterArgumentValidationError'
            $problem.Message | Should -BeLike '*MD5,SHA1,SHA256,SHA384,SHA512,Crc32,XxHash3*'
        }

        It 'are said of a removed region, and the next one follows' {
            $removed = New-MemoryMap $path
            Remove-MemoryMap $removed
            $found = $removed, $map | Get-MappedHash -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems.FullyQualifiedErrorId | Should -BeLike 'RegionClosed,*'
            $found.Region | Should -Be $map
        }

        It 'are said of memory that may not be read' {
            $guarded = New-MemoryMap -Anonymous -Length (2 * $page)
            Protect-MemoryMap $guarded $page $page -Protection None
            (Get-ErrorOf { Get-MappedHash $guarded }).Id | Should -Be 'NotReadable'
        }

        It 'are said of a truncated file, behind the blocks before its end' {
            Skip-OnWindows 'Windows refuses to truncate a mapped file'
            $child = Invoke-Hazard -Environment @{ HAZARD_FILE = (New-TestFile -Size (64 * $page)) } -Script @'
$map = New-MemoryMap $env:HAZARD_FILE
Set-FileLength $env:HAZARD_FILE (3 * $page)
Show 'whole' { Get-MappedHash $map }
Show 'before' { (Get-MappedHash $map -Length (3 * $page)).Length / $page }
Show 'blocks' { $found = @(Get-MappedHash $map -BlockSize $page -ErrorAction SilentlyContinue -ErrorVariable problem); $found.Count; $problem.FullyQualifiedErrorId }
'@
            $child.Said['whole'] | Should -BeLike "!PageFault | *$(3 * $page)*"
            $child.Said['before'] | Should -Be '3'
            $child.Said['blocks'] | Should -BeLike '3 PageFault,*'
            $child.Said['end'] | Should -Be 'reached'
        }

        It 'are said if another module has loaded an older System.IO.Hashing: of Crc32 and XxHash3, and of no more' {
            if ($env:WINEPREFIX) {
                Set-ItResult -Skipped -Because 'under wine a process that makes an assembly does not end'
            }

            $child = Invoke-Hazard -Environment @{ HAZARD_FOLDER = "$TestDrive" } -Script @'
$older = [Reflection.Emit.PersistedAssemblyBuilder]::new('System.IO.Hashing, Version=1.0.0.0', [object].Assembly)
$null = $older.DefineDynamicModule('Older').DefineType('Older', 'Public').CreateType()
$older.Save("$env:HAZARD_FOLDER/System.IO.Hashing.dll")
$null = [Reflection.Assembly]::LoadFrom("$env:HAZARD_FOLDER/System.IO.Hashing.dll")
$map = New-MemoryMap -Anonymous -Length 10
foreach ($name in 'Crc32', 'XxHash3', 'MD5') { Show $name { (Get-MappedHash $map -Algorithm $name).Length } }
'@
            $child.Said['Crc32'] | Should -BeLike '!NotSupported | Crc32 cannot be computed here: *System.IO.Hashing*Choose another -Algorithm.'
            $child.Said['XxHash3'] | Should -BeLike '!NotSupported | XxHash3 cannot be computed here: *'
            $child.Said['MD5'] | Should -Be '10'
        }
    }
}
