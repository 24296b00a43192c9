BeforeAll {
    . $PSScriptRoot/../Support/Module.ps1
    . $PSScriptRoot/../Support/Errors.ps1
    . $PSScriptRoot/../Support/Child.ps1
    . $PSScriptRoot/../Support/Files.ps1
    . $PSScriptRoot/../Support/Kernel.ps1
    . $PSScriptRoot/../Support/HugePages.ps1

    $page = [Environment]::SystemPageSize

    # Far from all that a process maps by itself.
    $lonely = 0x220000000000

    function Get-FileLength {
        param([string] $Path)

        [IO.FileInfo]::new($Path).Length
    }

    # Bytes up to whole pages.
    function Get-PagedSize {
        param([long] $Length)

        [long][Math]::Ceiling($Length / $page) * $page
    }
}

AfterAll {
    Get-MemoryMap | Remove-MemoryMap
}

Describe 'Resize-MemoryMap' {
    AfterEach {
        Get-MemoryMap | Remove-MemoryMap
    }

    Context 'anonymous memory' {
        It 'becomes <to> bytes after <from>, keeps what it had, and what is new is zero' -ForEach @(
            @{ From = 1; To = 2 }
            @{ From = 100; To = 100000 }
            @{ From = 4096; To = 4097 }
            @{ From = 10000; To = 5000 }
            @{ From = 5000; To = 1 }
            @{ From = 5000; To = 5000 }
            @{ From = 1000000; To = 50000000 }
        ) {
            $map = New-MemoryMap -Anonymous -Length $From
            $before = [byte[]]::new($From)
            [Random]::new(3).NextBytes($before)
            $map.Write(0, $before)
            Resize-MemoryMap $map $To
            $map.Length | Should -Be $To
            $kept = [Math]::Min($From, $To)
            Get-Sha256 $map.Read(0, $kept) | Should -Be (Get-Sha256 ([byte[]]$before[0..($kept - 1)]))
            Get-Sha256 $map.Read($kept, $To - $kept) | Should -Be (Get-Sha256 ([byte[]]::new($To - $kept)))
            $map[-1] = 77
            $map[$To - 1] | Should -Be 77
        }

        It 'moves where there is no room, and its Address tells' {
            Skip-OutsideLinux 'mremap, and addresses of single pages'
            $map = New-MemoryMap -Anonymous -Length $page -Address $lonely
            $wall = New-MemoryMap -Anonymous -Length $page -Address ($lonely + $page) -Fixed -Protection Read
            $map.Address | Should -Be $lonely
            $map.Write(0, [byte[]](1, 2, 3))
            Resize-MemoryMap $map (3 * $page)
            $map.Address | Should -Not -Be $lonely
            $map.Read(0, 3) | Should -Be @(1, 2, 3)
            $wall.Read(0, 1) | Should -Be 0
            $entry = Get-MapEntry $map.Address
            $entry.End - [ulong]$map.Address | Should -BeGreaterOrEqual (3 * $page)
            Get-MapEntry $lonely | Should -BeNullOrEmpty -Because 'the old place is given back'
        }

        It 'stays where it is with -Fixed, grows there, and refuses where something is in the way' {
            Skip-OnWindows 'memory cannot grow at its address there'
            $map = New-MemoryMap -Anonymous -Length $page -Address $lonely -Fixed
            $wall = New-MemoryMap -Anonymous -Length $page -Address ($lonely + 4 * $page) -Fixed -Protection Read
            $map[0] = 9
            Resize-MemoryMap $map (4 * $page)
            $map.Address | Should -Be $lonely
            $problem = Get-ErrorOf { Resize-MemoryMap $map (4 * $page + 1) }
            $problem.Id | Should -Be 'mremap.ENOMEM'
            $problem.Message | Should -BeLike '*0x220000000000*'
            $map.Address, $map.Length, $map[0], $map[-1] | Should -Be @($lonely, (4 * $page), 9, 0)
        }

        It 'gives back what is cut off' {
            $map = New-MemoryMap -Anonymous -Length (8 * $page) -Address $lonely -Fixed
            Resize-MemoryMap $map ($page + 1)
            (Get-MapEntry $lonely).End | Should -Be ($lonely + 2 * $page)
            Resize-MemoryMap $map (2 * $page)
            $map.Read($page + 1, $page - 1) | Where-Object { $_ } | Should -BeNullOrEmpty
        }

        It 'is asked of the kernel as one call, which copies nothing' {
            Skip-WithoutTrace
            $calls = @(Invoke-TracedChild -Calls mremap -Script @'
                $map = New-MemoryMap -Anonymous -Length 7700001
                Resize-MemoryMap $map 77000002
                Resize-MemoryMap $map 66000003 -WhatIf
                New-MemoryMap -Anonymous -Length 7700004 -Address 0x230000000000 -Fixed | Resize-MemoryMap -Length 77000005
'@)
            @($calls -match '^mremap\(0x[0-9a-f]+, 7700001, 77000002, MREMAP_MAYMOVE\) += 0x').Count | Should -Be 1
            @($calls -match '^mremap\(0x230000000000, 7700004, 77000005, 0\) += 0x230000000000').Count | Should -Be 1
            @($calls -match '66000003').Count | Should -Be 0
        }

        It 'says how many bytes there is no memory for: <_>' -ForEach 1PB {
            Skip-OutsideLinux 'mremap'
            $map = New-MemoryMap -Anonymous -Length 10
            $problem = Get-ErrorOf { Resize-MemoryMap $map $_ }
            $problem.Id | Should -BeIn 'mremap.ENOMEM', 'mremap.EINVAL', 'LimitReached'
            $problem.Message | Should -BeLike "The $_ bytes of *"
            $problem = Get-ErrorOf { New-MemoryMap -Anonymous -Length $_ }
            $problem.Id | Should -BeIn 'mmap.ENOMEM', 'LimitReached'
            $problem.Message | Should -BeLike "The $_ bytes of *"
            $map.Length | Should -Be 10
        }

        It 'cannot have no bytes or fewer: <_>' -ForEach 0, -1, ([long]::MinValue) {
            $map = New-MemoryMap -Anonymous -Length 10
            $problem = Get-ErrorOf { Resize-MemoryMap $map $_ }
            $problem.Id | Should -Be 'OutOfRange'
            $problem.Message | Should -BeLike "*Length $_ *"
            $map.Length | Should -Be 10
        }

        It 'cannot have more bytes than there are addresses: <_>' -ForEach ([long]::MaxValue), ([long]::MaxValue - 4096), ([long]1 -shl 60) {
            $map = New-MemoryMap -Anonymous -Length 10
            $map[9] = 9
            $problem = Get-ErrorOf { Resize-MemoryMap $map $_ }
            $problem.Id | Should -Match '^(OutOfRange|LimitReached|mremap\.(ENOMEM|EINVAL))$'
            $map.Length, $map[9] | Should -Be @(10, 9)
        }

        It 'refuses to grow when it is shared, and says what grows; it shrinks' {
            $map = New-MemoryMap -Anonymous -Length (3 * $page) -Sharing Shared
            $problem = Get-ErrorOf { Resize-MemoryMap $map (3 * $page + 1) }
            $problem.Id | Should -Be 'NotSupported'
            $problem.Message | Should -BeLike '*shared memory*-Sharing Private*'
            $map.Length | Should -Be (3 * $page)
            Resize-MemoryMap $map $page
            $map.Length | Should -Be $page
            $map[-1] = 1
        }
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
            $before = Get-FileByte $path
            $map = New-MemoryMap $path
            Resize-MemoryMap $map $To
            $map.Length | Should -Be $To
            Get-FileLength $path | Should -Be $To
            Get-AllocatedSize $path | Should -BeGreaterOrEqual $To
            Get-MappedSize $path | Should -Be (Get-PagedSize $To)
            Get-Sha256 $map.Read(0, $From) | Should -Be (Get-Sha256 $before)
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
            (Get-FileByte $path)[29997] | Should -Be 5
        }

        It 'is left as long as it is by a region that grows within it' {
            $path = New-RandomFile 20000
            $map = New-MemoryMap $path -Offset 100 -Length 5
            Resize-MemoryMap $map 10000
            Get-FileLength $path | Should -Be 20000
            $map[-1] | Should -Be ((Get-FileByte $path)[10099])
        }

        It 'keeps its length when the region shrinks' {
            $path = New-RandomFile 20000
            $before = Get-Sha256 ((Get-FileByte $path))
            $map = New-MemoryMap $path
            Resize-MemoryMap $map 10
            $map.Length | Should -Be 10
            Get-MappedSize $path | Should -Be $page
            Get-Sha256 ((Get-FileByte $path)) | Should -Be $before
            (Get-ErrorOf { $map[10] }).Id | Should -Be 'OutOfRange'
        }

        It 'is cut off at the region''s end with -TruncateFile: <name>' -ForEach @(
            @{ Name = 'the whole file'; Offset = 0; To = 7; Left = 7 }
            @{ Name = 'from an offset on'; Offset = 5000; To = 100; Left = 5100 }
            @{ Name = 'to nothing'; Offset = 0; To = 0; Left = 0 }
            @{ Name = 'to nothing from an offset on'; Offset = 5000; To = 0; Left = 5000 }
        ) {
            $path = New-RandomFile 20000
            $expected = [byte[]]::new($Left)
            [Array]::Copy((Get-FileByte $path), $expected, $Left)
            $map = New-MemoryMap $path -Offset $Offset
            Resize-MemoryMap $map $To -TruncateFile
            $map.Length | Should -Be $To
            Get-FileLength $path | Should -Be $Left
            Get-Sha256 ((Get-FileByte $path)) | Should -Be (Get-Sha256 $expected)
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
            (Get-ErrorOf { $map[0] }).Id | Should -Be 'OutOfRange'
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
            $problem = Get-ErrorOf { Resize-MemoryMap $map $_ -TruncateFile }
            $problem.Id | Should -Be 'OutOfRange'
            $problem.Message | Should -BeLike "*$_*"
            Get-FileText $path | Should -BeExactly 'abc'
            $map.Length | Should -Be 3
        }

        It 'cannot be longer than 64 bits tell, or the file system takes: <length> from offset <offset>' -ForEach @(
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
                    $problem = Get-ErrorOf { Resize-MemoryMap $map @with }
                    $problem.Id | Should -Be 'AccessDenied'
                    $problem.Message | Should -BeLike "*$path*immutable*"
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
            $before = Get-Sha256 ((Get-FileByte $path))
            $map = New-MemoryMap $path -Protection Read
            foreach ($way in { Resize-MemoryMap $map 20001 }, { Resize-MemoryMap $map 100 -TruncateFile }, { Resize-MemoryMap $map 0 -TruncateFile }) {
                $problem = Get-ErrorOf $way
                $problem.Id | Should -Be 'NotWritable' -Because "$way"
                $problem.Message | Should -BeLike "*$path*-Protection Read,Write*"
            }

            Get-Sha256 ((Get-FileByte $path)) | Should -Be $before
            $map.Length | Should -Be 20000
            Get-MappedSize $path | Should -Be (Get-PagedSize 20000)
            Get-Sha256 $map.Read() | Should -Be $before
        }

        It 'that was opened for reading may be shrunk and grown within' {
            $path = New-RandomFile 20000
            $map = New-MemoryMap $path -Protection Read
            Resize-MemoryMap $map 100
            Resize-MemoryMap $map 20000
            Get-Sha256 $map.Read() | Should -Be (Get-Sha256 ((Get-FileByte $path)))
            (Get-ErrorOf { $map[0] = 1 }).Id | Should -Be 'NotWritable'
        }
    }

    Context 'a full file system' {
        It 'is NoSpace at once, and file and region are as before' {
            Skip-WithoutRoot 'mount a small file system'
            $folder = [IO.Directory]::CreateDirectory([IO.Path]::Combine($TestDrive, 'small')).FullName
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

                # What fits is there, whoever fills the rest.
                Resize-MemoryMap $map 512KB
                $null = Get-ErrorOf { [IO.File]::WriteAllBytes("$folder/filler", [byte[]]::new(1MB)) }
                $map.Write(0, [byte[]]@(1) * 512KB)
                $map[-1] | Should -Be 1
                (Get-ErrorOf { Resize-MemoryMap $map 513KB }).Id | Should -Be 'NoSpace'
                $map.Length | Should -Be 512KB
            }
            finally {
                Get-MemoryMap | Remove-MemoryMap
                (Invoke-Program 'umount', $folder).ExitCode | Should -Be 0
            }
        }

        It 'is a file that was grown and is cut back where the mapping then cannot grow' {
            Skip-OnWindows 'no mapped file is cut off there'
            # Mixed protection is what the kernel refuses after the file has grown.
            $path = New-RandomFile (2 * $page)
            $map = New-MemoryMap $path
            Protect-MemoryMap $map -Length $page -Protection Read
            (Get-ErrorOf { Resize-MemoryMap $map 100000 }).Id | Should -Be 'NotSupported'
            Get-FileLength $path | Should -Be (2 * $page)
            $map.Length | Should -Be (2 * $page)
            $map.Read().Length | Should -Be (2 * $page)
        }

        It 'says which limit keeps a file from growing, and lives' {
            # The kernel would end the process with SIGXFSZ. Set while the child runs: a runtime under so low a limit would not start.
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
            $before = Get-FileByte $path
            $map = New-MemoryMap $path -Sharing Private -Length 100
            $map[99] = $before[99] -bxor 255
            Resize-MemoryMap $map 20000
            $map[99] | Should -Be ($before[99] -bxor 255)
            $map[100], $map[19999] | Should -Be @($before[100], $before[19999])
            Resize-MemoryMap $map 50
            Get-Sha256 ((Get-FileByte $path)) | Should -Be (Get-Sha256 $before)
        }

        It 'cannot grow behind its file: <offset> and <length>' -ForEach @(
            @{ Offset = 0; Length = 101 }
            @{ Offset = 40; Length = 61 }
            @{ Offset = 40; Length = [long]::MaxValue - 40 }
        ) {
            $path = New-RandomFile 100
            $map = New-MemoryMap $path -Sharing Private -Offset $Offset -Length 10
            $problem = Get-ErrorOf { Resize-MemoryMap $map $Length }
            $problem.Id | Should -Be 'OutOfRange'
            $problem.Message | Should -BeLike "*$path*Private*offset $Offset with $Length bytes*100 bytes*"
            $map.Length | Should -Be 10
            Get-FileLength $path | Should -Be 100
        }

        It 'refuses -TruncateFile' {
            $path = New-RandomFile 100
            $map = New-MemoryMap $path -Sharing Private
            $problem = Get-ErrorOf { Resize-MemoryMap $map 10 -TruncateFile }
            $problem.Id | Should -Be 'NotSupported'
            $problem.Message | Should -BeLike "*-TruncateFile*$path*"
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

    Context 'what cannot be resized' {
        It 'is <name>' -ForEach @(
            @{ Name = 'a device'; Make = { New-MemoryMap /dev/zero -Length 10000 }; Says = '*/dev/zero is a device*' }
            @{ Name = 'a device, private'; Make = { New-MemoryMap /dev/zero -Length 10000 -Sharing Private }; Says = '*/dev/zero is a device*' }
            @{ Name = 'secret memory'; Make = { New-MemoryMap -Anonymous -Secret -Length 10000 }; Says = '*secret*' }
        ) {
            if ($Name -like '*device*') {
                Skip-OutsideLinux '/dev/zero'
            }

            Skip-OnMacOS 'there is no secret memory'
            Skip-OnWindows -Wine 'wine 8 cannot keep memory out of dumps'

            $map = & $Make
            foreach ($length in 20000, 5000) {
                $problem = Get-ErrorOf { Resize-MemoryMap $map $length }
                $problem.Id | Should -Be 'NotSupported'
                $problem.Category | Should -Be 'NotImplemented'
                $problem.Message | Should -BeLike $Says
            }

            $map.Length | Should -Be 10000
            $map[9999] = 1
            $map[9999] | Should -Be 1
        }

        It 'is memory of huge pages: <name>' -ForEach @(
            @{ Name = 'grown'; Length = 3MB }
            @{ Name = 'shrunk'; Length = 1MB }
        ) {
            try {
                $pool = Open-HugePagePool
                $map = New-MemoryMap -Anonymous -Length 2MB -HugePageSize 2MB
                $map[5] = 5
                $problem = Get-ErrorOf { Resize-MemoryMap $map $Length }
                $problem.Id | Should -Be 'NotSupported'
                $problem.Message | Should -BeLike '*huge pages*'
                $map.Length, $map[5] | Should -Be @(2MB, 5)
            }
            finally {
                Close-HugePagePool $pool
            }
        }

        It 'is -TruncateFile on memory without a file' {
            $map = New-MemoryMap -Anonymous -Length 100
            (Get-ErrorOf { Resize-MemoryMap $map 10 -TruncateFile }).Id | Should -Be 'NotSupported'
            $map.Length | Should -Be 100
        }

        It 'is a region of parts, which differ in <name>, and it is as before' -ForEach @(
            @{ Name = 'protection'; Change = { Protect-MemoryMap $map -Length $page -Protection Read } }
            @{ Name = 'locking'; Change = { Lock-MemoryMap $map -Length $page } }
        ) {
            if ($Name -eq 'locking') {
                Skip-OutsideLinux 'parts that differ in locking'
            }

            $map = New-MemoryMap -Anonymous -Length (3 * $page)
            $map[-1] = 3
            . $Change
            $problem = Get-ErrorOf { Resize-MemoryMap $map (9 * $page) }
            $problem.Id | Should -Be 'NotSupported'
            $problem.Message | Should -BeLike '*parts*different*Make them alike*'
            $map.Length, $map[-1] | Should -Be @((3 * $page), 3)
        }

        It 'is no region that was removed' {
            $map = New-MemoryMap (New-TestFile 'abc')
            Remove-MemoryMap $map
            (Get-ErrorOf { Resize-MemoryMap $map 5 }).Id | Should -Be 'RegionClosed'
            Get-FileText $map.Path | Should -BeExactly 'abc'
        }

        It 'names RLIMIT_MEMLOCK when it is locked and may not be longer: <name>' -ForEach @(
            @{ Name = 'by option'; Make = '$map = New-MemoryMap -Anonymous -Length 4096 -Option Locked' }
            @{ Name = 'since'; Make = '$map = New-MemoryMap -Anonymous -Length 4096; Lock-MemoryMap $map' }
        ) {
            Skip-WithoutProgram prlimit
            $wrapper = @(Get-UnprivilegedWrapper) + 'prlimit', "--memlock=$(16 * $page)"
            $child = Invoke-Child -Wrapper $wrapper ($Make + '
                $map[0] = 5
                try { Resize-MemoryMap $map 1000000 -ErrorAction Stop } catch { [Console]::WriteLine("$($_.FullyQualifiedErrorId.Split(",")[0]) $_") }
                [Console]::WriteLine("$($map.Length) $($map[0])")')
            $child.ExitCode | Should -Be 0 -Because $child.ErrorOutput
            $child.Output | Should -BeLike "LimitReached*1000000 bytes*RLIMIT_MEMLOCK*$(16 * $page) bytes*`n4096 5*"
        }
    }

    Context 'protection' {
        It 'goes on into what is new, and is forgotten with what is cut off' {
            $map = New-MemoryMap -Anonymous -Length (2 * $page)
            Protect-MemoryMap $map -Offset $page -Protection Read
            Resize-MemoryMap $map $page
            "$($map.Protection)" | Should -BeExactly 'Read, Write'
            Resize-MemoryMap $map (4 * $page)
            $map[-1] = 1
            $map[-1] | Should -Be 1
            Protect-MemoryMap $map -Protection Read
            Resize-MemoryMap $map (8 * $page)
            (Get-ErrorOf { $map[-1] = 1 }).Id | Should -Be 'NotWritable'
            (Get-MapEntry ($map.Address + 7 * $page)).Permissions | Should -BeLike 'r--*'
        }
    }

    Context 'streams and indexes' {
        It 'see the new length: a stream opened before' {
            $path = New-TestFile 'abcdef'
            $map = New-MemoryMap $path
            $stream = $map.OpenStream()
            $stream.Position = 5
            Resize-MemoryMap $map 10000
            $stream.Length | Should -Be 10000
            $stream.ReadByte() | Should -Be 102
            $stream.ReadByte() | Should -Be 0
            $null = $stream.Seek(-1, 'End')
            $stream.WriteByte(7)
            $map[9999] | Should -Be 7
            Resize-MemoryMap $map 3
            $stream.Length | Should -Be 3
            $stream.ReadByte() | Should -Be -1
            (Get-ErrorOf { $stream.WriteByte(1) }).Message | Should -BeLike '*which has 3 bytes*'
            $stream.Position = 0
            $copy = [IO.MemoryStream]::new()
            $stream.CopyTo($copy)
            [Text.Encoding]::ASCII.GetString($copy.ToArray()) | Should -BeExactly 'abc'
        }

        It 'count from the new end' {
            $map = New-MemoryMap -Anonymous -Length 10
            $map[9] = 1
            Resize-MemoryMap $map 20
            $map[19] = 2
            $map[-1], $map[-11] | Should -Be @(2, 1)
            (Get-ErrorOf { $map[20] }).Message | Should -BeLike '*which has 20 bytes*'
            Resize-MemoryMap $map 5
            (Get-ErrorOf { $map[5] }).Id | Should -Be 'OutOfRange'
            (Get-ErrorOf { $map[-6] }).Id | Should -Be 'OutOfRange'
        }
    }

    Context '-WhatIf and -Confirm' {
        It 'changes nothing with -WhatIf' {
            $path = New-TestFile 'abcdef'
            $map = New-MemoryMap $path
            @(Resize-MemoryMap $map 10000 -WhatIf -PassThru).Count | Should -Be 0
            @(Resize-MemoryMap $map 1 -TruncateFile -WhatIf -PassThru).Count | Should -Be 0
            $map.Length | Should -Be 6
            Get-FileText $path | Should -BeExactly 'abcdef'
        }

        It 'says how long the region would be, and where the file would be cut off' {
            $path = New-TestFile -Size 5000
            $child = Invoke-Child -Environment @{ FILE = $path } '
                $map = New-MemoryMap $env:FILE -Offset 1000 -Length 500
                Resize-MemoryMap $map 12345 -WhatIf
                Resize-MemoryMap $map 77 -TruncateFile -WhatIf
                Resize-MemoryMap $map ([long]::MaxValue) -TruncateFile -WhatIf'
            $child.ExitCode | Should -Be 0
            $child.Output | Should -BeLike "*12345 bytes*$path*`n*77 bytes*1077 bytes*$path*`n* at 9223372036854776807 bytes*"
        }

        It 'goes with -Confirm' {
            (Get-Command Resize-MemoryMap).Parameters.ContainsKey('Confirm') | Should -BeTrue
            $map = New-MemoryMap -Anonymous -Length 5
            Resize-MemoryMap $map 6 -Confirm:$false
            $map.Length | Should -Be 6
        }
    }

    Context 'the pipeline' {
        It 'emits nothing without -PassThru, and the region itself with it' {
            $map = New-MemoryMap -Anonymous -Length 100
            @($map | Resize-MemoryMap -Length 50).Count | Should -Be 0
            $result = @($map | Resize-MemoryMap -Length 60 -PassThru)
            $result.Count | Should -Be 1
            [object]::ReferenceEquals($result[0], $map) | Should -BeTrue
        }

        It 'goes on after a region that cannot be resized' {
            $maps = @((New-MemoryMap -Anonymous -Length 5), (New-MemoryMap -Anonymous -Sharing Shared -Length 5), (New-MemoryMap (New-TestFile 'abc')))
            $result = @($maps | Resize-MemoryMap -Length 90000 -PassThru -ErrorAction SilentlyContinue -ErrorVariable problems)
            $result.Id | Should -Be @($maps[0].Id, $maps[2].Id)
            $maps[0].Length, $maps[1].Length, $maps[2].Length | Should -Be @(90000, 5, 90000)
            @($problems).Count | Should -Be 1
        }

        It 'wants -Length' {
            (Get-Command Resize-MemoryMap).Parameters['Length'].Attributes.Mandatory | Should -Contain $true
        }
    }

    It 'says that it emits MappedRegion' {
        (Get-Command Resize-MemoryMap).OutputType.Type | Should -Contain ([MmapPS.MappedRegion])
    }
}
