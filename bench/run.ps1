<#
.SYNOPSIS
Runs the benchmark rows: MmapPS and a peer side by side in one run, ratios as medians.
.EXAMPLE
./build.sh bench
.EXAMPLE
./build.sh bench small-file stream
#>
param([Parameter(ValueFromRemainingArguments = $true)] [string[]] $Row)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$root = [IO.Path]::GetFullPath([IO.Path]::Combine($PSScriptRoot, '..'))
foreach ($project in 'bench/Peers', 'bench/EmptyModule') {
    $output = & dotnet build ([IO.Path]::Combine($root, $project)) -c Release -v quiet --nologo
    if ($LASTEXITCODE -ne 0) {
        throw "Building $project failed: $output"
    }
}

Import-Module ([IO.Path]::Combine($root, 'out/MmapPS/MmapPS.psd1'))
Import-Module ([IO.Path]::Combine($root, 'out/build/bin/Peers/release/MmapPS.Bench.Peers.dll'))
. ([IO.Path]::Combine($PSScriptRoot, 'Support.ps1'))

$work = [IO.Path]::Combine([IO.Path]::GetTempPath(), "mmapps-bench-$PID")
$null = [IO.Directory]::CreateDirectory($work)
try {
    $files = [IO.Directory]::GetFiles([IO.Path]::Combine($PSScriptRoot, 'rows'), '*.ps1')
    [Array]::Sort($files, [StringComparer]::Ordinal)
    foreach ($file in $files) {
        $name = [IO.Path]::GetFileNameWithoutExtension($file)
        if (-not $Row -or $Row -contains $name) {
            & $file -Root $root -Work $work
        }
    }
}
finally {
    Get-MemoryMap | Remove-MemoryMap
    [IO.Directory]::Delete($work, $true)
}
