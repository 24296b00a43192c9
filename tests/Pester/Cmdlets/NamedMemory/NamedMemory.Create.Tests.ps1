# Shared memory by name: New-MemoryMap -Name, Get-MemoryMap -Name [-All], Remove-MemoryMap -Unlink.

BeforeAll {
    . $PSScriptRoot/../../Support/Preamble.ps1

    $prefix = "mmapps-spec-$PID-"

    # Where Linux keeps what shm_open makes.
    function Get-NamePath {
        param([string] $Name)

        "/dev/shm/$Name"
    }

    # Whether the system has the name, asked without the module.
    function Test-Name {
        param([string] $Name)

        if ([OperatingSystem]::IsLinux()) {
            return [IO.File]::Exists((Get-NamePath $Name))
        }

        try {
            [IO.MemoryMappedFiles.MemoryMappedFile]::OpenExisting($Name).Dispose()
            $true
        }
        catch [IO.FileNotFoundException] {
            $false
        }
    }

    # On Windows a name goes with its last region.
    function Remove-Name {
        param($Region)

        Remove-MemoryMap $Region -Unlink:([OperatingSystem]::IsLinux())
    }

    function Get-Stat {
        param([string] $Name, [string] $Format)

        (Invoke-Program 'stat', '-c', $Format, (Get-NamePath $Name)).Output.Trim()
    }
}

Describe 'Memory with a name' {
    BeforeEach {
        $name = $prefix + [IO.Path]::GetRandomFileName()
    }

    AfterEach {
        Get-MemoryMap | Remove-MemoryMap
        if (-not [OperatingSystem]::IsLinux()) {
            return
        }

        foreach ($file in [IO.Directory]::GetFileSystemEntries('/dev/shm', "$prefix*")) {
            [IO.File]::Delete($file)
        }
    }

    Context 'New-MemoryMap -Name -Length' {
        It 'makes it: zeroed, and of that length' {
            $map = New-MemoryMap -Name $name -Length 100000
            "$($map.Kind)", $map.Name, $map.Path, $map.Length, $map.Offset, "$($map.Sharing)" | Should -Be @('Named', $name, $null, 100000, 0, 'Shared')
            $map.Read() | Where-Object { $_ } | Should -BeNullOrEmpty
            Test-Name $name | Should -BeTrue
        }

        It 'has storage behind every byte, in a file of its owner''s' {
            Skip-OutsideLinux 'names in /dev/shm'
            $map = New-MemoryMap -Name $name -Length 100000
            Get-Stat $name '%a %s %u' | Should -BeExactly "600 100000 $((Invoke-Program 'id', '-u').Output.Trim())"
            [long](Get-Stat $name '%b') * 512 | Should -BeGreaterOrEqual 100000
            (Get-MapEntry $map.Address).Path | Should -BeExactly (Get-NamePath $name)
        }

        It 'has mode 0600 with a generous umask too' {
            Skip-OutsideLinux 'names in /dev/shm'
            $child = Invoke-Child -Wrapper 'sh', '-c', 'umask 0; exec "$@"', 'sh' -Environment @{ NAME = $name } '$null = New-MemoryMap -Name $env:NAME -Length 5'
            $child.ExitCode | Should -Be 0 -Because $child.ErrorOutput
            Get-Stat $name '%a' | Should -BeExactly '600'
        }

        It 'opens what is there already, with the same length, and sees the same bytes' {
            $one = New-MemoryMap -Name $name -Length 5000
            $one.Write(4990, [byte[]]@(1..10))
            $two = New-MemoryMap -Name $name -Length 5000
            $two.Address | Should -Not -Be $one.Address
            $two.Read(4990, 10) | Should -Be @(1..10)
            $two[0] = 9
            $one[0] | Should -Be 9
        }

        It 'opens it without -Length as long as it is' {
            Skip-OnWindows 'a section has whole pages there'
            $null = New-MemoryMap -Name $name -Length 12345
            (New-MemoryMap -Name $name).Length | Should -Be 12345
        }

        It 'refuses another length, and changes nothing: <_>' -ForEach 1, 4999, 5001, 100000 {
            if ($_ -in 4999, 5001) {
                Skip-OnWindows 'a section has whole pages there, and no call tells a length within the last of them'
            }

            $map = New-MemoryMap -Name $name -Length 5000
            $map[0] = 7
            $problem = Get-ErrorOf { New-MemoryMap -Name $name -Length $_ }
            $problem.Id | Should -Be 'LengthMismatch'
            $problem.Message | Should -BeLike "*'$name' has $([OperatingSystem]::IsLinux() ? 5000 : 8192) bytes and not $_*-Unlink*"
            $problem.Target | Should -BeExactly $name
            (New-MemoryMap -Name $name -Length 5000).Length | Should -Be 5000
            $map[0] | Should -Be 7
        }

        It 'refuses -Length <_>, and makes nothing' -ForEach 0, -1, ([long]::MinValue) {
            (Get-ErrorOf { New-MemoryMap -Name $name -Length $_ }).Id | Should -Be 'OutOfRange'
            Test-Name $name | Should -BeFalse
        }

        It 'refuses more than there is memory for, and makes nothing: <_>' -ForEach ([long]::MaxValue), 1PB {
            (Get-ErrorOf { New-MemoryMap -Name $name -Length $_ }).Id | Should -Match '^(NoSpace|LimitReached|OutOfRange|fallocate\.(EFBIG|EINVAL))$'
            Test-Name $name | Should -BeFalse
        }

        It 'leaves nothing behind where the advice is refused' {
            (Get-ErrorOf { New-MemoryMap -Name $name -Length 5000 -Advice Remove }).Id | Should -Be 'NotWritable'
            Test-Name $name | Should -BeFalse
            @(Get-MemoryMap).Count | Should -Be 0
        }

        It 'leaves nothing behind where the mapping then fails' {
            (Get-ErrorOf { New-MemoryMap -Name $name -Length 5 -Address 1 -Fixed }).Id | Should -Be 'OutOfRange'
            Test-Name $name | Should -BeFalse
        }

        It 'leaves nothing behind where advice is refused, and what was there before as it was: <_>' -ForEach 'Evict', 'Remove' {
            $advice = $_
            (Get-ErrorOf { New-MemoryMap -Name $name -Length 5 -Advice $advice }).Id | Should -BeIn 'NotSupported', 'NotWritable'
            Test-Name $name | Should -BeFalse
            $map = New-MemoryMap -Name $name -Length 6
            (Get-ErrorOf { New-MemoryMap -Name $name -Advice $advice }).Id | Should -BeIn 'NotSupported', 'NotWritable'
            (New-MemoryMap -Name $name).Length | Should -BeGreaterOrEqual 6
            $map.IsOpen | Should -BeTrue
        }

        It 'leaves what was there before where the mapping fails' {
            $map = New-MemoryMap -Name $name -Length 5 | Write-MappedByte -Value 'hello' -PassThru
            (Get-ErrorOf { New-MemoryMap -Name $name -Length 5 -Address 1 -Fixed }).Id | Should -Be 'OutOfRange'
            Read-MappedByte (New-MemoryMap -Name $name) -Length 5 -Encoding ascii | Should -BeExactly 'hello'
            $map.IsOpen | Should -BeTrue
        }

        It 'makes nothing with -WhatIf' {
            @(New-MemoryMap -Name $name -Length 5 -WhatIf).Count | Should -Be 0
            Test-Name $name | Should -BeFalse
        }

        It 'takes <_> into a name' -ForEach 'blank and more', 'dots...', '[x]*?', '-dash', "$([char]0xE9)$([char]::ConvertFromUtf32(0x1F600))", '%n' {
            $map = New-MemoryMap -Name "$name$_" -Length 5
            $map.Name | Should -BeExactly "$name$_"
            Test-Name "$name$_" | Should -BeTrue
        }
    }

    Context 'New-MemoryMap -Name alone' {
        It 'refuses a name that is not there and says how to make it' {
            $problem = Get-ErrorOf { New-MemoryMap -Name $name }
            $problem.Id | Should -Be 'FileNotFound'
            $problem.Message | Should -BeLike "*'$name'*-Length*"
            Test-Name $name | Should -BeFalse
        }

        It 'refuses one that somebody made and gave no length yet' {
            Skip-OnWindows 'a section has a length from the start there'
            [IO.File]::Create((Get-NamePath $name)).Dispose()
            $problem = Get-ErrorOf { New-MemoryMap -Name $name }
            $problem.Id | Should -Be 'LengthMismatch'
            $problem.Message | Should -BeLike "*'$name' has no bytes yet*-Length*"
            (New-MemoryMap -Name $name -Length 5).Length | Should -Be 5
        }

        It 'maps it for reading' {
            $all = New-MemoryMap -Name $name -Length 5 | Write-MappedByte -Value 'hello' -PassThru
            $map = New-MemoryMap -Name $name -Protection Read
            $all.IsOpen | Should -BeTrue
            Read-MappedByte $map -Length 5 -Encoding ascii | Should -BeExactly 'hello'
            (Get-ErrorOf { $map[0] = 1 }).Id | Should -Be 'NotWritable'
            (Get-ErrorOf { Protect-MemoryMap $map -Protection Read, Write }).Id | Should -Be 'AccessDenied'
        }

        It 'maps a private copy of it' {
            $map = New-MemoryMap -Name $name -Length 5
            $map[0] = 1
            $copy = New-MemoryMap -Name $name -Sharing Private
            $copy[0] = 2
            $map[0], $copy[0] | Should -Be @(1, 2)
        }

        It 'opens what another program made' {
            if ([OperatingSystem]::IsLinux()) {
                [IO.File]::WriteAllText((Get-NamePath $name), 'from afar')
                [IO.File]::SetUnixFileMode((Get-NamePath $name), 'UserRead, UserWrite')
            }
            else {
                $made = [IO.MemoryMappedFiles.MemoryMappedFile]::CreateNew($name, 9)
                $view = $made.CreateViewAccessor()
                $view.WriteArray(0, [Text.Encoding]::ASCII.GetBytes('from afar'), 0, 9)
            }

            try {
                Read-MappedByte (New-MemoryMap -Name $name) -Length 9 -Encoding ascii | Should -BeExactly 'from afar'
            }
            finally {
                ${view}?.Dispose()
                ${made}?.Dispose()
            }
        }
    }

    Context 'names that are none' {
        It 'are refused: <title>' -ForEach @(
            @{ Title = 'a slash'; Bad = 'a/b' }
            @{ Title = 'a leading slash'; Bad = '/a' }
            @{ Title = 'the way up'; Bad = '../tmp/x' }
            @{ Title = 'a backslash'; Bad = 'Local\x' }
            @{ Title = 'a dot'; Bad = '.' }
            @{ Title = 'two dots'; Bad = '..' }
            @{ Title = 'a zero'; Bad = "a`0b" }
            @{ Title = '201 characters'; Bad = [string]::new('x', 201) }
            @{ Title = '201 bytes in fewer characters'; Bad = [string]::new([char]0x20AC, 67) }
        ) {
            foreach ($way in { New-MemoryMap -Name $Bad -Length 5 }, { New-MemoryMap -Name $Bad }) {
                $problem = Get-ErrorOf $way
                $problem.Id | Should -Be 'OutOfRange'
                $problem.Category | Should -Be 'InvalidArgument'
                $problem.Message | Should -BeLike '*no name for shared memory*1 to 200 bytes*slash*'
            }
        }

        It 'are refused: no characters' {
            { New-MemoryMap -Name '' -Length 5 } | Should -Throw '*Name*'
        }

        It 'are not those of 200 bytes' {
            $long = $name + [string]::new('x', 200 - $name.Length)
            Remove-Name (New-MemoryMap -Name $long -Length 5)
            Test-Name $long | Should -BeFalse
        }
    }
}
