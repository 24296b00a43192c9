BeforeAll {
    . $PSScriptRoot/../../Support/Preamble.ps1
    . $PSScriptRoot/../../Support/Cache.ps1

    # A file of 64 pages, partly in memory.
    function New-PartlyCachedFile([int] $FirstPage, [int] $Pages) {
        $path = New-RandomFile (64 * $page)
        Clear-Cache $path
        $null = vmtouch -t -p "$($FirstPage * $page)-$(($FirstPage + $Pages) * $page)" $path
        $path
    }
}

Describe 'Measure-MemoryMap' {
    AfterEach {
        Get-MemoryMap | Remove-MemoryMap
    }

    Context 'files' {
        BeforeEach {
            Skip-OutsideLinux 'a count of a file''s pages in memory'
        }

        It 'says that all of a file just written is in memory' {
            $path = New-RandomFile (3 * $page + 100)
            $usage = Measure-MemoryMap $path
            $usage | Should -BeOfType ([MmapPS.MemoryUsage])
            $usage.Path | Should -BeExactly $path
            $usage.Name | Should -BeNullOrEmpty
            $usage.RegionId | Should -BeNullOrEmpty
            $usage.Offset | Should -Be 0
            $usage.Length | Should -Be (3 * $page + 100)
            $usage.PageSize | Should -Be $page
            $usage.Pages | Should -Be 4
            $usage.ResidentPages | Should -Be 4
            $usage.Resident | Should -Be $usage.Length
            $usage.Percent | Should -Be 100
            "$($usage.ResidentRange)" | Should -BeExactly "0+$($usage.Length)"
        }

        It 'says that nothing of a file without storage is in memory' {
            $usage = Measure-MemoryMap (New-TestFile -Size (100 * $page))
            $usage.Pages | Should -Be 100
            $usage.ResidentPages | Should -Be 0
            $usage.Resident | Should -Be 0
            $usage.Percent | Should -Be 0
            $usage.ResidentRange.Count | Should -Be 0
            $usage.ResidentRange.ToString() | Should -BeExactly ''
        }

        It 'measures an empty file' {
            $usage = Measure-MemoryMap (New-TestFile -Size 0)
            $usage.Length, $usage.Pages, $usage.Resident, $usage.Percent, $usage.Dirty | Should -Be @(0, 0, 0, 0, 0)
        }

        It 'does not bring in what it measures' {
            $path = New-TestFile -Size (100 * $page)
            $null = Measure-MemoryMap $path
            (Measure-MemoryMap $path).Resident | Should -Be 0
        }

        It 'agrees with vmtouch about a file of which a part is in memory' {
            Skip-WithoutProgram vmtouch
            $path = New-PartlyCachedFile 8 4
            $before = Get-CachedSize $path
            $usage = Measure-MemoryMap $path
            if ((Get-CachedSize $path) -ne $before) {
                Set-ItResult -Skipped -Because 'the kernel read or dropped pages meanwhile'
            }

            $usage.Resident | Should -Be $before
            $usage.ResidentPages | Should -Be ($before / $page)
            $usage.Resident | Should -BeGreaterThan 0
        }

        It 'agrees with vmtouch that an evicted file is gone' {
            Skip-WithoutProgram vmtouch
            $path = New-RandomFile (64 * $page)
            Clear-Cache $path
            (Measure-MemoryMap $path).Resident | Should -Be (Get-CachedSize $path)
        }

        It 'lists the ranges ascending, apart, and adding up to what is resident' {
            Skip-WithoutProgram vmtouch
            $usage = Measure-MemoryMap (New-PartlyCachedFile 8 4)
            $end = -1
            foreach ($range in $usage.ResidentRange) {
                $range.Offset | Should -BeGreaterThan $end
                $range.Offset % $page | Should -Be 0
                $end = $range.Offset + $range.Length
            }

            ($usage.ResidentRange | Measure-Object Length -Sum).Sum | Should -Be $usage.Resident
        }

        It 'counts pages that were written and not written back' {
            $path = New-RandomFile (8 * $page)
            if ((stat -f -c %T $path) -in 'tmpfs', 'ramfs') {
                Set-ItResult -Skipped -Because 'the test folder is on a file system without storage'
            }

            $usage = Measure-MemoryMap $path
            if ($null -eq $usage.Dirty) {
                Set-ItResult -Skipped -Because 'this kernel does not count dirty pages of a file'
            }

            $usage.Dirty | Should -BeIn @(0, (8 * $page))
            sync $path
            (Measure-MemoryMap $path).Dirty | Should -Be 0
        }

        It 'leaves out what cannot be known of a path' {
            $usage = Measure-MemoryMap (New-TestFile 'abc')
            $usage.Locked, $usage.Huge, $usage.Swapped | Should -Be $null, $null, $null
        }

        It 'measures a file of 8 GiB without storage' {
            $usage = Measure-MemoryMap (New-TestFile -Size 8GB)
            $usage.Length | Should -Be 8GB
            $usage.Pages | Should -Be (8GB / $page)
            $usage.Resident | Should -Be 0
        }

        It 'leaves no region behind' {
            $null = Measure-MemoryMap (New-TestFile 'abc')
            Get-MemoryMap | Should -BeNullOrEmpty
        }
    }

    Context 'paths' {
        BeforeEach {
            Skip-OutsideLinux 'a count of a file''s pages in memory'
        }

        BeforeAll {
            $folder = Join-Path $TestDrive paths
            $null = New-Item (Join-Path $folder inner) -ItemType Directory
            'a.db', 'b.db', 'odd[1].db', 'inner/c.db' | ForEach-Object { Set-Content -LiteralPath (Join-Path $folder $_) abc }
        }

        It 'expands wildcards' {
            (Measure-MemoryMap "$folder/?.db").Path | Should -Be @("$folder/a.db", "$folder/b.db")
        }

        It 'takes several paths, by position and from the pipeline' {
            (Measure-MemoryMap "$folder/b.db", "$folder/a.db").Path | Should -Be @("$folder/b.db", "$folder/a.db")
            ("$folder/b.db", "$folder/a.db" | Measure-MemoryMap).Path | Should -Be @("$folder/b.db", "$folder/a.db")
        }

        It 'takes a literal name' {
            (Measure-MemoryMap -LiteralPath "$folder/odd[1].db").Path | Should -BeExactly "$folder/odd[1].db"
        }

        It 'takes files as Get-ChildItem emits them, and passes over the folders among them' {
            $items = Get-ChildItem $folder -Recurse
            $items | Where-Object PSIsContainer | Should -HaveCount 1
            $found = $items | Measure-MemoryMap -ErrorVariable problems
            $found | Should -HaveCount 4
            $found.Path | Should -Contain "$folder/inner/c.db"
            $problems | Should -BeNullOrEmpty
        }

        It 'takes its own output, also of a name with wildcard characters' {
            $again = @(Measure-MemoryMap -LiteralPath "$folder/odd[1].db", "$folder/a.db" | Measure-MemoryMap)
            $again.Path | Should -Be @("$folder/odd[1].db", "$folder/a.db")
        }

        It 'refuses a folder that is given by <way>' -ForEach @(
            @{ Way = 'path'; Script = { Measure-MemoryMap -Path $folder } }
            @{ Way = 'literal path'; Script = { Measure-MemoryMap -LiteralPath $folder } }
            @{ Way = 'path from the pipeline'; Script = { $folder | Measure-MemoryMap } }
        ) {
            $Script | Should -Throw "*$folder*directory*Get-ChildItem*" -ErrorId 'NotMappable,*'
        }

        It 'goes on after a file that is missing' {
            $found = @("$folder/none.db", "$folder/a.db" | Measure-MemoryMap -ErrorAction SilentlyContinue -ErrorVariable problems)
            $found.Path | Should -Be @("$folder/a.db")
            $problems | Should -HaveCount 1
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'FileNotFound,*'
            $problems[0].TargetObject | Should -BeExactly "$folder/none.db"
        }

        It 'refuses a device without an end' {
            { Measure-MemoryMap /dev/zero } | Should -Throw -ErrorId 'NotMappable,*'
        }

        It 'refuses a file that the system makes up, and goes on' {
            $found = @(Measure-MemoryMap /proc/self/maps, "$folder/a.db" -ErrorAction SilentlyContinue -ErrorVariable problems)
            $found.Path | Should -Be @("$folder/a.db")
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'NotMappable,*'
            $problems[0].Exception.Message | Should -BeLike '/proc/self/maps has no length*'
            { Set-MemoryMapAdvice /proc/self/maps Evict } | Should -Throw -ErrorId 'NotMappable,*'
        }
    }

    Context 'one file under several names' {
        BeforeAll {
            $folder = New-Item -ItemType Directory (Join-Path $TestDrive links)
            $path = Join-Path $folder 'a.bin'
            Set-Content -LiteralPath $path -Value ([byte[]]::new(3 * $page)) -AsByteStream
            $other = Join-Path $folder 'other.bin'
            Set-Content -LiteralPath $other -Value ([byte[]]::new($page)) -AsByteStream
        }

        BeforeEach {
            Skip-OutsideLinux 'a count of a file''s pages in memory'
        }

        It 'is measured once in a statement, as <_>' -ForEach 'a hard link', 'a symbolic link', 'the same path again' {
            $again = Join-Path $folder 'b.bin'
            switch ($_) {
                'a hard link' { $null = New-Item $again -ItemType HardLink -Target $path }
                'a symbolic link' { $null = New-Item $again -ItemType SymbolicLink -Target $path }
                default { $again = $path }
            }

            try {
                (Measure-MemoryMap $path, $again, $other).Path | Should -Be @($path, $other)
                ($again, $other, $path | Measure-MemoryMap).Path | Should -Be @($again, $other)
                $said = @(Measure-MemoryMap $path, $again -Verbose 4>&1 | ForEach-Object { "$_" })
                $said | Should -Contain "$again is another name of $path, which is already measured."
                (Measure-MemoryMap $again).Path | Should -Be $again
            }
            finally {
                Remove-Item (Join-Path $folder 'b.bin') -ErrorAction Ignore
            }
        }

        It 'counts a tree as du does' {
            $null = New-Item (Join-Path $folder hard.bin) -ItemType HardLink -Target $path
            $sum = (Get-ChildItem $folder | Measure-MemoryMap | Measure-Object Length -Sum).Sum
            $sum | Should -Be (4 * $page)
            $du = (du -b -S $folder) -replace '\s.*'
            $sum | Should -Be ($du - (Get-Item $folder).UnixStat.Size)
        }
    }

    Context '-Total' {
        It 'adds files up, in one object' {
            Skip-OutsideLinux 'a count of a file''s pages in memory'
            $one = New-RandomFile (3 * $page + 100)
            $two = New-TestFile -Size (4 * $page)
            $total = Measure-MemoryMap $one, $two -Total
            $total | Should -BeOfType ([MmapPS.MemoryUsageTotal])
            $total | Should -HaveCount 1
            $total.Count, $total.Length, $total.Resident | Should -Be @(2, (7 * $page + 100), (3 * $page + 100))
            $total.Percent | Should -Be ([Math]::Floor(10000 * (3 * $page + 100) / (7 * $page + 100)) / 100)
            $total.Locked | Should -Be $null
        }

        It 'adds regions up' {
            Skip-OnMacOS 'its pages are larger than this counts on'
            $memory = 1..3 | ForEach-Object { New-MemoryMap -Anonymous -Length (10 * $page) -Address ($_ * 1TB) }
            Write-MappedByte $memory[1] x -Offset $page
            $total = $memory | Measure-MemoryMap -Total
            $each = $memory | Measure-MemoryMap
            $total.Count, $total.Length, $total.Resident | Should -Be @(3, (30 * $page), $page)
            $total.Locked | Should -Be ($each | Measure-Object Locked -Sum).Sum
        }

        It 'is a total of zero if there is nothing to measure' {
            Skip-OutsideLinux 'a count of a file''s pages in memory'
            $total = Measure-MemoryMap (Join-Path $TestDrive none.bin) -Total -ErrorAction SilentlyContinue
            $total.Count, $total.Length, $total.Percent | Should -Be @(0, 0, 0)
        }
    }
}
