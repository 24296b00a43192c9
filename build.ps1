<#
.SYNOPSIS
Builds, runs, tests, measures and packs MmapPS.
.DESCRIPTION
./build.sh and build.cmd fetch the pinned PowerShell and start this script in it. MSBuild builds only what is out of date.

    ./build.ps1 [-Task] TASK [ARGUMENTS]

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
./build.sh test tests/Pester/Cmdlets/Find-MappedByte.Tests.ps1 -Name '*-Last*'
#>

# No param block: it would take arguments of the script to run, such as -Task.
$words = @($args)
if ($words -and $words[0] -eq '-Task') {
    $words = @($words | Select-Object -Skip 1)
}
$task = $words ? $words[0] : 'Build'
$words = @($words | Select-Object -Skip 1)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
. $PSScriptRoot/tools/common.ps1
$module = Join-Path $PSScriptRoot out MmapPS MmapPS.psd1

switch ($task -replace '-') {
    'Build' {
        Build-Project src/MmapPS
    }
    'Run' {
        if (-not $words) {
            Exit-WithUsage 'run takes a script and its arguments: ./build.sh run samples/replace-byte.ps1'
        }
        $script = Resolve-Path -LiteralPath $words[0]
        $words = @($words | Select-Object -Skip 1)
        Build-Project src/MmapPS
        Import-Module $module
        # The script runs as in a session of its own.
        Set-StrictMode -Off
        $ErrorActionPreference = 'Continue'
        $global:LASTEXITCODE = 0
        # PowerShell shows a table when its pipeline ends, which exit would not let it do.
        & $script @words | Out-Default
        exit $LASTEXITCODE
    }
    'Test' {
        & $PSScriptRoot/tools/test.ps1 @words
        exit $LASTEXITCODE
    }
    'TestWindows' {
        & $PSScriptRoot/tools/test.ps1 -Windows @words
        exit $LASTEXITCODE
    }
    'Bench' {
        Build-Project src/MmapPS
        & $PSScriptRoot/bench/run.ps1 @words
    }
    'Help' {
        Build-Project src/MmapPS
        & $PSScriptRoot/tools/help.ps1 -Source (Join-Path $PSScriptRoot docs help) -Module $module
        exit $LASTEXITCODE
    }
    'Package' {
        & $PSScriptRoot/tools/package.ps1
    }
    'Clean' {
        Remove-Item (Join-Path $PSScriptRoot out) -Recurse -Force -ErrorAction Ignore
    }
    default {
        Exit-WithUsage "There is no task '$task'. Tasks: build, run, test, test-windows, bench, help, package, clean. Get-Help ./build.ps1 says more."
    }
}
