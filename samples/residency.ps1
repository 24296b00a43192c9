<#
.SYNOPSIS
Saves which parts of files are in memory, and brings them back later: after a restart, a backup or a nightly job that
threw a warm cache out.
.DESCRIPTION
-Save writes a text file, a line a file: the resident ranges as offset+length, a tab, and the path. -Restore reads it and
reads those ranges in, and no others; a file that is missing or has become shorter is said and passed over. Without
either it shows both on a file of its own.
.EXAMPLE
./build.sh run samples/residency.ps1 -Save warm.txt -Path /var/lib/db/*.db
.EXAMPLE
./build.sh run samples/residency.ps1 -Restore warm.txt
.EXAMPLE
./build.sh run samples/residency.ps1
#>
param(
    [string] $Save,
    [string[]] $Path,
    [string] $Restore
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

function Get-FullPath([string] $Name) {
    $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Name)
}

function Save-Residency([string] $List, [string[]] $File) {
    $usage = @(Measure-MemoryMap -Path $File -ErrorAction Continue)
    [string[]] $lines = @($usage | ForEach-Object { $_.ResidentRange.ToString() + "`t" + $_.Path })
    [IO.File]::WriteAllLines((Get-FullPath $List), $lines)
    $usage
}

function Restore-Residency([string] $List) {
    foreach ($line in [IO.File]::ReadAllLines((Get-FullPath $List))) {
        $range, $file = $line.Split("`t", 2)
        Set-MemoryMapAdvice -LiteralPath $file -Advice PopulateRead -Range $range -ErrorAction Continue
        Measure-MemoryMap -LiteralPath $file -ErrorAction Continue
    }
}

if ($Save) {
    Save-Residency $Save $Path
}
elseif ($Restore) {
    Restore-Residency $Restore
}
else {
    $file = [IO.Path]::Combine([IO.Path]::GetTempPath(), "residency-$PID.bin")
    $list = [IO.Path]::Combine([IO.Path]::GetTempPath(), "residency-$PID.txt")
    try {
        [IO.File]::WriteAllBytes($file, [byte[]]::new(48MB))
        Set-MemoryMapAdvice -LiteralPath $file -Advice Evict
        Set-MemoryMapAdvice -LiteralPath $file -Advice PopulateRead -Range '4194304+8388608,33554432+2097152'
        $before = Save-Residency $list $file
        Set-MemoryMapAdvice -LiteralPath $file -Advice Evict
        $evicted = Measure-MemoryMap -LiteralPath $file
        $after = Restore-Residency $list
        "saved:    $($before.Percent) % of $file in memory: $($before.ResidentRange.ToString())"
        "evicted:  $($evicted.Percent) %"
        "restored: $($after.Percent) %: $($after.ResidentRange.ToString())"
    }
    finally {
        [IO.File]::Delete($file)
        [IO.File]::Delete($list)
    }
}
