BeforeAll {
    . $PSScriptRoot/../../Support/Preamble.ps1
}

Describe 'MappedRegion' {
    BeforeEach {
        $path = New-TestFile 'abcdefghij'
        $map = New-MemoryMap $path
    }

    AfterEach {
        Get-MemoryMap | Remove-MemoryMap
    }

    Context 'Read' {
        It 'reads all' {
            -join [char[]]$map.Read() | Should -BeExactly 'abcdefghij'
        }

        It 'reads a range' {
            -join [char[]]$map.Read(2, 3) | Should -BeExactly 'cde'
        }

        It 'reads nothing at the end' {
            $map.Read(10, 0) | Should -HaveCount 0
        }

        It 'reads into a buffer' {
            $buffer = [byte[]](46, 46, 46, 46, 46)
            $map.Read(8, $buffer, 1, 2)
            -join [char[]]$buffer | Should -BeExactly '.ij..'
        }

        It 'refuses offset <offset> with length <count>' -ForEach @(
            @{ Offset = 0; Count = 11 }
            @{ Offset = 10; Count = 1 }
            @{ Offset = -1; Count = 1 }
            @{ Offset = 0; Count = -1 }
            @{ Offset = 5; Count = [long]::MaxValue }
            @{ Offset = [long]::MaxValue; Count = [long]::MaxValue }
        ) {
            $problem = Get-ErrorOf { $map.Read($Offset, $Count) }
            $problem.Id | Should -Be 'OutOfRange'
            $problem.Category | Should -Be 'InvalidArgument'
            $problem.Message | Should -BeLike "*Offset $Offset with length $Count*which has 10 bytes*"
            [object]::ReferenceEquals($problem.Target, $map) | Should -BeTrue
        }

        It 'refuses <count> bytes at place <index> of a buffer of 4' -ForEach @(
            @{ Index = 3; Count = 2 }
            @{ Index = -1; Count = 2 }
            @{ Index = 0; Count = -1 }
            @{ Index = [int]::MaxValue; Count = [int]::MaxValue }
        ) {
            $buffer = [byte[]](1, 2, 3, 4)
            $problem = Get-ErrorOf { $map.Read(0, $buffer, $Index, $Count) }
            $problem.Id | Should -Be 'OutOfRange'
            $problem.Message | Should -BeLike "*Offset $Index with length $Count*buffer*4 bytes*"
            $problem.Message | Should -Not -BeLike '*-Extend*' -Because 'no file is too short here'
            $buffer | Should -Be @(1, 2, 3, 4)
        }

        It 'refuses $null for a buffer, by name' {
            $problem = Get-ErrorOf { $map.Read(0, $null, 0, 1) }
            $problem.Record.Exception.InnerException | Should -BeOfType ([ArgumentNullException])
        }

        It 'refuses a region that was removed' {
            Remove-MemoryMap $map
            { $map.Read() } | Should -Throw -ErrorId RegionClosed
        }
    }

    Context 'Write' {
        It 'writes bytes' {
            $map.Write(3, [byte[]](88, 89))
            Get-FileText $path | Should -BeExactly 'abcXYfghij'
        }

        It 'writes a part of a buffer' {
            $map.Write(3, [byte[]](1, 88, 89, 2), 1, 2)
            Get-FileText $path | Should -BeExactly 'abcXYfghij'
        }

        It 'writes no bytes without a fuss' {
            $map.Write(10, [byte[]]@())
            Get-FileText $path | Should -BeExactly 'abcdefghij'
        }

        It 'refuses <count> bytes at offset <offset> and writes none of them' -ForEach @(
            @{ Offset = 9; Count = 2 }
            @{ Offset = 10; Count = 1 }
            @{ Offset = -1; Count = 1 }
            @{ Offset = [long]::MaxValue; Count = 4 }
        ) {
            { $map.Write($Offset, [byte[]]::new($Count)) } |
                Should -Throw "*Offset $Offset with length $Count*which has 10 bytes*" -ErrorId OutOfRange
            Get-FileText $path | Should -BeExactly 'abcdefghij'
        }

        It 'refuses $null for the bytes, by name' {
            $problem = Get-ErrorOf { $map.Write(0, $null) }
            $problem.Record.Exception.InnerException | Should -BeOfType ([ArgumentNullException])
        }

        It 'refuses a region for reading only' {
            $fixed = New-MemoryMap $path -Protection Read
            { $fixed.Write(0, [byte[]](1, 2)) } | Should -Throw -ErrorId NotWritable
        }

        It 'refuses a region that was removed' {
            Remove-MemoryMap $map
            { $map.Write(0, [byte[]](1, 2)) } | Should -Throw -ErrorId RegionClosed
            Get-FileText $path | Should -BeExactly 'abcdefghij'
        }
    }
}
