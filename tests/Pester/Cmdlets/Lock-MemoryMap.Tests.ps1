$kinds = @(
    @{ Kind = 'a shared file'; Make = { New-MemoryMap (New-RandomFile (16 * $page)) } }
    @{ Kind = 'a private file'; Make = { New-MemoryMap (New-RandomFile (16 * $page)) -Sharing Private } }
    @{ Kind = 'anonymous memory'; Make = { New-MemoryMap -Anonymous -Length (16 * $page) } }
    @{ Kind = 'shared anonymous memory'; Make = { New-MemoryMap -Anonymous -Length (16 * $page) -Sharing Shared } }
    @{ Kind = 'a region for reading'; Make = { New-MemoryMap (New-RandomFile (16 * $page)) -Protection Read } }
)

BeforeAll {
    . $PSScriptRoot/../Support/Module.ps1
    . $PSScriptRoot/../Support/Errors.ps1
    . $PSScriptRoot/../Support/Child.ps1
    . $PSScriptRoot/../Support/Files.ps1
    . $PSScriptRoot/../Support/Kernel.ps1

    $page = [Environment]::SystemPageSize
}

AfterAll {
    Get-MemoryMap | Remove-MemoryMap
}

Describe 'Lock-MemoryMap' {
    BeforeEach {
        # What the runtime has locked itself does not count.
        $before = Get-LockedSize
    }

    AfterEach {
        Get-MemoryMap | Remove-MemoryMap
    }

    Context 'what the kernel has locked' {
        It 'is all of <kind>, in memory at once' -ForEach $kinds {
            $map = & $Make
            Lock-MemoryMap $map
            (Get-LockedSize) - $before | Should -Be (16 * $page)
            $entry = Get-MapEntry $map.Address
            $entry.VmFlags | Should -Contain 'lo'
            $entry.Size.Rss | Should -BeGreaterOrEqual (16 * $page)
        }

        It 'is nothing any more once <kind> is removed' -ForEach $kinds {
            $map = & $Make
            Lock-MemoryMap $map
            Remove-MemoryMap $map
            Get-LockedSize | Should -Be $before
        }

        It 'is the pages of a range: <pages> for offset <offset> with length <length>, and the rounding is told' -ForEach @(
            @{ Offset = { 1 }; Length = { 1 }; From = 0; Pages = 1 }
            @{ Offset = { $page - 1 }; Length = { 2 }; From = 0; Pages = 2 }
            @{ Offset = { 3 * $page + 1 }; Length = { 4 * $page }; From = 3; Pages = 5 }
            @{ Offset = { 16 * $page - 1 }; Length = { 1 }; From = 15; Pages = 1 }
        ) {
            $map = New-MemoryMap (New-RandomFile (16 * $page))
            $at, $count = (& $Offset), (& $Length)
            $verbose = @(Lock-MemoryMap $map -Offset $at -Length $count -Verbose 4>&1)
            (Get-LockedSize) - $before | Should -Be ($Pages * $page)
            (Get-MapEntry ($map.Address + $From * $page)).VmFlags | Should -Contain 'lo'
            $rounded = @($verbose | Where-Object { "$_".Contains('rounded') })
            $rounded.Count | Should -Be 1
            "$rounded" | Should -BeLike "*offset $at with length $count *pages of $page bytes*offset $($From * $page) with length $($Pages * $page).*"
        }

        It 'is a range of whole pages, without a word' {
            $map = New-MemoryMap (New-RandomFile (16 * $page))
            $verbose = @(Lock-MemoryMap $map -Offset $page -Length (2 * $page) -Verbose 4>&1)
            (Get-LockedSize) - $before | Should -Be (2 * $page)
            @($verbose | Where-Object { "$_".Contains('rounded') }).Count | Should -Be 0
            (Get-MapEntry $map.Address).VmFlags | Should -Not -Contain 'lo'
            (Get-MapEntry ($map.Address + 3 * $page)).VmFlags | Should -Not -Contain 'lo'
        }

        It 'is the first page of a region that starts inside one' {
            $map = New-MemoryMap (New-RandomFile (16 * $page)) -Offset ($page + 100)
            $verbose = @(Lock-MemoryMap $map -Length 1 -Verbose 4>&1)
            (Get-LockedSize) - $before | Should -Be $page
            "$($verbose | Where-Object { "$_".Contains('rounded') })" | Should -BeLike "*offset 0 with length $($page - 100).*"
        }

        It 'is counted once, however often it is locked' {
            $map = New-MemoryMap -Anonymous -Length (4 * $page)
            Lock-MemoryMap $map
            Lock-MemoryMap $map
            Lock-MemoryMap $map -Offset $page -Length $page
            (Get-LockedSize) - $before | Should -Be (4 * $page)
        }

        It 'leaves the bytes as they are' {
            $path = New-RandomFile (16 * $page)
            $map = New-MemoryMap $path
            Lock-MemoryMap $map
            Get-Sha256 $map.Read() | Should -Be (Get-Sha256 (Get-FileByte $path))
            $map[0] = 1
            $map[0] | Should -Be 1
        }
    }

    Context '-OnFault' {
        It 'locks pages as they are used, and brings none in by itself: <kind>' -ForEach ($kinds | Where-Object Kind -Like '*anonymous*') {
            Skip-OnWindows 'Windows locks no pages as they are used'
            $map = & $Make
            Lock-MemoryMap $map -OnFault
            (Get-LockedSize) - $before | Should -Be (16 * $page)
            $rss = (Get-MapEntry $map.Address).Size.Rss
            $map[5 * $page] = 1
            (Get-MapEntry $map.Address).Size.Rss - $rss | Should -Be $page
            (Get-MapEntry $map.Address).VmFlags | Should -Contain 'lf'
        }

        It 'locks all of them without it' {
            # Shared, so that Linux joins it with no neighbour.
            $map = New-MemoryMap -Anonymous -Length (16 * $page) -Sharing Shared
            Lock-MemoryMap $map
            $entry = Get-MapEntry $map.Address
            $entry.Size.Rss | Should -Be (16 * $page)
            $entry.VmFlags | Should -Not -Contain 'lf'
        }

        It 'locks a range' {
            Skip-OnWindows 'Windows locks no pages as they are used'
            $map = New-MemoryMap -Anonymous -Length (16 * $page) -Sharing Shared
            Lock-MemoryMap $map -Offset $page -Length (3 * $page) -OnFault
            (Get-LockedSize) - $before | Should -Be (3 * $page)
            (Get-MapEntry ($map.Address + $page)).Size.Rss | Should -Be 0
        }
    }

    Context 'what the kernel is asked' {
        It 'is mlock2, and without -OnFault what brings the pages in and mlock, once a region' {
            Skip-WithoutTrace
            $calls = @(Invoke-TracedChild -Calls mlock, mlock2, madvise -Environment @{ TARGET = New-TestFile -Size 1MB } -Script @'
                $map = New-MemoryMap $env:TARGET
                Lock-MemoryMap $map
                Lock-MemoryMap $map -OnFault
                Lock-MemoryMap $map -Length 65536 -WhatIf
                Lock-MemoryMap $map -Length 0
'@)
            @($calls -match '^mlock\(0x[0-9a-f]+, 1048576\) += 0').Count | Should -Be 1
            @($calls -match '^mlock2\(0x[0-9a-f]+, 1048576, MLOCK_ONFAULT\) += 0').Count | Should -Be 2
            @($calls -match '^madvise\(0x[0-9a-f]+, 1048576, MADV_POPULATE_READ\) += 0').Count | Should -Be 1
            @($calls -match '^mlock.*, (65536|0)[,)]').Count | Should -Be 0
        }
    }

    Context 'the limit' {
        It 'is named with its value and the ways to raise it<how>' -ForEach @(
            @{ How = ''; With = '' }
            @{ How = ', with -OnFault too'; With = '-OnFault' }
        ) {
            Skip-WithoutProgram prlimit
            $wrapper = @(Get-UnprivilegedWrapper) + 'prlimit', "--memlock=$(16 * $page)"
            $child = Invoke-Child -Wrapper $wrapper (@'
                function Locked { [IO.File]::ReadAllLines('/proc/self/status') -match '^VmLck:' -replace '\D' }
                $before = Locked
                $map = New-MemoryMap -Anonymous -Length 1000000
                $map[0] = 5
                try { Lock-MemoryMap $map WITH -ErrorAction Stop } catch { [Console]::WriteLine("$($_.FullyQualifiedErrorId.Split(',')[0]) $($_.CategoryInfo.Category) $_") }
                [Console]::WriteLine("$((Locked) - $before) $($map[0])")
                Lock-MemoryMap $map -Length 8192
                [Console]::WriteLine((Locked) - $before)
'@.Replace('WITH', $With))
            $child.ExitCode | Should -Be 0 -Because $child.ErrorOutput
            $lines = $child.Output.Trim() -split "`n"
            $lines[0] | Should -BeLike "LimitReached *RLIMIT_MEMLOCK*$(16 * $page) bytes*ulimit -l*CAP_IPC_LOCK*"
            $lines[1] | Should -BeExactly '0 5'
            $lines[2] | Should -BeExactly '8' -Because 'what the limit allows can be locked'
        }

        It 'is named where nothing may be locked at all' {
            Skip-WithoutProgram prlimit
            $wrapper = @(Get-UnprivilegedWrapper) + 'prlimit', '--memlock=0'
            $child = Invoke-Child -Wrapper $wrapper '
                try { New-MemoryMap -Anonymous -Length 5 | Lock-MemoryMap -ErrorAction Stop } catch { [Console]::WriteLine("$($_.FullyQualifiedErrorId.Split(",")[0]) $_") }'
            $child.ExitCode | Should -Be 0 -Because $child.ErrorOutput
            $child.Output | Should -BeLike 'LimitReached*RLIMIT_MEMLOCK*allows this process 0 bytes*'
        }

        It 'is named with all that was to be locked, and none of it stays locked' {
            Skip-WithoutProgram prlimit
            $wrapper = @(Get-UnprivilegedWrapper) + 'prlimit', "--memlock=$(6MB)"
            $child = Invoke-Child -Wrapper $wrapper -Environment @{ ORACLE = "$PSScriptRoot/../Support/Kernel.ps1" } -Script @'
                . $env:ORACLE

                # Parts end at multiples of 8 MiB, so that the first, of 2 MiB, is granted.
                $map = New-MemoryMap -Anonymous -Length 24MB -Sharing Shared -Address 0x200000600000 -Fixed
                $before = Get-LockedSize
                Lock-MemoryMap $map -Offset 1MB -Length 2MB
                try { Lock-MemoryMap $map -ErrorAction Stop } catch { [Console]::WriteLine("$($_.FullyQualifiedErrorId.Split(',')[0]) $_") }
                [Console]::WriteLine((Get-LockedSize) - $before)
                foreach ($at in 0MB, 1MB, 2MB, 3MB) { [Console]::WriteLine((Get-MapEntry ($map.Address + $at)).VmFlags -contains 'lo') }
'@
            $lines = $child.Output.Trim() -split '\r?\n'
            $lines[0] | Should -BeLike "LimitReached The $(24MB) bytes of *RLIMIT_MEMLOCK allows this process $(6MB) bytes*" -Because $child.ErrorOutput
            $lines[1..5] | Should -Be @("$(2MB)", 'False', 'True', 'True', 'False') -Because 'what was locked before stays so'
        }

        It 'leaves what was locked before where the end of a long range cannot be brought in' {
            Skip-OnWindows 'Windows cuts no file off that is mapped'
            $child = Invoke-Child -Environment @{ FILE = New-TestFile -Size 24MB; ORACLE = "$PSScriptRoot/../Support/Kernel.ps1" } -Script @'
                . $env:ORACLE
                $map = New-MemoryMap $env:FILE
                $before = Get-LockedSize
                Lock-MemoryMap $map -Offset 1MB -Length 2MB
                Lock-MemoryMap $map -Offset 10MB -Length 1MB
                Unlock-MemoryMap $map -Offset 2MB -Length 1MB
                $file = [IO.File]::OpenWrite($env:FILE); $file.SetLength(20MB); $file.Dispose()
                try { Lock-MemoryMap $map -ErrorAction Stop } catch { [Console]::WriteLine("$($_.FullyQualifiedErrorId.Split(',')[0]) $_") }
                [Console]::WriteLine((Get-LockedSize) - $before)
                foreach ($at in 0MB, 1MB, 2MB, 10MB, 11MB, 19MB) { [Console]::WriteLine((Get-MapEntry ($map.Address + $at)).VmFlags -contains 'lo') }
'@
            $lines = $child.Output.Trim() -split '\r?\n'
            $lines[0] | Should -BeLike "PageFault The $(24MB) bytes of *" -Because $child.ErrorOutput
            $lines[1] | Should -BeExactly "$(2MB)"
            $lines[2..7] | Should -Be @('False', 'True', 'False', 'True', 'False', 'False')
        }

        It 'is not blamed for pages that cannot be brought in: <name>, <rights>' -ForEach @(
            foreach ($rights in 'with all rights', 'under the limit') {
                @{ Rights = $rights; Name = 'the file was truncated'; Make = '$map = New-MemoryMap $env:FILE; $f = [IO.File]::OpenWrite($env:FILE); $f.SetLength(0); $f.Dispose()' }
                @{ Rights = $rights; Name = 'they are under None'; Make = '$map = New-MemoryMap $env:FILE -Protection None' }
            }
        ) {
            if ($Name -eq 'the file was truncated') {
                Skip-OnWindows 'Windows cuts no file off that is mapped'
            }

            $wrapper = @(if ($Rights -eq 'under the limit') {
                    Skip-WithoutProgram prlimit
                    @(Get-UnprivilegedWrapper) + 'prlimit', '--memlock=1000000'
                })
            $child = Invoke-Child -Wrapper $wrapper -Environment @{ FILE = New-TestFile -Size 40000; ORACLE = "$PSScriptRoot/../Support/Kernel.ps1" } ('
                . $env:ORACLE
                $before = Get-LockedSize
                ' + $Make + '
                try { Lock-MemoryMap $map -ErrorAction Stop } catch { [Console]::WriteLine("$($_.FullyQualifiedErrorId.Split(",")[0]) $_") }
                [Console]::WriteLine((Get-LockedSize) - $before)
                if ([OperatingSystem]::IsLinux()) { Lock-MemoryMap $map -OnFault -ErrorAction Stop }
                [Console]::WriteLine((Get-LockedSize) - $before)')
            $child.ExitCode | Should -Be 0 -Because $child.ErrorOutput
            $lines = $child.Output.Trim() -split '\r?\n'
            $lines[0] | Should -BeLike 'PageFault *cannot all be brought into memory*'
            if (-not $env:WINEPREFIX) {
                # The mlock below wine keeps what it could not bring in.
                $lines[1] | Should -BeExactly '0' -Because 'nothing stays locked'
            }

            if ([OperatingSystem]::IsLinux()) {
                $lines[2] | Should -BeExactly '40960' -Because 'with -OnFault no page is touched'
            }
        }
    }

    Context 'errors' {
        It 'refuses offset <offset> with length <length>, and locks nothing' -ForEach @(
            @{ Offset = 3; Length = 1 }
            @{ Offset = 4; Length = 0 }
            @{ Offset = -1; Length = 1 }
            @{ Offset = 0; Length = -1 }
            @{ Offset = 1; Length = [long]::MaxValue }
            @{ Offset = [long]::MaxValue; Length = 2 }
        ) {
            $map = New-MemoryMap (New-TestFile 'abc')
            $problem = Get-ErrorOf { Lock-MemoryMap $map $Offset $Length }
            $problem.Id | Should -Be 'OutOfRange'
            $problem.Message | Should -BeLike "*Offset $Offset with length $Length*which has 3 bytes*"
            Get-LockedSize | Should -Be $before
        }

        It 'locks nothing of <name>, without an error' -ForEach @(
            @{ Name = 'an empty region'; Make = { New-MemoryMap (New-TestFile -Size 0) }; With = @{} }
            @{ Name = 'an empty range'; Make = { New-MemoryMap (New-TestFile 'abc') }; With = @{ Offset = 1; Length = 0 } }
        ) {
            $result = @(Lock-MemoryMap (& $Make) @With -PassThru -ErrorVariable problems)
            $result.Count | Should -Be 1
            @($problems).Count | Should -Be 0
            Get-LockedSize | Should -Be $before
        }

        It 'refuses a region that was removed' {
            $map = New-MemoryMap (New-TestFile 'abc')
            Remove-MemoryMap $map
            (Get-ErrorOf { Lock-MemoryMap $map }).Id | Should -Be 'RegionClosed'
        }
    }

    Context '-WhatIf, -Confirm and the pipeline' {
        It 'locks nothing with -WhatIf, and hands nothing on' {
            @(New-MemoryMap -Anonymous -Length 100 | Lock-MemoryMap -WhatIf -PassThru).Count | Should -Be 0
            Get-LockedSize | Should -Be $before
        }

        It 'goes with -Confirm' {
            (Get-Command Lock-MemoryMap).Parameters.ContainsKey('Confirm') | Should -BeTrue
            New-MemoryMap -Anonymous -Length 100 | Lock-MemoryMap -Confirm:$false
            (Get-LockedSize) - $before | Should -Be $page
        }

        It 'emits nothing without -PassThru, and the region itself with it' {
            $map = New-MemoryMap -Anonymous -Length 100
            @($map | Lock-MemoryMap).Count | Should -Be 0
            $result = @($map | Lock-MemoryMap -PassThru)
            $result.Count | Should -Be 1
            [object]::ReferenceEquals($result[0], $map) | Should -BeTrue
        }

        It 'goes on after a region that is closed' {
            $maps = @(1..3 | ForEach-Object { New-MemoryMap -Anonymous -Length 100 -Sharing Shared })
            Remove-MemoryMap $maps[1]
            $result = @($maps | Lock-MemoryMap -PassThru -ErrorAction SilentlyContinue -ErrorVariable problems)
            $result.Id | Should -Be @($maps[0].Id, $maps[2].Id)
            @($problems).Count | Should -Be 1
            (Get-LockedSize) - $before | Should -Be (2 * $page)
        }
    }

    It 'says that it emits MappedRegion' {
        (Get-Command Lock-MemoryMap).OutputType.Type | Should -Contain ([MmapPS.MappedRegion])
    }
}
