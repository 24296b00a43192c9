# Limits of the process, reached.

BeforeAll {
    . $PSScriptRoot/../Support/Preamble.ps1
    $old = Join-Path $TestDrive old
    Set-Content $old ([byte[]](1, 2, 3)) -AsByteStream
    $long = Join-Path $TestDrive long
    New-PatternFile $long 100
    $file = [IO.File]::OpenWrite($long)
    $file.SetLength(8GB)
    $file.Dispose()

    # The limits are set in the running child: when it starts the runtime itself makes a larger file in memory, and takes
    # hundreds of gigabytes of addresses.
    $child = Invoke-Hazard -Obstacle (Find-Obstacle -Means 'limits of this kind' -Tool prlimit) -Environment @{
        HAZARD_OLD = $old; HAZARD_NEW = Join-Path $TestDrive new; HAZARD_LONG = $long
    } -Script @'
function Set-Limit([string] $Limit) { prlimit --pid $PID "--$Limit`:"; if ($LASTEXITCODE) { throw "prlimit exited with $LASTEXITCODE" } }

Show 'file size limit' { Set-Limit fsize=1000000 }
Show 'create' { New-MemoryMap $env:HAZARD_NEW -Create -Length 1000001 }
Show 'create left' { Test-Path $env:HAZARD_NEW }
Show 'extend' { New-MemoryMap $env:HAZARD_OLD -Extend -Length 2000000 }
Show 'extend by offset' { New-MemoryMap $env:HAZARD_OLD -Extend -Offset 1000000 -Length 1 }
Show 'extend left' { Get-Content $env:HAZARD_OLD -AsByteStream }
$map = New-MemoryMap $env:HAZARD_OLD -Extend -Length 1000000
Show 'secret' { $secret = New-MemoryMap -Secret -Length 1000001; $secret[-1] = 5; $secret[-1] }
Show 'within' { $map[-1] = 4; Sync-MemoryMap $map; $map.Length, $map[-1], $map[0] }
Set-Limit fsize=unlimited

$limit = 1KB * [long](Select-String '^VmSize:\s+(\d+)' /proc/self/status).Matches.Groups[1].Value + 1GB
Show 'address limit' { Set-Limit as=$limit; $limit }
Show 'anonymous' { New-MemoryMap -Anonymous -Length 4GB }
Show 'long' { New-MemoryMap $env:HAZARD_LONG }
Show 'small' { (New-MemoryMap $env:HAZARD_LONG -Length 100).Read(0, 3) }
Set-Limit as=unlimited

# The runtime needs mappings too, to compile and to collect, and ends the process where it gets none: the module must stop before
# the last one. All but some thousands are made of one, by another protection of every second page.
$libc = [Reflection.Emit.AssemblyBuilder]::DefineDynamicAssembly('libc', 'Run').DefineDynamicModule('libc').DefineType('libc', 'Public')
$null = $libc.DefinePInvokeMethod('mprotect', 'libc.so.6', 'Public, Static, PinvokeImpl', 'Standard', [int], @([long], [long], [int]), 'Winapi', 'Ansi')
$libc = $libc.CreateType()
$maximum = [long](Get-Content /proc/sys/vm/max_map_count)
$first = New-MemoryMap -Anonymous -Length 1
$wide = New-MemoryMap -Anonymous -Length (3 * $page)
$split = [Math]::Max(0, $maximum - 5000 - (Get-Content /proc/self/maps).Count) / 2
$pages = New-MemoryMap -Anonymous -Length (2 * $page * $split) -Protection None
for ($i = 0; $i -lt $split; $i++) { $null = $libc::mprotect($pages.Address + 2 * $page * $i, $page, 1) }
$maps = [Collections.Generic.List[object]]::new()
Show 'refused' {
    # Neighbours of different protection, because the kernel makes one mapping of equal ones.
    while ($maps.Count -le 6000) {
        $maps.Add((New-MemoryMap -Anonymous -Length 1 -Protection Read))
        $maps.Add((New-MemoryMap -Anonymous -Length 1))
    }
}
Show 'split' { Protect-MemoryMap $wide -Offset $page -Length $page -Protection None }
Show 'whole' { $wide[$page] = 6; $wide[$page] }
Show 'good' { $first[0] = 5; $first[0] }
Show 'made' { $maps.Count }
for ($i = 0; $i -lt $maps.Count; $i += 2) { $maps[$i].Dispose() }
Show 'again' { (New-MemoryMap -Anonymous -Length 1)[0] }
'@
}

Describe 'RLIMIT_FSIZE' {
    BeforeEach {
        Skip-OnObstacle $child.Obstacle
    }

    It 'is an error of -Create and -Extend, not the signal SIGXFSZ' {
        Assert-Survival $child
        $child.Said['file size limit'] | Should -BeExactly ''
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
    BeforeEach {
        Skip-OnObstacle $child.Obstacle
    }

    It 'is LimitReached and names itself, its value and the length' {
        Assert-Survival $child
        $limit = $child.Said['address limit']
        $limit | Should -Match '^\d+$'
        $child.Said['anonymous'] | Should -BeLike "!LimitReached | *4294967296 bytes*RLIMIT_AS*$limit bytes*"
        $child.Said['long'] | Should -BeLike "!LimitReached | *8589934592 bytes*RLIMIT_AS*$limit bytes*"
    }

    It 'leaves room for what fits' {
        $child.Said['small'] | Should -BeExactly '1 2 3'
    }
}

Describe 'vm.max_map_count' {
    BeforeEach {
        Skip-OnObstacle $child.Obstacle
    }

    It 'is LimitReached, names itself and its value, and regions work on' {
        Assert-Survival $child
        $maximum = Get-Content /proc/sys/vm/max_map_count
        $child.Said['refused'] | Should -BeLike "!LimitReached | *vm.max_map_count allows $maximum, of which 1000 are reserved*"
        $child.Said['split'] | Should -BeLike "!LimitReached | *vm.max_map_count allows $maximum, of which 1000 are reserved*"
        $child.Said['whole'] | Should -BeExactly '6'
        [int]$child.Said['made'] | Should -BeGreaterThan 1000
        $child.Said['good'] | Should -BeExactly '5'
        $child.Said['again'] | Should -BeExactly '0'
    }
}

Describe 'RLIMIT_NOFILE' {
    BeforeAll {
        $path = Join-Path $TestDrive files
        New-PatternFile $path (3 * $page)

        # The runtime compiles anew on a thread that it starts when it likes, and ends the process where that gets no file.
        $child = Invoke-Hazard -Obstacle (Find-Obstacle -Means 'limits of this kind' -Tool prlimit) -Wrapper 'prlimit', '--nofile=256' -Environment @{
            HAZARD_FILE = $path; DOTNET_TieredCompilation = '0'
        } -Script @'
$map = New-MemoryMap $env:HAZARD_FILE
$copy = New-MemoryMap $env:HAZARD_FILE -Sharing Private
Show 'before' { $map[0], $copy[0] }
# Done once before, because the runtime itself needs files for what is new to it, and ends the process without them.
$list = { Get-MemoryMap -Name 'mmapps-none-*' -All }
Show 'names before' $list
Set-FileLength $env:HAZARD_FILE $page
$open = [Collections.Generic.List[IO.Stream]]::new()
Show 'exhausted' { try { while ($true) { $open.Add([IO.FileStream]::new('/dev/null', 'Open', 'Read', 'ReadWrite')) } } catch { $open.Count -gt 50 } }
Show 'new' { New-MemoryMap $env:HAZARD_FILE }
Show 'names' $list
Show 'anonymous' { (New-MemoryMap -Anonymous -Length 10)[0] }
Show 'unreserved' { $other = New-MemoryMap -Anonymous -Length 10 -Option NoReserve; $other[0] = 9; $other[0] }
Show 'many' { $many = for ($i = 0; $i -lt 1100; $i++) { New-MemoryMap -Anonymous -Length 10 }; $many.Count; $many | Remove-MemoryMap }
Show 'huge' { New-MemoryMap -Anonymous -Length 10 -Option HugePages }
Show 'find' { (Find-MappedByte $copy -Hex 02 -Length 100).Offset }
Show 'edit' { (Edit-MappedByte $copy -Hex 03 -ReplacementHex 04 -Length 100 -PassThru).Offset }
Show 'compare' { (Compare-MappedByte $copy -Other $copy -Length 10 -Quiet) }
Show 'layout' { (Read-MappedValue $copy -Layout ([ordered]@{ A = 'UInt16'; B = 'Single'; C = 'Guid'; D = 'Half' })).A }
Show 'good' { $map[0] = 9; $map[0], $copy[1] }
Show 'shared fault' { $map[$page] }
Show 'shared write fault' { $map[$page] = 1 }
Show 'private fault' { $copy[$page] }
Show 'private write fault' { $copy[$page] = 1 }
foreach ($stream in $open) { $stream.Dispose() }
Show 'shared fault after' { $map[$page] }
Show 'private fault after' { $copy[$page] }
Show 'private write fault after' { $copy[$page] = 1 }
Show 'names after' $list
Show 'new after' { (New-MemoryMap $env:HAZARD_FILE)[0] }
'@
    }

    BeforeEach {
        Skip-OnObstacle $child.Obstacle
    }

    It 'is an error of New-MemoryMap on a file, and none of what needs no file' {
        Assert-Survival $child
        $child.Said['exhausted'] | Should -BeExactly 'True'
        $child.Said['new'] | Should -BeLike '!LimitReached | *EMFILE*ulimit -n*'
        $child.Said['anonymous'] | Should -BeExactly '0'
        $child.Said['unreserved'] | Should -BeExactly '9'
        $child.Said['many'] | Should -BeExactly '1100' -Because 'mappings are counted by a file of the kernel''s where that can be opened'
        $child.Said['huge'] | Should -Match '^!(LimitReached .*EMFILE.*ulimit -n|NotSupported) '
        $child.Said['good'] | Should -BeExactly '9 2'
    }

    It 'leaves searching, editing, comparing and reading of values as they are, though they are first used then' {
        $child.Said['find'], $child.Said['edit'], $child.Said['compare'], $child.Said['layout'] | Should -BeExactly @('1', '2', 'True', '513')
    }

    It 'does not hide a fault' {
        Assert-Said $child shared 'fault', 'write fault' "!PageFault | *offset $page of *has $page bytes now*"
        Assert-Said $child private 'fault', 'write fault' "!PageFault | *offset $page of *has $page bytes now*"
    }

    It 'is forgotten once files are closed' {
        Assert-Said $child shared 'fault after' "!PageFault | *offset $page of *has $page bytes now*"
        Assert-Said $child private 'fault after', 'write fault after' "!PageFault | *offset $page of *has $page bytes now*"
    }

    It 'is an error of listing names' {
        $child.Said['names before'], $child.Said['names after'] | Should -Be @('', '')
        $child.Said['names'] | Should -BeLike '!LimitReached | *EMFILE*ulimit -n*'
    }

    It 'lets files be mapped again once some are closed' {
        $child.Said['new after'] | Should -BeExactly '9'
    }
}
