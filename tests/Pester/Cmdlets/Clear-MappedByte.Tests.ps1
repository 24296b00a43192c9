BeforeAll {
    . $PSScriptRoot/../Support/Module.ps1
    . $PSScriptRoot/../Support/Errors.ps1
    . $PSScriptRoot/../Support/Files.ps1
    . $PSScriptRoot/../Support/Hazard.ps1
    . $PSScriptRoot/../Support/Process.ps1
}

AfterAll {
    Get-MemoryMap | Remove-MemoryMap
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
            [object]::ReferenceEquals((Clear-MappedByte $map -PassThru), $map) | Should -BeTrue
        }

        It 'fills more than a chunk' {
            $large = New-RandomFile 3000001
            New-MemoryMap $large | Clear-MappedByte -Value 'abc' -Offset 1
            $stream = [IO.FileStream]::new($large, 'Open', 'Read', 'ReadWrite')
            $null = $stream.Seek(1, 'Begin')
            $found = Get-Sha256 $stream
            $stream.Dispose()
            $expected = [Text.Encoding]::ASCII.GetBytes('abc' * 1000000)
            $found | Should -BeExactly (Get-Sha256 $expected)
        }

        It 'changes nothing with -WhatIf' {
            Clear-MappedByte $map -WhatIf
            Clear-MappedByte $map -Deallocate -WhatIf
            Get-FileText $path | Should -BeExactly 'abcdefghij'
        }

        It 'refuses <name>' -ForEach @(
            @{ Name = 'a range outside'; Options = @{ Offset = 8; Length = 3 }; Id = 'OutOfRange' }
            @{ Name = 'no value'; Options = @{ Value = '' }; Id = 'PatternEmpty' }
            @{ Name = 'a value that stays nowhere'; Options = @{ Value = 1; Deallocate = $true }; Id = 'NotSupported' }
        ) {
            (Get-ErrorOf { Clear-MappedByte $map @Options }).Id | Should -Be $Id
        }

        It 'refuses a region that may not be written' {
            (Get-ErrorOf { New-MemoryMap $path -Protection Read | Clear-MappedByte }).Id | Should -Be 'NotWritable'
        }
    }

    Context '-Deallocate' {
        It 'makes holes of whole pages and zeros of the rest' {
            Skip-OnMacOS 'its stat takes other options'
            $page = [Environment]::SystemPageSize
            $path = New-RandomFile (100 * $page)
            $expected = Get-FileByte $path
            $before = Get-AllocatedSize $path
            [Array]::Clear($expected, 100, 90 * $page)
            $map = New-MemoryMap $path
            Clear-MappedByte $map -Offset 100 -Length (90 * $page) -Deallocate -WarningVariable warnings -WarningAction SilentlyContinue
            if (@($warnings).Count -gt 0) {
                Set-ItResult -Skipped -Because 'the file system has no holes'
            }

            Get-Sha256 (Get-FileByte $path) | Should -BeExactly (Get-Sha256 $expected)
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
            $bytes = Read-MappedByte $map
            @($bytes | Where-Object { $_ -eq 7 }).Count | Should -Be 20
            @($bytes | Where-Object { $_ -eq 0 }).Count | Should -Be 49980
        }

        It 'zeroes what a file system without holes keeps, and warns' {
            $obstacle = Find-Obstacle -Means 'mounts of a file system without holes' -Root -Tool mount, umount
            if ($obstacle) {
                Set-ItResult -Skipped -Because $obstacle
            }

            # ramfs knows no fallocate(2).
            $disk = [IO.Directory]::CreateDirectory("$TestDrive/ramfs").FullName
            $null = Invoke-Tool mount '-t', 'ramfs', 'ramfs', $disk
            try {
                $bytes = [byte[]]::new(20000)
                [Array]::Fill($bytes, [byte]7)
                [IO.File]::WriteAllBytes("$disk/full", $bytes)
                $map = New-MemoryMap "$disk/full"
                Clear-MappedByte $map -Offset 10 -Length 19980 -Deallocate -WarningVariable warnings -WarningAction SilentlyContinue
                @($warnings).Count | Should -Be 1
                Remove-MemoryMap $map
                $left = [IO.File]::ReadAllBytes("$disk/full")
                @($left | Where-Object { $_ -eq 7 }).Count | Should -Be 20
                @($left | Where-Object { $_ -eq 0 }).Count | Should -Be 19980
            }
            finally {
                Get-MemoryMap | Remove-MemoryMap
                $null = Invoke-Tool umount $disk
            }
        }

        It 'zeroes a private region of a file, whose storage is not its own, and warns' {
            $path = New-RandomFile 20000
            $map = New-MemoryMap $path -Sharing Private
            Clear-MappedByte $map -Deallocate -WarningVariable warnings -WarningAction SilentlyContinue
            @($warnings).Count | Should -Be 1
            @((Read-MappedByte $map) | Where-Object { $_ }).Count | Should -Be 0
            @((Get-FileByte $path) | Where-Object { $_ }).Count | Should -BeGreaterThan 19000
        }

        It 'zeroes a private region of named memory, which would have the others'' bytes again, and warns' {
            $name = [IO.Path]::GetRandomFileName()
            $others = New-MemoryMap -Name $name -Length 20000
            try {
                Clear-MappedByte $others -Value 7
                $map = New-MemoryMap -Name $name -Sharing Private
                Clear-MappedByte $map -Deallocate -WarningVariable warnings -WarningAction SilentlyContinue
                @($warnings).Count | Should -Be 1
                @((Read-MappedByte $map) | Where-Object { $_ }).Count | Should -Be 0
                $others[9000] | Should -Be 7
            }
            finally {
                Remove-MemoryMap $others -Unlink:(-not [OperatingSystem]::IsWindows())
            }
        }
    }

    Context 'storage around the edges' {
        It 'is given back where the range starts and ends within pages, -Deallocate' {
            Skip-OutsideLinux 'files that give storage back, and stat that tells it'
            $path = New-TestFile -Size 300KB
            [IO.File]::WriteAllText($path, 'x' * 300KB)
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
            Get-Sha256 (Read-MappedByte $map) | Should -Be (Get-Sha256 $expected)
        }
    }
}
