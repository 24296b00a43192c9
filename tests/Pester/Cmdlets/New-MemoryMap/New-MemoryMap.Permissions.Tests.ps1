BeforeAll {
    . $PSScriptRoot/../../Support/Preamble.ps1

    # What the child shows of the error that ended its work, or of the lack of one.
    $report = {
        param([string] $Work)

        "try { `$null = & { $Work } } catch { [Console]::WriteLine((`$_.FullyQualifiedErrorId -split ',')[0]); [Console]::WriteLine(`$_.Exception.Message); return }; [Console]::WriteLine('no error')"
    }
}

Describe 'New-MemoryMap' {
    AfterEach {
        Get-MemoryMap | Remove-MemoryMap
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
}
