# Destinations of copies: many copies of one statement to one place, a place for each, the source itself, and holes.

BeforeAll {
    . $PSScriptRoot/../Support/Preamble.ps1

    function New-Name { Join-Path $TestDrive (New-Guid) }
}

Describe 'Copy-MappedByte' {
    AfterEach {
        Get-MemoryMap | Remove-MemoryMap
    }

    Context 'many objects, one destination' {
        BeforeEach {
            $map = New-MemoryMap (New-TestFile '<one> and <two> and <three>')
            $matching = 'one', 'two', 'three'
            $there = New-Name
            Set-Content -LiteralPath $there -Value 'something longer than that' -NoNewline
        }

        It 'puts all matches into a new file, one after the other' {
            $new = New-Name
            Find-MappedByte $map $matching | Copy-MappedByte -Destination $new
            Get-Content -LiteralPath $new -Raw | Should -BeExactly 'onetwothree'
        }

        It 'writes over a file that was there with -Force only, and says so for each' {
            Find-MappedByte $map $matching | Copy-MappedByte -Destination $there -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems | Should -HaveCount 3
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'open.EEXIST,*'
            Get-Content -LiteralPath $there -Raw | Should -BeExactly 'something longer than that'
            Find-MappedByte $map $matching | Copy-MappedByte -Destination $there -Force
            Get-Content -LiteralPath $there -Raw | Should -BeExactly 'onetwothree'
        }

        It 'goes on from -DestinationOffset' {
            Find-MappedByte $map $matching | Copy-MappedByte -Destination $there -Force -DestinationOffset 2
            Get-Content -LiteralPath $there -Raw | Should -BeExactly 'soonetwothreeger than that'
        }

        It 'puts all matches into a region, one after the other' {
            $target = New-MemoryMap -Anonymous -Length 12
            Find-MappedByte $map $matching | Copy-MappedByte -Destination $target -DestinationOffset 1
            Read-MappedByte $target -Encoding ascii | Should -BeExactly "`0onetwothree"
        }

        It 'refuses what does not fit any more, and keeps what did' {
            $target = New-MemoryMap -Anonymous -Length 8
            { Find-MappedByte $map $matching | Copy-MappedByte -Destination $target } |
                Should -Throw '5 bytes cannot be copied to offset 6 of *, which has 8 bytes*' -ErrorId 'OutOfRange,*'
            Read-MappedByte $target -Encoding ascii -Length 6 | Should -BeExactly 'onetwo'
        }

        It 'takes a list of regions' {
            $new = New-Name
            $maps = 'ab', 'cd', 'ef' | ForEach-Object { New-MemoryMap (New-TestFile $_) }
            Copy-MappedByte $maps $new -Offset 1
            Get-Content -LiteralPath $new -Raw | Should -BeExactly 'bdf'
        }

        It 'takes files one after the other' {
            $target = New-MemoryMap -Anonymous -Length 6
            'ab', 'cd', 'ef' | ForEach-Object { Get-Item (New-TestFile $_) } | Copy-MappedByte -Destination $target
            Read-MappedByte $target -Encoding ascii | Should -BeExactly 'abcdef'
        }

        It 'opens the file once' {
            Skip-WithoutTrace
            $new = New-Name
            $calls = Invoke-TracedChild -Calls 'open,openat' -Environment @{ COPIED = $new } -Script @'
$map = New-MemoryMap -Anonymous -Length 100KB
Find-MappedByte $map -Hex 00 -First 100 | Copy-MappedByte -Destination $env:COPIED
'@
            $calls | Where-Object { $_.Contains($new) } | Should -HaveCount 1
            (Get-Item -LiteralPath $new).Length | Should -Be 100
        }

        It 'hands the destination on once, when it has all bytes' {
            $new = New-Name
            $handed = @(Find-MappedByte $map $matching | Copy-MappedByte -Destination $new -PassThru | ForEach-Object Length)
            $handed | Should -Be 11
        }

        It 'names each place with -WhatIf, and opens nothing' {
            $new = New-Name
            Get-WhatIfText { Find-MappedByte $map $matching | Copy-MappedByte -Destination $new -WhatIf } |
                ForEach-Object { $_ -replace '.*(offset.*)".*', '$1' } |
                Should -Be 'offset 0, length 3', 'offset 3, length 3', 'offset 6, length 5'
            $new | Should -Not -Exist
        }
    }

    Context 'a script block as destination' {
        It 'makes a file for each match' {
            $folder = New-Item -ItemType Directory (New-Name)
            New-MemoryMap (New-TestFile 'a1b22c333') | Find-MappedByte -Pattern '1', '22', '333' |
                Copy-MappedByte -Destination { Join-Path $folder "$($_.Offset).png" }
            Get-ChildItem $folder | Sort-Object Name | ForEach-Object { "$($_.Name)=$(Get-Content $_ -Raw)" } |
                Should -Be '1.png=1', '3.png=22', '6.png=333'
        }

        It 'puts what is for one file behind each other, and hands each file on' {
            $folder = New-Item -ItemType Directory (New-Name)
            $handed = New-MemoryMap (New-TestFile 'a1b1a2b2') | Find-MappedByte -Pattern a1, b1, a2, b2 |
                Copy-MappedByte -Destination { Join-Path $folder $(if ($_.Pattern % 2) { 'b' } else { 'a' }) } -PassThru
            Get-Content (Join-Path $folder a) -Raw | Should -BeExactly 'a1a2'
            Get-Content (Join-Path $folder b) -Raw | Should -BeExactly 'b1b2'
            @($handed).Name | Sort-Object -Unique | Should -Be 'a', 'b'
        }

        It 'is given each region' {
            $folder = New-Item -ItemType Directory (New-Name)
            'ab', 'cd' | ForEach-Object { New-MemoryMap (New-TestFile $_) } | Copy-MappedByte -Destination { Join-Path $folder $_.Id }
            Get-ChildItem $folder | Should -HaveCount 2
        }

        It 'chooses a region for each match' {
            $targets = 1..2 | ForEach-Object { New-MemoryMap -Anonymous -Length 2 }
            New-MemoryMap (New-TestFile '.1.2') | Find-MappedByte -Pattern '1', '2' | Copy-MappedByte -Destination { $targets[$_.Pattern] }
            $targets | Read-MappedByte -Encoding ascii | Should -Be "1`0", "2`0"
        }
    }

    Context 'the mapped file itself' {
        BeforeEach {
            $path = New-TestFile 'abcdef'
            $map = New-MemoryMap $path -Length 3
        }

        It 'is refused by <Name>, and stays whole' -ForEach @(
            @{ Name = 'its path'; Make = { $path } }
            @{ Name = 'a hard link'; Make = { $null = New-Item -ItemType HardLink "$path.hard" -Target $path; "$path.hard" } }
            @{ Name = 'a symbolic link'; Make = { $null = New-Item -ItemType SymbolicLink "$path.link" -Target $path; "$path.link" } }
        ) {
            Skip-OnWindows -Wine 'links made on wine 8 lead nowhere'
            { Copy-MappedByte $map (& $Make) -Force } | Should -Throw '*-DestinationOffset*' -ErrorId 'NotSupported,*'
            Get-Content -LiteralPath $path -Raw | Should -BeExactly 'abcdef'
        }

        It 'is refused to a private region and to a match of it too' {
            $private = New-MemoryMap $path -Sharing Private
            { Copy-MappedByte $private $path -Force } | Should -Throw -ErrorId 'NotSupported,*'
            { Find-MappedByte $map b | Copy-MappedByte -Destination $path -Force } | Should -Throw -ErrorId 'NotSupported,*'
            Get-Content -LiteralPath $path -Raw | Should -BeExactly 'abcdef'
        }

        It 'takes a copy at -DestinationOffset, which moves bytes within it' {
            Copy-MappedByte $map $path -Force -DestinationOffset 2
            Get-Content -LiteralPath $path -Raw | Should -BeExactly 'ababcf'
        }
    }

    Context 'a block device' {
        It 'ends where the device ends, and the error says so' {
            $image = New-TestFile -Size 1MB
            Skip-OnObstacle (Find-Obstacle -Means 'loop devices' -Root -Tool losetup -Trap { losetup --find $image })
            $device = Get-LoopDevice $image
            try {
                $map = New-MemoryMap -Anonymous -Length 2MB
                Clear-MappedByte $map -Value 7
                { Copy-MappedByte $map $device -Force -ErrorAction Stop } |
                    Should -Throw "Cannot write past the end of $device, a device of 1048576 bytes.*" -ErrorId 'NoSpace,*'
                Copy-MappedByte $map $device -Force -Length 1MB
                (Get-FileHash -LiteralPath $device).Hash |
                    Should -Be (Get-FileHash -InputStream ([IO.MemoryStream]::new($map.Read(0, 1MB)))).Hash
            }
            finally {
                losetup --detach $device
            }
        }
    }

    Context 'no bytes' {
        It 'make no file longer at -DestinationOffset' {
            $there = New-TestFile 'abc'
            Copy-MappedByte (New-MemoryMap (New-TestFile 'xyz')) $there -Length 0 -DestinationOffset 1000 -Force
            Get-Content -LiteralPath $there -Raw | Should -BeExactly 'abc'
            $new = New-Name
            Copy-MappedByte (New-MemoryMap (New-TestFile 'xyz')) $new -Length 0 -DestinationOffset 1000
            (Get-Item -LiteralPath $new).Length | Should -Be 0
        }
    }

    Context '-Sparse onto what is there' {
        BeforeAll {
            # Seven bytes in 300 KB, like a hardly used image.
            $size = 300KB
            $bytes = [byte[]]::new($size)
            foreach ($at in 0, 1, 70000, 70001, 150000, 300000, ($size - 1)) {
                $bytes[$at] = 7
            }

            $image = New-Name
            [IO.File]::WriteAllBytes($image, $bytes)

            # The file's bytes are ones around the image at an offset.
            function Assert-Copied([string] $Path, [int] $Place = 0, [int] $Count = $size) {
                $length = [Math]::Max($size, $Place + $Count)
                $expected = [byte[]]::new($length)
                [Array]::Fill($expected, [byte]1)
                [Array]::Copy($bytes, 0, $expected, $Place, $Count)
                Assert-Byte (Get-Content $Path -AsByteStream -Raw) $expected
            }
        }

        BeforeEach {
            Skip-OutsideLinux 'holes that are made in the middle of a file by this module, and told by stat'
            $map = New-MemoryMap $image -Protection Read
            $full = New-TestFile ("`u{1}" * $size)
        }

        It 'makes holes of zeros: <Name>' -ForEach @(
            @{ Name = 'the same length'; Options = @{}; Ones = 0 }
            @{ Name = 'within a longer file'; Options = @{ DestinationOffset = 0 }; Ones = 0 }
            @{ Name = 'at a block'; Options = @{ DestinationOffset = 8192 }; Ones = 8192 }
            @{ Name = 'within a block'; Options = @{ DestinationOffset = 5000 }; Ones = 5000 }
            @{ Name = 'across the end'; Options = @{ DestinationOffset = 200000 }; Ones = 200000 }
        ) {
            Copy-MappedByte $map $full -Sparse -Force @Options
            Assert-Copied $full $Ones
            Get-AllocatedSize $full | Should -BeLessThan ($Ones + 40KB)
        }

        It 'takes as little storage as cp --sparse=always does' {
            Skip-WithoutProgram cp
            $copied = New-Name
            cp --sparse=always $image $copied
            Copy-MappedByte $map $full -Sparse -Force

            # A file system may need a block to list the extents of a full file.
            Get-AllocatedSize $full | Should -BeLessOrEqual ((Get-AllocatedSize $copied) + 4KB)
        }

        It 'makes holes in the file of a region' {
            Copy-MappedByte $map (New-MemoryMap $full) -Sparse
            Assert-Copied $full
            Get-AllocatedSize $full | Should -BeLessThan 40KB
        }

        It 'makes holes in the file of a region that starts within a block' {
            Copy-MappedByte $map (New-MemoryMap $full -Offset 100) -Sparse -Length 250000
            Assert-Copied $full 100 250000
            Get-AllocatedSize $full | Should -BeLessThan 100KB
        }

        It 'warns once if the file system makes no holes' {
            $mount = New-Item -ItemType Directory (New-Name)
            Skip-OnObstacle (Find-Obstacle -Means 'mounts of a file system without holes' -Root -Tool mount -Trap { mount -t ramfs ramfs $mount })
            try {
                $there = Join-Path $mount there
                Copy-Item -LiteralPath $full -Destination $there
                Copy-MappedByte $map $there -Sparse -Force -WarningVariable warnings -WarningAction SilentlyContinue
                $warnings | Should -HaveCount 1
                $warnings[0].Message | Should -BeLike "The zeros of $there take storage*fallocate*"
                Assert-Copied $there
            }
            finally {
                umount $mount
            }
        }

        It 'warns that a private region of a file cannot have holes' {
            $private = New-MemoryMap $full -Sharing Private
            Copy-MappedByte $map $private -Sparse -WarningVariable warnings -WarningAction SilentlyContinue
            $warnings | Should -HaveCount 1
            Assert-Byte (Read-MappedByte $private) $bytes
        }
    }
}
