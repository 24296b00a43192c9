BeforeAll {
    . $PSScriptRoot/../../Support/Preamble.ps1
}

Describe 'Write-MappedByte' {
    BeforeEach {
        $path = New-TestFile '..........'
        $map = New-MemoryMap $path
    }

    AfterEach {
        Get-MemoryMap | Remove-MemoryMap
    }

    Context 'regions that cannot be written' {
        It 'refuses <way> when the region is mapped for reading only' -ForEach @(
            @{ Way = 'a value'; Write = { Write-MappedByte $map -Value 'x' } }
            @{ Way = 'hexadecimal'; Write = { Write-MappedByte $map -Hex '00' } }
            @{ Way = 'a stream'; Write = { 1, 2 | Write-MappedByte $map } }
        ) {
            $map = New-MemoryMap $path -Protection Read
            $problem = Get-ErrorOf $Write
            $problem.Id | Should -Be 'NotWritable'
            $problem.Category | Should -Be 'PermissionDenied'
            $problem.Message | Should -BeLike '*-Protection Read*'
            Get-FileText $path | Should -BeExactly '..........'
        }

        It 'refuses <way> when the region was removed' -ForEach @(
            @{ Way = 'a value'; Write = { Write-MappedByte $map -Value 'x' } }
            @{ Way = 'a value with -Expect'; Write = { Write-MappedByte $map -Value 'x' -Expect '.' } }
            @{ Way = 'a stream'; Write = { 1, 2 | Write-MappedByte $map } }
        ) {
            Remove-MemoryMap $map
            $Write | Should -Throw "*Region $($map.Id) of $path was removed*" -ErrorId 'RegionClosed,*'
            Get-FileText $path | Should -BeExactly '..........'
        }

        It 'writes memory that may be written and not read' {
            $blind = New-MemoryMap $path -Protection Write
            Write-MappedByte $blind -Value 'ab'
            Get-FileText $path | Should -BeExactly 'ab........'
        }
    }

    Context '-WhatIf' {
        It 'writes nothing of <way>' -ForEach @(
            @{ Way = 'a value'; Write = { Write-MappedByte $map -Value 'x' -WhatIf -PassThru } }
            @{ Way = 'hexadecimal'; Write = { Write-MappedByte $map -Hex '78' -WhatIf -PassThru } }
            @{ Way = 'an expected value'; Write = { Write-MappedByte $map -Value 'x' -Expect '.' -WhatIf -PassThru } }
            @{ Way = 'a stream'; Write = { 120, 121 | Write-MappedByte $map -WhatIf } }
        ) {
            & $Write | Out-Null
            Get-FileText $path | Should -BeExactly '..........'
        }

        It 'still says that other bytes than expected were found' {
            { Write-MappedByte $map -Value 'x' -Expect 'y' -WhatIf } | Should -Throw -ErrorId 'ExpectationFailed,*'
        }

        It 'says what would be written where' {
            Get-WhatIfText { Write-MappedByte $map abc -Offset 4 -WhatIf } | Should -BeLike "*Write 3 bytes*$path*offset 4*length 3*"
            Get-FileText $path | Should -BeExactly '..........'
        }

        It 'asks once for a whole stream' {
            Get-WhatIfText { 1..5 | Write-MappedByte $map -WhatIf } | Should -HaveCount 1
        }

        It 'goes with -Confirm' {
            (Get-Command Write-MappedByte).Parameters.ContainsKey('Confirm') | Should -BeTrue
            Write-MappedByte $map -Value 'x' -Confirm:$false
            Get-FileText $path | Should -BeExactly 'x.........'
        }
    }
}
