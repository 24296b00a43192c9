# Patch files: one per statement, for many files; written by Edit-MappedByte and Compare-MappedByte, applied in both directions.

BeforeAll {
    . $PSScriptRoot/../Support/Preamble.ps1
    . $PSScriptRoot/../Support/SmallFileSystem.ps1

    function New-Name { Join-Path $TestDrive (New-Guid) }

    # Get-FileHash with a path does not share writing, so Windows refuses it while a region may write.
    function Get-Hash([string[]] $Path) {
        foreach ($file in $Path) {
            $stream = [IO.File]::Open($file, 'Open', 'Read', 'ReadWrite, Delete')
            try { (Get-FileHash -InputStream $stream).Hash } finally { $stream.Dispose() }
        }
    }

    function Get-Text([string[]] $Path) { $Path | ForEach-Object { Get-Content -LiteralPath $_ -Raw } }
}

Describe 'A patch' {
    BeforeEach {
        $patch = New-Name
        $folder = New-Item -ItemType Directory (New-Name)
        $paths = 'one abc', 'none', 'abc and abc' | ForEach-Object -Begin { $i = 0 } {
            $path = Join-Path $folder "file$(($i++)).txt"
            Set-Content -LiteralPath $path -Value $_ -NoNewline
            $path
        }
    }

    AfterEach {
        Get-MemoryMap | Remove-MemoryMap
    }

    Context 'of Edit-MappedByte' {
        It 'has the changes of all files of the statement, and -Undo finds the files' {
            $paths | New-MemoryMap | Edit-MappedByte -Pattern abc -Replacement XYZ -UndoPath $patch
            Get-Text $paths | Should -Be 'one XYZ', 'none', 'XYZ and XYZ'
            Get-MemoryMap | Remove-MemoryMap
            $undone = Edit-MappedByte -Undo -UndoPath $patch -PassThru
            @($undone).Path | Should -Be $paths[0], $paths[2], $paths[2]
            @($undone).FileOffset | Should -Be 4, 0, 8
            Get-Text $paths | Should -Be 'one abc', 'none', 'abc and abc'
            Get-MemoryMap | Should -BeNullOrEmpty
        }

        It 'names each file and its length' {
            $paths | New-MemoryMap | Edit-MappedByte -Pattern abc -Replacement XYZ -UndoPath $patch
            Get-Content -LiteralPath $patch | Should -Be @(
                'MmapPS patch 2'
                "file 7 $($paths[0]);"
                '4: 616263 -> 58595a;'
                "file 11 $($paths[2]);"
                '0: 616263 -> 58595a;'
                '8: 616263 -> 58595a;'
            )
        }

        It 'is undone in the regions that are given, wherever they start' {
            $paths | New-MemoryMap | Edit-MappedByte -Pattern abc -Replacement XYZ -UndoPath $patch
            New-MemoryMap $paths[2] -Offset 8 | Edit-MappedByte -Undo -UndoPath $patch -ErrorVariable problem -ErrorAction SilentlyContinue
            $problem[0].FullyQualifiedErrorId | Should -BeLike 'OutOfRange,*'
            New-MemoryMap $paths[0] -Offset 2 | Edit-MappedByte -Undo -UndoPath $patch
            Get-Text $paths | Should -Be 'one abc', 'none', 'XYZ and XYZ'
        }

        It 'is refused to a region that none of its several files is' {
            $paths | New-MemoryMap | Edit-MappedByte -Pattern abc -Replacement XYZ -UndoPath $patch
            { New-MemoryMap $paths[1] | Edit-MappedByte -Undo -UndoPath $patch } |
                Should -Throw "*changes 2 files*not $($paths[1])*" -ErrorId 'ExpectationFailed,*'
        }

        It 'of one file is undone in any region' {
            New-MemoryMap $paths[0] | Edit-MappedByte -Pattern abc -Replacement XYZ -UndoPath $patch
            $moved = "$($paths[0]).moved"
            Get-MemoryMap | Remove-MemoryMap
            Move-Item $paths[0] $moved
            { Edit-MappedByte -Undo -UndoPath $patch } | Should -Throw -ErrorId 'FileNotFound,*'
            New-MemoryMap $moved | Edit-MappedByte -Undo -UndoPath $patch
            Get-Text $moved | Should -Be 'one abc'
        }

        It 'is undone in all files or in none' {
            $paths | New-MemoryMap | Edit-MappedByte -Pattern abc -Replacement XYZ -UndoPath $patch
            Get-MemoryMap | Remove-MemoryMap
            Set-Content -LiteralPath $paths[2] -Value 'XYZ and QYZ' -NoNewline
            { Edit-MappedByte -Undo -UndoPath $patch } |
                Should -Throw "The patch expects 58 59 5a at offset 8 of $($paths[2]), found 51 59 5a*" -ErrorId 'ExpectationFailed,*'
            Get-Text $paths | Should -Be 'one XYZ', 'none', 'XYZ and QYZ'
        }

        It 'is refused to a file that was cut off since' {
            $paths | New-MemoryMap | Edit-MappedByte -Pattern abc -Replacement XYZ -UndoPath $patch
            Get-MemoryMap | Remove-MemoryMap
            Set-Content -LiteralPath $paths[0] -Value 'one XY' -NoNewline
            { Edit-MappedByte -Undo -UndoPath $patch } |
                Should -Throw "$($paths[0]) has 6 bytes, and had 7 when the patch was made*" -ErrorId 'LengthMismatch,*'
            Get-Text $paths[2] | Should -Be 'XYZ and XYZ'
        }

        It 'is undone in memory, and in shared memory by its name' {
            $name = "patches$PID"
            $maps = @(New-MemoryMap -Anonymous -Length 3), @(New-MemoryMap -Name $name -Length 3) | ForEach-Object { $_ }
            $maps | Write-MappedByte -Value abc
            $maps | Edit-MappedByte -Pattern abc -Replacement XYZ -UndoPath $patch
            { Edit-MappedByte -Undo -UndoPath $patch } | Should -Throw -ErrorId 'NotSupported,*'
            $maps | Edit-MappedByte -Undo -UndoPath $patch
            $maps | Read-MappedByte -Encoding ascii | Should -Be 'abc', 'abc'
            if (-not $IsWindows) {
                Remove-MemoryMap $maps[1] -Unlink
            }
        }

        It 'is not made if nothing is found, or nothing changes' {
            New-MemoryMap $paths[1] | Edit-MappedByte -Pattern abc -Replacement XYZ -UndoPath $patch
            New-MemoryMap $paths[0] | Edit-MappedByte -Pattern abc -Replacement abc -UndoPath $patch
            $patch | Should -Not -Exist
            New-MemoryMap $paths[0] | Edit-MappedByte -Pattern abc -Replacement XYZ -UndoPath $patch
            $patch | Should -Exist
        }

        It 'that cannot be written does not stay behind, and nothing is changed' {
            $full = Mount-SmallFileSystem
            try {
                Set-Content "$full/rest" ("`0" * 1MB) -NoNewline
                { New-MemoryMap $paths[0] | Edit-MappedByte -Pattern abc -Replacement XYZ -UndoPath "$full/undo" } |
                    Should -Throw '*No change is made that cannot be undone. Made before it*: 0 changes.' -ErrorId 'NoSpace,*'
                "$full/undo" | Should -Not -Exist
                Get-Text $paths[0] | Should -Be 'one abc'
            }
            finally {
                Dismount-SmallFileSystem $full
            }
        }

        It 'goes to the path of a script block, for each region' {
            $paths | New-MemoryMap | Edit-MappedByte -Pattern abc -Replacement XYZ -UndoPath { "$($_.Path).undo" }
            Get-ChildItem $folder *.undo | ForEach-Object Name | Should -Be 'file0.txt.undo', 'file2.txt.undo'
            Get-MemoryMap | Edit-MappedByte -Undo -UndoPath { "$($_.Path).undo" } -ErrorVariable problems -ErrorAction SilentlyContinue
            Get-Text $paths | Should -Be 'one abc', 'none', 'abc and abc'
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'FileNotFound,*'
        }

        It 'of the first version is still undone' {
            Set-Content -LiteralPath $patch -Value "MmapPS patch 1`n4: 616263 -> 58595a;"
            Set-Content -LiteralPath $paths[0] -Value 'one XYZ' -NoNewline
            { Edit-MappedByte -Undo -UndoPath $patch } | Should -Throw -ErrorId 'NotSupported,*'
            New-MemoryMap $paths[0] | Edit-MappedByte -Undo -UndoPath $patch
            Get-Text $paths[0] | Should -Be 'one abc'
        }

        It 'keeps a file name with any characters' {
            Skip-OnWindows 'names have fewer characters there'
            $odd = Join-Path $folder "a;`n100%`r `u{e4};"
            Set-Content -LiteralPath $odd -Value abc -NoNewline
            New-MemoryMap -LiteralPath $odd | Edit-MappedByte -Pattern abc -Replacement XYZ -UndoPath $patch
            Edit-MappedByte -Undo -UndoPath $patch
            Get-Content -LiteralPath $odd -Raw | Should -Be 'abc'
        }

        It 'needs only the bytes it touches to be readable and writable' {
            $path = New-TestFile -Size (3 * $page)
            $map = New-MemoryMap $path
            $map[0] = 97
            Edit-MappedByte $map a b -UndoPath $patch
            Protect-MemoryMap $map None -Offset $page -Length $page
            Edit-MappedByte $map -Undo -UndoPath $patch
            $map[0] | Should -Be 97
            Set-Content -LiteralPath $patch -Value "MmapPS patch 1`n0: 62 -> 61;`n${page}: 00 -> 01;"
            Protect-MemoryMap $map Read -Offset $page -Length $page
            { Edit-MappedByte $map -Undo -UndoPath $patch } | Should -Throw -ErrorId 'NotWritable,*'
            $map[0] | Should -Be 97 -Because 'it is all or nothing'
        }

        It 'on a disk that fails is PageFault' {
            Skip-WithoutProgram losetup
            Skip-WithoutRoot 'set up a loop device'
            Set-Content -LiteralPath $patch -Value ("MmapPS patch 1`n" + "0: 62 -> 61;`n" * 200000) -NoNewline
            Skip-OnObstacle (Find-Obstacle -Means 'loop devices' -Trap { losetup --find $patch })
            $device = Get-LoopDevice $patch
            try {
                Set-FileLength $patch 100KB
                $map = New-MemoryMap -Anonymous -Length 1
                Write-MappedByte $map b
                { Edit-MappedByte $map -Undo -UndoPath $device } |
                    Should -Throw "*of $device`: the storage behind it failed*" -ErrorId 'PageFault,*'
                $map[0] | Should -Be 98
            }
            finally {
                losetup --detach $device
            }
        }
    }

    Context 'of Compare-MappedByte' {
        BeforeAll {
            # Ranges of 1 to 200,000 bytes, of which a difference shows 16.
            $oldBytes = [byte[]]::new(400KB)
            $newBytes = [byte[]]::new(400KB)
            foreach ($range in (0, 1), (100, 16), (200, 17), (1000, 200000), (409599, 1)) {
                [Array]::Fill($newBytes, [byte]7, $range[0], $range[1])
            }
        }

        BeforeEach {
            $old, $new = (New-Name), (New-Name)
            [IO.File]::WriteAllBytes($old, $oldBytes)
            [IO.File]::WriteAllBytes($new, $newBytes)
            $oldHash = Get-Hash $old
            $newHash = Get-Hash $new
        }

        It 'makes one file equal to the other, and undoes that' {
            New-MemoryMap $old | Compare-MappedByte -Other $new -PatchPath $patch | Should -BeNullOrEmpty
            Get-MemoryMap | Remove-MemoryMap
            Edit-MappedByte -PatchPath $patch
            Get-Hash $old | Should -Be $newHash
            Edit-MappedByte -PatchPath $patch -Undo
            Get-Hash $old | Should -Be $oldHash
            $copy = New-Name
            Copy-Item $old $copy
            $map = New-MemoryMap $copy
            Edit-MappedByte $map -PatchPath $patch
            Get-Hash $copy | Should -Be $newHash
            Edit-MappedByte $map -Undo -UndoPath $patch
            Get-Hash $copy | Should -Be $oldHash
        }

        It 'expects the old bytes, and changes nothing if others are found' {
            $map = New-MemoryMap $old
            Compare-MappedByte $map $new -PatchPath $patch
            $map[409599] = $map[409599] -bxor 1
            $hash = Get-Hash $old
            { Edit-MappedByte $map -PatchPath $patch } | Should -Throw '*offset 409599*' -ErrorId 'ExpectationFailed,*'
            Get-Hash $old | Should -Be $hash
        }

        It 'is of ranges too, whose offsets count from the file''s start' {
            $map = New-MemoryMap $old -Offset 90
            Compare-MappedByte $map $new -Offset 10 -OtherOffset 100 -Length 100 -PatchPath $patch
            Edit-MappedByte -PatchPath $patch
            (Compare-MappedByte (New-MemoryMap $old) $new).Offset | Should -Be 0, 200, 1000, 409599
        }

        It 'emits the differences with -PassThru, and is as long as -First says' {
            @(Compare-MappedByte (New-MemoryMap $old) $new -PatchPath $patch -PassThru -First 2).Offset | Should -Be 0, 100
            @(Edit-MappedByte -PatchPath $patch -PassThru).Offset | Should -Be 0, 100
        }

        It 'is of all regions of the statement' {
            $other = New-Name
            Copy-Item $old $other
            $old, $other | New-MemoryMap | Compare-MappedByte -Other $new -PatchPath $patch
            Edit-MappedByte -PatchPath $patch
            Get-Hash $old, $other | Should -Be $newHash, $newHash
        }

        It 'is not made if nothing differs, with -WhatIf, or if it exists' {
            $map = New-MemoryMap $old
            Compare-MappedByte $map $old -PatchPath $patch
            Compare-MappedByte $map $new -PatchPath $patch -WhatIf
            $patch | Should -Not -Exist
            { Compare-MappedByte $map $new -PatchPath $paths[0] } | Should -Throw -ErrorId 'open.EEXIST,*'
        }

        It 'is refused if lengths differ, and with -Quiet' {
            $map = New-MemoryMap $old
            { Compare-MappedByte $map $paths[0] -PatchPath $patch } |
                Should -Throw "*409600 bytes*$($paths[0]) 7*-Length*" -ErrorId 'LengthMismatch,*'
            { Compare-MappedByte $map $new -PatchPath $patch -Quiet } | Should -Throw -ErrorId 'NotSupported,*'
            $patch | Should -Not -Exist
        }

        It 'is whole or not there: a page that cannot be read leaves none' {
            Skip-OnWindows 'no mapped file is made shorter there'
            $map = New-MemoryMap $old
            Set-FileLength $old 300000
            { Compare-MappedByte $map $new -PatchPath $patch } | Should -Throw '*No patch was written.' -ErrorId 'PageFault,*'
            $patch | Should -Not -Exist
        }

        It 'answers to -DifferenceObject' {
            Compare-MappedByte (New-MemoryMap $old) -DifferenceObject $new -Quiet | Should -BeFalse
        }
    }

    Context 'what a difference shows' {
        BeforeEach {
            $short, $long = @(New-MemoryMap (New-TestFile ('a' * 40))), @(New-MemoryMap (New-TestFile ('b' * 40))) | ForEach-Object { $_ }
            $difference = Compare-MappedByte $short $long
        }

        It 'has an ellipsis if it is cut, and none if it is whole' {
            $difference.OtherBytes.ToString() | Should -BeExactly ('62 ' * 16 + '...')
            $difference.OtherBytes.IsCut | Should -BeTrue
            $whole = Compare-MappedByte $short $long -Length 16
            $whole.Bytes.ToString() | Should -BeExactly ('61 ' * 16).Trim()
            $whole.Bytes.IsCut | Should -BeFalse
        }

        It 'has an ellipsis in a table' {
            $difference | Format-Table | Out-String -Width 200 | Should -BeLike '*62 62 ...*'
        }

        It 'is refused as a value by <Name>, with a way out' -ForEach @(
            @{ Name = '-Hex'; Id = 'InvalidHex'; Work = { $difference | ConvertTo-Csv | ConvertFrom-Csv | ForEach-Object { Write-MappedByte $short -Hex $_.OtherBytes } } }
            @{ Name = '-Value'; Id = 'LengthMismatch'; Work = { Write-MappedByte $short $difference.OtherBytes } }
            @{ Name = 'the pipeline'; Id = 'LengthMismatch'; Work = { $difference | ForEach-Object { , $_.OtherBytes } | Write-MappedByte $short } }
            @{ Name = '-Pattern'; Id = 'LengthMismatch'; Work = { Find-MappedByte $short $difference.OtherBytes } }
            @{ Name = '-Replacement'; Id = 'LengthMismatch'; Work = { Edit-MappedByte $short ('a' * 16) $difference.OtherBytes } }
        ) {
            $Work | Should -Throw '*-PatchPath*' -ErrorId "$Id,*"
            Read-MappedByte $short -Encoding ascii | Should -BeExactly ('a' * 40)
        }
    }

    Context '-First and -Replacement of Edit-MappedByte' {
        It 'counts matches as Find-MappedByte does, changed or not' {
            $path = New-TestFile 'ERROR error Error error'
            $map = New-MemoryMap $path
            @(Find-MappedByte $map error -IgnoreCase -First 2).Offset | Should -Be 0, 6
            @(Edit-MappedByte $map error ERROR -IgnoreCase -First 2 -PassThru).Offset | Should -Be 6
            Get-Text $path | Should -BeExactly 'ERROR ERROR Error error'
        }

        It 'takes the replacement by position with -Hex too' {
            $path = New-TestFile 'abc'
            Edit-MappedByte (New-MemoryMap $path) -Hex '61' 'x'
            Edit-MappedByte (Get-MemoryMap) 'y' -Hex '62'
            Get-Text $path | Should -BeExactly 'xyc'
        }
    }
}
