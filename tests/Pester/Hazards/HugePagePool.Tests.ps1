# Huge pages that the pool has not.

BeforeAll {
    . $PSScriptRoot/../Support/Preamble.ps1
    $pool = '/sys/kernel/mm/hugepages/hugepages-2048kB'
    $mount = Join-Path $TestDrive huge
    $obstacle = Find-Obstacle -Means 'a pool of huge pages' -Root -Tool mount, umount -Path $pool -Trap {
        if ((Get-Content $pool/nr_overcommit_hugepages) -ne 0) {
            throw 'the pool of huge pages grows by itself (nr_overcommit_hugepages)'
        }

        if ((Get-Content $pool/free_hugepages) -ne (Get-Content $pool/nr_hugepages)) {
            throw 'somebody else uses the pool of huge pages'
        }

        New-Item $mount -ItemType Directory
        mount -t hugetlbfs -o pagesize=2M hugetlbfs $mount
    }
    $poolBefore = if (-not $obstacle) { Get-Content $pool/nr_hugepages }
    $child = Invoke-Hazard -Obstacle $obstacle -Environment @{ HAZARD_POOL = $pool; HAZARD_MOUNT = $mount } -Script @'
function Set-Pool([int] $Pages) {
    Set-Content $env:HAZARD_POOL/nr_hugepages $Pages
    $has = Get-Content $env:HAZARD_POOL/nr_hugepages
    if ($has -ne $Pages) { throw "the pool has $has pages where $Pages were asked for" }
}
Show 'empty pool' { Set-Pool 0 }
Show 'reserved' { New-MemoryMap -Anonymous -Length 3MB -HugePageSize 2MB }
Show 'reserved by default size' { New-MemoryMap -Anonymous -Length 1 -Option HugePages -HugePageSize 2MB }

$map = New-MemoryMap -Anonymous -Length 4MB -Option HugePages, NoReserve -HugePageSize 2MB
Show 'unreserved' { $map.PageSize, $map.Length }
Show 'unreserved read cmdlet' { Read-MappedByte $map 5 1 }
Show 'unreserved indexer' { $map[5] }
Show 'unreserved stream' { $map.OpenStream().ReadByte() }
Show 'unreserved write cmdlet' { Write-MappedByte $map 1 -Offset 5 }
Show 'unreserved pipeline' { 1, 2 | Write-MappedByte $map -Offset 5 }
Show 'unreserved indexer set' { $map[5] = 1 }
Show 'populated' { New-MemoryMap -Anonymous -Length 4MB -Option HugePages, NoReserve, Populate -HugePageSize 2MB }
Show 'one page' { Set-Pool 1 }
Show 'first' { Write-MappedByte $map 7 -Offset 5; $map[5], $map[6] }
Show 'second' { $map[2MB] = 1 }
Show 'across' { $map.Write(2MB - 10, [byte[]]@(3) * 20) }
Show 'good' { $map[5], $map[2MB - 10], $map[2MB - 1] }
Show 'locked' { Lock-MemoryMap $map }
Show 'locked on fault' { Lock-MemoryMap $map -OnFault }
Show 'advised' { Set-MemoryMapAdvice $map PopulateWrite }
Remove-MemoryMap $map

Show 'two pages' { Set-Pool 2 }
$path = Join-Path $env:HAZARD_MOUNT file
$file = New-MemoryMap $path -Create -Length 4MB
Show 'file' { $file.PageSize, $file.Length, $file.Kind }
Show 'file write' { $file.Write(2MB - 2, [byte[]]@(1, 2, 3, 4)); Sync-MemoryMap $file; $file.Read(2MB - 3, 6) }
Show 'file map' { Get-FileMapCount $path }
Show 'file part' { $part = New-MemoryMap $path -Offset (2MB - 1) -Length 3; $part.Read(); Remove-MemoryMap $part }
Show 'file refused' { New-MemoryMap "$env:HAZARD_MOUNT/other" -Create -Length 2MB }
Show 'file refused left' { Test-Path $env:HAZARD_MOUNT/other }
Set-FileLength $path 2MB
Show 'file cut' { $file[3MB] }
Show 'file cut write' { $file[3MB] = 1 }
Show 'file kept' { $file[2MB - 1] }
Remove-MemoryMap $file
Set-FileLength $path 0
Set-FileLength $path 4MB
Show 'sparse pool' { Set-Pool 0 }
Show 'sparse file' { New-MemoryMap $path }
Show 'sparse unreserved' { $script:file = New-MemoryMap $path -Option NoReserve; $script:file[0] }
Show 'sparse unreserved write' { $script:file[0] = 1 }
Remove-MemoryMap $script:file
Remove-Item $path
'@
}

AfterAll {
    Remove-Trap -Mount $mount
    if ($poolBefore) {
        Set-Content $pool/nr_hugepages $poolBefore
    }
}

Describe 'The pool of huge pages is empty' {
    BeforeEach {
        Skip-OnObstacle $child.Obstacle
    }

    It 'leaves the session alive' {
        Assert-Survival $child
        $child.Said['empty pool'], $child.Said['one page'], $child.Said['two pages'], $child.Said['sparse pool'] | Should -BeExactly @('', '', '', '')
    }

    It 'refuses a region with the pool, its page size and the way to enlarge it' {
        $child.Said['reserved'] | Should -BeLike "!LimitReached | *2 huge pages of 2097152 bytes* 0 free of 0*echo 2 > $pool/nr_hugepages*"
        $child.Said['reserved by default size'] | Should -BeLike "!LimitReached | *1 huge page of 2097152 bytes*echo 1 > $pool/nr_hugepages*"
    }

    It 'makes a region with NoReserve, whose pages are faults: <_>' -ForEach 'read cmdlet', 'indexer', 'stream', 'write cmdlet', 'pipeline', 'indexer set' {
        $child.Said['unreserved'] | Should -BeExactly '2097152 4194304'
        $at = if ($_ -eq 'stream') { 0 } else { 5 }
        $child.Said["unreserved $_"] | Should -BeLike "!PageFault | *offset $at of *"
    }

    It 'is an error at once to Populate' {
        $child.Said['populated'] | Should -BeLike '!* | *'
        $child.Said['populated'] | Should -Match '^!(PageFault|LimitReached) '
    }

    It 'gives pages once the pool has some, and faults behind them' {
        $child.Said['first'] | Should -BeExactly '7 0'
        $child.Said['second'] | Should -BeLike '!PageFault | *offset 2097152 of *'
        $child.Said['across'] | Should -BeLike '!PageFault | *offset 2097152 of * 10 of 20 bytes were written*'
        $child.Said['good'] | Should -BeExactly '7 3 3'
    }

    It 'is the fault of a page, and not of RLIMIT_MEMLOCK, to Lock-MemoryMap and advice' {
        $child.Said['locked'] | Should -BeLike '!PageFault | *4194304 bytes*'
        $child.Said['locked on fault'] | Should -BeLike '!PageFault | *4194304 bytes*'
        $child.Said['advised'] | Should -BeLike '!PageFault | *no huge page is free*'
    }
}

Describe 'A file on hugetlbfs' {
    BeforeEach {
        Skip-OnObstacle $child.Obstacle
    }

    It 'is mapped in huge pages, at any offset' {
        $child.Said['file'] | Should -BeExactly '2097152 4194304 File'
        $child.Said['file write'] | Should -BeExactly '0 1 2 3 4 0'
        $child.Said['file map'] | Should -BeExactly '1'
        $child.Said['file part'] | Should -BeExactly '2 3 4'
    }

    It 'is refused where the pool has not its pages, and leaves nothing behind' {
        $child.Said['file refused'] | Should -Match '^!(NoSpace|LimitReached) '
        $child.Said['file refused left'] | Should -BeExactly 'False'
    }

    It 'may be truncated' {
        $child.Said['file cut'] | Should -BeLike '!PageFault | *offset 3145728 of *has 2097152 bytes now*'
        $child.Said['file cut write'] | Should -BeLike '!PageFault | *offset 3145728 of *has 2097152 bytes now*'
        $child.Said['file kept'] | Should -BeExactly '2'
    }

    It 'names the pool when its holes cannot be reserved' {
        $child.Said['sparse file'] | Should -BeLike "!LimitReached | *2 huge pages of 2097152 bytes*$pool/nr_hugepages*"
    }

    It 'with NoReserve reads holes as zeros, and writing into them is an error' {
        $child.Said['sparse unreserved'] | Should -BeExactly '0'
        $child.Said['sparse unreserved write'] | Should -Match '^!(PageFault|NoSpace|LimitReached) .*offset 0 of '
    }
}
