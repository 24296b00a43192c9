<#
.SYNOPSIS
Runs the benchmark rows: MmapPS and a peer side by side in one run, ratios as medians.
.EXAMPLE
./build.sh bench
.EXAMPLE
./build.sh bench small-file stream
#>
param([Parameter(ValueFromRemainingArguments)] [string[]] $Row)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$root = Split-Path $PSScriptRoot
foreach ($project in 'Peers', 'EmptyModule') {
    $output = & dotnet build (Join-Path $PSScriptRoot $project) -c Release -v quiet --nologo
    if ($LASTEXITCODE -ne 0) {
        throw "Building $project failed: $output"
    }
}

Import-Module (Join-Path $root out MmapPS MmapPS.psd1)
Import-Module (Join-Path $root out build bin Peers release MmapPS.Bench.Peers.dll)
. $PSScriptRoot/Support.ps1

$work = New-Item (Join-Path ([IO.Path]::GetTempPath()) "mmapps-bench-$PID") -ItemType Directory
try {
    Get-ChildItem $PSScriptRoot/rows/*.ps1 | Where-Object { -not $Row -or $_.BaseName -in $Row } | Sort-Object Name |
        ForEach-Object { & $_ -Root $root -Work $work }
}
finally {
    Get-MemoryMap | Remove-MemoryMap
    Remove-Item $work -Recurse
}
