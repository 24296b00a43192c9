BeforeAll {
    . $PSScriptRoot/../Support/Module.ps1
    . $PSScriptRoot/../Support/Errors.ps1
    . $PSScriptRoot/../Support/Child.ps1
    . $PSScriptRoot/../Support/Files.ps1
    . $PSScriptRoot/../Support/Kernel.ps1
    . $PSScriptRoot/../Support/Cache.ps1

    $page = [Environment]::SystemPageSize

    # A file of 64 pages of which only a part is in memory.
    function New-PartlyCachedFile {
        param([int] $FirstPage, [int] $Pages)

        $path = New-RandomFile (64 * $page)
        Clear-Cache $path
        $last = ($FirstPage + $Pages) * $page - 1
        $null = Invoke-Program 'vmtouch', '-t', '-p', "$($FirstPage * $page)-$($last + 1)", $path
        $path
    }
}

AfterAll {
    Get-MemoryMap | Remove-MemoryMap
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
            $sum = 0
            $end = -1
            foreach ($range in $usage.ResidentRange) {
                $range.Offset | Should -BeGreaterThan $end
                $range.Offset % $page | Should -Be 0
                $end = $range.Offset + $range.Length
                $sum += $range.Length
            }

            $sum | Should -Be $usage.Resident
        }

        It 'counts pages that were written and not written back' {
            $path = New-TestFile -Size (8 * $page)
            if ((Invoke-Program 'stat', '-f', '-c', '%T', $path).Output.Trim() -in 'tmpfs', 'ramfs') {
                Set-ItResult -Skipped -Because 'the test folder is on a file system without storage'
            }

            [IO.File]::WriteAllBytes($path, [byte[]]::new(8 * $page))
            $usage = Measure-MemoryMap $path
            if ($null -eq $usage.Dirty) {
                Set-ItResult -Skipped -Because 'this kernel does not count dirty pages of a file'
            }

            $usage.Dirty | Should -BeIn @(0, (8 * $page))
            $null = Invoke-Program 'sync', $path
            (Measure-MemoryMap $path).Dirty | Should -Be 0
        }

        It 'leaves out what cannot be known of a path' {
            $usage = Measure-MemoryMap (New-TestFile 'abc')
            $null -eq $usage.Locked | Should -BeTrue
            $null -eq $usage.Huge | Should -BeTrue
            $null -eq $usage.Swapped | Should -BeTrue
        }

        It 'measures a file of 8 GiB without storage' {
            $usage = Measure-MemoryMap (New-TestFile -Size 8GB)
            $usage.Length | Should -Be 8GB
            $usage.Pages | Should -Be (8GB / $page)
            $usage.Resident | Should -Be 0
        }

        It 'leaves no region behind' {
            $null = Measure-MemoryMap (New-TestFile 'abc')
            @(Get-MemoryMap).Count | Should -Be 0
        }
    }

    Context 'paths' {
        BeforeEach {
            Skip-OutsideLinux 'a count of a file''s pages in memory'
        }

        BeforeAll {
            $folder = [IO.Path]::Combine($TestDrive, 'paths')
            $null = [IO.Directory]::CreateDirectory([IO.Path]::Combine($folder, 'inner'))
            foreach ($name in 'a.db', 'b.db', 'odd[1].db', 'inner/c.db') {
                [IO.File]::WriteAllText([IO.Path]::Combine($folder, $name), 'abc')
            }
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
            $items = [IO.DirectoryInfo]::new($folder).GetFileSystemInfos('*', 'AllDirectories')
            @($items | Where-Object { $_ -is [IO.DirectoryInfo] }).Count | Should -Be 1
            $found = @($items | Measure-MemoryMap -ErrorVariable problems)
            $found.Count | Should -Be 4
            $found.Path | Should -Contain "$folder/inner/c.db"
            @($problems).Count | Should -Be 0
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
            $problem = Get-ErrorOf $Script
            $problem.Id | Should -Be 'NotMappable'
            $problem.Message | Should -BeLike "*$folder*directory*Get-ChildItem*"
        }

        It 'goes on after a file that is missing' {
            $found = @("$folder/none.db", "$folder/a.db" | Measure-MemoryMap -ErrorAction SilentlyContinue -ErrorVariable problems)
            $found.Path | Should -Be @("$folder/a.db")
            @($problems).Count | Should -Be 1
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'FileNotFound,*'
            $problems[0].TargetObject | Should -BeExactly "$folder/none.db"
        }

        It 'refuses a device without an end' {
            (Get-ErrorOf { Measure-MemoryMap /dev/zero }).Id | Should -Be 'NotMappable'
        }

        It 'refuses a file that the system makes up, and goes on' {
            $found = @(Measure-MemoryMap /proc/self/maps, "$folder/a.db" -ErrorAction SilentlyContinue -ErrorVariable problems)
            $found.Path | Should -Be @("$folder/a.db")
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'NotMappable,*'
            $problems[0].Exception.Message | Should -BeLike '/proc/self/maps has no length*'
            (Get-ErrorOf { Set-MemoryMapAdvice /proc/self/maps Evict }).Id | Should -Be 'NotMappable'
        }
    }

    Context 'regions' {
        BeforeEach {
            Skip-OnMacOS 'its pages are larger than this counts on; residency there is tested in Contracts/MacOS.Tests.ps1'
        }

        It 'measures private memory by what was touched' {
            $map = New-MemoryMap -Anonymous -Length (10 * $page)
            (Measure-MemoryMap $map).Resident | Should -Be 0
            Write-MappedByte $map -Value 1 -Offset (3 * $page)
            Write-MappedByte $map -Value 1 -Offset (4 * $page)
            Write-MappedByte $map -Value 1 -Offset (9 * $page)
            $usage = $map | Measure-MemoryMap
            $usage.RegionId | Should -Be $map.Id
            $usage.Path | Should -BeNullOrEmpty
            $usage.Offset | Should -Be 0
            $usage.Length | Should -Be (10 * $page)
            $usage.ResidentPages | Should -Be 3
            $usage.Percent | Should -Be 30
            $usage.ResidentRange.ToString() | Should -BeExactly "$(3 * $page)+$(2 * $page),$(9 * $page)+$page"
        }

        It 'counts the bytes of the region, not of its pages' {
            # Windows counts what this process has used.
            $map = New-MemoryMap (New-RandomFile (4 * $page)) -Offset 100 -Length $page
            $null = $map.Read()
            $usage = Measure-MemoryMap $map
            $usage.Offset | Should -Be 100
            $usage.Length | Should -Be $page
            $usage.Pages | Should -Be 2
            $usage.ResidentPages | Should -Be 2
            $usage.Resident | Should -Be $page
            $usage.Percent | Should -Be 100
            $usage.ResidentRange.ToString() | Should -BeExactly "100+$page"
        }

        It 'counts locked bytes as the kernel does' {
            Skip-OnWindows -Wine 'wine 8 does not tell which pages are locked'
            $before = Get-LockedSize
            $map = New-MemoryMap (New-RandomFile (8 * $page)) -Option Locked
            $usage = Measure-MemoryMap $map
            $usage.Locked | Should -Be (8 * $page)
            $usage.Locked | Should -Be ((Get-LockedSize) - $before)
            $usage.Swapped | Should -Be $(if ([OperatingSystem]::IsLinux()) { 0 })
            $usage.Huge | Should -Be 0
            (Measure-MemoryMap (New-MemoryMap (New-TestFile 'abc'))).Locked | Should -Be 0
        }

        It 'counts the changes of a private mapping as dirty, as the kernel does' {
            Skip-OnWindows 'Windows does not tell which pages were changed'
            $map = New-MemoryMap (New-RandomFile (8 * $page)) -Sharing Private
            Write-MappedByte $map -Value ([byte[]]::new(2 * $page)) -Offset $page
            $size = (Get-MapEntry $map.Address).Size
            $usage = Measure-MemoryMap $map
            $usage.Dirty | Should -Be (2 * $page)
            $usage.Dirty | Should -Be ($size.Shared_Dirty + $size.Private_Dirty)
        }

        It 'counts huge pages, where the kernel gives them' {
            Skip-OutsideLinux 'transparent huge pages'
            $map = New-MemoryMap -Anonymous -Length 8MB -Advice HugePage, PopulateWrite
            $entry = Get-MapEntry $map.Address
            $usage = Measure-MemoryMap $map
            if ($null -eq $usage.Huge) {
                Set-ItResult -Skipped -Because 'the kernel joined the mapping with a neighbour'
            }

            $usage.Huge | Should -Be $entry.Size.AnonHugePages
            $usage.Resident | Should -Be 8MB
        }

        It 'measures an empty region' {
            $usage = Measure-MemoryMap (New-MemoryMap (New-TestFile -Size 0))
            $usage.Length, $usage.Pages, $usage.Percent, $usage.Dirty, $usage.Locked | Should -Be @(0, 0, 0, 0, 0)
        }

        It 'measures memory by name' {
            $name = "mmapps-measure-$PID"
            $map = New-MemoryMap -Name $name -Length (4 * $page)
            try {
                Write-MappedByte $map -Value 1 -Offset (2 * $page)
                $usage = Measure-MemoryMap $map
                $usage.Name | Should -BeExactly $name
                $usage.ResidentRange.Count | Should -BeGreaterThan 0
            }
            finally {
                Remove-MemoryMap $map -Unlink:([OperatingSystem]::IsLinux())
            }
        }

        It 'refuses a region that was removed and goes on' {
            $closed, $open = (New-TestFile 'one'), (New-TestFile 'two') | New-MemoryMap
            Remove-MemoryMap $closed
            $found = @($closed, $open | Measure-MemoryMap -ErrorAction SilentlyContinue -ErrorVariable problems)
            $found.RegionId | Should -Be @($open.Id)
            @($problems).Count | Should -Be 1
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'RegionClosed,*'
        }
    }

    Context 'who is not told' {
        BeforeEach {
            Skip-OutsideLinux 'a count that is not told to everybody'
        }

        BeforeAll {
            if (-not [OperatingSystem]::IsLinux()) {
                return
            }

            # A file of root's that others may only read, measured by someone else.
            $secret = New-TestFile -Size (16 * $page)
            $null = Invoke-Program 'chmod', '644', $secret
            $null = Invoke-Program 'chmod', '755', "$TestDrive"
        }

        It 'says so for <what>, rather than that all is in memory' -ForEach @(
            @{ What = 'a path'; Text = 'Measure-MemoryMap $env:TARGET' }
            @{ What = 'a region'; Text = 'New-MemoryMap $env:TARGET -Protection Read | Measure-MemoryMap' }
        ) {
            Skip-WithoutRoot 'become another user'
            Skip-WithoutProgram setpriv
            $child = Invoke-Child -Environment @{ TARGET = $secret; HOME = "$TestDrive" } `
                -Wrapper 'setpriv', '--reuid=65534', '--regid=65534', '--clear-groups' -Script @"
                try { `$ErrorActionPreference = 'Stop'; [Console]::WriteLine((& { $Text }).Resident) }
                catch { [Console]::WriteLine(`$_.FullyQualifiedErrorId.Split(',')[0] + ' ' + `$_.Exception.Message) }
"@
            if ($child.ExitCode -ne 0) {
                Set-ItResult -Skipped -Because "the other user cannot run the host: $($child.ErrorOutput)"
            }

            $child.Output | Should -BeLike "AccessDenied *$secret*owns*"
        }

        It 'tells whoever may write the file' {
            Skip-WithoutRoot 'become another user'
            Skip-WithoutProgram setpriv
            $shared = New-TestFile -Size (16 * $page)
            $null = Invoke-Program 'chmod', '666', $shared
            $child = Invoke-Child -Environment @{ TARGET = $shared; HOME = "$TestDrive" } `
                -Wrapper 'setpriv', '--reuid=65534', '--regid=65534', '--clear-groups' -Script @'
                [Console]::WriteLine((Measure-MemoryMap $env:TARGET).Resident)
'@
            if ($child.ExitCode -ne 0) {
                Set-ItResult -Skipped -Because "the other user cannot run the host: $($child.ErrorOutput)"
            }

            $child.Output.Trim() | Should -Be '0'
        }
    }

    Context 'ranges as text' {
        It 'reads what it writes' {
            $list = [MmapPS.MemoryRangeList]::Parse('0+8192,16384+4096')
            $list.Count | Should -Be 2
            $list[1].Offset | Should -Be 16384
            $list[1].Length | Should -Be 4096
            $list.ToString() | Should -BeExactly '0+8192,16384+4096'
            [MmapPS.MemoryRangeList]::Parse('').Count | Should -Be 0
        }

        It 'reads what PowerShell makes of a list in a string' {
            $list = [MmapPS.MemoryRangeList]::Parse('0+8192,16384+4096')
            [MmapPS.MemoryRangeList]::Parse("$list").ToString() | Should -BeExactly '0+8192,16384+4096'
        }

        It 'refuses <text>' -ForEach @(
            @{ Text = 'x' }, @{ Text = '1' }, @{ Text = '1+' }, @{ Text = '1+2+3' }, @{ Text = '-1+2' }, @{ Text = '1+-2' }
            @{ Text = '9223372036854775807+1' }, @{ Text = '9223372036854775808+1' }
        ) {
            { [MmapPS.MemoryRangeList]::Parse($Text) } | Should -Throw '*0+8192*'
        }
    }

    Context 'what is seen' {
        BeforeEach {
            Skip-OnMacOS 'its pages are larger than this counts on; residency there is tested in Contracts/MacOS.Tests.ps1'
        }

        It 'shows the picture and sizes as people read them' {
            $child = Invoke-Child -Environment @{ TARGET = (New-RandomFile 1MB) } -Script @'
                $map = New-MemoryMap $env:TARGET -Option Populate
                Measure-MemoryMap $map
'@
            $child.ExitCode | Should -Be 0
            $child.Output | Should -Match '1\.0 MiB\s+1\.0 MiB\s+100\.0'
            $child.Output | Should -Match '\[O{24}\]'
        }

        It 'has the columns of a table for export' {
            $names = (Measure-MemoryMap (New-MemoryMap (New-TestFile 'abc'))).PSObject.Properties.Name -join ','
            $names | Should -BeExactly ('Path,Name,RegionId,Offset,Length,PageSize,Pages,ResidentPages,Resident,Percent,' +
                'Dirty,Locked,Huge,Swapped,ResidentRange,Residency')
        }
    }

    Context 'one file under several names' {
        BeforeAll {
            $folder = (New-Item -ItemType Directory (Join-Path $TestDrive links)).FullName
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
                'a hard link' { $null = Invoke-Program ln, $path, $again }
                'a symbolic link' { $null = Invoke-Program ln, -s, $path, $again }
                default { $again = $path }
            }

            try {
                (Measure-MemoryMap $path, $again, $other).Path | Should -Be @($path, $other)
                ($again, $other, $path | Measure-MemoryMap).Path | Should -Be @($again, $other)
                $said = @(Measure-MemoryMap $path, $again -Verbose 4>&1 | ForEach-Object { "$_" })
                $said | Should -Contain "$again is another name of $path, which was measured already."
                (Measure-MemoryMap $again).Path | Should -Be $again
            }
            finally {
                Remove-Item (Join-Path $folder 'b.bin') -ErrorAction Ignore
            }
        }

        It 'counts a tree as du does' {
            $null = Invoke-Program ln, $path, (Join-Path $folder 'hard.bin')
            $sum = (Get-ChildItem $folder | Measure-MemoryMap | Measure-Object Length -Sum).Sum
            $sum | Should -Be (4 * $page)
            $du = (Invoke-Program du, -b, -S, "$folder").Output.Split("`t")[0]
            $sum | Should -Be ([long]$du - (Get-Item $folder).UnixStat.Size)
        }
    }

    Context '-Total' {
        It 'adds files up, in one object' {
            Skip-OutsideLinux 'a count of a file''s pages in memory'
            $one = New-RandomFile (3 * $page + 100)
            $two = New-TestFile -Size (4 * $page)
            $total = Measure-MemoryMap $one, $two -Total
            $total | Should -BeOfType ([MmapPS.MemoryUsageTotal])
            @($total).Count | Should -Be 1
            $total.Count, $total.Length, $total.Resident | Should -Be @(2, (7 * $page + 100), (3 * $page + 100))
            $total.Percent | Should -Be ([Math]::Floor(10000 * (3 * $page + 100) / (7 * $page + 100)) / 100)
            $null -eq $total.Locked | Should -BeTrue
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

        It 'is a total of nothing where there is nothing to measure' {
            Skip-OutsideLinux 'a count of a file''s pages in memory'
            $total = Measure-MemoryMap (Join-Path $TestDrive none.bin) -Total -ErrorAction SilentlyContinue
            $total.Count, $total.Length, $total.Percent | Should -Be @(0, 0, 0)
        }
    }

    Context 'many regions' {
        It 'are measured in the order they come, each once, with one look at the memory of the process' {
            Skip-WithoutTrace
            # At such offsets none continues another, which would be one mapping to Linux.
            $calls = Invoke-TracedChild -Calls openat -Environment @{ TARGET = (New-TestFile -Size 20MB) } -Script @'
                $maps = 0..299 | ForEach-Object { New-MemoryMap $env:TARGET -Offset (65536 * $_) -Length 1 -Protection Read }
                $found = $maps + $maps[0] | Measure-MemoryMap
                if ("$($found.RegionId)" -ne "$($maps.Id)") { [Console]::Error.WriteLine("$($found.RegionId)"); exit 1 }
'@
            @($calls -match '/proc/self/smaps"').Count | Should -Be 2
        }

        It 'are all measured where one of them is closed meanwhile' {
            $maps = 1..3 | ForEach-Object { New-MemoryMap (New-TestFile 'abc') }
            $found = @(& { $maps[0]; $maps[1]; Remove-MemoryMap $maps[1]; $maps[2] } | Measure-MemoryMap -ErrorAction SilentlyContinue -ErrorVariable problems)
            $found.RegionId | Should -Be @($maps[0].Id, $maps[2].Id)
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'RegionClosed,*'
        }
    }
}
