BeforeAll {
    . $PSScriptRoot/../Support/Module.ps1
    . $PSScriptRoot/../Support/Errors.ps1
    . $PSScriptRoot/../Support/Files.ps1
    . $PSScriptRoot/../Support/Hazard.ps1
    . $PSScriptRoot/../Support/Process.ps1
    . $PSScriptRoot/../Support/Kernel.ps1
}

AfterAll {
    Get-MemoryMap | Remove-MemoryMap
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
            $expected = Get-FileByte $path
            [Array]::Copy($expected, $from, $expected, $to, $length)
            $map = New-MemoryMap $path
            Copy-MappedByte $map $map -Offset $from -DestinationOffset $to -Length $length
            Get-Sha256 (Get-FileByte $path) | Should -BeExactly (Get-Sha256 $expected)
        }

        It 'moves between two regions of one file too' {
            $path = New-RandomFile 1000000
            $expected = Get-FileByte $path
            [Array]::Copy($expected, 0, $expected, 5, 999995)
            Copy-MappedByte (New-MemoryMap $path) (New-MemoryMap $path -Offset 5) -Length 999995
            Get-Sha256 (Get-FileByte $path) | Should -BeExactly (Get-Sha256 $expected)
        }

        It 'moves between two regions of one file that has two names' {
            Skip-OnWindows -Wine 'links made on wine 8 lead nowhere'
            $path = New-RandomFile 1000000
            $link = "$TestDrive/$([IO.Path]::GetRandomFileName())"
            $null = [IO.File]::CreateSymbolicLink($link, $path)
            $expected = Get-FileByte $path
            [Array]::Copy($expected, 0, $expected, 5, 999995)
            Copy-MappedByte (New-MemoryMap $path) (New-MemoryMap $link) -Length 999995 -DestinationOffset 5
            Get-Sha256 (Get-FileByte $path) | Should -BeExactly (Get-Sha256 $expected)
        }

        It 'moves from a private region to a shared one of its file' {
            $path = New-RandomFile 1000000
            $expected = Get-FileByte $path
            [Array]::Copy($expected, 0, $expected, 5, 999995)
            $private = New-MemoryMap $path -Sharing Private
            Copy-MappedByte $private (New-MemoryMap $path) -Length 999995 -DestinationOffset 5
            Get-Sha256 (Get-FileByte $path) | Should -BeExactly (Get-Sha256 $expected)
        }

        It 'hands the destination on with -PassThru' {
            $target = New-MemoryMap -Anonymous -Length 3
            [object]::ReferenceEquals((Copy-MappedByte (New-MemoryMap (New-TestFile 'abc')) $target -PassThru), $target) | Should -BeTrue
        }

        It 'refuses what does not fit, and says so' {
            $target = New-MemoryMap -Anonymous -Length 2
            $problem = Get-ErrorOf { Copy-MappedByte (New-MemoryMap (New-TestFile 'abc')) $target }
            $problem.Id | Should -Be 'OutOfRange'
            $problem.Message | Should -BeLike '*3 bytes do not fit*2 bytes*'
        }

        It 'refuses to write where that is not allowed' {
            $target = New-MemoryMap (New-TestFile 'abc') -Protection Read
            (Get-ErrorOf { Copy-MappedByte $target $target }).Id | Should -Be 'NotWritable'
        }
    }

    Context 'region to file' {
        It 'makes the file, the same as by cp' {
            $path = New-RandomFile 5000001
            $copy = "$TestDrive/$([IO.Path]::GetRandomFileName())"
            New-MemoryMap $path | Copy-MappedByte -Destination $copy
            Get-Sha256 (Get-FileByte $copy) | Should -BeExactly (Get-Sha256 (Get-FileByte $path))
        }

        It 'is made by the kernel from a shared region of a file' {
            Skip-WithoutTrace
            $path = New-RandomFile 1000000
            $calls = Invoke-TracedChild -Calls copy_file_range -Environment @{ COPIED = $path } -Script @'
New-MemoryMap $env:COPIED -Offset 5 | Copy-MappedByte -Destination "$env:COPIED.copy"
'@
            @($calls).Count | Should -BeGreaterThan 0
            Get-Sha256 (Get-FileByte "$path.copy") | Should -BeExactly (Get-Sha256 ([Linq.Enumerable]::ToArray([Linq.Enumerable]::Skip((Get-FileByte $path), 5))))
        }

        It 'has the same bytes on another file system' {
            if (-not [IO.Directory]::Exists('/dev/shm')) {
                Set-ItResult -Skipped -Because 'there is no other file system at hand'
            }

            $path = New-RandomFile 3000000
            $copy = "/dev/shm/mmapps-copy-$PID"
            try {
                New-MemoryMap $path | Copy-MappedByte -Destination $copy
                Get-Sha256 (Get-FileByte $copy) | Should -BeExactly (Get-Sha256 (Get-FileByte $path))
            }
            finally {
                [IO.File]::Delete($copy)
            }
        }

        It 'refuses a place that no file has, and says how long the file would be' {
            $copy = "$TestDrive/$([IO.Path]::GetRandomFileName())"
            $problem = Get-ErrorOf { New-MemoryMap (New-TestFile 'abc') | Copy-MappedByte -Destination $copy -DestinationOffset ([long]::MaxValue - 3) }
            $problem.Id | Should -Match '^(write\.EFBIG|WriteFile\.ERROR_\w+)$'
            $problem.Message | Should -BeLike '*922337203685477580*'
        }

        It 'names the system''s error where writing is refused' {
            if (-not [IO.File]::Exists('/proc/self/limits')) {
                Set-ItResult -Skipped -Because 'Linux has files that are there and take no bytes'
            }

            $problem = Get-ErrorOf { New-MemoryMap (New-TestFile 'abc') | Copy-MappedByte -Destination '/proc/self/limits' -Force }
            $problem.Id | Should -Match '^(write\.E\w+|AccessDenied)$'
        }

        It 'makes an empty file of an empty region' {
            $copy = "$TestDrive/$([IO.Path]::GetRandomFileName())"
            New-MemoryMap (New-TestFile -Size 0) | Copy-MappedByte -Destination $copy
            [IO.FileInfo]::new($copy).Length | Should -Be 0
        }

        It 'writes what a private region has and its file has not' {
            $map = New-MemoryMap (New-TestFile 'abc') -Sharing Private
            $map[0] = 88
            $copy = Copy-MappedByte $map "$TestDrive/$([IO.Path]::GetRandomFileName())" -PassThru
            $copy -is [IO.FileInfo] | Should -BeTrue
            Get-FileText $copy.FullName | Should -BeExactly 'Xbc'
        }

        It 'leaves a file that is there alone without -Force' {
            $there = New-TestFile 'precious'
            $problem = Get-ErrorOf { Copy-MappedByte (New-MemoryMap (New-TestFile 'abc')) $there }
            $problem.Id | Should -Be 'open.EEXIST'
            $problem.Message | Should -BeLike '*-Force*'
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
            $expected = Get-FileByte $path
            [Array]::Copy($expected, 0, $expected, $Distance, $length)
            Copy-MappedByte (New-MemoryMap $path) $path -Length $length -DestinationOffset $Distance -Force
            Get-Sha256 (Get-FileByte $path) | Should -BeExactly (Get-Sha256 $expected)
        }

        It 'keeps holes with -Sparse, and the bytes between them' {
            Skip-OnMacOS 'its stat takes other options'
            Skip-OnWindows -Wine 'wine 8 has no sparse files'
            $path = New-TestFile -Size 20MB
            $map = New-MemoryMap $path
            $map[5MB] = 1
            $map[20MB - 1] = 2
            $sparse = Copy-MappedByte $map "$TestDrive/$([IO.Path]::GetRandomFileName())" -Sparse -PassThru
            $full = Copy-MappedByte $map "$TestDrive/$([IO.Path]::GetRandomFileName())" -PassThru
            $sparse.Length | Should -Be 20MB
            Compare-MappedByte $map -Other $sparse.FullName -Quiet | Should -BeTrue
            Get-AllocatedSize $sparse.FullName | Should -BeLessThan 1MB
            Get-AllocatedSize $full.FullName | Should -BeGreaterThan 19MB
        }

        It 'keeps a hole at the end with -Sparse' {
            $copy = New-MemoryMap (New-TestFile -Size 100000) | Copy-MappedByte -Destination "$TestDrive/$([IO.Path]::GetRandomFileName())" -Sparse -PassThru
            $copy.Length | Should -Be 100000
        }

        It 'overwrites zeros too where the file is there already' {
            $there = New-RandomFile 100000
            New-MemoryMap (New-TestFile -Size 50000) | Copy-MappedByte -Destination $there -Sparse -Force -DestinationOffset 0
            @((Get-FileByte $there)[0..49999] | Where-Object { $_ }).Count | Should -Be 0
        }

        It 'refuses a directory' {
            (Get-ErrorOf { Copy-MappedByte (New-MemoryMap (New-TestFile 'abc')) "$TestDrive" -Force }).Id | Should -Be 'NotMappable'
        }

        It 'refuses a list of destinations' {
            $problem = Get-ErrorOf { Copy-MappedByte (New-MemoryMap (New-TestFile 'abc')) @("$TestDrive/one", "$TestDrive/two") -Force }
            $problem.Id | Should -Be 'NotSupported'
            $problem.Message | Should -BeLike '*list*'
        }

        It 'says when the folder takes no file, or a link that leads nowhere stands there' {
            if (-not [OperatingSystem]::IsLinux()) {
                Set-ItResult -Skipped -Because 'only Linux has a folder that takes no file even from root'
            }

            $map = New-MemoryMap (New-TestFile 'abc')
            $problem = Get-ErrorOf { Copy-MappedByte $map '/sys/mmapps' }
            $problem.Id | Should -Be 'AccessDenied'
            $problem.Message | Should -BeLike '*cannot be made*folder*'
            $link = "$TestDrive/$([IO.Path]::GetRandomFileName())"
            $null = [IO.File]::CreateSymbolicLink($link, "$TestDrive/nowhere")
            $problem = Get-ErrorOf { Copy-MappedByte $map $link -Force }
            $problem.Id | Should -Be 'open.EEXIST'
            $problem.Message | Should -BeLike '*link*leads to no file*'
        }

        It 'says when the folder is not there' {
            $problem = Get-ErrorOf { Copy-MappedByte (New-MemoryMap (New-TestFile 'abc')) "$TestDrive/missing/file" }
            $problem.Id | Should -Be 'FileNotFound'
        }
    }

    Context 'file to region' {
        It 'copies a range to a place' {
            $target = New-TestFile '..........'
            Copy-MappedByte -Path (New-TestFile 'abcdef') -Destination (New-MemoryMap $target) -Offset 2 -Length 3 -DestinationOffset 4
            Get-FileText $target | Should -BeExactly '....cde...'
        }

        It 'needs a region on the other side' {
            (Get-ErrorOf { Copy-MappedByte -Path (New-TestFile 'abc') -Destination "$TestDrive/x" }).Id | Should -Be 'NotSupported'
        }

        It 'says that there is no such file' {
            (Get-ErrorOf { Copy-MappedByte -Path "$TestDrive/missing" -Destination (New-MemoryMap -Anonymous -Length 9) }).Id | Should -Be 'FileNotFound'
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

        It 'puts differences where they stand on the other side, so that both sides become equal: <Kind>' -ForEach @(
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
            [IO.File]::Exists("$TestDrive/none.bin") | Should -BeFalse
        }
    }
}
