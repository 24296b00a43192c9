# Limits of the process, reached.

BeforeAll {
    . $PSScriptRoot/../Support/Hazard.ps1
}

Describe 'RLIMIT_FSIZE' {
    BeforeAll {
        $obstacle = Find-Obstacle -Means 'limits of this kind' -Tool prlimit
        if ($obstacle) {
            return
        }

        [IO.File]::WriteAllBytes("$TestDrive/old", [byte[]]@(1, 2, 3))

        # Set in the running child: the runtime itself makes a larger file in memory when it starts.
        $child = Invoke-Hazard -Environment @{ HAZARD_FOLDER = "$TestDrive" } -Script @'
Show 'limit' { prlimit --pid $PID --fsize=1000000; 'set' }
Show 'create' { New-MemoryMap "$env:HAZARD_FOLDER/new" -Create -Length 1000001 }
Show 'create left' { [IO.File]::Exists("$env:HAZARD_FOLDER/new") }
Show 'extend' { New-MemoryMap "$env:HAZARD_FOLDER/old" -Extend -Length 2000000 }
Show 'extend by offset' { New-MemoryMap "$env:HAZARD_FOLDER/old" -Extend -Offset 1000000 -Length 1 }
Show 'extend left' { [IO.File]::ReadAllBytes("$env:HAZARD_FOLDER/old") }
$map = New-MemoryMap "$env:HAZARD_FOLDER/old" -Extend -Length 1000000
Show 'secret' { $secret = New-MemoryMap -Secret -Length 1000001; $secret[-1] = 5; $secret[-1] }
Show 'within' { $map[-1] = 4; Sync-MemoryMap $map; $map.Length, $map[-1], $map[0] }
'@
    }

    BeforeEach {
        if ($obstacle) {
            Set-ItResult -Skipped -Because $obstacle
        }
    }

    It 'is an error of -Create and -Extend, not the signal SIGXFSZ' {
        $child.ExitCode | Should -Be 0 -Because $child.ErrorOutput
        $child.Said['end'] | Should -Be 'reached'
        $child.Said['limit'] | Should -BeExactly 'set'
        $child.Said['create'] | Should -BeLike '!LimitReached | *1000001 bytes*RLIMIT_FSIZE*1000000 bytes*'
        $child.Said['extend'] | Should -BeLike '!LimitReached | *2000000 bytes*RLIMIT_FSIZE*1000000 bytes*'
        $child.Said['extend by offset'] | Should -BeLike '!LimitReached | *1000001 bytes*RLIMIT_FSIZE*'
    }

    It 'is none of secret memory, which is no file where the limit is in the way' {
        $child.Said['secret'] | Should -Match '^(5$|!LimitReached .*RLIMIT_MEMLOCK)'
    }

    It 'leaves the files as they were, and what it allows works' {
        $child.Said['create left'] | Should -BeExactly 'False'
        $child.Said['extend left'] | Should -BeExactly '1 2 3'
        $child.Said['within'] | Should -BeExactly '1000000 4 1'
    }
}

Describe 'RLIMIT_AS' {
    BeforeAll {
        $obstacle = Find-Obstacle -Means 'limits of this kind' -Tool prlimit
        if ($obstacle) {
            return
        }

        New-PatternFile "$TestDrive/file" 100
        $file = [IO.File]::OpenWrite("$TestDrive/file")
        $file.SetLength(8GB)
        $file.Dispose()

        # The limit is set in the running child: the runtime itself needs hundreds of gigabytes of addresses to start.
        $child = Invoke-Hazard -Environment @{ HAZARD_FILE = "$TestDrive/file" } -Script @'
$line = [IO.File]::ReadAllLines('/proc/self/status') | Where-Object { $_ -like 'VmSize:*' }
$limit = 1024 * [long]($line -replace '\D') + 1GB
Show 'limit' { prlimit --pid $PID "--as=$limit"; $limit }
Show 'anonymous' { New-MemoryMap -Anonymous -Length 4GB }
Show 'file' { New-MemoryMap $env:HAZARD_FILE }
Show 'small' { (New-MemoryMap $env:HAZARD_FILE -Length 100).Read(0, 3) }
'@
    }

    BeforeEach {
        if ($obstacle) {
            Set-ItResult -Skipped -Because $obstacle
        }
    }

    It 'is LimitReached and names itself, its value and the length' {
        $child.ExitCode | Should -Be 0 -Because $child.ErrorOutput
        $child.Said['end'] | Should -Be 'reached'
        $limit = $child.Said['limit']
        $limit | Should -Match '^\d+$'
        $child.Said['anonymous'] | Should -BeLike "!LimitReached | *4294967296 bytes*RLIMIT_AS*$limit bytes*"
        $child.Said['file'] | Should -BeLike "!LimitReached | *8589934592 bytes*RLIMIT_AS*$limit bytes*"
    }

    It 'leaves room for what fits' {
        $child.Said['small'] | Should -BeExactly '1 2 3'
    }
}

Describe 'RLIMIT_NOFILE' {
    BeforeAll {
        $obstacle = Find-Obstacle -Means 'limits of this kind' -Tool prlimit
        if ($obstacle) {
            return
        }

        New-PatternFile "$TestDrive/file" (3 * [Environment]::SystemPageSize)

        # The runtime compiles anew on a thread that it starts when it likes, and ends the process where that gets no file.
        $environment = @{ HAZARD_FILE = "$TestDrive/file"; DOTNET_TieredCompilation = '0' }
        $child = Invoke-Hazard -Wrapper 'prlimit', '--nofile=256' -Environment $environment -Script @'
$map = New-MemoryMap $env:HAZARD_FILE
$copy = New-MemoryMap $env:HAZARD_FILE -Sharing Private
Show 'before' { $map[0], $copy[0] }
$cut = [IO.File]::OpenWrite($env:HAZARD_FILE)
$cut.SetLength($page)
$cut.Dispose()
$open = [Collections.Generic.List[IO.Stream]]::new()
Show 'exhausted' { try { while ($true) { $open.Add([IO.FileStream]::new('/dev/null', 'Open', 'Read', 'ReadWrite')) } } catch { $open.Count -gt 50 } }
Show 'new' { New-MemoryMap $env:HAZARD_FILE }
Show 'anonymous' { (New-MemoryMap -Anonymous -Length 10)[0] }
Show 'unreserved' { $other = New-MemoryMap -Anonymous -Length 10 -Option NoReserve; $other[0] = 9; $other[0] }
Show 'many' { $many = for ($i = 0; $i -lt 1100; $i++) { New-MemoryMap -Anonymous -Length 10 }; $many.Count; $many | Remove-MemoryMap }
Show 'huge' { New-MemoryMap -Anonymous -Length 10 -Option HugePages }
Show 'good' { $map[0] = 9; $map[0], $copy[1] }
Show 'shared fault' { $map[$page] }
Show 'shared write fault' { $map[$page] = 1 }
Show 'private fault' { $copy[$page] }
Show 'private write fault' { $copy[$page] = 1 }
foreach ($stream in $open) { $stream.Dispose() }
Show 'shared fault after' { $map[$page] }
Show 'private fault after' { $copy[$page] }
Show 'private write fault after' { $copy[$page] = 1 }
Show 'new after' { (New-MemoryMap $env:HAZARD_FILE)[0] }
'@
    }

    BeforeEach {
        if ($obstacle) {
            Set-ItResult -Skipped -Because $obstacle
        }
    }

    It 'is an error of New-MemoryMap on a file, and none of what needs no file' {
        $child.ExitCode | Should -Be 0 -Because $child.ErrorOutput
        $child.Said['end'] | Should -Be 'reached'
        $child.Said['exhausted'] | Should -BeExactly 'True'
        $child.Said['new'] | Should -Match '^!(open\.EMFILE|LimitReached) '
        $child.Said['anonymous'] | Should -BeExactly '0'
        $child.Said['unreserved'] | Should -BeExactly '9'
        $child.Said['many'] | Should -BeExactly '1100' -Because 'mappings are counted by a file of the kernel''s where that can be opened'
        $child.Said['huge'] | Should -Match '^!(opendir\.EMFILE|NotSupported) '
        $child.Said['good'] | Should -BeExactly '9 2'
    }

    It 'does not hide a fault: <_>' -ForEach 'shared fault', 'shared write fault', 'private fault', 'private write fault' {
        $child.Said[$_] | Should -BeLike "!PageFault | *offset $([Environment]::SystemPageSize) of *has $([Environment]::SystemPageSize) bytes now*"
    }

    It 'is forgotten once files are closed: <_>' -ForEach 'shared fault after', 'private fault after', 'private write fault after' {
        $child.Said[$_] | Should -BeLike "!PageFault | *offset $([Environment]::SystemPageSize) of *has $([Environment]::SystemPageSize) bytes now*"
    }

    It 'is an error of listing names' {
        # Done once before, because the runtime itself needs files for what is new to it, and ends the process without them.
        $lister = Invoke-Hazard -Wrapper 'prlimit', '--nofile=256' -Script @'
$list = { Get-MemoryMap -Name 'mmapps-none-*' -All }
Show 'before' $list
Show 'failing' { New-MemoryMap /dev/null/none -Protection Read }
$open = [Collections.Generic.List[IO.Stream]]::new()
try { while ($true) { $open.Add([IO.FileStream]::new('/dev/null', 'Open', 'Read', 'ReadWrite')) } } catch { $null = $_ }
$open[0].Dispose()
$open[0] = [IO.FileStream]::new('/dev/null', 'Open', 'Read', 'ReadWrite')
Show 'names' $list
foreach ($stream in $open) { $stream.Dispose() }
Show 'after' $list
'@
        $lister.ExitCode | Should -Be 0 -Because $lister.ErrorOutput
        $lister.Said['before'], $lister.Said['after'] | Should -Be @('', '')
        $lister.Said['names'] | Should -BeLike '!opendir.EMFILE *'
    }

    It 'lets files be mapped again once some are closed' {
        $child.Said['new after'] | Should -BeExactly '9'
    }
}

Describe 'vm.max_map_count' -Tag Slow {
    BeforeAll {
        $obstacle = Find-Obstacle -Means 'a limit of mappings' -Path /proc/sys/vm/max_map_count
        if (-not $obstacle -and [long][IO.File]::ReadAllText('/proc/sys/vm/max_map_count') -gt 100000) {
            $obstacle = 'vm.max_map_count is so high here that reaching it would take long'
        }

        if ($obstacle) {
            return
        }

        # The runtime needs mappings too, to compile and to collect, and ends the process where it gets none: the module
        # must stop before the last one.
        $child = Invoke-Hazard -Script @'
$maximum = [long][IO.File]::ReadAllText('/proc/sys/vm/max_map_count')
$first = New-MemoryMap -Anonymous -Length 1
$wide = New-MemoryMap -Anonymous -Length (3 * $page)
$maps = [MmapPS.MappedRegion[]]::new($maximum + 1)
$made = 0
$reason = $null
try {
    # Neighbours of different protection, because the kernel makes one mapping of equal ones.
    while ($true) {
        $maps[$made] = New-MemoryMap -Anonymous -Length 1 -Protection Read
        $made++
        $maps[$made] = New-MemoryMap -Anonymous -Length 1
        $made++
    }
}
catch { $reason = $_ }
Show 'refused' { throw $reason }
Show 'split' { Protect-MemoryMap $wide -Offset $page -Length $page -Protection None }
Show 'whole' { $wide[$page] = 6; $wide[$page] }
Show 'good' { $first[0] = 5; $first[0] }
Show 'made' { $made -gt $maximum / 2 }
for ($i = 0; $i -lt $made; $i += 2) { $maps[$i].Dispose() }
Show 'again' { (New-MemoryMap -Anonymous -Length 1)[0] }
'@
    }

    BeforeEach {
        if ($obstacle) {
            Set-ItResult -Skipped -Because $obstacle
        }
    }

    It 'is LimitReached, names itself and its value, and regions work on' {
        $child.ExitCode | Should -Be 0 -Because $child.ErrorOutput
        $child.Said['end'] | Should -Be 'reached'
        $maximum = [IO.File]::ReadAllText('/proc/sys/vm/max_map_count').Trim()
        $child.Said['refused'] | Should -BeLike "!LimitReached | *vm.max_map_count allows $maximum*"
        $child.Said['split'] | Should -BeLike "!LimitReached | *vm.max_map_count allows $maximum*"
        $child.Said['whole'] | Should -BeExactly '6'
        $child.Said['made'] | Should -BeExactly 'True'
        $child.Said['good'] | Should -BeExactly '5'
        $child.Said['again'] | Should -BeExactly '0'
    }
}
