BeforeAll {
    . $PSScriptRoot/../../Support/Preamble.ps1
}

Describe 'New-MemoryMap' {
    AfterEach {
        Get-MemoryMap | Remove-MemoryMap
    }

    Context '-Anonymous' {
        It 'maps zeroed memory that can be read and written' {
            $map = New-MemoryMap -Anonymous -Length 10000
            $map.Length | Should -Be 10000
            $map.Read() -ne 0 | Should -HaveCount 0
            Write-MappedByte $map -Value 'abc' -Offset 9997
            ConvertTo-Visible (Read-MappedByte $map -Offset 9996) | Should -BeExactly '\x00abc'
        }

        It 'refuses -Length <length>' -ForEach @(
            @{ Length = 0 }
            @{ Length = -1 }
            @{ Length = [long]::MinValue }
            @{ Length = [long]::MaxValue }
        ) {
            { New-MemoryMap -Anonymous -Length $Length } | Should -Throw "*Length $Length*" -ErrorId 'OutOfRange,*'
        }

        It 'wants -Length' {
            ((Get-Command New-MemoryMap).ParameterSets | Where-Object Name -EQ Anonymous).Parameters |
                Where-Object Name -EQ Length |
                Select-Object -ExpandProperty IsMandatory |
                Should -BeTrue
        }

        It 'says when there is no room for this length' {
            $problem = Get-ErrorOf { New-MemoryMap -Anonymous -Length 1PB }
            $problem.Id | Should -BeIn $(if ($IsWindows) { 'OutOfRange', 'VirtualAlloc.ERROR_NOT_ENOUGH_MEMORY' } else { 'mmap.ENOMEM' })
            $problem.Category | Should -BeIn 'ResourceUnavailable', 'InvalidArgument'
            $problem.Message | Should -BeLike '*anonymous region*'
        }

        It 'does not go with -Offset' {
            { New-MemoryMap -Anonymous -Length 10 -Offset 5 } | Should -Throw -ErrorId 'AmbiguousParameterSet,*'
        }
    }

    Context 'devices' {
        It 'maps /dev/zero as zeroed memory, <sharing>' -ForEach @(
            @{ Sharing = 'Shared' }
            @{ Sharing = 'Private' }
        ) {
            Skip-OutsideLinux '/dev/zero'
            $map = New-MemoryMap /dev/zero -Length 10000 -Sharing $Sharing
            $map.Kind | Should -Be Device
            $map.Read() -ne 0 | Should -HaveCount 0
            Write-MappedByte $map -Value 'abc' -Offset 9997
            ConvertTo-Visible (Read-MappedByte $map -Offset 9996) | Should -BeExactly '\x00abc'
        }

        It 'wants to know how much of a device without an end' {
            Skip-OutsideLinux '/dev/zero'
            { New-MemoryMap /dev/zero } | Should -Throw '*/dev/zero*-Length*' -ErrorId 'OutOfRange,*'
        }
    }
}
