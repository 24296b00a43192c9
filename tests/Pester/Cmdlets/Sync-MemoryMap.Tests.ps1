BeforeAll {
    . $PSScriptRoot/../Support/Module.ps1
    . $PSScriptRoot/../Support/Errors.ps1
    . $PSScriptRoot/../Support/Child.ps1
    . $PSScriptRoot/../Support/Files.ps1
    . $PSScriptRoot/../Support/Kernel.ps1

    $page = [Environment]::SystemPageSize

    # Bytes of a region's mapping that the kernel has not written back yet.
    function Get-DirtySize {
        param($Region)

        $size = (Get-MapEntry $Region.Address).Size
        $size.Shared_Dirty + $size.Private_Dirty
    }
}

AfterAll {
    Get-MemoryMap | Remove-MemoryMap
}

Describe 'Sync-MemoryMap' {
    AfterEach {
        Get-MemoryMap | Remove-MemoryMap
    }

    Context 'what the kernel is asked' {
        BeforeAll {
            # One traced child does all; the calls come in the order of its lines.
            $target = New-TestFile -Size 1MB
            $calls = Invoke-TracedChild -Calls mmap, msync, sync_file_range -Environment @{ TARGET = $target } -Script @'
                $map = New-MemoryMap $env:TARGET
                $map | Sync-MemoryMap
                $map | Sync-MemoryMap -Offset 5000 -Length 100
                $map | Sync-MemoryMap -Offset 8192 -Length 4097
                $map | Sync-MemoryMap -Offset 12288 -Length 1 -Invalidate
                $map | Sync-MemoryMap -Offset 16384 -Length 8192 -Async
                $map | Sync-MemoryMap -Offset 20480 -Length 1 -Async -Invalidate
                $map | Sync-MemoryMap -Offset 24576 -Length 1 -WhatIf
                $map | Sync-MemoryMap -Offset 28672 -Length 0
                $part = New-MemoryMap $env:TARGET -Offset 36964 -Length 9000
                $part | Sync-MemoryMap -Length 10
                $part | Sync-MemoryMap -Offset 4000 -Length 20
                $part | Sync-MemoryMap -Offset 4000 -Length 31 -Async
                $part | Sync-MemoryMap -Offset 4090 -Length 4910
'@

            # Each call as 'FUNCTION PAGE COUNT FLAGS': the pages of the file that it is about, however it is rounded.
            $pages = foreach ($call in $calls) {
                if ($call -match '^mmap\(NULL, \d+, PROT_READ\|PROT_WRITE, MAP_SHARED, \d+, (0|0x9000)\) = (0x[0-9a-f]+)$') {
                    # The mapping's start, as if it began at the file's.
                    $origin = [Convert]::ToInt64($Matches[2], 16) - $(if ($Matches[1] -eq '0') { 0 } else { 0x9000 })
                }
                elseif ($call -match '^msync\((0x[0-9a-f]+), (\d+), ([A-Z_|]+)\) += 0') {
                    $start = [Convert]::ToInt64($Matches[1], 16) - $origin
                    $flags = ($Matches[3].Split('|') -ne 'MS_INVALIDATE') + @($Matches[3].Split('|') -eq 'MS_INVALIDATE') -join '|'
                    "msync $($start / 4096) $([Math]::Ceiling($Matches[2] / 4096)) $flags"
                }
                elseif ($call -match '^sync_file_range\(\d+, (\d+), (\d+), ([A-Z_|]+)\) += 0') {
                    "sync_file_range $($Matches[1] / 4096) $([Math]::Ceiling($Matches[2] / 4096)) $($Matches[3])"
                }
            }
        }

        BeforeEach {
            Skip-WithoutTrace
            if ($page -ne 4096) {
                Set-ItResult -Skipped -Because "the ranges expected are those of pages of 4096 bytes, not $page"
            }
        }

        It 'waits until all of a region is durable' {
            $pages[0] | Should -Be 'msync 0 256 MS_SYNC'
        }

        It 'starts at the page that the range starts in' {
            $pages[1] | Should -Be 'msync 1 1 MS_SYNC'
        }

        It 'ends at the page that the range ends in' {
            $pages[2] | Should -Be 'msync 2 2 MS_SYNC'
        }

        It 'adds MS_INVALIDATE for -Invalidate' {
            $pages[3] | Should -Be 'msync 3 1 MS_SYNC|MS_INVALIDATE'
        }

        It 'does not wait with -Async, and really starts the write-back' {
            # msync's MS_ASYNC alone does nothing on Linux.
            $pages[4] | Should -Be 'msync 4 2 MS_ASYNC'
            $pages[5] | Should -Be 'sync_file_range 4 2 SYNC_FILE_RANGE_WRITE'
        }

        It 'takes -Async and -Invalidate together' {
            $pages[6] | Should -Be 'msync 5 1 MS_ASYNC|MS_INVALIDATE'
            $pages[7] | Should -Be 'sync_file_range 5 1 SYNC_FILE_RANGE_WRITE'
        }

        It 'asks nothing with -WhatIf, and nothing for an empty range' {
            @($pages -match ' [67] ').Count | Should -Be 0
        }

        It 'reaches the start of a region that starts inside a page of its file' {
            # 36964 is 100 bytes into page 9.
            $pages[8] | Should -Be 'msync 9 1 MS_SYNC'
        }

        It 'counts pages from where the mapping starts and not from where the region does' {
            # 4000 bytes into that region is 4 bytes into page 10, in memory as in the file.
            $pages[9] | Should -Be 'msync 10 1 MS_SYNC'
            $pages[10] | Should -Be 'msync 10 1 MS_ASYNC'
            $pages[11] | Should -Be 'sync_file_range 10 1 SYNC_FILE_RANGE_WRITE'
        }

        It 'reaches the end of a region that starts inside a page of its file' {
            # The region's last byte is 908 bytes into page 11.
            $pages[12] | Should -Be 'msync 10 2 MS_SYNC'
            $pages.Count | Should -Be 13
        }
    }

    Context 'a long range' {
        BeforeAll {
            # Ends inside the file, three bytes into a page.
            $target = New-TestFile -Size 60MB
            $calls = @(Invoke-TracedChild -Calls msync, sync_file_range -Environment @{ TARGET = $target } -Script @'
                $map = New-MemoryMap $env:TARGET
                Sync-MemoryMap $map -Offset 4MB -Length (40MB + 3)
'@)
            $whole = 'SYNC_FILE_RANGE_WAIT_BEFORE|SYNC_FILE_RANGE_WRITE|SYNC_FILE_RANGE_WAIT_AFTER'
        }

        BeforeEach {
            Skip-WithoutTrace
        }

        It 'is written back part by part, each page once, while the next part is under way' {
            $parts = foreach ($call in $calls) {
                if ($call -match '^sync_file_range\(\d+, (\d+), (\d+), (.+)\) = 0') {
                    [pscustomobject]@{ From = [long]$Matches[1]; To = [long]$Matches[1] + $Matches[2]; Waits = $Matches[3] -eq $whole }
                }
            }

            $waited = @($parts | Where-Object Waits)
            $started = @($parts | Where-Object { -not $_.Waits })
            $waited[0].From | Should -Be 4MB
            $waited[-1].To | Should -Be (44MB + $page)
            $waited.Count | Should -BeGreaterThan 4
            $started.Count | Should -Be ($waited.Count - 1)
            for ($i = 1; $i -lt $waited.Count; $i++) {
                $waited[$i].From | Should -Be $waited[$i - 1].To
                $started[$i - 1].From | Should -Be $waited[$i].From
                $started[$i - 1].To | Should -BeGreaterOrEqual $waited[$i].To
                [array]::IndexOf($parts, $started[$i - 1]) | Should -BeLessThan ([array]::IndexOf($parts, $waited[$i - 1]))
            }
        }

        It 'is made durable by one msync of all of it at the end' {
            @($calls -match '^msync').Count | Should -Be 1
            @($calls -match '^(msync|sync_file_range)\(')[-1] | Should -MatchExactly "^msync\(0x[0-9a-f]+, $(40MB + 3), MS_SYNC\) = 0"
        }

        It 'is an error that is not lost: <errno> of a part is <id>' -ForEach @(
            @{ Errno = 'EIO'; Id = 'sync_file_range.EIO' }
            @{ Errno = 'ENOSPC'; Id = 'NoSpace' }
            @{ Errno = 'EDQUOT'; Id = 'NoSpace' }
        ) {
            $log = [IO.Path]::Combine($TestDrive, "$Errno.log")
            $strace = 'strace', '-f', '-e', 'trace=msync,sync_file_range', '-e', "inject=sync_file_range:error=${Errno}:when=4", '-o', $log
            $child = Invoke-Child -Wrapper $strace -Environment @{ TARGET = $target } -Script @'
                $map = New-MemoryMap $env:TARGET
                try { Sync-MemoryMap $map -ErrorAction Stop } catch { [Console]::WriteLine($_.FullyQualifiedErrorId.Split(',')[0]) }
'@
            $child.Output.Trim() | Should -BeExactly $Id -Because $child.ErrorOutput
            @([IO.File]::ReadAllLines($log) -match 'sync_file_range\(').Count | Should -Be 4
            @([IO.File]::ReadAllLines($log) -match 'msync\(').Count | Should -Be 0
        }

        It 'is left to msync where a file has no such call' {
            $log = [IO.Path]::Combine($TestDrive, 'espipe.log')
            $strace = 'strace', '-f', '-e', 'trace=msync,sync_file_range', '-e', 'inject=sync_file_range:error=ESPIPE', '-o', $log
            $child = Invoke-Child -Wrapper $strace -Environment @{ TARGET = $target } -Script @'
                New-MemoryMap $env:TARGET | Sync-MemoryMap -ErrorAction Stop
                [Console]::WriteLine('done')
'@
            $child.Output.Trim() | Should -BeExactly 'done' -Because $child.ErrorOutput
            @([IO.File]::ReadAllLines($log) -match 'msync\(0x[0-9a-f]+, 62914560, MS_SYNC\) += 0').Count | Should -Be 1
        }
    }

    Context 'durability' {
        BeforeEach {
            Skip-OutsideLinux 'a count of dirty pages'
            $path = New-TestFile -Size (64 * $page)
            $map = New-MemoryMap $path
            Write-MappedByte $map -Value ([byte[]]::new(64 * $page))
            if ((Invoke-Program 'stat', '-f', '-c', '%T', $path).Output.Trim() -in 'tmpfs', 'ramfs') {
                Set-ItResult -Skipped -Because 'the test folder is on a file system without storage, where pages are always dirty'
            }

            if ((Get-DirtySize $map) -ne 64 * $page) {
                Set-ItResult -Skipped -Because 'the kernel wrote the pages back by itself meanwhile'
            }
        }

        It 'leaves no dirty page in the region' {
            Sync-MemoryMap $map
            Get-DirtySize $map | Should -Be 0
        }

        It 'leaves the pages alone with -WhatIf' {
            Sync-MemoryMap $map -WhatIf
            Get-DirtySize $map | Should -BeGreaterThan 0
        }

        It 'brings the bytes to the file' {
            Write-MappedByte $map -Value 'durable' -Offset ($page + 5)
            Sync-MemoryMap $map
            Get-FileText $path -Offset ($page + 5) -Count 7 | Should -BeExactly 'durable'
        }
    }

    Context 'the pipeline' {
        It 'emits nothing without -PassThru' {
            @(New-MemoryMap (New-TestFile 'abc') | Sync-MemoryMap).Count | Should -Be 0
        }

        It 'hands the region itself on with -PassThru' {
            $map = New-MemoryMap (New-TestFile 'abc')
            $result = @($map | Sync-MemoryMap -PassThru)
            $result.Count | Should -Be 1
            [object]::ReferenceEquals($result[0], $map) | Should -BeTrue
        }

        It 'does not hand the region on with -WhatIf' {
            @(New-MemoryMap (New-TestFile 'abc') | Sync-MemoryMap -PassThru -WhatIf).Count | Should -Be 0
        }

        It 'stands in the middle of the whole job' {
            $path = New-TestFile 'abc'
            New-MemoryMap $path | Write-MappedByte -Offset 1 -Value d -PassThru | Sync-MemoryMap -PassThru | Remove-MemoryMap
            Get-FileText $path | Should -BeExactly 'adc'
            @(Get-MemoryMap -Path $path).Count | Should -Be 0
        }

        It 'syncs all of a piped region that starts inside its file' {
            # A region's properties Offset and Length are no range to sync; as one they would be out of range here.
            $map = New-MemoryMap (New-TestFile 'abcdefghij') -Offset 6 -Length 4
            $map | Sync-MemoryMap -ErrorVariable problems
            @($problems).Count | Should -Be 0
        }

        It 'goes on after a region that is closed' {
            $closed, $open = (New-TestFile 'one'), (New-TestFile 'two') | New-MemoryMap
            Remove-MemoryMap $closed
            $result = @($closed, $open | Sync-MemoryMap -PassThru -ErrorAction SilentlyContinue -ErrorVariable problems)
            $result.Id | Should -Be @($open.Id)
            @($problems).Count | Should -Be 1
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'RegionClosed,*'
        }
    }

    Context 'regions with nothing to write back' {
        It 'does nothing for <name>' -ForEach @(
            @{ Name = 'anonymous memory'; Make = { New-MemoryMap -Anonymous -Length 100 } }
            @{ Name = 'shared anonymous memory'; Make = { New-MemoryMap -Anonymous -Length 100 -Sharing Shared } }
            @{ Name = 'an empty file'; Make = { New-MemoryMap (New-TestFile -Size 0) } }
            @{ Name = 'a region for reading only'; Make = { New-MemoryMap (New-TestFile 'abc') -Protection Read } }
            @{ Name = 'anonymous memory, asynchronously'; Make = { New-MemoryMap -Anonymous -Length 100 }; Async = $true }
        ) {
            $map = & $Make
            $result = @(Sync-MemoryMap $map -PassThru -Async:([bool]$Async) -ErrorVariable problems -WarningVariable warnings)
            $result.Count | Should -Be 1
            @($problems).Count | Should -Be 0
            @($warnings).Count | Should -Be 0
        }

        It 'warns that changes of a private region never reach the file, which stays as it was' {
            $path = New-TestFile 'abc'
            $map = New-MemoryMap $path -Sharing Private
            Write-MappedByte $map -Value 'XYZ'
            Sync-MemoryMap $map -WarningVariable warnings -WarningAction SilentlyContinue
            @($warnings).Count | Should -Be 1
            $warnings[0].Message | Should -BeLike "*$path*Private*never*"
            Get-FileText $path | Should -BeExactly 'abc'
        }
    }

    Context 'errors' {
        It 'refuses offset <offset> with length <length>' -ForEach @(
            @{ Offset = 4; Length = 0 }
            @{ Offset = 3; Length = 1 }
            @{ Offset = -1; Length = 1 }
            @{ Offset = 0; Length = -1 }
            @{ Offset = 1; Length = [long]::MaxValue }
            @{ Offset = [long]::MaxValue; Length = 2 }
        ) {
            $map = New-MemoryMap (New-TestFile 'abc')
            $problem = Get-ErrorOf { Sync-MemoryMap $map -Offset $Offset -Length $Length }
            $problem.Id | Should -Be 'OutOfRange'
            $problem.Message | Should -BeLike "*Offset $Offset with length $Length*which has 3 bytes*"
        }

        It 'takes offset and length by position' {
            $map = New-MemoryMap (New-TestFile 'abc')
            (Get-ErrorOf { Sync-MemoryMap $map 2 7 }).Message | Should -BeLike '*Offset 2 with length 7*'
        }

        It 'refuses a region that was removed' {
            $map = New-MemoryMap (New-TestFile 'abc')
            Remove-MemoryMap $map
            $problem = Get-ErrorOf { Sync-MemoryMap $map }
            $problem.Id | Should -Be 'RegionClosed'
            $problem.Message | Should -BeLike "*Region $($map.Id) of $($map.Path)*"
        }

        It 'says that the file ends before the range by now, and a region that cannot have written says nothing' {
            Skip-OnWindows 'no mapped file is truncated there'
            $path = New-TestFile -Size 100000
            $map = New-MemoryMap $path -Offset 5
            $reader = New-MemoryMap $path -Protection Read
            $map[50000] = 9
            $file = [IO.File]::OpenWrite($path)
            $file.SetLength(10)
            $file.Dispose()
            $problem = Get-ErrorOf { Sync-MemoryMap $map }
            $problem.Id | Should -Be 'PageFault'
            $problem.Message | Should -BeLike '*offset 5 of *10 bytes now*5 of 99995 bytes were written*'
            (Get-ErrorOf { Remove-MemoryMap $map -Sync }).Id | Should -Be 'PageFault'
            $map.IsOpen | Should -BeTrue
            Sync-MemoryMap $map -Length 5
            Sync-MemoryMap $reader
        }

        It 'cannot invalidate pages that are locked' {
            Skip-OnWindows 'nothing is ever stale there that could be made invalid'
            $map = New-MemoryMap (New-TestFile 'abc') -Option Locked
            $problem = Get-ErrorOf { Sync-MemoryMap $map -Invalidate }
            $problem.Id | Should -Be 'msync.EBUSY'
            $problem.Message | Should -BeLike "*$($map.Path)*locked*"
        }
    }

    It 'goes with -WhatIf and -Confirm' {
        $parameters = (Get-Command Sync-MemoryMap).Parameters
        $parameters.ContainsKey('WhatIf') | Should -BeTrue
        $parameters.ContainsKey('Confirm') | Should -BeTrue
    }
}
