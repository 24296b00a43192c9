BeforeAll {
    . $PSScriptRoot/../../Support/Preamble.ps1
}

Describe 'New-MemoryMap' {
    Context 'permissions' {
        BeforeAll {
            $obstacle = if ($IsWindows) { 'permissions are lists of users there, which an administrator passes' }
            elseif ((Test-Root) -and -not (Test-Program setpriv)) { 'setpriv is not installed' }
            if ($obstacle) {
                return
            }

            # Root passes every check, so a child without root's rights runs it. Its files remain its own.
            $closed, $fixed = 'closed', 'fixed' | ForEach-Object { (New-Item (Join-Path $TestDrive $_) -ItemType Directory).FullName }
            $unreadable = New-TestFile 'abc'
            $readOnly = New-TestFile 'abc'
            $inside = New-TestFile 'abc' -Name closed/x.bin
            $missing = Join-Path $fixed x.bin
            chmod 000 $unreadable $closed
            chmod 400 $readOnly
            chmod 500 $fixed
            $files = @{ UNREADABLE = $unreadable; READONLY = $readOnly; INSIDE = $inside; MISSING = $missing }
            $child = Invoke-Hazard -Wrapper (Get-UnprivilegedWrapper) -Environment $files -Script @'
Show unreadable { New-MemoryMap $env:UNREADABLE -Protection Read }
Show readOnly { New-MemoryMap $env:READONLY }
Show read { New-MemoryMap $env:READONLY -Protection Read | Read-MappedByte -Encoding ascii }
Show copy {
    $copy = New-MemoryMap $env:READONLY -Sharing Private
    $copy[0] = 90
    $copy | Read-MappedByte -Encoding ascii
}
Show inside { New-MemoryMap $env:INSIDE }
Show create { New-MemoryMap $env:MISSING -Create -Length 5 }
'@
            chmod 700 $closed $fixed
        }

        BeforeEach {
            if ($obstacle) {
                Set-ItResult -Skipped -Because $obstacle
            }

            $child.Said.end | Should -BeExactly 'reached' -Because $child.ErrorOutput
        }

        It 'refuses a file that may not be read' {
            $child.Said.unreadable | Should -BeLike "!AccessDenied | *$unreadable*may not read*"
        }

        It 'refuses to write a file that may only be read, and says how to map it' {
            $child.Said.readOnly | Should -BeLike "!AccessDenied | *$readOnly*may not write*-Protection Read*-Sharing Private*"
        }

        It 'maps a file that may only be read with -Protection Read, or a private copy of it' {
            $child.Said.read | Should -BeExactly 'abc'
            $child.Said.copy | Should -BeExactly 'Zbc'
            Get-FileText $readOnly | Should -BeExactly 'abc'
        }

        It 'refuses a file in a folder that may not be searched' {
            $child.Said.inside | Should -BeLike "!AccessDenied | *$inside*search one of its folders*"
        }

        It 'refuses to make a file in a folder that may not be written' {
            $child.Said.create | Should -BeLike "!AccessDenied | *$missing*"
            $missing | Should -Not -Exist
        }
    }
}
