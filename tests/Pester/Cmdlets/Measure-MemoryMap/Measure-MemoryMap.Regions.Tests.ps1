BeforeAll {
    . $PSScriptRoot/../../Support/Preamble.ps1
}

Describe 'Measure-MemoryMap' {
    AfterEach {
        Get-MemoryMap | Remove-MemoryMap
    }

    Context 'regions' {
        BeforeEach {
            Skip-OnMacOS 'its pages are larger than this counts on; residency there is tested in Contracts/MacOS.Tests.ps1'
        }

        It 'measures private memory by what was touched' {
            $map = New-MemoryMap -Anonymous -Length (10 * $page)
            (Measure-MemoryMap $map).Resident | Should -Be 0
            3, 4, 9 | ForEach-Object { $map[$_ * $page] = 1 }
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
            $usage.Swapped | Should -Be $(if ($IsLinux) { 0 })
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

        It 'counts the huge pages of each of two regions that the kernel made one mapping of' {
            Skip-OutsideLinux 'transparent huge pages'
            $first = New-MemoryMap -Anonymous -Length 8MB -Address 0x230000000000 -Fixed -Advice HugePage, PopulateWrite
            $second = New-MemoryMap -Anonymous -Length 8MB -Address ($first.Address + 8MB) -Fixed -Advice HugePage
            $entry = Get-MapEntry $first.Address
            if ($entry.End -ne $second.Address + 8MB -or $entry.Size.AnonHugePages -ne 8MB) {
                Set-ItResult -Skipped -Because 'the kernel did not join them, or gave no huge pages'
            }

            if ([Environment]::OSVersion.Version -lt [version]'6.7') {
                (Measure-MemoryMap $first).Huge | Should -BeNullOrEmpty
                Set-ItResult -Skipped -Because 'Linux tells this since 6.7'
            }

            (Measure-MemoryMap $first, $second).Huge | Should -Be 8MB, 0
            (Measure-MemoryMap $first, $second).Swapped | Should -Be 0, 0
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
                Remove-MemoryMap $map -Unlink:($IsLinux)
            }
        }

        It 'refuses a region that was removed and goes on' {
            $closed, $open = (New-TestFile 'one'), (New-TestFile 'two') | New-MemoryMap
            Remove-MemoryMap $closed
            $found = @($closed, $open | Measure-MemoryMap -ErrorAction SilentlyContinue -ErrorVariable problems)
            $found.RegionId | Should -Be @($open.Id)
            $problems | Should -HaveCount 1
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'RegionClosed,*'
        }
    }

    Context 'many regions' {
        It 'are measured in the order they come, each once, with one look at the memory of the process' {
            Skip-WithoutTrace
            # At such offsets no mapping continues another; Linux would merge them.
            $calls = Invoke-TracedChild -Calls openat -Environment @{ TARGET = (New-TestFile -Size 20MB) } -Script @'
                $maps = 0..299 | ForEach-Object { New-MemoryMap $env:TARGET -Offset (65536 * $_) -Length 1 -Protection Read }
                $found = $maps + $maps[0] | Measure-MemoryMap
                if ("$($found.RegionId)" -ne "$($maps.Id)") { [Console]::Error.WriteLine("$($found.RegionId)"); exit 1 }
'@
            $calls -match '/proc/self/smaps"' | Should -HaveCount 2
        }

        It 'are all measured if one of them is closed meanwhile' {
            $maps = 1..3 | ForEach-Object { New-MemoryMap (New-TestFile 'abc') }
            $found = @(& { $maps[0]; $maps[1]; Remove-MemoryMap $maps[1]; $maps[2] } | Measure-MemoryMap -ErrorAction SilentlyContinue -ErrorVariable problems)
            $found.RegionId | Should -Be @($maps[0].Id, $maps[2].Id)
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'RegionClosed,*'
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
}
