<#
.SYNOPSIS
Builds, runs, tests, measures and packs MmapPS.
.DESCRIPTION
./build.sh and build.cmd fetch the pinned PowerShell and start this script in it. What is up to date is not built again: MSBuild sees
to that.
.PARAMETER Task
Build     builds the module into out/MmapPS (default).
Run       SCRIPT [ARGUMENTS]: runs a script with the module imported.
Test      [FILE...] [-Name PATTERN] [-Quick] [-Package] [-Coverage]: unit tests and specs; tools/test.ps1 says more.
TestWindows  the same with PowerShell for Windows, under wine.
Bench     [ROW...]: MmapPS beside its peers.
Help      makes docs/help/en-US of the pages in docs/help.
Package   makes the package, its bill of materials and its symbols.
Clean     removes out/.
.EXAMPLE
./build.sh run samples/replace-byte.ps1
.EXAMPLE
./build.sh test tests/Pester/Cmdlets/Write-MappedByte.Tests.ps1 -Name '*Expect*'
#>
param([string] $Task = 'Build')

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
. $PSScriptRoot/tools/common.ps1
$module = Join-Path $PSScriptRoot out MmapPS MmapPS.psd1

switch ($Task -replace '-') {
    'Build' {
        Build-Project src/MmapPS
    }
    'Run' {
        Build-Project src/MmapPS
        $script = $args | Select-Object -First 1
        $arguments = @($args | Select-Object -Skip 1)
        if (-not $script) {
            Exit-WithUsage 'run takes a script and its arguments: ./build.sh run samples/replace-byte.ps1'
        }
        Import-Module $module
        # The script runs as in a session of its own.
        Set-StrictMode -Off
        $ErrorActionPreference = 'Continue'
        $global:LASTEXITCODE = 0
        & (Resolve-Path -LiteralPath $script) @arguments
        exit $LASTEXITCODE
    }
    'Test' {
        & $PSScriptRoot/tools/test.ps1 @args
        exit $LASTEXITCODE
    }
    'TestWindows' {
        & $PSScriptRoot/tools/test.ps1 -Windows @args
        exit $LASTEXITCODE
    }
    'Bench' {
        Build-Project src/MmapPS
        & $PSScriptRoot/bench/run.ps1 @args
    }
    'Help' {
        Build-Project src/MmapPS
        & $PSScriptRoot/tools/help.ps1 -Source (Join-Path $PSScriptRoot docs help) -Module $module
        exit $LASTEXITCODE
    }
    'Package' {
        Build-Project src/MmapPS
        & $PSScriptRoot/tools/package.ps1
    }
    'Clean' {
        Remove-Item (Join-Path $PSScriptRoot out) -Recurse -Force -ErrorAction Ignore
    }
    default {
        Exit-WithUsage "There is no task '$Task'. Tasks: build, run, test, test-windows, bench, help, package, clean. Get-Help ./build.ps1 says more."
    }
}
