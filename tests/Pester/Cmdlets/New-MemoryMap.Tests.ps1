BeforeAll {
    . $PSScriptRoot/../Support/Preamble.ps1

    # Far from all that a process maps by itself, so that a mapping there has no neighbours to be joined with.
    $lonely = 0x200000000000

    # What the child shows of the error that ended its work, or of the lack of one.
    $report = {
        param([string] $Work)

        "try { `$null = & { $Work } } catch { [Console]::WriteLine((`$_.FullyQualifiedErrorId -split ',')[0]); [Console]::WriteLine(`$_.Exception.Message); return }; [Console]::WriteLine('no error')"
    }

    # Mounts a tmpfs of 1 MiB under TestDrive, or ends the test as skipped. Dismount-SmallFileSystem undoes it.
    function Mount-SmallFileSystem {
        Skip-WithoutRoot 'mount a small file system'
        $folder = [IO.Directory]::CreateDirectory([IO.Path]::Combine($TestDrive, [IO.Path]::GetRandomFileName())).FullName
        $mount = Invoke-Program 'mount', '-t', 'tmpfs', '-o', 'size=1m', 'none', $folder
        if ($mount.ExitCode -ne 0) {
            Set-ItResult -Skipped -Because "no file system may be mounted here: $($mount.ErrorOutput.Trim())"
        }

        $folder
    }

    function Dismount-SmallFileSystem {
        param([string] $Folder)

        if ($Folder) {
            Get-MemoryMap | Remove-MemoryMap
            (Invoke-Program 'umount', $Folder).ExitCode | Should -Be 0
        }
    }
}

AfterAll {
    Get-MemoryMap | Remove-MemoryMap
}

Describe 'New-MemoryMap' {
    AfterEach {
        Get-MemoryMap | Remove-MemoryMap
    }

    Context 'choosing files' {
        It 'maps all of the file that -Path names' {
            $path = New-RandomFile 10000
            $map = New-MemoryMap -Path $path
            $map.Path | Should -BeExactly $path
            $map.Length | Should -Be 10000
            Get-Sha256 $map.Read() | Should -Be (Get-Sha256 (Get-FileByte $path))
        }

        It 'takes the path by position' {
            $path = New-TestFile 'abc'
            (New-MemoryMap $path).Path | Should -BeExactly $path
        }

        It 'takes a path relative to the PowerShell location, which is not the process''s directory' {
            $path = New-TestFile 'abc'
            [Environment]::CurrentDirectory | Should -Not -Be "$TestDrive"
            $ExecutionContext.SessionState.Path.PushCurrentLocation('specs')
            try {
                $null = $ExecutionContext.SessionState.Path.SetLocation("$TestDrive")
                (New-MemoryMap ('./' + [IO.Path]::GetFileName($path))).Path | Should -BeExactly $path
                (New-MemoryMap ([IO.Path]::GetFileName($path))).Path | Should -BeExactly $path
                (New-MemoryMap -LiteralPath ([IO.Path]::GetFileName($path))).Path | Should -BeExactly $path
            }
            finally {
                $null = $ExecutionContext.SessionState.Path.PopLocation('specs')
            }
        }

        It 'takes a path on a PowerShell drive' {
            $path = New-TestFile 'abc'
            $map = New-MemoryMap ('TestDrive:/' + [IO.Path]::GetFileName($path))
            $map.Path | Should -BeExactly $path
        }

        It 'takes a path with the name of the provider' {
            $path = New-TestFile 'abc'
            (New-MemoryMap "Microsoft.PowerShell.Core\FileSystem::$path").Path | Should -BeExactly $path
        }

        It 'makes the path simple' {
            $path = New-TestFile 'abc'
            (New-MemoryMap "$TestDrive/nowhere/../$([IO.Path]::GetFileName($path))").Path | Should -BeExactly $path
        }

        It 'maps every file that wildcards match' {
            $one = New-TestFile 'one' -Name 'wild-1.bin'
            $two = New-TestFile 'two' -Name 'wild-2.bin'
            $null = New-TestFile 'three' -Name 'tame-3.bin'
            (New-MemoryMap "$TestDrive/wild-*.bin").Path | Should -Be @($one, $two)
            (New-MemoryMap "$TestDrive/wild-[2-9].bin").Path | Should -Be @($two)
        }

        It 'takes -LiteralPath as it is, wildcard characters and all: <name>' -ForEach @(
            @{ Name = 'data[1].bin' }
            @{ Name = 'what?.bin' }
            @{ Name = 'star*.bin' }
            @{ Name = 'tick`.bin' }
            @{ Name = '-dash.bin' }
            @{ Name = 'two words.bin' }
        ) {
            if ($Name -match '[?*]') {
                Skip-OnWindows 'no file has such a name there'
            }

            $path = New-TestFile 'abc' -Name $Name
            (New-MemoryMap -LiteralPath $path).Path | Should -BeExactly $path
        }

        It 'takes wildcard characters that -Path escapes as they are' {
            $path = New-TestFile 'abc' -Name 'escaped[1].bin'
            (New-MemoryMap "$TestDrive/escaped``[1``].bin").Path | Should -BeExactly $path
        }

        It 'takes unicode names' {
            $path = New-TestFile 'abc' -Name "na$([char]0xEF)ve-$([char]0x65E5)$([char]0x672C)-$([char]::ConvertFromUtf32(0x1F600)).bin"
            $map = New-MemoryMap $path
            $map.Path | Should -BeExactly $path
            Write-MappedByte $map -Value 'X'
            Get-FileText $path | Should -BeExactly 'Xbc'
        }

        It 'takes strings from the pipeline' {
            $paths = (New-TestFile 'one'), (New-TestFile 'two')
            ($paths | New-MemoryMap).Path | Should -Be $paths
        }

        It 'takes files from the pipeline' {
            $path = New-TestFile 'abc'
            ([IO.FileInfo]::new($path) | New-MemoryMap).Path | Should -BeExactly $path
        }

        It 'takes a file from the pipeline whose name has wildcard characters' {
            $path = New-TestFile 'abc' -Name 'piped[1].bin'
            ([IO.FileInfo]::new($path) | New-MemoryMap).Path | Should -BeExactly $path
        }

        It 'takes <property> of objects from the pipeline for a literal path' -ForEach @(
            @{ Property = 'PSPath' }
            @{ Property = 'FullName' }
            @{ Property = 'LiteralPath' }
        ) {
            $path = New-TestFile 'abc' -Name "object-$Property[1].bin"
            ([pscustomobject]@{ $Property = $path } | New-MemoryMap).Path | Should -BeExactly $path
        }

        It 'takes several paths as an argument' {
            $paths = (New-TestFile 'one'), (New-TestFile 'two')
            (New-MemoryMap $paths).Path | Should -Be $paths
        }

        It 'follows a symbolic link' {
            Skip-OnWindows -Wine 'links made on wine 8 lead nowhere'
            $path = New-TestFile 'abc'
            $link = [IO.Path]::Combine($TestDrive, 'link.bin')
            $null = [IO.File]::CreateSymbolicLink($link, $path)
            New-MemoryMap $link | Write-MappedByte -Value 'X'
            Get-FileText $path | Should -BeExactly 'Xbc'
        }

        It 'maps an empty file to a region without bytes' {
            $map = New-MemoryMap (New-TestFile -Size 0)
            $map.Length | Should -Be 0
            $map.Address | Should -Be 0
            $map.IsOpen | Should -BeTrue
            $map.Read().Length | Should -Be 0
        }

        It 'maps a file twice as two regions that see each other''s bytes' {
            $path = New-TestFile 'abc'
            $one, $two = $path, $path | New-MemoryMap
            $two.Id | Should -Not -Be $one.Id
            $two.Address | Should -Not -Be $one.Address
            $one[0] = 90
            $two[0] | Should -Be 90
        }
    }

    Context 'files that cannot be mapped' {
        It 'refuses a missing file and says how to make it' {
            $path = [IO.Path]::Combine($TestDrive, 'missing.bin')
            $problem = Get-ErrorOf { New-MemoryMap $path }
            $problem.Id | Should -Be 'FileNotFound'
            $problem.Category | Should -Be 'ObjectNotFound'
            $problem.Message | Should -BeLike "*$path*-Create*"
            $problem.Target | Should -BeExactly $path
            [IO.File]::Exists($path) | Should -BeFalse
        }

        It 'refuses wildcards that match nothing' {
            $problem = Get-ErrorOf { New-MemoryMap "$TestDrive/*.nothing" }
            $problem.Id | Should -Be 'FileNotFound'
            $problem.Message | Should -BeLike '*[*].nothing*'
        }

        It 'goes on after <name>' -ForEach @(
            @{ Name = 'a missing file'; Bad = 'missing.bin'; Id = 'FileNotFound' }
            @{ Name = 'wildcards that match nothing'; Bad = '*.nothing'; Id = 'FileNotFound' }
            @{ Name = 'wildcards in a missing folder'; Bad = 'missing/*.bin'; Id = 'FileNotFound' }
            @{ Name = 'a missing drive'; Bad = 'nosuchdrive:/x'; Id = 'FileNotFound' }
            @{ Name = 'a path of another provider'; Bad = 'env:PATH'; Id = 'NotMappable' }
            @{ Name = 'wildcards of another provider'; Bad = 'env:PAT*'; Id = 'NotMappable' }
            @{ Name = 'a directory'; Bad = '.'; Id = 'NotMappable' }
            @{ Name = 'a name with a null character'; Bad = "null`0.bin"; Id = 'FileNotFound' }
        ) {
            $one = New-TestFile 'one'
            $two = New-TestFile 'two'
            $badPath = if ($Bad -match ':') { $Bad } else { "$TestDrive/$Bad" }
            $maps = @(New-MemoryMap $one, $badPath, $two -ErrorAction SilentlyContinue -ErrorVariable problems)
            $maps.Path | Should -Be @($one, $two)
            @($problems).Count | Should -Be 1
            $problems[0].FullyQualifiedErrorId | Should -BeLike "$Id,*"
        }

        It 'goes on in the pipeline after a missing file' {
            $one = New-TestFile 'one'
            $two = New-TestFile 'two'
            $maps = @($one, "$TestDrive/missing.bin", $two | New-MemoryMap -ErrorAction SilentlyContinue -ErrorVariable problems)
            $maps.Path | Should -Be @($one, $two)
            @($problems).Count | Should -Be 1
        }

        It 'stops at a missing file with -ErrorAction Stop' {
            $path = New-TestFile 'one'
            { New-MemoryMap "$TestDrive/missing.bin", $path -ErrorAction Stop } | Should -Throw
            @(Get-MemoryMap -Path $path).Count | Should -Be 0
        }

        It 'refuses a directory' {
            $problem = Get-ErrorOf { New-MemoryMap "$TestDrive" }
            $problem.Id | Should -Be 'NotMappable'
            $problem.Message | Should -BeLike "*$TestDrive*directory*"
        }

        It 'refuses a pipe without waiting for its other end' {
            Skip-WithoutProgram mkfifo
            $pipe = [IO.Path]::Combine($TestDrive, 'pipe')
            (Invoke-Program 'mkfifo', $pipe).ExitCode | Should -Be 0
            $problem = Get-ErrorOf { New-MemoryMap $pipe -Protection Read }
            $problem.Id | Should -Be 'NotMappable'
            $problem.Message | Should -BeLike "*$pipe is a pipe*"
        }

        It 'refuses a socket' {
            Skip-OnWindows 'a socket has no file there'
            $path = [IO.Path]::Combine($TestDrive, 'socket')
            $socket = [Net.Sockets.Socket]::new('Unix', 'Stream', 'Unspecified')
            try {
                $socket.Bind([Net.Sockets.UnixDomainSocketEndPoint]::new($path))
                $problem = Get-ErrorOf { New-MemoryMap $path }
                $problem.Id | Should -Be 'NotMappable'
                $problem.Message | Should -BeLike "*$path is a socket*"
            }
            finally {
                $socket.Dispose()
            }
        }

        It 'refuses a device that offers no memory' {
            Skip-OutsideLinux 'this /dev/null'
            $problem = Get-ErrorOf { New-MemoryMap /dev/null -Length 10 }
            $problem.Id | Should -Be 'NotMappable'
            $problem.Message | Should -BeLike '*/dev/null*ENODEV*'
        }

        It 'is asked for advice by a list, never by nothing' {
            (Get-ErrorOf { New-MemoryMap -Anonymous -Length 5 -Advice $null }).Message | Should -BeLike "*'Advice'*null*"
            (New-MemoryMap -Anonymous -Length 5 -Advice @()).IsOpen | Should -BeTrue
        }

        It 'cannot make a file of /proc longer, which has no length' {
            Skip-OutsideLinux '/proc'
            $problem = Get-ErrorOf { New-MemoryMap /proc/self/maps -Extend -Length 5 -Protection Read }
            $problem.Id | Should -Be 'NotMappable'
            $problem.Message | Should -BeLike '/proc/self/maps has no length*'
        }

        It 'refuses a file of /proc, which has no length' {
            Skip-OutsideLinux '/proc'
            $problem = Get-ErrorOf { New-MemoryMap /proc/self/maps -Protection Read }
            $problem.Id | Should -Be 'NotMappable'
            $problem.Message | Should -Not -BeLike '*-1*'
        }

        It 'names the folder that is missing when a file is to be made in it' {
            $problem = Get-ErrorOf { New-MemoryMap "$TestDrive/nofolder/x.bin" -Create -Length 5 }
            $problem.Id | Should -Be 'FileNotFound'
            $problem.Message | Should -Not -BeLike '*-Create*' -Because '-Create was given'
        }
    }

    Context 'permissions' {
        BeforeEach {
            Skip-OnWindows 'permissions are lists of users there, which an administrator passes'
        }

        # Root passes every check, so a child without root's rights asks. Its files stay its own.
        It 'refuses a file that may not be read' {
            $path = New-TestFile 'abc'
            [IO.File]::SetUnixFileMode($path, 'None')
            $child = Invoke-Child (& $report 'New-MemoryMap $env:FILE -Protection Read -ErrorAction Stop') -Wrapper (Get-UnprivilegedWrapper) -Environment @{ FILE = $path }
            $child.ExitCode | Should -Be 0
            $child.Output | Should -BeLike "AccessDenied*$path*may not read*"
        }

        It 'refuses to write a file that may only be read, and says how to map it' {
            $path = New-TestFile 'abc'
            [IO.File]::SetUnixFileMode($path, 'UserRead')
            $child = Invoke-Child (& $report 'New-MemoryMap $env:FILE -ErrorAction Stop') -Wrapper (Get-UnprivilegedWrapper) -Environment @{ FILE = $path }
            $child.ExitCode | Should -Be 0
            $child.Output | Should -BeLike "AccessDenied*$path*may not write*-Protection Read*-Sharing Private*"
        }

        It 'maps a file that may only be read with -Protection Read, or a private copy of it' {
            $path = New-TestFile 'abc'
            [IO.File]::SetUnixFileMode($path, 'UserRead')
            $child = Invoke-Child -Wrapper (Get-UnprivilegedWrapper) -Environment @{ FILE = $path } -Script @'
                $map = New-MemoryMap $env:FILE -Protection Read
                $copy = New-MemoryMap $env:FILE -Sharing Private
                $copy[0] = 90
                [Console]::WriteLine("$($map | Read-MappedByte -Encoding ascii) $($copy | Read-MappedByte -Encoding ascii)")
'@
            $child.ExitCode | Should -Be 0
            $child.Output.Trim() | Should -BeExactly 'abc Zbc'
            Get-FileText $path | Should -BeExactly 'abc'
        }

        It 'refuses a file in a folder that may not be searched' {
            $folder = [IO.Directory]::CreateDirectory([IO.Path]::Combine($TestDrive, 'closed')).FullName
            $path = New-TestFile 'abc' -Name 'closed/x.bin'
            $wrapper = Get-UnprivilegedWrapper
            [IO.File]::SetUnixFileMode($folder, 'None')
            try {
                $child = Invoke-Child (& $report 'New-MemoryMap $env:FILE -ErrorAction Stop') -Wrapper $wrapper -Environment @{ FILE = $path }
            }
            finally {
                [IO.File]::SetUnixFileMode($folder, 'UserRead, UserWrite, UserExecute')
            }

            $child.ExitCode | Should -Be 0
            $child.Output | Should -BeLike "AccessDenied*$path*searched*"
        }

        It 'refuses to make a file in a folder that may not be written' {
            $folder = [IO.Directory]::CreateDirectory([IO.Path]::Combine($TestDrive, 'fixed')).FullName
            $path = [IO.Path]::Combine($folder, 'x.bin')
            $wrapper = Get-UnprivilegedWrapper
            [IO.File]::SetUnixFileMode($folder, 'UserRead, UserExecute')
            try {
                $child = Invoke-Child (& $report 'New-MemoryMap $env:FILE -Create -Length 5 -ErrorAction Stop') -Wrapper $wrapper -Environment @{ FILE = $path }
            }
            finally {
                [IO.File]::SetUnixFileMode($folder, 'UserRead, UserWrite, UserExecute')
            }

            $child.ExitCode | Should -Be 0
            $child.Output | Should -BeLike "AccessDenied*$path*"
        }
    }

    Context '-Offset and -Length' {
        It 'maps <length> bytes from offset <offset>, page or not' -ForEach @(
            @{ Offset = 0; Length = 1 }
            @{ Offset = 1; Length = 1 }
            @{ Offset = 100; Length = 4000 }
            @{ Offset = 4095; Length = 2 }
            @{ Offset = 4096; Length = 4096 }
            @{ Offset = 4097; Length = 4095 }
            @{ Offset = 4097; Length = 12000 }
            @{ Offset = 65535; Length = 3 }
            @{ Offset = 99999; Length = 1 }
        ) {
            $path = New-RandomFile 100000
            $map = New-MemoryMap $path -Offset $Offset -Length $Length
            $map.Offset | Should -Be $Offset
            $map.Length | Should -Be $Length
            $expected = [byte[]]::new($Length)
            [Array]::Copy((Get-FileByte $path), $Offset, $expected, 0, $Length)
            Get-Sha256 $map.Read() | Should -Be (Get-Sha256 $expected)
        }

        It 'writes at offset <offset> of the file through a region that starts there' -ForEach @(
            @{ Offset = 1 }
            @{ Offset = 4095 }
            @{ Offset = 4096 }
            @{ Offset = 4097 }
        ) {
            $path = New-TestFile ([string]::new('.', 10000))
            $map = New-MemoryMap $path -Offset $Offset -Length 10
            Write-MappedByte $map -Value 'here'
            Get-FileText $path | Should -BeExactly ([string]::new('.', $Offset) + 'here' + [string]::new('.', 10000 - $Offset - 4))
        }

        It 'maps to the end of the file when only the offset is given' {
            $map = New-MemoryMap (New-TestFile 'abcdefghij') -Offset 7
            $map.Length | Should -Be 3
            [Text.Encoding]::ASCII.GetString($map.Read()) | Should -BeExactly 'hij'
        }

        It 'maps nothing at the end of the file' {
            (New-MemoryMap (New-TestFile 'abc') -Offset 3).Length | Should -Be 0
        }

        It 'maps nothing with -Length 0' {
            (New-MemoryMap (New-TestFile 'abc') -Length 0).Length | Should -Be 0
        }

        It 'reads and writes across <name> of a sparse file' -ForEach @(
            @{ Name = 'the border at 2 GiB'; Border = 2GB }
            @{ Name = 'the border at 4 GiB'; Border = 4GB }
        ) {
            $path = New-TestFile -Size 5GB
            $stream = [IO.File]::OpenWrite($path)
            $null = $stream.Seek($Border - 2, 'Begin')
            $stream.Write([byte[]](49, 50, 51, 52), 0, 4)
            $stream.Dispose()

            # Once through a region that starts there, once through one of the whole file.
            $part = New-MemoryMap $path -Offset ($Border - 2) -Length 4
            Read-MappedByte $part -Encoding ascii | Should -BeExactly '1234'
            Write-MappedByte $part -Value 'abcd'
            Get-FileText $path -Offset ($Border - 3) -Count 6 | Should -BeExactly '\x00abcd\x00'

            $whole = New-MemoryMap $path
            $whole.Length | Should -Be 5GB
            Read-MappedByte $whole -Offset ($Border - 2) -Length 4 -Encoding ascii | Should -BeExactly 'abcd'
            Write-MappedByte $whole -Value 'WXYZ' -Offset ($Border - 2)
            Get-FileText $path -Offset ($Border - 3) -Count 6 | Should -BeExactly '\x00WXYZ\x00'
        }

        It 'refuses offset <offset> with length <length>' -ForEach @(
            @{ Offset = 11; Length = 0 }
            @{ Offset = 10; Length = 1 }
            @{ Offset = 0; Length = 11 }
            @{ Offset = -1; Length = 1 }
            @{ Offset = 0; Length = -1 }
            @{ Offset = 1; Length = [long]::MaxValue }
            @{ Offset = [long]::MaxValue; Length = 1 }
            @{ Offset = [long]::MaxValue; Length = [long]::MaxValue }
            @{ Offset = [long]::MinValue; Length = 1 }
        ) {
            $path = New-TestFile 'abcdefghij'
            $problem = Get-ErrorOf { New-MemoryMap $path -Offset $Offset -Length $Length }
            $problem.Id | Should -Be 'OutOfRange'
            $problem.Category | Should -Be 'InvalidArgument'
            $problem.Message | Should -BeLike "*Offset $Offset with length $Length is outside of $path, which has 10 bytes*"
            Get-MapCount $path | Should -Be 0
        }

        It 'refuses an offset past the end when no length is given' {
            $path = New-TestFile 'abc'
            $problem = Get-ErrorOf { New-MemoryMap $path -Offset 4 }
            $problem.Id | Should -Be 'OutOfRange'
            $problem.Message | Should -BeLike '*Offset 4 is outside of *which has 3 bytes*from 0 to 3*'
        }

        It 'says that -Extend makes a file longer when the length is past its end' {
            $problem = Get-ErrorOf { New-MemoryMap (New-TestFile 'abc') -Length 4 }
            $problem.Message | Should -BeLike '*New-MemoryMap -Extend*'
        }

        It 'leaves the file as it was after a refusal' {
            $path = New-TestFile 'abc'
            $null = Get-ErrorOf { New-MemoryMap $path -Length 4 }
            Get-FileText $path | Should -BeExactly 'abc'
        }
    }

    Context '-Anonymous' {
        It 'maps zeroed memory that can be read and written' {
            $map = New-MemoryMap -Anonymous -Length 10000
            $map.Length | Should -Be 10000
            @($map.Read() -ne 0).Count | Should -Be 0
            Write-MappedByte $map -Value 'abc' -Offset 9997
            ConvertTo-Visible (Read-MappedByte $map -Offset 9996) | Should -BeExactly '\x00abc'
        }

        It 'refuses -Length <length>' -ForEach @(
            @{ Length = 0 }
            @{ Length = -1 }
            @{ Length = [long]::MinValue }
            @{ Length = [long]::MaxValue }
        ) {
            $problem = Get-ErrorOf { New-MemoryMap -Anonymous -Length $Length }
            $problem.Id | Should -Be 'OutOfRange'
            $problem.Message | Should -BeLike "*Length $Length*"
        }

        It 'wants -Length' {
            (Get-Command New-MemoryMap).ParameterSets |
                Where-Object Name -EQ Anonymous |
                ForEach-Object { $_.Parameters } |
                Where-Object Name -EQ Length |
                ForEach-Object IsMandatory |
                Should -BeTrue
        }

        It 'says so when there is no room for as much as that' {
            $problem = Get-ErrorOf { New-MemoryMap -Anonymous -Length 1PB }
            $problem.Id | Should -BeIn $(if ([OperatingSystem]::IsWindows()) { 'OutOfRange', 'VirtualAlloc.ERROR_NOT_ENOUGH_MEMORY' } else { 'mmap.ENOMEM' })
            $problem.Category | Should -BeIn 'ResourceUnavailable', 'InvalidArgument'
            $problem.Message | Should -BeLike '*anonymous memory*'
        }

        It 'does not go with -Offset' {
            (Get-ErrorOf { New-MemoryMap -Anonymous -Length 10 -Offset 5 }).Id | Should -Be 'AmbiguousParameterSet'
        }
    }

    Context '-Protection' {
        It 'gives <protection> the permissions <permissions>' -ForEach @(
            @{ Protection = 'None'; Permissions = '---' }
            @{ Protection = 'Read'; Permissions = 'r--' }
            @{ Protection = 'Write'; Permissions = '-w-' }
            @{ Protection = 'Execute'; Permissions = '--x' }
            @{ Protection = 'Read, Write'; Permissions = 'rw-' }
            @{ Protection = 'Read, Execute'; Permissions = 'r-x' }
            @{ Protection = 'Write, Execute'; Permissions = '-wx' }
            @{ Protection = 'Read, Write, Execute'; Permissions = 'rwx' }
        ) {
            if ([OperatingSystem]::IsWindows()) {
                # What may be written may be read there.
                $Permissions = $Permissions.Replace('-w', 'rw')
            }

            $anonymous = New-MemoryMap -Anonymous -Length 100 -Protection $Protection
            (Get-MapEntry $anonymous.Address).Permissions | Should -BeExactly ($Permissions + 'p')
            $anonymous.Protection | Should -Be ([MmapPS.MemoryProtection]$Protection)

            $file = New-MemoryMap (New-TestFile 'abc') -Protection $Protection
            (Get-MapEntry $file.Address).Permissions | Should -BeExactly ($Permissions + 's')
        }

        It 'is Read, Write unless told otherwise' {
            $anonymous = New-MemoryMap -Anonymous -Length 100
            $file = New-MemoryMap (New-TestFile 'abc')
            (Get-MapEntry $anonymous.Address).Permissions | Should -BeExactly 'rw-p'
            (Get-MapEntry $file.Address).Permissions | Should -BeExactly 'rw-s'
        }

        It 'takes a list of names' {
            $map = New-MemoryMap -Anonymous -Length 100 -Protection Read, Execute
            (Get-MapEntry $map.Address).Permissions | Should -BeExactly 'r-xp'
        }

        It 'refuses a name that it does not know' {
            (Get-ErrorOf { New-MemoryMap -Anonymous -Length 100 -Protection Fly }).Id | Should -Be 'CannotConvertArgumentNoMessage'
        }
    }

    Context '-Sharing' {
        It 'is Shared for files and Private for anonymous memory unless told otherwise' {
            (New-MemoryMap (New-TestFile 'abc')).Sharing | Should -Be ([MmapPS.MapSharing]::Shared)
            (New-MemoryMap -Anonymous -Length 5).Sharing | Should -Be ([MmapPS.MapSharing]::Private)
        }

        It 'shares: the kernel has the flag' -ForEach @(
            @{ Of = 'a file'; Make = { New-MemoryMap (New-TestFile 'abc') -Sharing Shared } }
            @{ Of = 'anonymous memory'; Make = { New-MemoryMap -Anonymous -Length 10 -Sharing Shared } }
        ) {
            $map = & $Make
            $entry = Get-MapEntry $map.Address
            $entry.Permissions | Should -BeExactly 'rw-s'
            if ([OperatingSystem]::IsLinux()) {
                $entry.VmFlags | Should -Contain 'sh'
            }
        }

        It 'keeps private: the kernel has no such flag' -ForEach @(
            @{ Of = 'a file'; Make = { New-MemoryMap (New-TestFile 'abc') -Sharing Private } }
            @{ Of = 'anonymous memory'; Make = { New-MemoryMap -Anonymous -Length 10 -Sharing Private } }
        ) {
            $map = & $Make
            $entry = Get-MapEntry $map.Address
            $entry.Permissions | Should -BeExactly 'rw-p'
            $entry.VmFlags | Should -Not -Contain 'sh'
        }

        It 'Shared: the file has the change, and a second process that maps it sees it' {
            $path = New-TestFile 'abcdefghij'
            $map = New-MemoryMap $path
            Write-MappedByte $map -Value 'XYZ' -Offset 2
            (Get-FileText $path) | Should -BeExactly 'abXYZfghij'
            $child = Invoke-Child '[Console]::Write((New-MemoryMap $env:FILE | Read-MappedByte -Encoding ascii))' -Environment @{ FILE = $path }
            $child.Output | Should -BeExactly 'abXYZfghij'
        }

        It 'Shared: what a second process writes through its region is seen in this one' {
            $path = New-TestFile 'abcdefghij'
            $map = New-MemoryMap $path
            $map[0] | Should -Be 97
            (Invoke-Child 'New-MemoryMap $env:FILE | Write-MappedByte -Value CHILD' -Environment @{ FILE = $path }).ExitCode | Should -Be 0
            Read-MappedByte $map -Encoding ascii | Should -BeExactly 'CHILDfghij'
        }

        It 'Private: neither the file nor a second process has the change, not even after Sync and Remove' {
            $path = New-TestFile 'abcdefghij'
            $map = New-MemoryMap $path -Sharing Private
            Write-MappedByte $map -Value 'XYZ' -Offset 2
            Read-MappedByte $map -Encoding ascii | Should -BeExactly 'abXYZfghij'
            (Get-FileText $path) | Should -BeExactly 'abcdefghij'
            Sync-MemoryMap $map -WarningAction SilentlyContinue
            Remove-MemoryMap $map
            (Get-FileText $path) | Should -BeExactly 'abcdefghij'
        }
    }

    Context '-Option' {
        It 'Populate: all of <of> is in memory at once, and nothing of it without' -ForEach @(
            @{ Of = 'a file'; Make = { param($With) New-MemoryMap (New-TestFile -Size (64 * $page)) @With } }
            @{ Of = 'a private file'; Make = { param($With) New-MemoryMap (New-TestFile -Size (64 * $page)) -Sharing Private @With } }
            @{ Of = 'anonymous memory'; Make = { param($With) New-MemoryMap -Anonymous -Length (64 * $page) -Address $lonely @With } }
            @{ Of = 'shared anonymous memory'; Make = { param($With) New-MemoryMap -Anonymous -Length (64 * $page) -Sharing Shared @With } }
        ) {
            $with = & $Make @{ Option = 'Populate' }
            (Get-MapEntry $with.Address).Size.Rss | Should -Be (64 * $page)
            Remove-MemoryMap $with
            $without = & $Make @{}
            (Get-MapEntry $without.Address).Size.Rss | Should -Be 0
        }

        It 'Locked: the kernel holds all of it in memory' {
            $before = Get-LockedSize
            $map = New-MemoryMap -Anonymous -Length (8 * $page) -Sharing Shared -Option Locked
            $entry = Get-MapEntry $map.Address
            $entry.VmFlags | Should -Contain 'lo'
            if ([OperatingSystem]::IsLinux()) {
                $entry.Size.Locked | Should -Be (8 * $page)
            }

            Get-LockedSize | Should -Be ($before + 8 * $page)
        }

        It 'Locked: a file too' {
            $map = New-MemoryMap (New-TestFile -Size (8 * $page)) -Option Locked
            $entry = Get-MapEntry $map.Address
            $entry.VmFlags | Should -Contain 'lo'
            $entry.Size.Rss | Should -Be (8 * $page)
        }

        It 'NoReserve: the kernel has the flag' {
            if ((Get-KernelNumber /proc/sys/vm/overcommit_memory) -eq 2) {
                Set-ItResult -Skipped -Because 'vm.overcommit_memory is 2, with which the kernel ignores the flag'
            }

            $map = New-MemoryMap -Anonymous -Length $page -Option NoReserve
            (Get-MapEntry $map.Address).VmFlags | Should -Contain 'nr'
        }

        It 'GrowsDown: the kernel has the flag, and the memory can be used' {
            Skip-OutsideLinux 'memory that grows by itself'
            $map = New-MemoryMap -Anonymous -Length (4 * $page) -Option GrowsDown
            (Get-MapEntry $map.Address).VmFlags | Should -Contain 'gd'
            Write-MappedByte $map -Value 'abc'
            ConvertTo-Visible (Read-MappedByte $map -Length 4) | Should -BeExactly 'abc\x00'
        }

        It 'None: the kernel has none of the flags' {
            Skip-OutsideLinux 'VmFlags'
            $map = New-MemoryMap -Anonymous -Length $page -Address $lonely
            $flags = (Get-MapEntry $map.Address).VmFlags
            $flags | Should -Contain 'rd'
            foreach ($flag in 'lo', 'nr', 'gd', 'ht', 'sh', 'io') {
                $flags | Should -Not -Contain $flag
            }
        }

        It 'takes several at once' {
            Skip-OutsideLinux 'VmFlags'
            $map = New-MemoryMap -Anonymous -Length $page -Sharing Shared -Option Locked, NoReserve
            $flags = (Get-MapEntry $map.Address).VmFlags
            $flags | Should -Contain 'lo'
            if ((Get-KernelNumber /proc/sys/vm/overcommit_memory) -ne 2) {
                $flags | Should -Contain 'nr'
            }
        }

        It 'Uninitialized: warns that it is ignored, and the memory is zeroed' {
            $map = New-MemoryMap -Anonymous -Length 10000 -Option Uninitialized -WarningVariable warnings -WarningAction SilentlyContinue
            @($warnings).Count | Should -Be 1
            $warnings[0].Message | Should -BeLike '*Uninitialized*'
            @($map.Read() -ne 0).Count | Should -Be 0
        }

        It 'warns of nothing else' {
            Skip-OutsideLinux 'memory without reserved storage'
            $null = New-MemoryMap -Anonymous -Length 10000 -Option Populate, NoReserve -WarningVariable warnings
            @($warnings).Count | Should -Be 0
        }

        It 'Sync: refuses <what>, which is no file on persistent memory' -ForEach @(
            @{ What = 'an ordinary file'; Make = { New-MemoryMap (New-TestFile 'abc') -Option Sync } }
            @{ What = 'a private file'; Make = { New-MemoryMap (New-TestFile 'abc') -Option Sync -Sharing Private } }
            @{ What = 'anonymous memory'; Make = { New-MemoryMap -Anonymous -Length 5 -Option Sync } }
        ) {
            # A flag that the kernel does not know to honour must not be dropped without a word.
            $problem = Get-ErrorOf $Make
            $problem.Id | Should -Be 'NotSupported'
            $problem.Message | Should -BeLike '*-Option Sync*Sync-MemoryMap*'
        }

        It 'refuses a name that it does not know' {
            (Get-ErrorOf { New-MemoryMap -Anonymous -Length 5 -Option Fast }).Id | Should -Be 'CannotConvertArgumentNoMessage'
        }
    }

    Context 'huge pages' {
        BeforeAll {
            $pool = '/sys/kernel/mm/hugepages/hugepages-2048kB'
            $hasPool = [OperatingSystem]::IsLinux() -and [IO.Directory]::Exists($pool)
            $poolBefore = if ($hasPool) { Get-KernelNumber "$pool/nr_hugepages" }

            # Two free pages more than there were, or the reason why not.
            $obstacle = if (-not $hasPool) {
                'there is no pool of huge pages of 2 MiB'
            }
            elseif (-not (Test-Root)) {
                'root is needed to enlarge the huge page pool'
            }
            else {
                try {
                    [IO.File]::WriteAllText("$pool/nr_hugepages", "$($poolBefore + 2)")
                    if ((Get-KernelNumber "$pool/free_hugepages") -lt 2) {
                        'the kernel found no two free huge pages'
                    }
                }
                catch {
                    "the huge page pool cannot be enlarged: $($_.Exception.InnerException.Message)"
                }
            }
        }

        AfterAll {
            if ($hasPool -and (Test-Root) -and (Get-KernelNumber "$pool/nr_hugepages") -ne $poolBefore) {
                Get-MemoryMap | Remove-MemoryMap
                [IO.File]::WriteAllText("$pool/nr_hugepages", "$poolBefore")
            }
        }

        It 'are what the kernel uses, by <way>' -ForEach @(
            @{ Way = '-HugePageSize'; With = @{ HugePageSize = 2MB } }
            @{ Way = '-HugePageSize with -Option'; With = @{ HugePageSize = 2MB; Option = 'HugePages' } }
            @{ Way = '-Option, in the size that is the system''s'; With = @{ Option = 'HugePages' } }
        ) {
            if ($obstacle) {
                Set-ItResult -Skipped -Because $obstacle
            }

            if (-not $With.HugePageSize -and -not [IO.File]::ReadAllText('/proc/meminfo').Contains("Hugepagesize:       2048 kB")) {
                Set-ItResult -Skipped -Because 'the system''s huge pages are not of 2 MiB'
            }

            $map = New-MemoryMap -Anonymous -Length 4MB @With
            $entry = Get-MapEntry $map.Address
            $entry.VmFlags | Should -Contain 'ht'
            $entry.Size.KernelPageSize | Should -Be 2MB
            $map.PageSize | Should -Be 2MB
            [bool]($map.Option -band [MmapPS.MapOptions]::HugePages) | Should -BeTrue
        }

        It 'can be read and written to the last byte' {
            if ($obstacle) {
                Set-ItResult -Skipped -Because $obstacle
            }

            $map = New-MemoryMap -Anonymous -Length 4MB -HugePageSize 2MB
            Write-MappedByte $map -Value 'end' -Offset (4MB - 3)
            ConvertTo-Visible (Read-MappedByte $map -Offset (4MB - 4)) | Should -BeExactly '\x00end'
            $map[0] = 7
            $map[0] | Should -Be 7
        }

        It 'are taken whole for any length, and given back whole' {
            if ($obstacle) {
                Set-ItResult -Skipped -Because $obstacle
            }

            $free = Get-KernelNumber "$pool/free_hugepages"
            $map = New-MemoryMap -Anonymous -Length 100 -HugePageSize 2MB
            $map.Length | Should -Be 100
            $map[0] = 1
            Get-KernelNumber "$pool/free_hugepages" | Should -Be ($free - 1)
            $entry = Get-MapEntry $map.Address
            $entry.End - $entry.Start | Should -Be 2MB
            Remove-MemoryMap $map
            Get-KernelNumber "$pool/free_hugepages" | Should -Be $free
        }

        It 'that the pool has not are a limit, and the message says how to get them' {
            if (-not $hasPool) {
                Set-ItResult -Skipped -Because 'there is no pool of huge pages of 2 MiB'
            }

            if ((Get-KernelNumber "$pool/nr_overcommit_hugepages") -ne 0) {
                Set-ItResult -Skipped -Because 'the pool grows by itself here'
            }

            $free = Get-KernelNumber "$pool/free_hugepages"
            $total = Get-KernelNumber "$pool/nr_hugepages"
            $problem = Get-ErrorOf { New-MemoryMap -Anonymous -Length (($free + 1) * 2MB) -HugePageSize 2MB }
            $problem.Id | Should -Be 'LimitReached'
            $problem.Category | Should -Be 'LimitsExceeded'
            $problem.Message | Should -BeLike "*$($free + 1) huge pages of 2097152 bytes*$free free of $total*echo $($total + 1) > $pool/nr_hugepages*"
        }

        It 'of a size that the kernel has not are not supported, and the message names those it has' {
            if (-not $hasPool) {
                Set-ItResult -Skipped -Because 'there is no pool of huge pages of 2 MiB'
            }

            $problem = Get-ErrorOf { New-MemoryMap -Anonymous -Length 4MB -HugePageSize 3MB }
            $problem.Id | Should -Be 'NotSupported'
            $problem.Message | Should -BeLike '*3145728 bytes*2097152*'
        }

        It 'are not for ordinary files' {
            $problem = Get-ErrorOf { New-MemoryMap (New-TestFile -Size 4MB) -Option HugePages }
            $problem.Id | Should -Be 'NotSupported'
            $problem.Message | Should -BeLike '*-Option HugePages*-Anonymous*'
        }

        It 'have a positive size' -ForEach @(
            @{ Size = 0 }
            @{ Size = -1 }
        ) {
            (Get-ErrorOf { New-MemoryMap -Anonymous -Length 4MB -HugePageSize $Size }).Id | Should -Be 'ParameterArgumentValidationError'
        }
    }

    Context '-Address and -Fixed' {
        It 'places the region at a free address, fixed or not' -ForEach @(
            @{ Fixed = $true }
            @{ Fixed = $false }
        ) {
            $map = New-MemoryMap -Anonymous -Length 100 -Address $lonely -Fixed:$Fixed
            $map.Address | Should -Be $lonely
            (Get-MapEntry $lonely).Start | Should -Be $lonely
        }

        It 'places the first byte of a file''s region there although it starts inside a page' {
            $map = New-MemoryMap (New-TestFile 'abcdefghij') -Offset 3 -Address ($lonely + 3) -Fixed
            $map.Address | Should -Be ($lonely + 3)
            [char]$map[0] | Should -BeExactly ([char]'d')
        }

        It 'takes another place than one that is taken' {
            $first = New-MemoryMap -Anonymous -Length 100 -Address $lonely
            $second = New-MemoryMap -Anonymous -Length 100 -Address $lonely
            $first.Address | Should -Be $lonely
            $second.Address | Should -Not -Be $lonely
        }

        It 'fails with -Fixed where something is mapped, and leaves that as it was' {
            $first = New-MemoryMap -Anonymous -Length 100 -Address $lonely -Fixed
            Write-MappedByte $first -Value 'mine'
            $problem = Get-ErrorOf { New-MemoryMap -Anonymous -Length 5000 -Address $lonely -Fixed }
            $problem.Id | Should -BeIn 'mmap.EEXIST', 'VirtualAlloc.ERROR_INVALID_ADDRESS'
            $problem.Message | Should -BeLike '*5000 bytes*0x200000000000*'
            Read-MappedByte $first -Length 4 -Encoding ascii | Should -BeExactly 'mine'
        }

        It 'fails with -Fixed at an address that no page can have' {
            $problem = Get-ErrorOf { New-MemoryMap -Anonymous -Length 100 -Address ($lonely + 1) -Fixed }
            $problem.Id | Should -Be 'OutOfRange'
            $problem.Message | Should -BeLike '*0x200000000001* bytes*0x200000000000*'
        }

        It 'fails with -Fixed at an address whose place in its page is not the offset''s' {
            $problem = Get-ErrorOf { New-MemoryMap (New-TestFile 'abcdefghij') -Offset 3 -Address $lonely -Fixed }
            $problem.Id | Should -Be 'OutOfRange'
            $problem.Message | Should -BeLike '*0x200000000000*'
        }

        It 'takes an address within a page for a wish' {
            (New-MemoryMap -Anonymous -Length 100 -Address ($lonely + 1)).Address | Should -Be $lonely
        }

        It 'wants an address for -Fixed' {
            (Get-ErrorOf { New-MemoryMap -Anonymous -Length 100 -Fixed }).Id | Should -Be 'OutOfRange'
        }

        It 'refuses a negative address' {
            $problem = Get-ErrorOf { New-MemoryMap -Anonymous -Length 100 -Address -4096 }
            $problem.Id | Should -Be 'OutOfRange'
            $problem.Message | Should -BeLike '*-4096*'
        }
    }

    Context '-Create' {
        It 'makes a file of as many zeroed bytes as -Offset and -Length reach' {
            $path = [IO.Path]::Combine($TestDrive, 'made.bin')
            $map = New-MemoryMap $path -Create -Offset 5 -Length 10
            $map.Length | Should -Be 10
            [Convert]::ToHexString((Get-FileByte $path)) | Should -Be ('00' * 15)
        }

        It 'takes the storage for it at once' {
            Skip-OnMacOS 'its stat takes other options'
            $path = [IO.Path]::Combine($TestDrive, 'stored.bin')
            $null = New-MemoryMap $path -Create -Length 1MB
            Get-AllocatedSize $path | Should -BeGreaterOrEqual 1MB
        }

        It 'leaves the bytes of a file that is there' {
            $path = New-TestFile 'abcdefghij'
            $map = New-MemoryMap $path -Create -Length 4
            $map.Length | Should -Be 4
            Get-FileText $path | Should -BeExactly 'abcdefghij'
        }

        It 'does not make a file longer that is there' {
            $path = New-TestFile 'abc'
            $problem = Get-ErrorOf { New-MemoryMap $path -Create -Length 4 }
            $problem.Id | Should -Be 'OutOfRange'
            $problem.Message | Should -BeLike '*length 4*3 bytes*'
            Get-FileText $path | Should -BeExactly 'abc'
        }

        It 'makes a missing file and a short one long enough together with -Extend' {
            $short = New-TestFile 'abc'
            $missing = [IO.Path]::Combine($TestDrive, 'both.bin')
            $null = New-MemoryMap $short, $missing -Create -Extend -Length 6
            Get-FileText $short | Should -BeExactly 'abc\x00\x00\x00'
            [IO.FileInfo]::new($missing).Length | Should -Be 6
        }

        It 'makes an empty file with -Length 0' {
            $path = [IO.Path]::Combine($TestDrive, 'nothing.bin')
            (New-MemoryMap $path -Create -Length 0).Length | Should -Be 0
            [IO.FileInfo]::new($path).Length | Should -Be 0
        }

        It 'makes a file that is then mapped for reading' {
            $path = [IO.Path]::Combine($TestDrive, 'reading.bin')
            $map = New-MemoryMap $path -Create -Length 3 -Protection Read
            (Get-MapEntry $map.Address).Permissions | Should -BeExactly 'r--s'
            [IO.FileInfo]::new($path).Length | Should -Be 3
        }

        It 'makes a file whose name has wildcard characters' {
            $path = [IO.Path]::Combine($TestDrive, 'made[1].bin')
            $null = New-MemoryMap -LiteralPath $path -Create -Length 3
            [IO.File]::Exists($path) | Should -BeTrue
        }

        It 'wants -Length, and makes nothing without' {
            $path = [IO.Path]::Combine($TestDrive, 'lengthless.bin')
            $problem = Get-ErrorOf { New-MemoryMap $path -Create }
            $problem.Id | Should -Be 'OutOfRange'
            $problem.Message | Should -BeLike "*-Length*$path*"
            [IO.File]::Exists($path) | Should -BeFalse
        }

        It 'leaves no file behind when <name>' -ForEach @(
            @{ Name = 'the length is negative'; With = @{ Length = -5 } }
            @{ Name = 'the end is past 64 bits'; With = @{ Offset = 1; Length = [long]::MaxValue } }
            @{ Name = 'no file can be as long'; With = @{ Length = [long]::MaxValue } }
            @{ Name = 'the mapping fails'; With = @{ Length = 5; Address = 1; Fixed = $true } }
        ) {
            $path = [IO.Path]::Combine($TestDrive, 'failed.bin')
            Get-ErrorOf { New-MemoryMap $path -Create @With } | Should -Not -BeNullOrEmpty
            [IO.File]::Exists($path) | Should -BeFalse
        }

        It 'leaves no file behind when the file system is full' {
            Skip-OutsideLinux 'mounts of a small file system'
            $folder = Mount-SmallFileSystem
            try {
                $problem = Get-ErrorOf { New-MemoryMap "$folder/big.bin" -Create -Length 2MB }
                $problem.Id | Should -Be 'NoSpace'
                $problem.Message | Should -BeLike "*$folder/big.bin*2097152*"
                [IO.File]::Exists("$folder/big.bin") | Should -BeFalse
            }
            finally {
                Dismount-SmallFileSystem $folder
            }
        }
    }

    Context '-Extend' {
        It 'makes a file longer, which keeps its bytes' {
            $path = New-TestFile 'abc'
            $map = New-MemoryMap $path -Extend -Offset 2 -Length 5
            $map.Length | Should -Be 5
            Get-FileText $path | Should -BeExactly 'abc\x00\x00\x00\x00'
            Write-MappedByte $map -Value 'CDEFG'
            Get-FileText $path | Should -BeExactly 'abCDEFG'
        }

        It 'takes the storage for the new bytes at once' {
            Skip-OnMacOS 'its stat takes other options'
            $path = New-TestFile 'abc'
            Get-AllocatedSize $path | Should -BeLessThan 1MB
            $null = New-MemoryMap $path -Extend -Length 1MB
            Get-AllocatedSize $path | Should -BeGreaterOrEqual 1MB
        }

        It 'leaves a file alone that is long enough' {
            $path = New-TestFile 'abcdefghij'
            (New-MemoryMap $path -Extend -Length 4).Length | Should -Be 4
            Get-FileText $path | Should -BeExactly 'abcdefghij'
        }

        It 'starts past the present end' {
            $path = New-TestFile 'abc'
            $null = New-MemoryMap $path -Extend -Offset 10 -Length 2
            [IO.FileInfo]::new($path).Length | Should -Be 12
        }

        It 'grows an empty file' {
            $path = New-TestFile -Size 0
            New-MemoryMap $path -Extend -Length 3 | Write-MappedByte -Value 'xyz'
            Get-FileText $path | Should -BeExactly 'xyz'
        }

        It 'makes the file longer for a private region and one for reading too' -ForEach @(
            @{ With = @{ Sharing = 'Private' } }
            @{ With = @{ Protection = 'Read' } }
        ) {
            $path = New-TestFile 'abc'
            $null = New-MemoryMap $path -Extend -Length 6 @With
            [IO.FileInfo]::new($path).Length | Should -Be 6
        }

        It 'wants -Length' {
            $problem = Get-ErrorOf { New-MemoryMap (New-TestFile 'abc') -Extend }
            $problem.Id | Should -Be 'OutOfRange'
            $problem.Message | Should -BeLike '*-Length*'
        }

        It 'does not make a missing file' {
            (Get-ErrorOf { New-MemoryMap "$TestDrive/missing.bin" -Extend -Length 5 }).Id | Should -Be 'FileNotFound'
        }

        It 'leaves the file as it was when <name>' -ForEach @(
            @{ Name = 'the length is negative'; With = @{ Length = -5 }; Id = 'OutOfRange'; Says = '*-5*' }
            @{ Name = 'the offset is negative'; With = @{ Offset = -5; Length = 10 }; Id = 'OutOfRange'; Says = '*-5*10*' }
            @{ Name = 'the end is past 64 bits'; With = @{ Offset = 1; Length = [long]::MaxValue }; Id = 'OutOfRange'; Says = '*Offset 1 *9223372036854775807*' }
            @{ Name = 'the mapping fails'; With = @{ Length = 5; Address = 1; Fixed = $true }; Id = 'OutOfRange'; Says = '*0x1*' }
        ) {
            $path = New-TestFile 'abc'
            $problem = Get-ErrorOf { New-MemoryMap $path -Extend @With }
            $problem.Id | Should -Be $Id
            $problem.Message | Should -BeLike $Says
            $problem.Message | Should -Not -BeLike '*has 9223372036854775807 bytes*' -Because 'the file has 3'
            Get-FileText $path | Should -BeExactly 'abc'
        }

        It 'refuses to make a file longer than files can be, and leaves it as it was' {
            $path = New-TestFile 'abc'
            $problem = Get-ErrorOf { New-MemoryMap $path -Extend -Length ([long]::MaxValue) }
            $problem.Id | Should -BeIn 'fallocate.EFBIG', 'SetFileInformationByHandle.ERROR_INVALID_PARAMETER'
            if ([OperatingSystem]::IsLinux()) {
                $problem.Message | Should -BeLike "$path *from 3 to 9223372036854775807 bytes*"
            }

            Get-FileText $path | Should -BeExactly 'abc'
        }

        It 'says how to map a file where nothing may be written' {
            Skip-OutsideLinux 'mounts of a small file system'
            $folder = Mount-SmallFileSystem
            try {
                [IO.File]::WriteAllText("$folder/file.bin", 'abc')
                (Invoke-Program 'mount', '-o', 'remount,ro', $folder).ExitCode | Should -Be 0
                foreach ($with in @{}, @{ Extend = $true; Length = 5 }) {
                    $problem = Get-ErrorOf { New-MemoryMap "$folder/file.bin" @with }
                    $problem.Id | Should -Be 'open.EROFS'
                    $problem.Message | Should -BeLike "$folder/file.bin *-Protection Read*-Sharing Private*"
                }

                (New-MemoryMap "$folder/file.bin" -Sharing Private)[0] | Should -Be 97
            }
            finally {
                Dismount-SmallFileSystem $folder
            }
        }

        It 'says that the file system is full, and leaves the file as it was' {
            Skip-OutsideLinux 'mounts of a small file system'
            $folder = Mount-SmallFileSystem
            try {
                $path = "$folder/file.bin"
                [IO.File]::WriteAllText($path, 'abc')
                $problem = Get-ErrorOf { New-MemoryMap $path -Extend -Length 2MB }
                $problem.Id | Should -Be 'NoSpace'
                $problem.Category | Should -Be 'WriteError'
                $problem.Message | Should -BeLike "*$path*from 3 to 2097152 bytes*full*"
                Get-FileText $path | Should -BeExactly 'abc'
                Get-AllocatedSize $path | Should -BeLessOrEqual $page
            }
            finally {
                Dismount-SmallFileSystem $folder
            }
        }

        It 'says which limit keeps the process from making files as long, and lives' {
            # The kernel would end the process with SIGXFSZ. Set while the child runs: a runtime under so low a limit would not start.
            Skip-WithoutProgram prlimit
            $path = New-TestFile 'abc'
            $child = Invoke-Child -Environment @{ FILE = $path } -Script (
                '[Diagnostics.Process]::Start("prlimit", "--pid=$PID --fsize=2000000").WaitForExit()' + "`n" +
                (& $report 'New-MemoryMap $env:FILE -Extend -Length 3000000 -ErrorAction Stop'))
            $child.ExitCode | Should -Be 0
            $child.Output | Should -BeLike "LimitReached*$path*3000000*RLIMIT_FSIZE*2000000*"
            Get-FileText $path | Should -BeExactly 'abc'
        }
    }

    Context 'limits' {
        It 'names RLIMIT_MEMLOCK and what it allows when more is to be locked' {
            Skip-WithoutProgram prlimit
            $wrapper = @(Get-UnprivilegedWrapper) + 'prlimit', '--memlock=65536'
            $child = Invoke-Child -Wrapper $wrapper -Script ((& $report 'New-MemoryMap -Anonymous -Length 1000000 -Option Locked -ErrorAction Stop'))
            $child.ExitCode | Should -Be 0
            $child.Output | Should -BeLike 'LimitReached*1000000 bytes*RLIMIT_MEMLOCK*65536 bytes*'
        }

        It 'locks as much as RLIMIT_MEMLOCK allows' {
            Skip-WithoutProgram prlimit
            $wrapper = @(Get-UnprivilegedWrapper) + 'prlimit', "--memlock=$(64 * $page)"
            $child = Invoke-Child -Wrapper $wrapper -Environment @{ SIZE = "$(4 * $page)" } -Script (& $report 'New-MemoryMap -Anonymous -Length $env:SIZE -Option Locked -ErrorAction Stop')
            $child.Output.Trim() | Should -Be 'no error'
        }

        It 'names RLIMIT_MEMLOCK when nothing may be locked at all' {
            Skip-WithoutProgram prlimit
            $wrapper = @(Get-UnprivilegedWrapper) + 'prlimit', '--memlock=0'
            $child = Invoke-Child -Wrapper $wrapper -Script (& $report 'New-MemoryMap -Anonymous -Length 5000 -Option Locked -ErrorAction Stop')
            $child.ExitCode | Should -Be 0
            $child.Output | Should -BeLike 'LimitReached*5000 bytes*RLIMIT_MEMLOCK*allows this process 0 bytes*'
        }

        It 'names RLIMIT_AS when the address space is used up' {
            # Set while the child runs: a runtime under so low a limit would not start.
            Skip-WithoutProgram prlimit
            $child = Invoke-Child -Script ('
                $size = foreach ($line in [IO.File]::ReadAllLines("/proc/self/status")) { if ($line -match "^VmSize:\s+(\d+)") { [long]$Matches[1] * 1024 } }
                $limit = $size + 1GB
                $process = [Diagnostics.Process]::Start("prlimit", "--pid=$PID --as=$limit")
                $process.WaitForExit()
                [Console]::WriteLine($limit)
                ' + (& $report 'New-MemoryMap -Anonymous -Length 8GB -ErrorAction Stop'))
            $child.ExitCode | Should -Be 0
            $lines = $child.Output.Split("`n")
            $lines[1] | Should -Be 'LimitReached'
            $lines[2] | Should -BeLike "*8589934592 bytes*RLIMIT_AS*$($lines[0]) bytes*"
        }
    }

    Context 'devices' {
        It 'maps /dev/zero as zeroed memory, <sharing>' -ForEach @(
            @{ Sharing = 'Shared' }
            @{ Sharing = 'Private' }
        ) {
            Skip-OutsideLinux '/dev/zero'
            $map = New-MemoryMap /dev/zero -Length 10000 -Sharing $Sharing
            $map.Kind | Should -Be ([MmapPS.RegionKind]::Device)
            @($map.Read() -ne 0).Count | Should -Be 0
            Write-MappedByte $map -Value 'abc' -Offset 9997
            ConvertTo-Visible (Read-MappedByte $map -Offset 9996) | Should -BeExactly '\x00abc'
        }

        It 'wants to know how much of a device without an end' {
            Skip-OutsideLinux '/dev/zero'
            $problem = Get-ErrorOf { New-MemoryMap /dev/zero }
            $problem.Id | Should -Be 'OutOfRange'
            $problem.Message | Should -BeLike '*/dev/zero*-Length*'
        }
    }

    Context 'what the kernel is asked' {
        BeforeAll {
            # One traced child does all; each mapping is known by its length.
            $target = New-TestFile -Size 1MB
            $calls = Invoke-TracedChild -Calls mmap, madvise, mlock -Environment @{ TARGET = $target } -Script @'
                $ErrorActionPreference = 'SilentlyContinue'
                $WarningPreference = 'SilentlyContinue'
                $file = $env:TARGET
                $null = New-MemoryMap -Anonymous -Length 770001
                $null = New-MemoryMap -Anonymous -Length 770002 -Sharing Shared -Protection None
                $null = New-MemoryMap -Anonymous -Length 770003 -Option Populate
                $null = New-MemoryMap -Anonymous -Length 770004 -Option Locked
                $null = New-MemoryMap -Anonymous -Length 770005 -Option NoReserve
                $null = New-MemoryMap -Anonymous -Length 770006 -Option GrowsDown
                $null = New-MemoryMap -Anonymous -Length 770007 -Option Uninitialized
                $null = New-MemoryMap -Anonymous -Length 770008 -Address 0x200000000000
                $null = New-MemoryMap -Anonymous -Length 770009 -Address 0x210000000000 -Fixed
                $null = New-MemoryMap $file -Length 770010
                $null = New-MemoryMap $file -Length 770011 -Sharing Private -Protection Read,Execute
                $null = New-MemoryMap $file -Offset 65536 -Length 770012
                $null = New-MemoryMap $file -Offset 65636 -Length 770013
                $null = New-MemoryMap $file -Length 770114 -Option Sync
                $null = New-MemoryMap -Anonymous -Length 770015 -WhatIf
                $null = New-MemoryMap $file -Length 770016 -WhatIf
                $null = New-MemoryMap -Anonymous -Length 46137344 -Option HugePages
                $null = New-MemoryMap -Anonymous -Length 50331648 -Option HugePages, Uninitialized
                $null = New-MemoryMap -Anonymous -Length 48234496 -HugePageSize 2MB
                $null = New-MemoryMap -Anonymous -Length 770017 -Option Populate,NoReserve -Sharing Shared -Protection Read
                $null = New-MemoryMap -Anonymous -Length (16MB + 3611392) -Option Populate
'@
        }

        BeforeEach {
            Skip-WithoutTrace
        }

        It 'is malloc''s own call for anonymous memory' {
            @($calls -match ', 770001, ') -replace ' = 0x[0-9a-f]+$' |
                Should -BeExactly 'mmap(NULL, 770001, PROT_READ|PROT_WRITE, MAP_PRIVATE|MAP_ANONYMOUS, -1, 0)'
        }

        It 'is <expected> for <arguments>' -ForEach @(
            @{ Length = 770002; Arguments = '-Sharing Shared -Protection None'; Expected = 'PROT_NONE, MAP_SHARED|MAP_ANONYMOUS, -1, 0' }
            @{ Length = 770003; Arguments = '-Option Populate'; Expected = 'PROT_READ|PROT_WRITE, MAP_PRIVATE|MAP_ANONYMOUS, -1, 0' }
            @{ Length = 770004; Arguments = '-Option Locked'; Expected = 'PROT_READ|PROT_WRITE, MAP_PRIVATE|MAP_ANONYMOUS, -1, 0' }
            @{ Length = 770005; Arguments = '-Option NoReserve'; Expected = 'PROT_READ|PROT_WRITE, MAP_PRIVATE|MAP_ANONYMOUS|MAP_NORESERVE, -1, 0' }
            @{ Length = 770006; Arguments = '-Option GrowsDown'; Expected = 'PROT_READ|PROT_WRITE, MAP_PRIVATE|MAP_ANONYMOUS|MAP_GROWSDOWN, -1, 0' }
            @{ Length = 770010; Arguments = 'a file'; Expected = 'PROT_READ|PROT_WRITE, MAP_SHARED, FD, 0' }
            @{ Length = 770011; Arguments = 'a private file with -Protection Read,Execute'; Expected = 'PROT_READ|PROT_EXEC, MAP_PRIVATE, FD, 0' }
            @{ Length = 770012; Arguments = 'an offset at a page'; Expected = 'PROT_READ|PROT_WRITE, MAP_SHARED, FD, 0x10000' }
            @{ Length = 770017; Arguments = 'several options'; Expected = 'PROT_READ, MAP_SHARED|MAP_ANONYMOUS|MAP_NORESERVE, -1, 0' }
        ) {
            $line = @($calls -match "^mmap\(NULL, $Length, ")
            $line.Count | Should -Be 1
            $line[0] -replace '^mmap\(NULL, \d+, ' -replace '\) += .*$' -replace ', \d+, ', ', FD, ' | Should -BeExactly $Expected
        }

        It 'brings the pages in afterwards, by a call that tells what goes wrong: <advice> of <length> bytes' -ForEach @(
            @{ Length = 770003; Advice = 'MADV_POPULATE_WRITE' }
            @{ Length = 770004; Advice = 'MADV_POPULATE_WRITE' }
            @{ Length = 770017; Advice = 'MADV_POPULATE_READ' }
        ) {
            @($calls -match "^madvise\(0x[0-9a-f]+, $Length, $Advice\) = 0").Count | Should -Be 1
            @($calls -match "^mlock\(0x[0-9a-f]+, $Length\) = 0").Count | Should -Be ([int]($Length -eq 770004))
        }

        It 'does so in parts of 8 MiB' {
            $lines = @($calls -match '^madvise\(0x[0-9a-f]+, (8388608|3611392), MADV_POPULATE_WRITE\) = 0')
            $starts = [long[]]($lines | ForEach-Object { [Convert]::ToInt64(($_ -replace '^madvise\((0x[0-9a-f]+),.*$', '$1'), 16) })
            $starts | Should -Be @($starts[0], ($starts[0] + 8MB), ($starts[0] + 16MB))
        }

        It 'brings them in by mmap itself where the kernel cannot populate by advice' {
            # The calls fail as they do before Linux 5.14.
            $log = [IO.Path]::Combine($TestDrive, 'old.log')
            $script = @'
                $map = New-MemoryMap -Anonymous -Length 770003 -Sharing Shared -Option Populate -ErrorAction Stop
                [Console]::WriteLine((Measure-MemoryMap $map).Resident)
                $null = New-MemoryMap -Anonymous -Length 770004 -Sharing Shared -Option Locked -ErrorAction Stop
'@
            $strace = 'strace', '-f', '-e', 'trace=mmap,madvise', '-e', 'inject=madvise:error=EINVAL', '-o', $log
            $child = Invoke-Child $script -Wrapper $strace
            $child.Output.Trim() | Should -BeExactly '770003' -Because $child.ErrorOutput
            $lines = Join-TraceLine ([IO.File]::ReadAllLines($log))
            @($lines -match '^mmap\(NULL, 770003, PROT_READ\|PROT_WRITE, MAP_SHARED\|MAP_ANONYMOUS\|MAP_POPULATE, -1, 0\) = 0x').Count | Should -Be 1
            @($lines -match '^mmap\(NULL, 770004, PROT_READ\|PROT_WRITE, MAP_SHARED\|MAP_ANONYMOUS\|MAP_LOCKED, -1, 0\) = 0x').Count | Should -Be 1
        }

        It 'starts at the page that the offset lies in' {
            # 65636 is 100 bytes into its page, whichever size pages have.
            @($calls -match '^mmap\(NULL, 770113, PROT_READ\|PROT_WRITE, MAP_SHARED, \d+, 0x10000\) = 0x').Count | Should -Be 1
        }

        It 'has the address for a hint' {
            @($calls -match '^mmap\(0x200000000000, 770008, PROT_READ\|PROT_WRITE, MAP_PRIVATE\|MAP_ANONYMOUS, -1, 0\) = 0x').Count | Should -Be 1
        }

        It 'never replaces what is mapped with -Fixed' {
            @($calls -match '^mmap\(0x210000000000, 770009, PROT_READ\|PROT_WRITE, MAP_PRIVATE\|MAP_ANONYMOUS\|MAP_FIXED_NOREPLACE, -1, 0\) = 0x').Count |
                Should -Be 1
        }

        It 'passes Uninitialized on' {
            # strace takes the bit for a part of the huge page size.
            @($calls -match ', 770007, PROT_READ\|PROT_WRITE, MAP_PRIVATE\|MAP_ANONYMOUS\|(MAP_UNINITIALIZED|0x4000000|1<<MAP_HUGE_SHIFT), -1, 0').Count | Should -Be 1
        }

        It 'lets the kernel check Sync' {
            @($calls -match ', 770114, PROT_READ\|PROT_WRITE, MAP_SHARED_VALIDATE\|MAP_SYNC, \d+, 0\) = -1').Count | Should -Be 1
        }

        It 'asks for huge pages of the system''s size or of the one asked for' {
            if (-not [IO.Directory]::Exists('/sys/kernel/mm/hugepages/hugepages-2048kB')) {
                Set-ItResult -Skipped -Because 'there is no pool of huge pages of 2 MiB'
            }

            @($calls -match ', 46137344, PROT_READ\|PROT_WRITE, MAP_PRIVATE\|MAP_ANONYMOUS\|MAP_HUGETLB, -1, 0\)').Count | Should -Be 1
            @($calls -match ', 48234496, PROT_READ\|PROT_WRITE, MAP_PRIVATE\|MAP_ANONYMOUS\|MAP_HUGETLB\|(21<<MAP_HUGE_SHIFT|MAP_HUGE_2MB), -1, 0\)').Count |
                Should -Be 1
            $uninitialized = @($calls -match ', 50331648, ')
            @($uninitialized -match 'MAP_ANONYMOUS\|MAP_HUGETLB, -1, 0\)').Count | Should -Be 1 -Because 'the bit is one of the size, too'
        }

        It 'is nothing with -WhatIf' {
            $calls.Count | Should -BeGreaterThan 0
            @($calls -match ', 77001[56], ').Count | Should -Be 0
        }
    }

    Context '-WhatIf and -Confirm' {
        It 'maps nothing with -WhatIf' {
            $path = New-TestFile 'abc'
            @(New-MemoryMap $path -WhatIf).Count | Should -Be 0
            @(New-MemoryMap -Anonymous -Length 100 -WhatIf).Count | Should -Be 0
            Get-MapCount $path | Should -Be 0
        }

        It 'names file, offset and length with -WhatIf' {
            $path = New-TestFile 'abcdef'
            $child = Invoke-Child -Environment @{ MAPPED = $path } -Script @'
New-MemoryMap $env:MAPPED -Offset 2 -Length 3 -WhatIf
New-MemoryMap $env:MAPPED -Offset 2 -WhatIf
New-MemoryMap -Anonymous -Length 7 -WhatIf
'@
            $said = @($child.Output.Replace("`r", '').Split("`n") -like 'What if:*')
            $said[0] | Should -BeLike "*$path, offset 2, length 3*"
            $said[1] | Should -BeLike "*$path, from offset 2 to its end*"
            $said[2] | Should -BeLike '*anonymous memory, offset 0, length 7*'
        }

        It 'makes no file with -Create -WhatIf' {
            $path = [IO.Path]::Combine($TestDrive, 'whatif.bin')
            New-MemoryMap $path -Create -Length 5 -WhatIf
            [IO.File]::Exists($path) | Should -BeFalse
        }

        It 'makes no file longer with -Extend -WhatIf' {
            $path = New-TestFile 'abc'
            New-MemoryMap $path -Extend -Length 10 -WhatIf
            Get-FileText $path | Should -BeExactly 'abc'
        }

        It 'says how long the file would be with <switch> -WhatIf' -ForEach @(
            @{ Switch = '-Create'; Name = 'missing.bin' }
            @{ Switch = '-Extend'; Name = 'short.bin' }
        ) {
            $null = New-TestFile 'abc' -Name 'short.bin'
            $path = [IO.Path]::Combine($TestDrive, $Name)
            $child = Invoke-Child "New-MemoryMap `$env:FILE $Switch -Offset 100 -Length 23 -WhatIf" -Environment @{ FILE = $path }
            $child.ExitCode | Should -Be 0
            $child.Output | Should -BeLike "*123 bytes*$path*"
        }

        It 'goes with -Confirm' {
            (Get-Command New-MemoryMap).Parameters.ContainsKey('Confirm') | Should -BeTrue
            (New-MemoryMap (New-TestFile 'abc') -Confirm:$false).IsOpen | Should -BeTrue
        }

        It 'does not ask unless it is asked to' {
            # A mapping changes nothing by itself: ConfirmImpact is no higher than the default $ConfirmPreference asks about.
            $impact = [Reflection.CustomAttributeExtensions]::GetCustomAttribute(
                (Get-Command New-MemoryMap).ImplementingType, [Management.Automation.CmdletAttribute]).ConfirmImpact
            $impact | Should -BeLessThan ([Management.Automation.ConfirmImpact]::High)
        }
    }

    It 'says that it emits MappedRegion' {
        (Get-Command New-MemoryMap).OutputType.Type | Should -Contain ([MmapPS.MappedRegion])
    }
}
