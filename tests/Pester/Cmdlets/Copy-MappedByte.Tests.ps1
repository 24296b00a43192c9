BeforeAll {
    . $PSScriptRoot/../Support/Preamble.ps1
}

Describe 'Copy-MappedByte' {
    AfterEach {
        Get-MemoryMap | Remove-MemoryMap
    }

    Context 'region to region' {
        It 'copies all' {
            $target = New-TestFile '..........'
            New-MemoryMap (New-TestFile 'abc') | Copy-MappedByte -Destination (New-MemoryMap $target)
            Get-FileText $target | Should -BeExactly 'abc.......'
        }

        It 'copies a range to a place' {
            $target = New-TestFile '..........'
            Copy-MappedByte (New-MemoryMap (New-TestFile 'abcdef')) (New-MemoryMap $target) -Offset 1 -Length 3 -DestinationOffset 7
            Get-FileText $target | Should -BeExactly '.......bcd'
        }

        It 'moves within one region by <distance> bytes as memmove does' -ForEach @(
            @{ Distance = 1 }
            @{ Distance = 300000 }
            @{ Distance = -1 }
            @{ Distance = -300000 }
        ) {
            $path = New-RandomFile 2500000
            $from = [Math]::Max(0, -$Distance)
            $to = [Math]::Max(0, $Distance)
            $length = 2500000 - [Math]::Abs($Distance)
            $expected = Get-Content $path -AsByteStream -Raw
            [Array]::Copy($expected, $from, $expected, $to, $length)
            $map = New-MemoryMap $path
            Copy-MappedByte $map $map -Offset $from -DestinationOffset $to -Length $length
            Assert-Byte (Get-Content $path -AsByteStream -Raw) $expected
        }

        It 'moves between two regions of one file too' {
            $path = New-RandomFile 1000000
            $expected = Get-Content $path -AsByteStream -Raw
            [Array]::Copy($expected, 0, $expected, 5, 999995)
            Copy-MappedByte (New-MemoryMap $path) (New-MemoryMap $path -Offset 5) -Length 999995
            Assert-Byte (Get-Content $path -AsByteStream -Raw) $expected
        }

        It 'moves between two regions of one file that has two names' {
            Skip-OnWindows -Wine 'links made on wine 8 lead nowhere'
            $path = New-RandomFile 1000000
            $link = Join-Path $TestDrive (New-Guid)
            $null = New-Item $link -ItemType SymbolicLink -Target $path
            $expected = Get-Content $path -AsByteStream -Raw
            [Array]::Copy($expected, 0, $expected, 5, 999995)
            Copy-MappedByte (New-MemoryMap $path) (New-MemoryMap $link) -Length 999995 -DestinationOffset 5
            Assert-Byte (Get-Content $path -AsByteStream -Raw) $expected
        }

        It 'moves from a private region to a shared one of its file' {
            $path = New-RandomFile 1000000
            $expected = Get-Content $path -AsByteStream -Raw
            [Array]::Copy($expected, 0, $expected, 5, 999995)
            $private = New-MemoryMap $path -Sharing Private
            Copy-MappedByte $private (New-MemoryMap $path) -Length 999995 -DestinationOffset 5
            Assert-Byte (Get-Content $path -AsByteStream -Raw) $expected
        }

        It 'hands the destination on with -PassThru' {
            $target = New-MemoryMap -Anonymous -Length 3
            New-MemoryMap (New-TestFile 'abc') | Copy-MappedByte -Destination $target -PassThru | Should -Be $target
        }

        It 'refuses what does not fit, and says so' {
            $target = New-MemoryMap -Anonymous -Length 2
            { Copy-MappedByte (New-MemoryMap (New-TestFile 'abc')) $target } |
                Should -Throw '*3 bytes cannot be copied*2 bytes*' -ErrorId 'OutOfRange,*'
        }

        It 'refuses to write if that is not allowed' {
            $target = New-MemoryMap (New-TestFile 'abc') -Protection Read
            { Copy-MappedByte $target $target } | Should -Throw -ErrorId 'NotWritable,*'
        }
    }

    Context 'region to file' {
        It 'makes the file, the same as by cp' {
            $path = New-RandomFile 5000001
            $copy = Join-Path $TestDrive (New-Guid)
            New-MemoryMap $path | Copy-MappedByte -Destination $copy
            Assert-Byte (Get-Content $copy -AsByteStream -Raw) (Get-Content $path -AsByteStream -Raw)
        }

        It 'is made by the kernel from a shared region of a file' {
            Skip-WithoutTrace
            $path = New-RandomFile 1000000
            $calls = Invoke-TracedChild -Calls copy_file_range -Environment @{ COPIED = $path } -Script @'
New-MemoryMap $env:COPIED -Offset 5 | Copy-MappedByte -Destination "$env:COPIED.copy"
'@
            @($calls).Count | Should -BeGreaterThan 0
            Assert-Byte (Get-Content "$path.copy" -AsByteStream -Raw) (Get-Content $path -AsByteStream -Raw)[5..999999]
        }

        It 'has the same bytes on another file system' {
            Skip-OutsideLinux 'another file system at hand, in /dev/shm'
            $path = New-RandomFile 3000000
            $copy = "/dev/shm/mmapps-copy-$PID"
            try {
                New-MemoryMap $path | Copy-MappedByte -Destination $copy
                Assert-Byte (Get-Content $copy -AsByteStream -Raw) (Get-Content $path -AsByteStream -Raw)
            }
            finally {
                Remove-Item $copy
            }
        }

        It 'refuses a place that no file has, and says how long the file would be' {
            $copy = Join-Path $TestDrive (New-Guid)
            $problem = Get-ErrorOf { New-MemoryMap (New-TestFile 'abc') | Copy-MappedByte -Destination $copy -DestinationOffset ([long]::MaxValue - 3) }
            $problem.Id | Should -Match '^(write\.EFBIG|WriteFile\.ERROR_\w+)$'
            $problem.Message | Should -BeLike '*922337203685477580*'
        }

        It 'names the system''s error if writing is refused' {
            Skip-OutsideLinux 'files that are there and take no bytes'
            $problem = Get-ErrorOf { New-MemoryMap (New-TestFile 'abc') | Copy-MappedByte -Destination '/proc/self/limits' -Force }
            $problem.Id | Should -Match '^(write\.E\w+|AccessDenied)$'
        }

        It 'makes an empty file of an empty region' {
            $copy = Join-Path $TestDrive (New-Guid)
            New-MemoryMap (New-TestFile -Size 0) | Copy-MappedByte -Destination $copy
            (Get-Item -LiteralPath $copy).Length | Should -Be 0
        }

        It 'writes the changes of a private region' {
            $map = New-MemoryMap (New-TestFile 'abc') -Sharing Private
            $map[0] = 88
            $copy = Copy-MappedByte $map (Join-Path $TestDrive (New-Guid)) -PassThru
            $copy | Should -BeOfType IO.FileInfo
            Get-FileText $copy.FullName | Should -BeExactly 'Xbc'
        }

        It 'leaves a file that is there alone without -Force' {
            $there = New-TestFile 'precious'
            { Copy-MappedByte (New-MemoryMap (New-TestFile 'abc')) $there } | Should -Throw '*-Force*' -ErrorId 'open.EEXIST,*'
            Get-FileText $there | Should -BeExactly 'precious'
        }

        It 'overwrites all of it with -Force' {
            $there = New-TestFile 'precious'
            Copy-MappedByte (New-MemoryMap (New-TestFile 'abc')) $there -Force
            Get-FileText $there | Should -BeExactly 'abc'
        }

        It 'overwrites a part of it with -Force and -DestinationOffset' {
            $there = New-TestFile 'precious'
            $map = New-MemoryMap (New-TestFile 'abc')
            Copy-MappedByte $map $there -Force -DestinationOffset 1
            Get-FileText $there | Should -BeExactly 'pabcious'
            Copy-MappedByte $map $there -Force -DestinationOffset 7
            Get-FileText $there | Should -BeExactly 'pabciouabc'
        }

        It 'moves within the very file that is mapped by <distance> bytes as memmove does' -ForEach @(
            @{ Distance = 5 }
            @{ Distance = 9000000 }
        ) {
            $path = New-RandomFile 20000000
            $length = 20000000 - $Distance
            $expected = Get-Content $path -AsByteStream -Raw
            [Array]::Copy($expected, 0, $expected, $Distance, $length)
            Copy-MappedByte (New-MemoryMap $path) $path -Length $length -DestinationOffset $Distance -Force
            Assert-Byte (Get-Content $path -AsByteStream -Raw) $expected
        }

        It 'keeps holes with -Sparse, and the bytes between them' {
            Skip-OnMacOS 'its stat takes other options'
            Skip-OnWindows -Wine 'wine 8 has no sparse files'
            $path = New-TestFile -Size 20MB
            $map = New-MemoryMap $path
            $map[5MB] = 1
            $map[20MB - 1] = 2
            $sparse = Copy-MappedByte $map (Join-Path $TestDrive (New-Guid)) -Sparse -PassThru
            $full = Copy-MappedByte $map (Join-Path $TestDrive (New-Guid)) -PassThru
            $sparse.Length | Should -Be 20MB
            Compare-MappedByte $map -Other $sparse.FullName -Quiet | Should -BeTrue
            Get-AllocatedSize $sparse.FullName | Should -BeLessThan 1MB
            Get-AllocatedSize $full.FullName | Should -BeGreaterThan 19MB
        }

        It 'keeps a hole at the end with -Sparse' {
            $copy = Join-Path $TestDrive (New-Guid)
            New-MemoryMap (New-TestFile -Size 100000) | Copy-MappedByte -Destination $copy -Sparse
            (Get-Item $copy).Length | Should -Be 100000
        }

        It 'also overwrites with zeros if the file exists' {
            $there = New-RandomFile 100000
            New-MemoryMap (New-TestFile -Size 50000) | Copy-MappedByte -Destination $there -Sparse -Force -DestinationOffset 0
            (Get-Content $there -AsByteStream -TotalCount 50000) -ne 0 | Should -BeNullOrEmpty
        }

        It 'refuses a directory' {
            { Copy-MappedByte (New-MemoryMap (New-TestFile 'abc')) "$TestDrive" -Force } | Should -Throw -ErrorId 'NotMappable,*'
        }

        It 'refuses a list of destinations' {
            { Copy-MappedByte (New-MemoryMap (New-TestFile 'abc')) @("$TestDrive/one", "$TestDrive/two") -Force } |
                Should -Throw '*list*' -ErrorId 'NotSupported,*'
        }

        It 'says when the folder takes no file, or the path is a link to a missing file' {
            Skip-OutsideLinux 'a folder that takes no file even from root'
            $map = New-MemoryMap (New-TestFile 'abc')
            { Copy-MappedByte $map '/sys/mmapps' } | Should -Throw '*cannot be created*folder*' -ErrorId 'AccessDenied,*'
            $link = Join-Path $TestDrive (New-Guid)
            $null = New-Item $link -ItemType SymbolicLink -Target "$TestDrive/nowhere"
            { Copy-MappedByte $map $link -Force } | Should -Throw '*link to a missing file*' -ErrorId 'open.EEXIST,*'
        }

        It 'says when the folder is not there' {
            { Copy-MappedByte (New-MemoryMap (New-TestFile 'abc')) "$TestDrive/missing/file" } | Should -Throw -ErrorId 'FileNotFound,*'
        }
    }

    Context 'file to region' {
        It 'copies a range to a place' {
            $target = New-TestFile '..........'
            Copy-MappedByte -Path (New-TestFile 'abcdef') -Destination (New-MemoryMap $target) -Offset 2 -Length 3 -DestinationOffset 4
            Get-FileText $target | Should -BeExactly '....cde...'
        }

        It 'needs a region on the other side' {
            { Copy-MappedByte -Path (New-TestFile 'abc') -Destination "$TestDrive/x" } | Should -Throw -ErrorId 'NotSupported,*'
        }

        It 'says that there is no such file' {
            $map = New-MemoryMap -Anonymous -Length 9
            { Copy-MappedByte -Path "$TestDrive/missing" -Destination $map } | Should -Throw -ErrorId 'FileNotFound,*'
        }
    }

    Context 'ranges from the pipeline' {
        It 'copies a match into a region and into a file' {
            $map = New-MemoryMap (New-TestFile 'one needle in hay') -Offset 2
            $target = New-TestFile '..........'
            Find-MappedByte $map needle | Copy-MappedByte -Destination (New-MemoryMap $target) -DestinationOffset 3
            Get-FileText $target | Should -BeExactly '...needle.'
            Find-MappedByte $map needle | Copy-MappedByte -Destination "$TestDrive/match.bin"
            Get-FileText "$TestDrive/match.bin" | Should -BeExactly 'needle'
        }

        It 'takes any object with Region, Offset and Length' {
            $map = New-MemoryMap (New-TestFile 'abcdef')
            $target = New-MemoryMap -Anonymous -Length 2
            [pscustomobject]@{ Region = $map; Offset = 3; Length = 2 } | Copy-MappedByte -Destination $target
            Read-MappedByte $target -Encoding ascii | Should -BeExactly 'de'
        }

        It 'puts differences at their offsets on the other side, so that both sides become equal: <Kind>' -ForEach @(
            @{ Kind = 'region' }, @{ Kind = 'file' }
        ) {
            $map = New-MemoryMap (New-TestFile '0123456789')
            $path = New-TestFile '>>01x345yz89<<'
            $other = if ($Kind -eq 'region') { New-MemoryMap $path } else { $path }
            Compare-MappedByte $map $other -OtherOffset 2 -Length 10 | Copy-MappedByte -Destination $other -Force
            if ($Kind -eq 'region') { Remove-MemoryMap $other }
            Get-FileText $path | Should -BeExactly '>>0123456789<<'
        }
    }

    Context '-WhatIf' {
        It 'copies nothing and makes no file' {
            $map = New-MemoryMap (New-TestFile 'abc')
            $target = New-TestFile '...'
            Copy-MappedByte $map (New-MemoryMap $target) -WhatIf
            Copy-MappedByte $map "$TestDrive/none.bin" -WhatIf
            Get-FileText $target | Should -BeExactly '...'
            "$TestDrive/none.bin" | Should -Not -Exist
        }
    }
}
