# New-MemoryMap -Secret.

BeforeAll {
    . $PSScriptRoot/../Support/Preamble.ps1

}

Describe 'Secret memory' {
    BeforeEach {
        Skip-OnWindows -Wine 'wine 8 cannot keep memory out of dumps'
        $map = New-MemoryMap -Anonymous -Secret -Length 10000
    }

    AfterEach {
        Get-MemoryMap | Remove-MemoryMap
    }

    It 'is never dumped, never swapped, and all there' {
        Skip-OutsideLinux 'VmFlags'
        $entry = Get-MapEntry $map.Address
        $entry.VmFlags | Should -Contain 'dd' -Because 'core dumps leave it out'
        $entry.VmFlags | Should -Contain 'lo' -Because 'it is locked'
        $entry.Size.Rss | Should -BeGreaterOrEqual 10000
        $entry.Permissions | Should -BeLike 'rw-*'
    }

    It 'is not mapped by the kernel itself if possible' {
        Skip-OutsideLinux 'memfd_secret'
        if (-not (Get-MapEntry $map.Address).Path.StartsWith('/secretmem')) {
            Set-ItResult -Skipped -Because 'this kernel makes no memfd_secret'
        }

        # The kernel cannot pass on what it cannot reach, not even to the process itself.
        $map.Write(0, [byte[]]@(65) * 10000)
        $stream = [IO.FileStream]::new('/proc/self/mem', 'Open', 'Read')
        try {
            $stream.Position = $map.Address
            { $stream.ReadExactly([byte[]]::new(100), 0, 100) } | Should -Throw
        }
        finally {
            $stream.Dispose()
        }
    }

    It 'says what it is' {
        "$($map.Kind)", $map.Length, "$($map.Sharing)", "$($map.Protection)", "$($map.Option)" |
            Should -Be @('Secret', 10000, 'Private', 'Read, Write', 'Locked')
    }

    It 'begins as zeros, and holds what is written by every way' {
        $map.Read() -ne 0 | Should -BeNullOrEmpty
        $map[0] = 1
        Write-MappedByte $map 'secret' -Offset 9994
        $stream = $map.OpenStream()
        $stream.Position = 5000
        $stream.WriteByte(5)
        $map[0], $map[5000] | Should -Be @(1, 5)
        Read-MappedByte $map -Offset 9994 -Encoding ascii | Should -BeExactly 'secret'
    }

    It 'is without -Anonymous as well' {
        $other = New-MemoryMap -Secret -Length 5
        "$($other.Kind)" | Should -BeExactly 'Secret'
        (Get-MapEntry $other.Address).VmFlags | Should -Contain 'dd'
    }

    It 'is gone after Remove: no mapping, nothing locked' {
        $address = $map.Address
        $before = Get-LockedSize
        Remove-MemoryMap $map
        # The runtime may have mapped its own memory there in the meantime.
        Get-MapEntry $address | Where-Object { $_.VmFlags -ccontains 'lo' } | Should -BeNullOrEmpty
        $before - (Get-LockedSize) | Should -Be ([Math]::Ceiling(10000 / $page) * $page)
        [IO.File]::ReadAllLines('/proc/self/maps') -like '*secretmem*' | Should -BeNullOrEmpty
        { $map[0] } | Should -Throw -ErrorId RegionClosed
    }

    It 'is in no other mapping of the process, and leaves no bytes at its address' {
        # Memory that the system maps in its place shows what was left there.
        $map.Write(0, [byte[]]@(173) * 10000)
        $address = $map.Address
        Remove-MemoryMap $map
        $next = New-MemoryMap -Anonymous -Length 10000 -Address $address
        $next.Read() -eq 173 | Should -BeNullOrEmpty
    }

    It 'can be removed under None, Read and Write, and the process lives' {
        $child = Invoke-Child @'
            foreach ($protection in 'None', 'Read', 'Write') {
                Import-Module $env:MMAPPS_MODULE
                $map = New-MemoryMap -Anonymous -Secret -Length 10000
                $map[9999] = 5
                Protect-MemoryMap $map -Length 5000 -Protection $protection -ErrorAction Stop
                Remove-MemoryMap $map -ErrorAction Stop
                New-MemoryMap -Anonymous -Secret -Length 10000 | Protect-MemoryMap -Protection $protection -ErrorAction Stop
                $kept = Get-MemoryMap
                Remove-Module MmapPS
                [Console]::WriteLine("$protection $($map.IsOpen) $($kept.IsOpen)")
            }
'@
        $child.ExitCode | Should -Be 0 -Because $child.ErrorOutput
        $child.Output -split '\r?\n' -ne '' | Should -BeExactly 'None False False', 'Read False False', 'Write False False'
    }

    It 'obeys its protection' {
        Protect-MemoryMap $map -Protection None
        { $map[0] } | Should -Throw -ErrorId NotReadable
        { $map[0] = 1 } | Should -Throw -ErrorId NotWritable
        Protect-MemoryMap $map -Protection Read
        $map[0] | Should -Be 0
    }

    It 'is locked already for Lock-MemoryMap, and stays so whatever Unlock-MemoryMap is asked' {
        Skip-OutsideLinux 'VmFlags'
        (Lock-MemoryMap $map -PassThru).Id | Should -Be $map.Id
        (Lock-MemoryMap $map -OnFault -Length 1 -PassThru).Id | Should -Be $map.Id
        { Unlock-MemoryMap $map } | Should -Throw '*secret*Remove-MemoryMap*' -ErrorId 'NotSupported,*'
        (Get-MapEntry $map.Address).VmFlags | Should -Contain 'lo'
    }

    It 'refuses more than there is memory for, instead of having a process killed for it' {
        Skip-OutsideLinux '/proc/meminfo'
        $total = foreach ($line in [IO.File]::ReadAllLines('/proc/meminfo')) {
            if ($line -match '^MemTotal:\s+(\d+)') {
                [long]$Matches[1] * 1024
            }
        }

        # In a child that is killed first if memory runs out.
        $child = Invoke-Child -Environment @{ LENGTH = 2 * $total } @'
            [IO.File]::WriteAllText('/proc/self/oom_score_adj', '1000')
            try { New-MemoryMap -Secret -Length $env:LENGTH -ErrorAction Stop } catch { [Console]::WriteLine("$($_.FullyQualifiedErrorId) $_") }
'@
        $child.ExitCode | Should -Be 0 -Because $child.ErrorOutput
        $child.Output | Should -BeLike "LimitReached,* $(2 * $total) bytes*has * bytes available*"
    }

    It 'refuses <name>, and maps nothing' -ForEach @(
        @{ Name = '-Sharing Shared'; With = @{ Sharing = 'Shared' } }
        @{ Name = '-Option Populate'; With = @{ Option = 'Populate' } }
        @{ Name = '-Option NoReserve,Locked'; With = @{ Option = 'NoReserve', 'Locked' } }
        @{ Name = '-HugePageSize'; With = @{ HugePageSize = 2MB } }
        @{ Name = '-Address'; With = @{ Address = 0x240000000000 } }
        @{ Name = '-Protection Read'; With = @{ Protection = 'Read' } }
        @{ Name = '-Protection Read,Write,Execute'; With = @{ Protection = 'Read', 'Write', 'Execute' } }
    ) {
        Remove-MemoryMap $map
        { New-MemoryMap -Anonymous -Secret -Length 100 @With } | Should -Throw '*-Secret*Leave other options out*' -ErrorId 'NotSupported,*'
        Get-MemoryMap | Should -BeNullOrEmpty
    }

    It 'takes -Option Locked, which it is anyway' {
        (New-MemoryMap -Secret -Length 100 -Option Locked).IsOpen | Should -BeTrue
    }

    It 'goes with no file and no name: <name>' -ForEach @(
        @{ Name = '-Path'; With = @{ Path = '/dev/zero' } }
        @{ Name = '-Name'; With = @{ Name = 'mmapps-secret' } }
    ) {
        { New-MemoryMap -Secret -Length 100 @With } | Should -Throw '*parameter set*'
        '/dev/shm/mmapps-secret' | Should -Not -Exist
    }

    It 'refuses -Length <_>' -ForEach 0, -1, ([long]::MaxValue), ([long]::MinValue) {
        { New-MemoryMap -Secret -Length $_ } | Should -Throw -ErrorId 'OutOfRange,*'
    }

    It 'wants -Length, and says so' {
        { New-MemoryMap -Anonymous } | Should -Throw '*mandatory*Length*'
        { New-MemoryMap -Anonymous -Secret } | Should -Throw '*mandatory*Length*'
        (Get-Command New-MemoryMap).ParameterSets | Where-Object Name -EQ Secret | ForEach-Object { $_.Parameters } |
            Where-Object Name -EQ Length | ForEach-Object IsMandatory | Should -BeTrue
    }

    It 'makes nothing with -WhatIf' {
        New-MemoryMap -Secret -Length 100 -WhatIf | Should -BeNullOrEmpty
    }

    It 'names RLIMIT_MEMLOCK when more than that is asked for' {
        Skip-WithoutProgram prlimit
        $wrapper = @(Get-UnprivilegedWrapper) + 'prlimit', "--memlock=$(16 * $page)"
        $child = Invoke-Child -Wrapper $wrapper '
            try { New-MemoryMap -Secret -Length 1000000 -ErrorAction Stop } catch { [Console]::WriteLine("$($_.FullyQualifiedErrorId.Split(",")[0]) $_") }
            [Console]::WriteLine((New-MemoryMap -Secret -Length 8000)[0])'
        $child.ExitCode | Should -Be 0 -Because $child.ErrorOutput
        $child.Output | Should -BeLike "LimitReached *1000000 bytes*RLIMIT_MEMLOCK*$(16 * $page) bytes*`n0*"
    }

    It 'is not in a core dump, unlike other memory' {
        Skip-WithoutProgram gcore
        if ((Get-TraceObstacle)) {
            Set-ItResult -Skipped -Because (Get-TraceObstacle)
        }

        # Written byte by byte, so that the child has the marks only there.
        $core = Join-Path $TestDrive 'core'
        $child = Invoke-Child -Environment @{ CORE = $core } @'
            $plain = New-MemoryMap -Anonymous -Length 10000
            $secret = New-MemoryMap -Secret -Length 10000
            for ($i = 0; $i -lt 40; $i++) {
                $plain[$i] = 97 + (7 * $i + 3) % 26
                $secret[$i] = 65 + (7 * $i + 3) % 26
            }
            $start = [Diagnostics.ProcessStartInfo]::new('gcore', "-o $env:CORE $PID")
            $start.RedirectStandardOutput = $start.RedirectStandardError = $true
            $gcore = [Diagnostics.Process]::Start($start)
            $null = $gcore.StandardError.ReadToEndAsync()
            $null = $gcore.StandardOutput.ReadToEnd()
            $gcore.WaitForExit()
            [Console]::WriteLine("$core.$PID")
'@
        $child.ExitCode | Should -Be 0 -Because $child.ErrorOutput
        $file = [IO.Directory]::GetFiles("$TestDrive", 'core.*')
        if (-not $file) {
            Set-ItResult -Skipped -Because "gcore makes no dump here: $($child.ErrorOutput)"
        }

        $mark = -join (0..39 | ForEach-Object { [char](97 + (7 * $_ + 3) % 26) })
        (Invoke-Program 'grep', '-c', '-a', '-F', $mark, $file[0]).Output.Trim() | Should -Not -Be '0'
        (Invoke-Program 'grep', '-c', '-a', '-F', $mark.ToUpperInvariant(), $file[0]).Output.Trim() | Should -Be '0'
        [IO.File]::Delete($file[0])
    }
}
