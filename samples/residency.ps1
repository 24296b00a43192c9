<#
.SYNOPSIS
Saves which parts of files are in memory, and reads them back later: after a restart, a backup, or a nightly job that
emptied a warm cache.
.DESCRIPTION
-Save writes a CSV file with one row per file. -Restore reads exactly the ranges that were in memory; a file that is
missing or shorter is an error, and the next one follows. Without either, the script shows both with its own file.
.PARAMETER Save
The CSV file to write.
.PARAMETER Path
The files to save; wildcards are allowed.
.PARAMETER Restore
The CSV file to read.
.EXAMPLE
./build.sh run samples/residency.ps1 -Save warm.csv -Path /var/lib/db/*.db
.EXAMPLE
./build.sh run samples/residency.ps1 -Restore warm.csv
.EXAMPLE
./build.sh run samples/residency.ps1
#>
[CmdletBinding(DefaultParameterSetName = 'Show')]
param(
    [Parameter(Mandatory, ParameterSetName = 'Save')] [string] $Save,
    [Parameter(Mandatory, ParameterSetName = 'Save')] [string[]] $Path,
    [Parameter(Mandatory, ParameterSetName = 'Restore')] [string] $Restore
)

Set-StrictMode -Version Latest

function Save-Residency([string] $List, [string[]] $Path) {
    $usage = Measure-MemoryMap $Path
    $usage | Export-Csv $List
    $usage
}

function Restore-Residency([string] $List) {
    Import-Csv $List | ForEach-Object {
        $_ | Set-MemoryMapAdvice -Advice PopulateRead
        $_ | Measure-MemoryMap
    }
}

function Show-Usage([string] $Step, $Usage) {
    [pscustomobject]@{ Step = $Step; Percent = $Usage.Percent; Ranges = $Usage.ResidentRange }
}

if ($Save) {
    Save-Residency $Save $Path
}
elseif ($Restore) {
    Restore-Residency $Restore
}
else {
    $file = New-TemporaryFile
    $list = New-TemporaryFile
    try {
        New-MemoryMap $file -Extend -Length 48MB | Remove-MemoryMap -Sync
        Set-MemoryMapAdvice $file Evict
        Set-MemoryMapAdvice $file PopulateRead -Range '4194304+8388608,33554432+2097152'
        Show-Usage saved (Save-Residency $list $file)
        Set-MemoryMapAdvice $file Evict
        Show-Usage evicted (Measure-MemoryMap $file)
        Show-Usage restored (Restore-Residency $list)
    }
    finally {
        $file, $list | Remove-Item
    }
}
