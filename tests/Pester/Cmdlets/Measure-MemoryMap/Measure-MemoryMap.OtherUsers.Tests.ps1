BeforeAll {
    . $PSScriptRoot/../../Support/Preamble.ps1
}

Describe 'Measure-MemoryMap' {
    AfterEach {
        Get-MemoryMap | Remove-MemoryMap
    }

    Context 'a user without rights' {
        BeforeEach {
            Skip-OutsideLinux 'a count that is not told to everybody'
        }

        BeforeAll {
            if (-not $IsLinux) {
                return
            }

            # A file of root that others may only read, measured by another user.
            $secret = New-TestFile -Size (16 * $page)
            chmod 644 $secret
            chmod 755 $TestDrive
        }

        It 'says so for <what>, rather than that all is in memory' -ForEach @(
            @{ What = 'a path'; Text = 'Measure-MemoryMap $env:TARGET' }
            @{ What = 'a region'; Text = 'New-MemoryMap $env:TARGET -Protection Read | Measure-MemoryMap' }
        ) {
            Skip-WithoutRoot 'become another user'
            Skip-WithoutProgram setpriv
            $child = Invoke-Child -Environment @{ TARGET = $secret; HOME = "$TestDrive" } `
                -Wrapper 'setpriv', '--reuid=65534', '--regid=65534', '--clear-groups' -Script @"
                try { `$ErrorActionPreference = 'Stop'; [Console]::WriteLine((& { $Text }).Resident) }
                catch { [Console]::WriteLine(`$_.FullyQualifiedErrorId.Split(',')[0] + ' ' + `$_.Exception.Message) }
"@
            if ($child.ExitCode -ne 0) {
                Set-ItResult -Skipped -Because "the other user cannot run the host: $($child.ErrorOutput)"
            }

            $child.Output | Should -BeLike "AccessDenied *$secret*owns*"
        }

        It 'answers a user who may write the file' {
            Skip-WithoutRoot 'become another user'
            Skip-WithoutProgram setpriv
            $shared = New-TestFile -Size (16 * $page)
            chmod 666 $shared
            $child = Invoke-Child -Environment @{ TARGET = $shared; HOME = "$TestDrive" } `
                -Wrapper 'setpriv', '--reuid=65534', '--regid=65534', '--clear-groups' -Script @'
                [Console]::WriteLine((Measure-MemoryMap $env:TARGET).Resident)
'@
            if ($child.ExitCode -ne 0) {
                Set-ItResult -Skipped -Because "the other user cannot run the host: $($child.ErrorOutput)"
            }

            $child.Output.Trim() | Should -Be '0'
        }
    }
}
