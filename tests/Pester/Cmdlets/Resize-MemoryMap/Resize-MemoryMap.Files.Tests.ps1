BeforeAll {
    . $PSScriptRoot/../../Support/Preamble.ps1

    function Get-FileLength {
        param([string] $Path)

        (Get-Item $Path).Length
    }

    # Bytes up to whole pages.
    function Get-PagedSize {
        param([long] $Length)

        [long][Math]::Ceiling($Length / $page) * $page
    }
}

Describe 'Resize-MemoryMap' {
    AfterEach {
        Get-MemoryMap | Remove-MemoryMap
    }

    Context 'a shared file' {
        It 'grows with the region from <from> to <to>, with storage behind every byte' -ForEach @(
            @{ From = 3; To = 5 }
            @{ From = 3; To = 100000 }
            @{ From = 4096; To = 4097 }
            @{ From = 4097; To = 3000000 }
        ) {
            Skip-OnMacOS 'its stat takes other options'
            $path = New-RandomFile $From
            $before = Get-Content $path -AsByteStream -Raw
            $map = New-MemoryMap $path
            Resize-MemoryMap $map $To
            $map.Length | Should -Be $To
            Get-FileLength $path | Should -Be $To
            Get-AllocatedSize $path | Should -BeGreaterOrEqual $To
            Get-MappedSize $path | Should -Be (Get-PagedSize $To)
            Assert-Byte $map.Read(0, $From) $before
            Write-MappedByte $map 'end' -Offset ($To - 3)
            Get-FileText $path -Offset ($To - 3) | Should -BeExactly 'end'
        }

        It 'grows behind a region that starts inside it' {
            $path = New-TestFile ([string]::new('.', 10000))
            $map = New-MemoryMap $path -Offset 9998 -Length 1
            Resize-MemoryMap $map 20000
            Get-FileLength $path | Should -Be 29998
            $map.Offset, $map.Length | Should -Be @(9998, 20000)
            $map[0], $map[1], $map[2] | Should -Be @(46, 46, 0)
            $map[-1] = 5
            (Get-Content $path -AsByteStream -Raw)[29997] | Should -Be 5
        }

        It 'is left as long as it is by a region that grows within it' {
            $path = New-RandomFile 20000
            $map = New-MemoryMap $path -Offset 100 -Length 5
            Resize-MemoryMap $map 10000
            Get-FileLength $path | Should -Be 20000
            $map[-1] | Should -Be ((Get-Content $path -AsByteStream -Raw)[10099])
        }

        It 'keeps its length when the region shrinks' {
            $path = New-RandomFile 20000
            $before = Get-Content $path -AsByteStream -Raw
            $map = New-MemoryMap $path
            Resize-MemoryMap $map 10
            $map.Length | Should -Be 10
            Get-MappedSize $path | Should -Be $page
            Assert-Byte (Get-Content $path -AsByteStream -Raw) $before
            { $map[10] } | Should -Throw -ErrorId OutOfRange
        }

        It 'is cut off at the region''s end with -TruncateFile: <name>' -ForEach @(
            @{ Name = 'the whole file'; Offset = 0; To = 7; Left = 7 }
            @{ Name = 'from an offset on'; Offset = 5000; To = 100; Left = 5100 }
            @{ Name = 'to nothing'; Offset = 0; To = 0; Left = 0 }
            @{ Name = 'to nothing from an offset on'; Offset = 5000; To = 0; Left = 5000 }
        ) {
            $path = New-RandomFile 20000
            $expected = [byte[]]::new($Left)
            [Array]::Copy((Get-Content $path -AsByteStream -Raw), $expected, $Left)
            $map = New-MemoryMap $path -Offset $Offset
            Resize-MemoryMap $map $To -TruncateFile
            $map.Length | Should -Be $To
            Get-FileLength $path | Should -Be $Left
            Assert-Byte (Get-Content $path -AsByteStream -Raw) $expected
        }

        It 'is cut off behind a region that keeps its length, or grows within the file, with -TruncateFile' {
            $path = New-RandomFile 20000
            $map = New-MemoryMap $path -Length 100
            Resize-MemoryMap $map 200 -TruncateFile
            Get-FileLength $path | Should -Be 200
            Resize-MemoryMap $map 200 -TruncateFile
            Get-FileLength $path | Should -Be 200
            $map.Read().Length | Should -Be 200
        }

        It 'becomes nothing and something again' {
            $path = New-TestFile 'abcdef'
            $map = New-MemoryMap $path
            Resize-MemoryMap $map 0
            $map.Length, $map.Address, $map.IsOpen | Should -Be @(0, 0, $true)
            Get-MapCount $path | Should -Be 0
            $map.Read().Length | Should -Be 0
            { $map[0] } | Should -Throw -ErrorId OutOfRange
            Get-FileText $path | Should -BeExactly 'abcdef'
            Resize-MemoryMap $map 3
            Read-MappedByte $map -Encoding ascii | Should -BeExactly 'abc'
            $map.Address | Should -Not -Be 0
            Write-MappedByte $map 'XYZ'
            Get-FileText $path | Should -BeExactly 'XYZdef'
        }

        It 'may have been empty' {
            $path = New-TestFile -Size 0
            $map = New-MemoryMap $path
            Resize-MemoryMap $map 5
            Write-MappedByte $map 'hello'
            Get-FileText $path | Should -BeExactly 'hello'
        }

        It 'may be put on another page by every resize, and is unmapped once' {
            $path = New-TestFile 'abc'
            $map = New-MemoryMap $path
            foreach ($length in 1, 100000, 5, 1000000, 4096, 0, 12288, 3) {
                Resize-MemoryMap $map $length
                $map.Length | Should -Be $length
                Get-MappedSize $path | Should -Be (Get-PagedSize $length)
            }

            Read-MappedByte $map -Encoding ascii | Should -BeExactly 'abc'
            Remove-MemoryMap $map
            Get-MapCount $path | Should -Be 0
        }

        It 'that was truncated meanwhile grows to the region''s new end' {
            Skip-OnWindows 'no mapped file is truncated there'
            $path = New-RandomFile 20000
            $map = New-MemoryMap $path
            $stream = [IO.FileStream]::new($path, 'Open', 'Write', 'ReadWrite')
            $stream.SetLength(100)
            $stream.Dispose()
            Resize-MemoryMap $map 30000
            Get-FileLength $path | Should -Be 30000
            $map.Read(100, 29900) | Where-Object { $_ } | Should -BeNullOrEmpty
        }

        It 'cannot have fewer bytes than none: <_>' -ForEach -1, ([long]::MinValue) {
            $path = New-TestFile 'abc'
            $map = New-MemoryMap $path
            { Resize-MemoryMap $map $_ -TruncateFile } | Should -Throw "*$_*" -ErrorId 'OutOfRange,*'
            Get-FileText $path | Should -BeExactly 'abc'
            $map.Length | Should -Be 3
        }

        It 'cannot be longer than 64 bits or the file system allow: <length> from offset <offset>' -ForEach @(
            @{ Offset = 0; Length = [long]::MaxValue }
            @{ Offset = 2; Length = [long]::MaxValue }
            @{ Offset = 2; Length = [long]::MaxValue - 1 }
            @{ Offset = 2; Length = [long]::MaxValue - 2 }
        ) {
            $path = New-TestFile 'abc'
            $map = New-MemoryMap $path -Offset $Offset
            $problem = Get-ErrorOf { Resize-MemoryMap $map $Length }
            $problem.Id | Should -Match '^(OutOfRange|NoSpace|LimitReached|fallocate\.(EFBIG|EINVAL)|SetFileInformationByHandle\.ERROR_INVALID_PARAMETER)$'
            Get-FileText $path | Should -BeExactly 'abc'
            $map.Length | Should -Be (3 - $Offset)
            $map[-1] | Should -Be 99
        }

        It 'says why a length is too long from the region''s offset on' {
            $map = New-MemoryMap (New-TestFile 'abc') -Offset 2
            (Get-ErrorOf { Resize-MemoryMap $map ([long]::MaxValue) }).Message |
                Should -BeLike 'Offset 2 with length 9223372036854775807 *at most 9223372036854775807.'
        }

        It 'that may not change is AccessDenied, and region and file are as before' {
            Skip-OutsideLinux 'chattr'
            Skip-WithoutRoot 'make a file immutable'
            Skip-WithoutProgram chattr
            $path = New-TestFile 'abcdef'
            $map = New-MemoryMap $path
            if ((Invoke-Program 'chattr', '+i', $path).ExitCode -ne 0) {
                Set-ItResult -Skipped -Because 'this file system has no immutable files'
            }

            try {
                foreach ($with in @{ Length = 10000 }, @{ Length = 2; TruncateFile = $true }) {
                    { Resize-MemoryMap $map @with } | Should -Throw "*$path*immutable*" -ErrorId 'AccessDenied,*'
                    $map.Length | Should -Be 6
                }
            }
            finally {
                $null = Invoke-Program 'chattr', '-i', $path
            }

            Get-FileText $path | Should -BeExactly 'abcdef'
            Resize-MemoryMap $map 7
            Get-FileLength $path | Should -Be 7
        }

        It 'that was opened for reading may neither grow nor be cut off, and region and file are as before' {
            $path = New-RandomFile 20000
            $before = Get-Content $path -AsByteStream -Raw
            $map = New-MemoryMap $path -Protection Read
            foreach ($way in { Resize-MemoryMap $map 20001 }, { Resize-MemoryMap $map 100 -TruncateFile }, { Resize-MemoryMap $map 0 -TruncateFile }) {
                $problem = Get-ErrorOf $way
                $problem.Id | Should -Be 'NotWritable' -Because "$way"
                $problem.Message | Should -BeLike "*$path*-Protection Read,Write*"
            }

            Assert-Byte (Get-Content $path -AsByteStream -Raw) $before
            $map.Length | Should -Be 20000
            Get-MappedSize $path | Should -Be (Get-PagedSize 20000)
            Assert-Byte $map.Read() $before
        }

        It 'that was opened for reading may be shrunk and grown within' {
            $path = New-RandomFile 20000
            $map = New-MemoryMap $path -Protection Read
            Resize-MemoryMap $map 100
            Resize-MemoryMap $map 20000
            Assert-Byte $map.Read() (Get-Content $path -AsByteStream -Raw)
            { $map[0] = 1 } | Should -Throw -ErrorId NotWritable
        }
    }

    Context 'a full file system' {
        It 'is NoSpace at once, and file and region are as before' {
            Skip-WithoutRoot 'mount a small file system'
            $folder = (New-Item (Join-Path $TestDrive small) -ItemType Directory).FullName
            $mount = Invoke-Program 'mount', '-t', 'tmpfs', '-o', 'size=1m', 'none', $folder
            if ($mount.ExitCode -ne 0) {
                Set-ItResult -Skipped -Because "no file system may be mounted here: $($mount.ErrorOutput.Trim())"
            }

            try {
                $path = New-TestFile 'abc' -Name 'small/x.bin'
                $map = New-MemoryMap $path
                $problem = Get-ErrorOf { Resize-MemoryMap $map 2MB }
                $problem.Id | Should -Be 'NoSpace'
                $problem.Category | Should -Be 'WriteError'
                $problem.Message | Should -BeLike "*$path*from 3 to 2097152 bytes*full*"
                [object]::ReferenceEquals($problem.Target, $map) | Should -BeTrue
                Get-FileText $path | Should -BeExactly 'abc'
                Get-AllocatedSize $path | Should -BeLessOrEqual $page
                $map.Length | Should -Be 3
                $map[2] = 90
                Get-FileText $path | Should -BeExactly 'abZ'

                # All that fits is allocated, even if others fill the rest.
                Resize-MemoryMap $map 512KB
                { [IO.File]::WriteAllBytes("$folder/filler", [byte[]]::new(1MB)) } | Should -Throw
                $map.Write(0, [byte[]]@(1) * 512KB)
                $map[-1] | Should -Be 1
                { Resize-MemoryMap $map 513KB } | Should -Throw -ErrorId 'NoSpace,*'
                $map.Length | Should -Be 512KB
            }
            finally {
                Get-MemoryMap | Remove-MemoryMap
                (Invoke-Program 'umount', $folder).ExitCode | Should -Be 0
            }
        }

        It 'truncates a file that grew if the mapping then cannot grow' {
            Skip-OnWindows 'no mapped file is cut off there'
            # The kernel refuses mixed protection after the file has grown.
            $path = New-RandomFile (2 * $page)
            $map = New-MemoryMap $path
            Protect-MemoryMap $map -Length $page -Protection Read
            { Resize-MemoryMap $map 100000 } | Should -Throw -ErrorId 'NotSupported,*'
            Get-FileLength $path | Should -Be (2 * $page)
            $map.Length | Should -Be (2 * $page)
            $map.Read().Length | Should -Be (2 * $page)
        }

        It 'says which limit keeps a file from growing, and lives' {
            # The kernel would end the process with SIGXFSZ. Set while the child runs: a runtime would not start under such a low limit.
            Skip-WithoutProgram prlimit
            $path = New-TestFile 'abc'
            $child = Invoke-Child -Environment @{ FILE = $path } @'
                $map = New-MemoryMap $env:FILE
                [Diagnostics.Process]::Start("prlimit", "--pid=$PID --fsize=2000000").WaitForExit()
                try { Resize-MemoryMap $map 3000000 -ErrorAction Stop } catch { [Console]::WriteLine("$($_.FullyQualifiedErrorId.Split(',')[0]) $_") }
                [Console]::WriteLine("$($map.Length) $($map[2])")
'@
            $child.ExitCode | Should -Be 0 -Because $child.ErrorOutput
            $child.Output | Should -BeLike "LimitReached*$path*3000000*RLIMIT_FSIZE*2000000*`n3 99*"
            Get-FileText $path | Should -BeExactly 'abc'
        }
    }

    Context 'a private file' {
        It 'grows and shrinks within its file, which stays as it is, and keeps its own bytes' {
            Skip-OnWindows 'a private view cannot get another length there'
            $path = New-RandomFile 20000
            $before = Get-Content $path -AsByteStream -Raw
            $map = New-MemoryMap $path -Sharing Private -Length 100
            $map[99] = $before[99] -bxor 255
            Resize-MemoryMap $map 20000
            $map[99] | Should -Be ($before[99] -bxor 255)
            $map[100], $map[19999] | Should -Be @($before[100], $before[19999])
            Resize-MemoryMap $map 50
            Assert-Byte (Get-Content $path -AsByteStream -Raw) $before
        }

        It 'cannot grow behind its file: <offset> and <length>' -ForEach @(
            @{ Offset = 0; Length = 101 }
            @{ Offset = 40; Length = 61 }
            @{ Offset = 40; Length = [long]::MaxValue - 40 }
        ) {
            $path = New-RandomFile 100
            $map = New-MemoryMap $path -Sharing Private -Offset $Offset -Length 10
            { Resize-MemoryMap $map $Length } |
                Should -Throw "*$path*Private*offset $Offset with $Length bytes*100 bytes*" -ErrorId 'OutOfRange,*'
            $map.Length | Should -Be 10
            Get-FileLength $path | Should -Be 100
        }

        It 'refuses -TruncateFile' {
            $path = New-RandomFile 100
            $map = New-MemoryMap $path -Sharing Private
            { Resize-MemoryMap $map 10 -TruncateFile } | Should -Throw "*-TruncateFile*$path*" -ErrorId 'NotSupported,*'
            $map.Length | Should -Be 100
            Get-FileLength $path | Should -Be 100
        }

        It 'is mapped as it was protected after it was empty' {
            Skip-OnWindows 'a private view cannot get another length there'
            $map = New-MemoryMap (New-RandomFile 100) -Sharing Private -Protection Read
            Protect-MemoryMap $map -Protection Read, Write
            Resize-MemoryMap $map 0
            Resize-MemoryMap $map 100
            $map[0] = 1
            $map[0] | Should -Be 1
            (Get-MapEntry $map.Address).Permissions | Should -BeExactly 'rw-p'
        }
    }
}

Describe 'A region and its file' {
    BeforeEach {
        $path = New-TestFile -Size 5000
        $map = New-MemoryMap $path -Offset 1000 -Protection Read
    }

    AfterEach {
        Get-MemoryMap | Remove-MemoryMap
    }

    It 'are current as they are mapped, and when the file grows' {
        $map.FileLength, "$($map.FileState)", $map.IsStale | Should -Be 5000, 'Current', $false
        Add-Content $path 'abc' -NoNewline
        $map.FileLength, "$($map.FileState)", $map.IsStale | Should -Be 5003, 'Current', $false
        Resize-MemoryMap $map -ToFile
        $map.Length, (Read-MappedByte $map -Offset 4000 -Encoding ascii) | Should -Be 4003, 'abc'
    }

    It 'are stale when the file is cut, and -ToFile makes them current' {
        Skip-OnWindows 'no file that is mapped is cut off there'
        truncate -s 1500 $path
        $map.FileLength, "$($map.FileState)", $map.IsStale | Should -Be 1500, 'Cut', $true
        Resize-MemoryMap $map -ToFile
        $map.Length, $map.IsStale | Should -Be 500, $false
        truncate -s 10 $path
        Resize-MemoryMap $map -ToFile
        $map.Length | Should -Be 0
        truncate -s 3000 $path
        Resize-MemoryMap $map -ToFile
        $map.Length, (Get-Item $path).Length | Should -Be 2000, 3000
    }

    It 'are stale when another file has the path, or none' {
        Skip-OnWindows 'a file that is mapped keeps its name there'
        Move-Item $path "$path.old"
        "$($map.FileState)", $map.IsStale, $map.FileLength | Should -Be 'Deleted', $true, 5000
        Set-Content $path other
        "$($map.FileState)", $map.IsStale | Should -Be 'Replaced', $true
        Remove-Item $path
        New-Item $path -ItemType HardLink -Target "$path.old"
        $map.IsStale | Should -BeFalse
    }

    It 'are empty if there is no file, or no region any more' {
        $memory = New-MemoryMap -Anonymous -Length 10
        $memory.FileLength, $memory.FileState, $memory.IsStale | Should -Be $null, $null, $false
        { Resize-MemoryMap $memory -ToFile } | Should -Throw '*has no file with a length. Give -Length.' -ErrorId 'NotSupported,*'
        Remove-MemoryMap $map
        $map.FileLength, $map.FileState, $map.IsStale | Should -Be $null, $null, $false
        { Resize-MemoryMap $map -ToFile } | Should -Throw -ErrorId 'RegionClosed,*'
    }
}
