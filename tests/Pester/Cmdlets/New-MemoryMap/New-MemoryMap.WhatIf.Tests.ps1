BeforeAll {
    . $PSScriptRoot/../../Support/Preamble.ps1
}

Describe 'New-MemoryMap' {
    AfterEach {
        Get-MemoryMap | Remove-MemoryMap
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
