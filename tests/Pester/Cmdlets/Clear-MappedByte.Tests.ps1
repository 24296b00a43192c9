BeforeAll {
    . $PSScriptRoot/../Support/Preamble.ps1
}

Describe 'Clear-MappedByte' {
    AfterEach {
        Get-MemoryMap | Remove-MemoryMap
    }

    Context 'filling' {
        BeforeEach {
            $path = New-TestFile 'abcdefghij'
            $map = New-MemoryMap $path
        }

        It 'leaves <expected> by <options>' -ForEach @(
            @{ Options = @{}; Expected = '\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00' }
            @{ Options = @{ Offset = 8 }; Expected = 'abcdefgh\x00\x00' }
            @{ Options = @{ Offset = 2; Length = 1 }; Expected = 'ab\x00defghij' }
            @{ Options = @{ Value = 46; Length = 3 }; Expected = '...defghij' }
            @{ Options = @{ Value = 'xyz'; Length = 5 }; Expected = 'xyzxyfghij' }
            @{ Options = @{ Value = [byte[]](45, 46); Offset = 7 }; Expected = 'abcdefg-.-' }
            @{ Options = @{ Length = 0 }; Expected = 'abcdefghij' }
        ) {
            Clear-MappedByte $map @Options
            Get-FileText $path | Should -BeExactly $Expected
        }

        It 'fills the whole of a region of the pipeline that starts inside its file' {
            New-MemoryMap $path -Offset 2 -Length 3 | Clear-MappedByte -Value '.'
            Get-FileText $path | Should -BeExactly 'ab...fghij'
        }

        It 'hands the region on with -PassThru' {
            Clear-MappedByte $map -PassThru | Should -Be $map
        }

        It 'fills more than a chunk' {
            $large = New-RandomFile 3000001
            New-MemoryMap $large | Clear-MappedByte -Value 'abc' -Offset 1
            (Get-Content $large -Raw -Encoding latin1).Substring(1) -ceq 'abc' * 1000000 | Should -BeTrue
        }

        It 'changes nothing with -WhatIf' {
            Clear-MappedByte $map -WhatIf
            Clear-MappedByte $map -Deallocate -WhatIf
            Get-FileText $path | Should -BeExactly 'abcdefghij'
        }

        It 'refuses <name>' -ForEach @(
            @{ Name = 'no value'; Options = @{ Value = '' }; Id = 'PatternEmpty' }
            @{ Name = 'a value that stays nowhere'; Options = @{ Value = 1; Deallocate = $true }; Id = 'NotSupported' }
        ) {
            { Clear-MappedByte $map @Options } | Should -Throw -ErrorId "$Id,*"
        }

        It 'refuses a region that may not be written' {
            { New-MemoryMap $path -Protection Read | Clear-MappedByte } | Should -Throw -ErrorId 'NotWritable,*'
        }
    }

    Context '-Deallocate' {
        It 'makes holes of whole pages and zeros of the rest' {
            Skip-OnMacOS 'its stat takes other options'
            $path = New-RandomFile (100 * $page)
            $expected = Get-Content $path -AsByteStream -Raw
            $before = Get-AllocatedSize $path
            [Array]::Clear($expected, 100, 90 * $page)
            $map = New-MemoryMap $path
            Clear-MappedByte $map -Offset 100 -Length (90 * $page) -Deallocate -WarningVariable warnings -WarningAction SilentlyContinue
            if ($warnings) {
                Set-ItResult -Skipped -Because 'the file system has no holes'
            }

            Assert-Byte (Get-Content $path -AsByteStream -Raw) $expected
            Sync-MemoryMap $map
            $before - (Get-AllocatedSize $path) | Should -BeGreaterOrEqual (88 * $page)
        }

        It 'makes zeros of a range within a page' {
            $path = New-TestFile 'abcdefghij' -Name 'small.bin'
            New-MemoryMap $path | Clear-MappedByte -Offset 2 -Length 3 -Deallocate
            Get-FileText $path | Should -BeExactly 'ab\x00\x00\x00fghij'
        }

        It 'frees private memory' {
            $map = New-MemoryMap -Anonymous -Length 50000
            Clear-MappedByte $map -Value 7
            Clear-MappedByte $map -Offset 10 -Length 49980 -Deallocate
            $map.Read() -eq 7 | Should -HaveCount 20
            $map.Read() -eq 0 | Should -HaveCount 49980
        }

        It 'zeroes what a file system without holes keeps, and warns' {
            # ramfs does not support fallocate(2).
            $disk = New-Item (Join-Path $TestDrive ramfs) -ItemType Directory
            Skip-OnObstacle (Find-Obstacle -Means 'mounts of a file system without holes' -Root -Tool mount -Trap { mount -t ramfs ramfs $disk })
            try {
                Set-Content "$disk/full" ([byte[]]@(7) * 20000) -AsByteStream
                $map = New-MemoryMap "$disk/full"
                Clear-MappedByte $map -Offset 10 -Length 19980 -Deallocate -WarningVariable warnings -WarningAction SilentlyContinue
                $warnings | Should -HaveCount 1
                Remove-MemoryMap $map
                $left = Get-Content "$disk/full" -AsByteStream
                $left -eq 7 | Should -HaveCount 20
                $left -eq 0 | Should -HaveCount 19980
            }
            finally {
                Get-MemoryMap | Remove-MemoryMap
                umount $disk
            }
        }

        It 'zeroes a private region of a file, whose storage is not its own, and warns' {
            $path = New-RandomFile 20000
            $map = New-MemoryMap $path -Sharing Private
            Clear-MappedByte $map -Deallocate -WarningVariable warnings -WarningAction SilentlyContinue
            $warnings | Should -HaveCount 1
            $map.Read() -ne 0 | Should -BeNullOrEmpty
            Get-Content $path -AsByteStream | Where-Object { $_ } | Should -Not -BeNullOrEmpty
        }

        It 'zeroes a private region of named memory, which would have the others'' bytes again, and warns' {
            $name = "$(New-Guid)"
            $others = New-MemoryMap -Name $name -Length 20000
            try {
                Clear-MappedByte $others -Value 7
                $map = New-MemoryMap -Name $name -Sharing Private
                Clear-MappedByte $map -Deallocate -WarningVariable warnings -WarningAction SilentlyContinue
                $warnings | Should -HaveCount 1
                $map.Read() -ne 0 | Should -BeNullOrEmpty
                $others[9000] | Should -Be 7
            }
            finally {
                Remove-MemoryMap $others -Unlink:(-not $IsWindows)
            }
        }
    }

    Context 'storage around the edges' {
        It 'is freed even if the range starts and ends within pages, -Deallocate' {
            Skip-OutsideLinux 'files that give storage back, and stat that tells it'
            $path = New-TestFile ('x' * 300KB)
            Clear-MappedByte (New-MemoryMap $path) -Offset 100 -Length (300KB - 5000) -Deallocate
            Get-AllocatedSize $path | Should -BeLessThan 20KB
            Get-FileText $path -Offset 99 -Count 2 | Should -BeExactly 'x\x00'
            Get-FileText $path -Offset (300KB - 4901) -Count 2 | Should -BeExactly '\x00x'
        }
    }

    Context 'a device without an end' {
        It 'loses the bytes of the range and no others with -Deallocate: <Offset> and <Length>' -ForEach @(
            @{ Offset = 100; Length = 200 }
            @{ Offset = 0; Length = 5000 }
            @{ Offset = 4000; Length = 5000 }
            @{ Offset = 9000; Length = 3000 }
        ) {
            Skip-OutsideLinux '/dev/zero as shared memory'
            $map = New-MemoryMap /dev/zero -Length 12288
            Clear-MappedByte $map -Value 7
            Clear-MappedByte $map -Offset $Offset -Length $Length -Deallocate
            $expected = [byte[]]@(7) * 12288
            [Array]::Clear($expected, $Offset, $Length)
            Assert-Byte (Read-MappedByte $map) $expected
        }
    }
}
