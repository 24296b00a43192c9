# The pool of 2 MiB pages, changed for a test and put back. Dot-source this after Process.ps1.

function Open-HugePagePool {
    <#
    .SYNOPSIS
        Puts a few huge pages of 2 MiB into the pool, or ends the test as skipped. Close-HugePagePool undoes it.
    #>
    param([int] $Pages = 2)

    Skip-WithoutRoot 'fill the pool of huge pages'
    $file = '/sys/kernel/mm/hugepages/hugepages-2048kB/nr_hugepages'
    if (-not [IO.File]::Exists($file)) {
        Set-ItResult -Skipped -Because 'there is no pool of huge pages of 2 MiB'
    }

    $before = [IO.File]::ReadAllText($file).Trim()
    [IO.File]::WriteAllText($file, "$([int]$before + $Pages)")
    if ([int][IO.File]::ReadAllText($file).Trim() -lt [int]$before + $Pages) {
        [IO.File]::WriteAllText($file, $before)
        Set-ItResult -Skipped -Because 'there is no memory for huge pages'
    }

    $before
}

function Close-HugePagePool {
    <#
    .SYNOPSIS
        Unmaps all regions and puts the pool back.
    #>
    param([string] $Before)

    if ($Before) {
        Get-MemoryMap | Remove-MemoryMap
        [IO.File]::WriteAllText('/sys/kernel/mm/hugepages/hugepages-2048kB/nr_hugepages', $Before)
    }
}
