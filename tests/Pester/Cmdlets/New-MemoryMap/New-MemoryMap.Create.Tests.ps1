BeforeAll {
    . $PSScriptRoot/../../Support/Preamble.ps1
    . $PSScriptRoot/../../Support/SmallFileSystem.ps1
}

Describe 'New-MemoryMap' {
    AfterEach {
        Get-MemoryMap | Remove-MemoryMap
    }

    Context '-Create' {
        It 'makes a file of as many zeroed bytes as -Offset and -Length reach' {
            $path = Join-Path $TestDrive made.bin
            $map = New-MemoryMap $path -Create -Offset 5 -Length 10
            $map.Length | Should -Be 10
            Get-FileText $path | Should -BeExactly ('\x00' * 15)
        }

        It 'takes the storage for it at once' {
            Skip-OnMacOS 'its stat takes other options'
            $path = Join-Path $TestDrive stored.bin
            $null = New-MemoryMap $path -Create -Length 1MB
            Get-AllocatedSize $path | Should -BeGreaterOrEqual 1MB
        }

        It 'leaves the bytes of a file that is there' {
            $path = New-TestFile 'abcdefghij'
            $map = New-MemoryMap $path -Create -Length 4
            $map.Length | Should -Be 4
            Get-FileText $path | Should -BeExactly 'abcdefghij'
        }

        It 'does not make a file longer that is there' {
            $path = New-TestFile 'abc'
            { New-MemoryMap $path -Create -Length 4 } | Should -Throw '*length 4*3 bytes*' -ErrorId 'OutOfRange,*'
            Get-FileText $path | Should -BeExactly 'abc'
        }

        It 'makes a missing file and a short one long enough together with -Extend' {
            $short = New-TestFile 'abc'
            $missing = Join-Path $TestDrive both.bin
            $null = New-MemoryMap $short, $missing -Create -Extend -Length 6
            Get-FileText $short | Should -BeExactly 'abc\x00\x00\x00'
            (Get-Item $missing).Length | Should -Be 6
        }

        It 'makes an empty file with -Length 0' {
            $path = Join-Path $TestDrive nothing.bin
            (New-MemoryMap $path -Create -Length 0).Length | Should -Be 0
            (Get-Item $path).Length | Should -Be 0
        }

        It 'makes a file that is then mapped for reading' {
            $path = Join-Path $TestDrive reading.bin
            $map = New-MemoryMap $path -Create -Length 3 -Protection Read
            (Get-MapEntry $map.Address).Permissions | Should -BeExactly 'r--s'
            (Get-Item $path).Length | Should -Be 3
        }

        It 'makes a file whose name has wildcard characters' {
            $path = Join-Path $TestDrive 'made[1].bin'
            $null = New-MemoryMap -LiteralPath $path -Create -Length 3
            Test-Path -LiteralPath $path | Should -BeTrue
        }

        It 'wants -Length, and makes nothing without' {
            $path = Join-Path $TestDrive lengthless.bin
            { New-MemoryMap $path -Create } | Should -Throw "*-Length*$path*" -ErrorId 'OutOfRange,*'
            $path | Should -Not -Exist
        }

        It 'leaves no file behind when <name>' -ForEach @(
            @{ Name = 'the length is negative'; With = @{ Length = -5 } }
            @{ Name = 'the end is past 64 bits'; With = @{ Offset = 1; Length = [long]::MaxValue } }
            @{ Name = 'no file can be as long'; With = @{ Length = [long]::MaxValue } }
            @{ Name = 'the mapping fails'; With = @{ Length = 5; Address = 1; Fixed = $true } }
        ) {
            $path = Join-Path $TestDrive failed.bin
            { New-MemoryMap $path -Create @With } | Should -Throw
            $path | Should -Not -Exist
        }

        It 'leaves no file behind when the file system is full' {
            Skip-OutsideLinux 'mounts of a small file system'
            $folder = Mount-SmallFileSystem
            try {
                { New-MemoryMap "$folder/big.bin" -Create -Length 2MB } | Should -Throw "*$folder/big.bin*2097152*" -ErrorId 'NoSpace,*'
                "$folder/big.bin" | Should -Not -Exist
            }
            finally {
                Dismount-SmallFileSystem $folder
            }
        }
    }
}
