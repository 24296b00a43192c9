$kinds = @(
    @{ Kind = 'a shared file'; Make = { New-MemoryMap (New-RandomFile (16 * $page)) } }
    @{ Kind = 'a private file'; Make = { New-MemoryMap (New-RandomFile (16 * $page)) -Sharing Private } }
    @{ Kind = 'anonymous memory'; Make = { New-MemoryMap -Anonymous -Length (16 * $page) } }
    @{ Kind = 'shared anonymous memory'; Make = { New-MemoryMap -Anonymous -Length (16 * $page) -Sharing Shared } }
    @{ Kind = 'a region for reading'; Make = { New-MemoryMap (New-RandomFile (16 * $page)) -Protection Read } }
)

BeforeAll {
    . $PSScriptRoot/../Support/Preamble.ps1
}

AfterAll {
    Get-MemoryMap | Remove-MemoryMap
}

Describe 'Lock-MemoryMap' {
    BeforeEach {
        # Memory that the runtime itself has locked does not count.
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

        It 'covers the pages of a range: <pages> for offset <offset> with length <length>, and the rounding is shown' -ForEach @(
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
            Assert-Byte (Read-MappedByte $map) (Get-Content $path -AsByteStream -Raw)
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
            # Shared, so that Linux does not merge it with a neighbour.
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
        BeforeAll {
            # Limits are lowered in the running child, and raised again.
            $obstacle = Find-Obstacle -Means 'such a limit' -Tool prlimit
            $limited = Invoke-Hazard -Obstacle $obstacle -Wrapper @(if (-not $obstacle) { Get-UnprivilegedWrapper }) -Environment @{
                HAZARD_FILE = New-TestFile -Size 40000; HAZARD_SUPPORT = Join-Path $PSScriptRoot .. Support
            } -Script @'
. "$env:HAZARD_SUPPORT/Kernel.ps1"
function Set-Limit([long] $Limit) { prlimit --pid $PID "--memlock=${Limit}:"; if ($LASTEXITCODE) { throw "prlimit exited with $LASTEXITCODE" } }
$before = Get-LockedSize

Set-Limit 0
Show 'none' { New-MemoryMap -Anonymous -Length 5 | Lock-MemoryMap }

Set-Limit (16 * $page)
$map = New-MemoryMap -Anonymous -Length 1000000
$map[0] = 5
Show 'low' { Lock-MemoryMap $map }
Show 'low -OnFault' { Lock-MemoryMap $map -OnFault }
Show 'low left' { (Get-LockedSize) - $before; $map[0] }
Show 'within' { Lock-MemoryMap $map -Length 8192; (Get-LockedSize) - $before; Unlock-MemoryMap $map }
Show 'within -OnFault' { Lock-MemoryMap $map -Length 8192 -OnFault; (Get-LockedSize) - $before; Unlock-MemoryMap $map }

Set-Limit 1000000
Show 'not present' { Lock-MemoryMap (New-MemoryMap $env:HAZARD_FILE -Protection None) }
$map = New-MemoryMap $env:HAZARD_FILE
Set-FileLength $env:HAZARD_FILE 0
Show 'cut' { Lock-MemoryMap $map }
Show 'cut left' { (Get-LockedSize) - $before }
Show 'cut -OnFault' { Lock-MemoryMap $map -OnFault; (Get-LockedSize) - $before }
Remove-MemoryMap $map

# Parts end at multiples of 8 MiB, so that the first, of 2 MiB, succeeds.
Set-Limit 6MB
$map = New-MemoryMap -Anonymous -Length 24MB -Sharing Shared -Address 0x200000600000 -Fixed
Lock-MemoryMap $map -Offset 1MB -Length 2MB
Show 'long' { Lock-MemoryMap $map }
Show 'long left' { (Get-LockedSize) - $before; foreach ($at in 0MB, 1MB, 2MB, 3MB) { (Get-MapEntry ($map.Address + $at)).VmFlags -contains 'lo' } }
'@
            # Root has no limit; the limit of an ordinary user may be too low for a long range.
            function Skip-UnderLimit {
                $limit = if ($IsLinux -and -not (Test-Root)) { (Select-String '^Max locked memory +(\d+) ' /proc/self/limits).Matches }
                if ($limit -and [long]$limit.Groups[1].Value -lt 24MB) {
                    Set-ItResult -Skipped -Because "this user may lock no more than $($limit.Groups[1].Value) bytes"
                }
            }

            $cut = New-TestFile -Size 24MB
            $free = Invoke-Hazard -Environment @{
                HAZARD_FILE = $cut; HAZARD_NONE = New-TestFile -Size 40000; HAZARD_SUPPORT = Join-Path $PSScriptRoot .. Support
            } -Script @'
. "$env:HAZARD_SUPPORT/Kernel.ps1"
$before = Get-LockedSize
$none = New-MemoryMap $env:HAZARD_NONE -Protection None
Show 'not present' { Lock-MemoryMap $none }
Show 'not present left' { (Get-LockedSize) - $before }
if ($IsLinux) { Show 'not present -OnFault' { Lock-MemoryMap $none -OnFault; (Get-LockedSize) - $before } }
Remove-MemoryMap $none
if ($IsWindows) { return }
$map = New-MemoryMap $env:HAZARD_FILE
Lock-MemoryMap $map -Offset 1MB -Length 2MB
Lock-MemoryMap $map -Offset 10MB -Length 1MB
Unlock-MemoryMap $map -Offset 2MB -Length 1MB
Set-FileLength $env:HAZARD_FILE 20MB
Show 'end cut' { Lock-MemoryMap $map }
Show 'end cut left' { (Get-LockedSize) - $before; foreach ($at in 0MB, 1MB, 2MB, 10MB, 11MB, 19MB) { (Get-MapEntry ($map.Address + $at)).VmFlags -contains 'lo' } }
Unlock-MemoryMap $map
Set-FileLength $env:HAZARD_FILE 0
Show 'cut' { Lock-MemoryMap $map }
Show 'cut left' { (Get-LockedSize) - $before }
Show 'cut -OnFault' { Lock-MemoryMap $map -OnFault; (Get-LockedSize) - $before }
'@
        }

        It 'is named with its value and the ways to raise it, with -OnFault too, and what it allows is locked' {
            Skip-OnObstacle $limited.Obstacle
            Assert-Survival $limited
            foreach ($how in '', ' -OnFault') {
                $limited.Said["low$how"] | Should -BeLike "!LimitReached | *RLIMIT_MEMLOCK*$(16 * $page) bytes*ulimit -l*CAP_IPC_LOCK*"
                $limited.Said["within$how"] | Should -BeExactly '8192'
            }
            $limited.Said['low left'] | Should -BeExactly '0 5'
        }

        It 'is named if nothing may be locked at all' {
            Skip-OnObstacle $limited.Obstacle
            $limited.Said['none'] | Should -BeLike '!LimitReached | *RLIMIT_MEMLOCK*allows this process 0 bytes*'
        }

        It 'is named with all that was to be locked, and none of it stays locked' {
            Skip-OnObstacle $limited.Obstacle
            $limited.Said['long'] | Should -BeLike "!LimitReached | The $(24MB) bytes of *RLIMIT_MEMLOCK allows this process $(6MB) bytes*"
            $limited.Said['long left'] | Should -BeExactly "$(2MB) False True True False" -Because 'what was locked before stays so'
        }

        It 'keeps what was locked before if the end of a long range cannot be read' {
            Skip-OnWindows 'Windows cuts no file off that is mapped'
            Skip-UnderLimit
            $free.Said['end cut'] | Should -BeLike "!PageFault | The $(24MB) bytes of *" -Because $free.ErrorOutput
            $free.Said['end cut left'] | Should -BeExactly "$(2MB) False True False True False False"
        }

        It 'is not blamed for the pages of a file that was cut off, with all rights and under the limit' {
            Skip-OnWindows 'Windows cuts no file off that is mapped'
            if (-not $limited.Obstacle) {
                $limited.Said['cut'] | Should -BeLike '!PageFault | *cannot all be brought into memory*'
                $limited.Said['cut left'] | Should -BeExactly '0'
                $limited.Said['cut -OnFault'] | Should -BeExactly '40960'
            }
            Skip-UnderLimit
            Assert-Survival $free
            $free.Said['cut'] | Should -BeLike '!PageFault | *cannot all be brought into memory*'
            $free.Said['cut left'] | Should -BeExactly '0'
            $free.Said['cut -OnFault'] | Should -BeExactly "$(24MB)" -Because 'with -OnFault no page is touched'
        }

        It 'is not blamed for pages under None, with all rights and under the limit' {
            $free.Said['not present'] | Should -BeLike '!PageFault | *cannot all be brought into memory*' -Because $free.ErrorOutput
            if (-not $env:WINEPREFIX) {
                # The mlock under wine keeps pages locked that it could not read.
                $free.Said['not present left'] | Should -BeExactly '0'
            }
            if ($IsLinux) {
                $free.Said['not present -OnFault'] | Should -BeExactly '40960' -Because 'with -OnFault no page is touched'
            }
            if (-not $limited.Obstacle) {
                $limited.Said['not present'] | Should -BeLike '!PageFault | *cannot all be brought into memory*'
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
            { Lock-MemoryMap $map $Offset $Length } |
                Should -Throw "*Offset $Offset with length $Length*which has 3 bytes*" -ErrorId 'OutOfRange,*'
            Get-LockedSize | Should -Be $before
        }

        It 'locks nothing of <name>, without an error' -ForEach @(
            @{ Name = 'an empty region'; Make = { New-MemoryMap (New-TestFile -Size 0) }; With = @{} }
            @{ Name = 'an empty range'; Make = { New-MemoryMap (New-TestFile 'abc') }; With = @{ Offset = 1; Length = 0 } }
        ) {
            Lock-MemoryMap (& $Make) @With -PassThru | Should -HaveCount 1
            Get-LockedSize | Should -Be $before
        }

        It 'refuses a region that was removed' {
            $map = New-MemoryMap (New-TestFile 'abc')
            Remove-MemoryMap $map
            { Lock-MemoryMap $map } | Should -Throw -ErrorId 'RegionClosed,*'
        }
    }

    Context '-WhatIf, -Confirm and the pipeline' {
        It 'locks nothing with -WhatIf, and hands nothing on' {
            New-MemoryMap -Anonymous -Length 100 | Lock-MemoryMap -WhatIf -PassThru | Should -BeNullOrEmpty
            Get-LockedSize | Should -Be $before
        }

        It 'goes with -Confirm' {
            (Get-Command Lock-MemoryMap).Parameters.ContainsKey('Confirm') | Should -BeTrue
            New-MemoryMap -Anonymous -Length 100 | Lock-MemoryMap -Confirm:$false
            (Get-LockedSize) - $before | Should -Be $page
        }

        It 'emits nothing without -PassThru, and the region itself with it' {
            $map = New-MemoryMap -Anonymous -Length 100
            $map | Lock-MemoryMap | Should -BeNullOrEmpty
            [object]::ReferenceEquals(($map | Lock-MemoryMap -PassThru), $map) | Should -BeTrue
        }

        It 'goes on after a region that is closed' {
            $maps = 1..3 | ForEach-Object { New-MemoryMap -Anonymous -Length 100 -Sharing Shared }
            Remove-MemoryMap $maps[1]
            $result = $maps | Lock-MemoryMap -PassThru -ErrorAction SilentlyContinue -ErrorVariable problems
            $result.Id | Should -Be @($maps[0].Id, $maps[2].Id)
            $problems | Should -HaveCount 1
            (Get-LockedSize) - $before | Should -Be (2 * $page)
        }
    }

    It 'says that it emits MappedRegion' {
        (Get-Command Lock-MemoryMap).OutputType.Type | Should -Contain ([MmapPS.MappedRegion])
    }
}
