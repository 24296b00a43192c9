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
            New-MemoryMap $path -WhatIf | Should -BeNullOrEmpty
            New-MemoryMap -Anonymous -Length 100 -WhatIf | Should -BeNullOrEmpty
            Get-MapCount $path | Should -Be 0
        }

        It 'names file, offset and length with -WhatIf' {
            $path = New-TestFile 'abcdef'
            $said = Get-WhatIfText {
                New-MemoryMap $path -Offset 2 -Length 3 -WhatIf
                New-MemoryMap $path -Offset 2 -WhatIf
                New-MemoryMap -Anonymous -Length 7 -WhatIf
            }
            $said | Should -HaveCount 3
            $said[0] | Should -BeLike "*$path, offset 2, length 3*"
            $said[1] | Should -BeLike "*$path, from offset 2 to its end*"
            $said[2] | Should -BeLike '*anonymous memory, offset 0, length 7*'
        }

        It 'makes no file with -Create -WhatIf' {
            $path = Join-Path $TestDrive whatif.bin
            New-MemoryMap $path -Create -Length 5 -WhatIf
            $path | Should -Not -Exist
        }

        It 'makes no file longer with -Extend -WhatIf' {
            $path = New-TestFile 'abc'
            New-MemoryMap $path -Extend -Length 10 -WhatIf
            Get-FileText $path | Should -BeExactly 'abc'
        }

        It 'says how long the file would be with -<switch> -WhatIf' -ForEach @(
            @{ Switch = 'Create'; Name = 'missing.bin' }
            @{ Switch = 'Extend'; Name = 'short.bin' }
        ) {
            $null = New-TestFile 'abc' -Name 'short.bin'
            $path = Join-Path $TestDrive $Name
            $with = @{ $Switch = $true }
            Get-WhatIfText { New-MemoryMap $path @with -Offset 100 -Length 23 -WhatIf } | Should -BeLike "*123 bytes*$path*"
        }

        It 'goes with -Confirm' {
            (Get-Command New-MemoryMap).Parameters.ContainsKey('Confirm') | Should -BeTrue
            (New-MemoryMap (New-TestFile 'abc') -Confirm:$false).IsOpen | Should -BeTrue
        }

        It 'does not ask unless it is asked to' {
            # A mapping by itself changes nothing: ConfirmImpact is below the default $ConfirmPreference, so there is no question.
            $attribute = (Get-Command New-MemoryMap).ImplementingType.GetCustomAttributes([Management.Automation.CmdletAttribute], $false)
            $attribute.ConfirmImpact | Should -BeLessThan ([Management.Automation.ConfirmImpact]::High)
        }
    }

    It 'says that it emits MappedRegion' {
        (Get-Command New-MemoryMap).OutputType.Type | Should -Contain ([MmapPS.MappedRegion])
    }
}
