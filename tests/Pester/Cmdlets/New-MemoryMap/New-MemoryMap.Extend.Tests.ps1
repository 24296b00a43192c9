BeforeAll {
    . $PSScriptRoot/../../Support/Preamble.ps1
    . $PSScriptRoot/../../Support/SmallFileSystem.ps1
}

Describe 'New-MemoryMap' {
    AfterEach {
        Get-MemoryMap | Remove-MemoryMap
    }

    Context '-Extend' {
        It 'makes a file longer, which keeps its bytes' {
            $path = New-TestFile 'abc'
            $map = New-MemoryMap $path -Extend -Offset 2 -Length 5
            $map.Length | Should -Be 5
            Get-FileText $path | Should -BeExactly 'abc\x00\x00\x00\x00'
            Write-MappedByte $map -Value 'CDEFG'
            Get-FileText $path | Should -BeExactly 'abCDEFG'
        }

        It 'takes the storage for the new bytes at once' {
            Skip-OnMacOS 'its stat takes other options'
            $path = New-TestFile 'abc'
            Get-AllocatedSize $path | Should -BeLessThan 1MB
            $null = New-MemoryMap $path -Extend -Length 1MB
            Get-AllocatedSize $path | Should -BeGreaterOrEqual 1MB
        }

        It 'leaves a file alone that is long enough' {
            $path = New-TestFile 'abcdefghij'
            (New-MemoryMap $path -Extend -Length 4).Length | Should -Be 4
            Get-FileText $path | Should -BeExactly 'abcdefghij'
        }

        It 'starts past the present end' {
            $path = New-TestFile 'abc'
            $null = New-MemoryMap $path -Extend -Offset 10 -Length 2
            (Get-Item $path).Length | Should -Be 12
        }

        It 'grows an empty file' {
            $path = New-TestFile -Size 0
            New-MemoryMap $path -Extend -Length 3 | Write-MappedByte -Value 'xyz'
            Get-FileText $path | Should -BeExactly 'xyz'
        }

        It 'makes the file longer for a private region too' {
            $path = New-TestFile 'abc'
            $null = New-MemoryMap $path -Extend -Length 6 -Sharing Private
            (Get-Item $path).Length | Should -Be 6
        }

        It 'is refused without Write: -Protection <_>' -ForEach 'Read', 'None', 'Read, Execute' {
            $path = New-TestFile 'abc'
            { New-MemoryMap $path -Extend -Length 6 -Protection $_ } |
                Should -Throw "-Extend makes $path longer*-Protection $_ *-Protection Read,Write*" -ErrorId 'NotWritable,*'
            Get-FileText $path | Should -BeExactly 'abc'
        }

        It 'is suggested past the end of a file only if it could make it longer' {
            $path = New-TestFile 'abc'
            { New-MemoryMap $path -Length 5 -Protection Read } | Should -Throw '*has 3 bytes. Give an offset*before.' -ErrorId 'OutOfRange,*'
            { New-MemoryMap $path -Length 5 -Sharing Private } | Should -Throw '*has 3 bytes. Give an offset*before.' -ErrorId 'OutOfRange,*'
            { New-MemoryMap $path -Length 5 } | Should -Throw '*New-MemoryMap -Extend*' -ErrorId 'OutOfRange,*'
        }

        It 'wants -Length' {
            { New-MemoryMap (New-TestFile 'abc') -Extend } | Should -Throw '*-Length*' -ErrorId 'OutOfRange,*'
        }

        It 'does not make a missing file' {
            { New-MemoryMap "$TestDrive/missing.bin" -Extend -Length 5 } | Should -Throw -ErrorId 'FileNotFound,*'
        }

        It 'leaves the file as it was when <name>' -ForEach @(
            @{ Name = 'the length is negative'; With = @{ Length = -5 }; Id = 'OutOfRange'; Says = '*-5*' }
            @{ Name = 'the offset is negative'; With = @{ Offset = -5; Length = 10 }; Id = 'OutOfRange'; Says = '*-5*10*' }
            @{ Name = 'the end is past 64 bits'; With = @{ Offset = 1; Length = [long]::MaxValue }; Id = 'OutOfRange'; Says = '*Offset 1 *9223372036854775807*' }
            @{ Name = 'the mapping fails'; With = @{ Length = 5; Address = 1; Fixed = $true }; Id = 'OutOfRange'; Says = '*0x1*' }
        ) {
            $path = New-TestFile 'abc'
            $problem = Get-ErrorOf { New-MemoryMap $path -Extend @With }
            $problem.Id | Should -Be $Id
            $problem.Message | Should -BeLike $Says
            $problem.Message | Should -Not -BeLike '*has 9223372036854775807 bytes*' -Because 'the file has 3'
            Get-FileText $path | Should -BeExactly 'abc'
        }

        It 'refuses to make a file longer than files can be, and leaves it as it was' {
            $path = New-TestFile 'abc'
            $problem = Get-ErrorOf { New-MemoryMap $path -Extend -Length ([long]::MaxValue) }
            $problem.Id | Should -BeIn 'fallocate.EFBIG', 'SetFileInformationByHandle.ERROR_INVALID_PARAMETER'
            if ($IsLinux) {
                $problem.Message | Should -BeLike "$path *from 3 to 9223372036854775807 bytes*"
            }

            Get-FileText $path | Should -BeExactly 'abc'
        }

        It 'says how to map a file that may not be written' {
            Skip-OutsideLinux 'mounts of a small file system'
            $folder = Mount-SmallFileSystem
            try {
                Set-Content "$folder/file.bin" abc -NoNewline
                mount -o remount,ro $folder
                foreach ($with in @{}, @{ Extend = $true; Length = 5 }) {
                    { New-MemoryMap "$folder/file.bin" @with } |
                        Should -Throw "$folder/file.bin *-Protection Read*-Sharing Private*" -ErrorId 'open.EROFS,*'
                }

                (New-MemoryMap "$folder/file.bin" -Sharing Private)[0] | Should -Be 97
            }
            finally {
                Dismount-SmallFileSystem $folder
            }
        }

        It 'says that the file system is full, and leaves the file as it was' {
            Skip-OutsideLinux 'mounts of a small file system'
            $folder = Mount-SmallFileSystem
            try {
                $path = "$folder/file.bin"
                Set-Content $path abc -NoNewline
                $problem = Get-ErrorOf { New-MemoryMap $path -Extend -Length 2MB }
                $problem.Id | Should -Be 'NoSpace'
                $problem.Category | Should -Be 'WriteError'
                $problem.Message | Should -BeLike "*$path*from 3 to 2097152 bytes*full*"
                Get-FileText $path | Should -BeExactly 'abc'
                Get-AllocatedSize $path | Should -BeLessOrEqual $page
            }
            finally {
                Dismount-SmallFileSystem $folder
            }
        }

        It 'says which limit keeps the process from making files as long, and lives' {
            # The kernel would end the process with SIGXFSZ. Set while the child runs: a runtime would not start under such a low limit.
            Skip-WithoutProgram prlimit
            $path = New-TestFile 'abc'
            $child = Invoke-Hazard -Environment @{ FILE = $path } -Script @'
prlimit --pid=$PID --fsize=2000000
Show extend { New-MemoryMap $env:FILE -Extend -Length 3000000 }
'@
            $child.ExitCode | Should -Be 0 -Because $child.ErrorOutput
            $child.Said.extend | Should -BeLike "!LimitReached | *$path*3000000*RLIMIT_FSIZE*2000000*"
            Get-FileText $path | Should -BeExactly 'abc'
        }
    }
}
