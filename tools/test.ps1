<#
.SYNOPSIS
Runs the unit tests and the specs.
.DESCRIPTION
All specs run in two processes, which take one file after another; the ten slowest files are listed. Certain files run alone, without
the unit tests. The last line is: N passed, N failed, N skipped.
.PARAMETER Path
Spec files or folders; default all.
.PARAMETER Name
A wildcard pattern for full names of specs.
.PARAMETER Quick
Skips specs tagged Slow.
.PARAMETER Package
Tests the installed package instead of the build output.
.PARAMETER Module
Tests the module with this manifest, without building it; MMAPPS_PACKAGE may name its package.
.PARAMETER Coverage
Measures line coverage of the module: a summary line, and out/coverage.
.PARAMETER Windows
Runs everything with PowerShell for Windows, under wine if this is not Windows.
.PARAMETER PesterVersion
Default: the newer one in Directory.Packages.props. The specs must also pass with the older one there.
.PARAMETER Processes
How many processes run the specs; default 2.
#>
[CmdletBinding(PositionalBinding = $false)]
param(
    [Parameter(Position = 0, ValueFromRemainingArguments)] [string[]] $Path,
    [string] $Name,
    [switch] $Quick,
    [switch] $Package,
    [string] $Module,
    [switch] $Coverage,
    [switch] $Windows,
    [version] $PesterVersion,
    [int] $Processes = 2
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
. $PSScriptRoot/common.ps1
$clock = [Diagnostics.Stopwatch]::StartNew()
$wine = $Windows -and -not $IsWindows
if ($Package -and $Coverage) {
    Exit-WithUsage '-Package and -Coverage exclude each other: what is counted is not what is packed.'
}

$specs = @(Get-Item ($Path ? $Path : (Join-Path $root tests Pester)) | ForEach-Object {
    $_.PSIsContainer ? (Get-ChildItem $_ -Recurse -File -Filter *.Tests.ps1) : $_
})
$units = -not $Path -and -not $Name
$downloads = Join-Path $root tools Downloads
Invoke-Dotnet build $downloads '-t:Pester'
$PesterVersion ??= & dotnet msbuild $downloads -getProperty:PesterVersion
if ($units -or $Coverage) {
    Build-Project tests/Unit
}
elseif (-not $Package) {
    Build-Project src/MmapPS
}

# The module to test.
$unitTests = Join-Path $root out build bin Unit release
$env:MMAPPS_MODULE = $Module ? (Resolve-Path $Module) : (Join-Path $root out MmapPS MmapPS.psd1)
if ($Package) {
    $made = & $PSScriptRoot/package.ps1
    $env:MMAPPS_PACKAGE, $env:MMAPPS_MODULE = $made.Package, $made.Installed
}
if ($Coverage) {
    . $PSScriptRoot/coverage.ps1
    $unitTests, $env:MMAPPS_MODULE = Start-Coverage $unitTests (Split-Path $env:MMAPPS_MODULE)
}
$pester = Join-Path $root out modules Pester $PesterVersion Pester.psd1

# How to start it. Under wine, paths are Windows paths.
$start = @{ Command = Get-PowerShellCommand; Unit = @(Join-Path $unitTests MmapPS.Unit) }
$toPath = { $_ }
if ($wine) {
    . $PSScriptRoot/wine.ps1
    $start = Start-Wine -Unit:$units
    $toPath = { ConvertTo-WindowsPath $_ }
    Get-Item Env:MMAPPS_MODULE, Env:MMAPPS_PACKAGE -ErrorAction Ignore |
        ForEach-Object { Set-Item "Env:$($_.Name)" (ConvertTo-WindowsPath $_.Value) }
}

# Paths in the form of a command's text.
function ConvertTo-Literal([string[]] $Path) {
    ($Path | ForEach-Object $toPath | ForEach-Object { "'$($_.Replace("'", "''"))'" }) -join ','
}

$results = Join-Path $root out results
Remove-Item $results -Recurse -Force -ErrorAction Ignore
$null = New-Item $results -ItemType Directory
$passed = $failed = $skipped = 0
try {
    if ($units) {
        $report = Join-Path $results unit.xml
        $program, $words = $start.Unit
        # Coverage adds references to an assembly, which that class checks.
        $without = $Coverage ? @('-class-', 'MmapPS.Unit.DesktopAssembliesTests') : @()
        & $program @words -noColor -noLogo -result-xml ($report | ForEach-Object $toPath) @without | ForEach-Object { "$_".TrimEnd() } | Out-Host
        if (Test-Path $report) {
            $counts = ([xml](Get-Content $report -Raw)).assemblies.assembly
            $passed += $counts.passed
            $failed += [int]$counts.failed + [int]$counts.errors
            $skipped += $counts.skipped
        }
        else {
            'The unit tests ended without a report.'
            $failed++
        }
    }

    $program, $words = $start.Command
    $words += '-NoProfile', '-NonInteractive', '-Command'
    $words += "& $(ConvertTo-Literal "$PSScriptRoot/specs.ps1") -Path $(ConvertTo-Literal $specs.FullName) -Result $(ConvertTo-Literal $results)" +
        " -Pester $(ConvertTo-Literal $pester) -Name '$($Name.Replace("'", "''"))' -Quick:`$$Quick"
    1..[Math]::Min($Processes, $specs.Count) | ForEach-Object -ThrottleLimit $Processes -Parallel {
        & $using:program @using:words 2>&1 | ForEach-Object { "$_".TrimEnd("`r") }
    } | Out-Host

    $files = @(foreach ($spec in $specs) {
        $report = Join-Path $results "$($spec.Name).json"
        if (Test-Path $report) {
            $counts = Get-Content $report -Raw | ConvertFrom-Json
            $passed += $counts.Passed
            $failed += $counts.Failed
            $skipped += $counts.Skipped
            [pscustomobject]@{ Seconds = $counts.Seconds; File = $spec.Name; Tests = $counts.Passed + $counts.Failed + $counts.Skipped }
        }
        else {
            Write-Host "$($spec.Name) did not end."
            $failed++
        }
    })
    if (-not $Name -and -not $Quick) {
        $files | Where-Object Tests -EQ 0 | ForEach-Object { "There is no test in $($_.File)."; $failed++ }
    }
}
finally {
    if ($wine) {
        Stop-Wine
    }
}
if ($Coverage) {
    Stop-Coverage
}
if ($files.Count -gt 1) {
    'The slowest files:'
    $files | Sort-Object Seconds -Descending -Top 10 | ForEach-Object { '{0,6:n1} s  {1}' -f $_.Seconds, $_.File }
    'All of it took {0:n0} s.' -f $clock.Elapsed.TotalSeconds
}
"$passed passed, $failed failed, $skipped skipped"
exit [int]($failed -gt 0 -or $passed -eq 0)
