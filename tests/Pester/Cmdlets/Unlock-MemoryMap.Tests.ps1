BeforeAll {
    . $PSScriptRoot/../Support/Preamble.ps1

}

Describe 'Unlock-MemoryMap' {
    BeforeEach {
        $before = Get-LockedSize
        $map = New-MemoryMap (New-RandomFile (16 * $page))
        Lock-MemoryMap $map
    }

    AfterEach {
        Get-MemoryMap | Remove-MemoryMap
    }

    It 'lets all of a region go' {
        (Get-LockedSize) - $before | Should -Be (16 * $page)
        Unlock-MemoryMap $map
        Get-LockedSize | Should -Be $before
        (Get-MapEntry $map.Address).VmFlags | Should -Not -Contain 'lo'
    }

    It 'lets a region go that was made with -Option Locked' {
        Unlock-MemoryMap $map
        New-MemoryMap -Anonymous -Length (4 * $page) -Option Locked | Unlock-MemoryMap
        Get-LockedSize | Should -Be $before
    }

    It 'lets a region go that was locked with -OnFault' {
        Skip-OnWindows 'Windows locks no pages as they are used'
        Unlock-MemoryMap $map
        New-MemoryMap -Anonymous -Length (4 * $page) | Lock-MemoryMap -OnFault -PassThru | Unlock-MemoryMap
        Get-LockedSize | Should -Be $before
    }

    It 'lets it go at once, however often it was locked' {
        Lock-MemoryMap $map
        Unlock-MemoryMap $map
        Get-LockedSize | Should -Be $before
    }

    It 'unlocks the pages of a range: <pages> for offset <offset> with length <length>, and shows the rounding' -ForEach @(
        @{ Offset = { 1 }; Length = { 1 }; From = 0; Pages = 1 }
        @{ Offset = { $page - 1 }; Length = { 2 }; From = 0; Pages = 2 }
        @{ Offset = { 3 * $page + 1 }; Length = { 4 * $page }; From = 3; Pages = 5 }
        @{ Offset = { 16 * $page - 1 }; Length = { 1 }; From = 15; Pages = 1 }
    ) {
        $at, $count = (& $Offset), (& $Length)
        $verbose = @(Unlock-MemoryMap $map -Offset $at -Length $count -Verbose 4>&1)
        (Get-LockedSize) - $before | Should -Be ((16 - $Pages) * $page)
        (Get-MapEntry ($map.Address + $From * $page)).VmFlags | Should -Not -Contain 'lo'
        "$($verbose | Where-Object { "$_".Contains('rounded') })" |
            Should -BeLike "*offset $at with length $count *pages of $page bytes*offset $($From * $page) with length $($Pages * $page).*"
    }

    It 'leaves the bytes as they are' {
        $bytes = $map.Read()
        Unlock-MemoryMap $map
        Assert-Byte $map.Read() $bytes
    }

    It 'does nothing to what is not locked: <name>' -ForEach @(
        @{ Name = 'a region'; Make = { New-MemoryMap -Anonymous -Length 100 } }
        @{ Name = 'an empty region'; Make = { New-MemoryMap (New-TestFile -Size 0) } }
        @{ Name = 'a truncated file'; Make = { $path = New-TestFile -Size 10000; New-MemoryMap $path; $f = [IO.File]::OpenWrite($path); $f.SetLength(0); $f.Dispose() } }
    ) {
        if ($Name -eq 'a truncated file') {
            Skip-OnWindows 'Windows cuts no file off that is mapped'
        }

        $result = @(& $Make | Unlock-MemoryMap -PassThru -ErrorVariable problems)
        $result.Count | Should -Be 1
        $problems | Should -HaveCount 0
        (Get-LockedSize) - $before | Should -Be (16 * $page)
    }

    It 'makes room under the limit' {
        Skip-WithoutProgram prlimit
        # The runtime itself has locked a page or two.
        $wrapper = @(Get-UnprivilegedWrapper) + 'prlimit', "--memlock=$(32 * $page)"
        $child = Invoke-Child -Wrapper $wrapper -Environment @{ SIZE = "$(20 * $page)" } @'
            $one, $two = 1..2 | ForEach-Object { New-MemoryMap -Anonymous -Length $env:SIZE -Sharing Shared }
            Lock-MemoryMap $one -ErrorAction Stop
            try { Lock-MemoryMap $two -ErrorAction Stop } catch { [Console]::WriteLine($_.FullyQualifiedErrorId.Split(',')[0]) }
            Unlock-MemoryMap $one
            Lock-MemoryMap $two -ErrorAction Stop
            [Console]::WriteLine('locked')
'@
        $child.ExitCode | Should -Be 0 -Because $child.ErrorOutput
        $child.Output.Trim() -split "`n" | Should -Be @('LimitReached', 'locked')
    }

    It 'lets pages be invalidated again, which locked ones cannot' {
        Skip-OnWindows 'nothing is ever stale there that could be made invalid'
        { Sync-MemoryMap $map -Invalidate } | Should -Throw -ErrorId 'msync.EBUSY,*'
        Unlock-MemoryMap $map
        Sync-MemoryMap $map -Invalidate -ErrorVariable problems
        $problems | Should -HaveCount 0
    }

    It 'refuses a region that was removed, and goes on' {
        $other = New-MemoryMap -Anonymous -Length 100 -Option Locked
        Remove-MemoryMap $map
        $result = @($map, $other | Unlock-MemoryMap -PassThru -ErrorAction SilentlyContinue -ErrorVariable problems)
        $result.Id | Should -Be @($other.Id)
        $problems | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'RegionClosed,*'
        Get-LockedSize | Should -Be $before
    }

    It 'unlocks nothing with -WhatIf, and hands nothing on' {
        $map | Unlock-MemoryMap -WhatIf -PassThru | Should -HaveCount 0
        (Get-LockedSize) - $before | Should -Be (16 * $page)
    }

    It 'goes with -Confirm' {
        (Get-Command Unlock-MemoryMap).Parameters.ContainsKey('Confirm') | Should -BeTrue
        Unlock-MemoryMap $map -Confirm:$false
        Get-LockedSize | Should -Be $before
    }

    It 'emits nothing without -PassThru, and the region itself with it' {
        $map | Unlock-MemoryMap | Should -HaveCount 0
        $result = @($map | Unlock-MemoryMap -PassThru)
        $result.Count | Should -Be 1
        [object]::ReferenceEquals($result[0], $map) | Should -BeTrue
        (Get-Command Unlock-MemoryMap).OutputType.Type | Should -Contain ([MmapPS.MappedRegion])
    }
}
