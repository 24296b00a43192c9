BeforeAll {
    . $PSScriptRoot/../Support/Preamble.ps1

    # Dirty bytes of a region's mapping.
    function Get-DirtySize($Region) {
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
            # One traced child makes all calls, in the order of its lines.
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

            # Each call as 'FUNCTION PAGE COUNT FLAGS', with the pages of the file, however they are rounded.
            $pages = foreach ($call in $calls) {
                if ($call -match '^mmap\(NULL, \d+, PROT_READ\|PROT_WRITE, MAP_SHARED, \d+, (0|0x9000)\) = (0x[0-9a-f]+)$') {
                    # The mapping's start, as if it were the start of the file.
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
            # MS_ASYNC of msync alone does nothing on Linux.
            $pages[4] | Should -Be 'msync 4 2 MS_ASYNC'
            $pages[5] | Should -Be 'sync_file_range 4 2 SYNC_FILE_RANGE_WRITE'
        }

        It 'takes -Async and -Invalidate together' {
            $pages[6] | Should -Be 'msync 5 1 MS_ASYNC|MS_INVALIDATE'
            $pages[7] | Should -Be 'sync_file_range 5 1 SYNC_FILE_RANGE_WRITE'
        }

        It 'asks nothing with -WhatIf, and nothing for an empty range' {
            $pages -match ' [67] ' | Should -HaveCount 0
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
            $pages | Should -HaveCount 13
        }
    }

    Context 'a long range' {
        BeforeAll {
            # Ends within the file, three bytes into a page.
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
            $calls -match '^msync' | Should -HaveCount 1
            @($calls -match '^(msync|sync_file_range)\(')[-1] | Should -MatchExactly "^msync\(0x[0-9a-f]+, $(40MB + $page), MS_SYNC\) = 0"
        }

        It 'is an error that is not lost: <errno> of a part is <id>' -ForEach @(
            @{ Errno = 'EIO'; Id = 'sync_file_range.EIO' }
            @{ Errno = 'ENOSPC'; Id = 'NoSpace' }
            @{ Errno = 'EDQUOT'; Id = 'NoSpace' }
        ) {
            $log = Join-Path $TestDrive "$Errno.log"
            $wrapper = Get-TraceWrapper msync, sync_file_range $log "sync_file_range:error=${Errno}:when=4"
            $child = Invoke-Child -Wrapper $wrapper -Environment @{ TARGET = $target } -Script @'
                $map = New-MemoryMap $env:TARGET
                try { Sync-MemoryMap $map -ErrorAction Stop } catch { [Console]::WriteLine($_.FullyQualifiedErrorId.Split(',')[0]) }
'@
            $child.Output.Trim() | Should -BeExactly $Id -Because $child.ErrorOutput
            $calls = Get-Content $log
            $calls -match 'sync_file_range\(' | Should -HaveCount 4
            $calls -match 'msync\(' | Should -HaveCount 0
        }

        It 'is left to msync if a file does not support the call' {
            $calls = Invoke-TracedChild -Calls msync, sync_file_range -Inject sync_file_range:error=ESPIPE -Environment @{ TARGET = $target } -Script @'
                New-MemoryMap $env:TARGET | Sync-MemoryMap -ErrorAction Stop
'@
            $calls -match "^msync\(0x[0-9a-f]+, $(60MB), MS_SYNC\) = 0" | Should -HaveCount 1
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
            New-MemoryMap (New-TestFile 'abc') | Sync-MemoryMap | Should -BeNullOrEmpty
        }

        It 'hands the region itself on with -PassThru' {
            $map = New-MemoryMap (New-TestFile 'abc')
            [object]::ReferenceEquals(($map | Sync-MemoryMap -PassThru), $map) | Should -BeTrue
        }

        It 'does not hand the region on with -WhatIf' {
            New-MemoryMap (New-TestFile 'abc') | Sync-MemoryMap -PassThru -WhatIf | Should -BeNullOrEmpty
        }

        It 'is in the middle of the whole job' {
            $path = New-TestFile 'abc'
            New-MemoryMap $path | Write-MappedByte -Offset 1 -Value d -PassThru | Sync-MemoryMap -PassThru | Remove-MemoryMap
            Get-FileText $path | Should -BeExactly 'adc'
            Get-MemoryMap -Path $path | Should -BeNullOrEmpty
        }

        It 'syncs all of a piped region that starts inside its file' {
            # A region's properties Offset and Length are not the range to sync; here they would be out of range.
            $map = New-MemoryMap (New-TestFile 'abcdefghij') -Offset 6 -Length 4
            { $map | Sync-MemoryMap } | Should -Not -Throw
        }

        It 'goes on after a region that is closed' {
            $closed, $open = (New-TestFile 'one'), (New-TestFile 'two') | New-MemoryMap
            Remove-MemoryMap $closed
            $result = $closed, $open | Sync-MemoryMap -PassThru -ErrorAction SilentlyContinue -ErrorVariable problems
            $result.Id | Should -Be $open.Id
            $problems | Should -HaveCount 1
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
            Sync-MemoryMap $map -PassThru -Async:([bool]$Async) -WarningVariable warnings | Should -HaveCount 1
            $warnings | Should -HaveCount 0
        }

        It 'warns that changes of a private region never reach the file, which stays as it was' {
            $path = New-TestFile 'abc'
            $map = New-MemoryMap $path -Sharing Private
            Write-MappedByte $map -Value 'XYZ'
            Sync-MemoryMap $map -WarningVariable warnings -WarningAction SilentlyContinue
            $warnings | Should -HaveCount 1
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
            { Sync-MemoryMap $map -Offset $Offset -Length $Length } |
                Should -Throw "*Offset $Offset with length $Length*which has 3 bytes*" -ErrorId 'OutOfRange,*'
        }

        It 'takes offset and length by position' {
            $map = New-MemoryMap (New-TestFile 'abc')
            { Sync-MemoryMap $map 2 7 } | Should -Throw '*Offset 2 with length 7*'
        }

        It 'refuses a region that was removed' {
            $map = New-MemoryMap (New-TestFile 'abc')
            Remove-MemoryMap $map
            { Sync-MemoryMap $map } | Should -Throw "*Region $($map.Id) of $($map.Path)*" -ErrorId 'RegionClosed,*'
        }

        It 'says that the file now ends before the range, and a read-only region says nothing' {
            Skip-OnWindows 'no mapped file is truncated there'
            $path = New-TestFile -Size 100000
            $map = New-MemoryMap $path -Offset 5
            $reader = New-MemoryMap $path -Protection Read
            $map[50000] = 9
            Set-FileLength $path 10
            { Sync-MemoryMap $map } | Should -Throw '*offset 5 of *10 bytes now*5 of 99995 bytes were written*' -ErrorId 'PageFault,*'
            { Remove-MemoryMap $map -Sync } | Should -Throw -ErrorId 'PageFault,*'
            $map.IsOpen | Should -BeTrue
            Sync-MemoryMap $map -Length 5
            Sync-MemoryMap $reader
        }

        It 'cannot invalidate pages that are locked' {
            Skip-OnWindows 'nothing is ever stale there that could be made invalid'
            $map = New-MemoryMap (New-TestFile 'abc') -Option Locked
            { Sync-MemoryMap $map -Invalidate } | Should -Throw "*$($map.Path)*locked*" -ErrorId 'msync.EBUSY,*'
        }
    }

    It 'goes with -WhatIf and -Confirm' {
        $parameters = (Get-Command Sync-MemoryMap).Parameters
        $parameters.ContainsKey('WhatIf') | Should -BeTrue
        $parameters.ContainsKey('Confirm') | Should -BeTrue
    }
}
