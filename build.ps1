<#
.SYNOPSIS
The build driver: builds, runs, tests and measures MmapPS.
.DESCRIPTION
Runs in pwsh and in the repository's own host alike, so it uses engine-core commands and .NET calls only.
Nothing that is up to date is built again: the sources' names, lengths and times are compared with those of the last build.
.PARAMETER Task
Build (default), Run, Test, TestWindows, Bench, Help, Package or Clean; also written test-windows.
.PARAMETER Arguments
Run: the script and its arguments. Test and TestWindows: spec files or folders, --name PATTERN, --package to test what the package
installs, and, of Test, --coverage. Bench: rows.
.EXAMPLE
pwsh ./build.ps1 -Task Test -Arguments tests/Pester/Cmdlets/Write-MappedByte.Tests.ps1
#>
[CmdletBinding()]
param(
    [string] $Task = 'build',
    [string[]] $Arguments = @()
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$root = $PSScriptRoot
$modulePath = [IO.Path]::Combine($root, 'out', 'MmapPS')
$manifest = [IO.Path]::Combine($modulePath, 'MmapPS.psd1')
$binaries = [IO.Path]::Combine($root, 'out', 'build', 'bin')
$unitTests = [IO.Path]::Combine($binaries, 'Unit', 'release')
$unitOptions = @()
$packageScript = [IO.Path]::Combine($root, 'tools', 'package.ps1')
$env:DOTNET_CLI_TELEMETRY_OPTOUT = '1'
$env:DOTNET_NOLOGO = '1'
# The module that is tested, or run; a test of the package or of coverage names another copy.
$env:MMAPPS_MODULE = $manifest
if (-not $env:MMAPPS_HOST) {
    $env:MMAPPS_HOST = [Diagnostics.Process]::GetCurrentProcess().MainModule.FileName
}
if ($env:MMAPPS_ARGUMENTS) {
    $Arguments = $env:MMAPPS_ARGUMENTS.Split("`n")
    $env:MMAPPS_ARGUMENTS = $null
}

function Get-RepositoryPath([string] $Path) {
    [IO.Path]::GetFullPath([IO.Path]::Combine($root, $Path))
}

function Get-Fingerprint([string[]] $Path) {
    $facts = [Text.StringBuilder]::new()
    foreach ($item in $Path) {
        $full = Get-RepositoryPath $item
        $files = if ([IO.Directory]::Exists($full)) {
            [IO.Directory]::GetFiles($full, '*', [IO.SearchOption]::AllDirectories)
        }
        else {
            , $full
        }
        [Array]::Sort($files, [StringComparer]::Ordinal)
        foreach ($file in $files) {
            $info = [IO.FileInfo]::new($file)
            if ($info.Exists) {
                $null = $facts.Append($file).Append('|').Append($info.Length).Append('|').Append($info.LastWriteTimeUtc.Ticks).Append("`n")
            }
        }
    }
    $facts.ToString()
}

# Does the work unless its sources are those of the last time.
function Update-Output([string] $Name, [string[]] $Source, [string] $Product, [scriptblock] $Work) {
    $stamp = [IO.Path]::Combine($root, 'out', 'stamps', $Name)
    $fingerprint = Get-Fingerprint $Source
    if ([IO.File]::Exists($stamp) -and [IO.File]::Exists($Product) -and [IO.File]::ReadAllText($stamp) -ceq $fingerprint) {
        return
    }
    & $Work
    $null = [IO.Directory]::CreateDirectory([IO.Path]::GetDirectoryName($stamp))
    [IO.File]::WriteAllText($stamp, $fingerprint)
}

function Invoke-Dotnet {
    # The compiler server stays for the next build; MSBuild's nodes do not.
    $output = & dotnet @args '-nodeReuse:false' 2>&1
    if ($LASTEXITCODE -ne 0) {
        foreach ($line in $output) {
            [Console]::Error.WriteLine("$line")
        }
        throw "dotnet $args failed with exit code $LASTEXITCODE."
    }
}

function Build-Project([string] $Name, [string[]] $Source) {
    $folder = [IO.Path]::GetFileName($Name)
    Update-Output $folder ($Source + $Name + 'Directory.Build.props') ([IO.Path]::Combine($binaries, $folder, 'release')) {
        Invoke-Dotnet build (Get-RepositoryPath $Name) -c Release -v quiet --nologo '-clp:NoSummary'
    }.GetNewClosure()
}

# What CHANGELOG.md says of this version, or of the next one before it has a section of its own.
function Get-ReleaseNote([string] $ManifestText) {
    $version = [regex]::Match($ManifestText, "ModuleVersion\s*=\s*'([^']+)'").Groups[1].Value
    $changes = [IO.File]::ReadAllText((Get-RepositoryPath 'CHANGELOG.md'))
    foreach ($name in [regex]::Escape($version), 'Unreleased') {
        $section = [regex]::Match($changes, "(?ms)^## \[$name\][^\n]*\n(.*?)(?=^## |\z)")
        if ($section.Success) {
            return $section.Groups[1].Value.Trim()
        }
    }
    throw "CHANGELOG.md has neither a section [$version] nor [Unreleased]."
}

# The manifest with its release notes.
function Write-Manifest([string] $Path) {
    $text = [IO.File]::ReadAllText((Get-RepositoryPath 'MmapPS.psd1'))
    $blank = "ReleaseNotes = ''"
    if (-not $text.Contains($blank)) {
        throw "MmapPS.psd1 has no line $blank to be filled in."
    }
    $notes = (Get-ReleaseNote $text).Replace("'", "''")
    [IO.File]::WriteAllText($Path, $text.Replace($blank, "ReleaseNotes = '$notes'"))
}

function Build-Module {
    $dll = [IO.Path]::Combine($modulePath, 'MmapPS.dll')
    $source = 'src/MmapPS', 'MmapPS.psd1', 'CHANGELOG.md', 'LICENSE', 'THIRD-PARTY-NOTICES.txt', 'Directory.Build.props'
    Update-Output 'MmapPS' $source $dll {
        Invoke-Dotnet build (Get-RepositoryPath 'src/MmapPS') -c Release -v quiet --nologo '-clp:NoSummary'
        $files = @(
            Get-RepositoryPath 'LICENSE'
            Get-RepositoryPath 'THIRD-PARTY-NOTICES.txt'
            [IO.Path]::Combine($binaries, 'MmapPS', 'release', 'MmapPS.dll')
            [IO.Directory]::GetFiles((Get-RepositoryPath 'src/MmapPS/Formatting'), '*.ps1xml')
        )
        if ([IO.Directory]::Exists($modulePath)) {
            [IO.Directory]::Delete($modulePath, $true)
        }
        $null = [IO.Directory]::CreateDirectory($modulePath)
        foreach ($file in $files) {
            [IO.File]::Copy($file, [IO.Path]::Combine($modulePath, [IO.Path]::GetFileName($file)))
        }
        Write-Manifest $manifest
        # What only Windows PowerShell 5.1 needs.
        $desktop = [IO.Path]::Combine($modulePath, 'Desktop')
        $null = [IO.Directory]::CreateDirectory($desktop)
        foreach ($file in [IO.Directory]::GetFiles([IO.Path]::Combine($binaries, 'MmapPS', 'release', 'Desktop'), '*.dll')) {
            [IO.File]::Copy($file, [IO.Path]::Combine($desktop, [IO.Path]::GetFileName($file)))
        }
    }
    Build-Help
}

# What Get-Help reads is committed, so that a change of it compiles nothing.
function Build-Help {
    $target = [IO.Path]::Combine($modulePath, 'en-US')
    Update-Output 'help' @('docs/help/en-US') ([IO.Path]::Combine($target, 'MmapPS.dll-Help.xml')) {
        $null = [IO.Directory]::CreateDirectory($target)
        foreach ($file in [IO.Directory]::GetFiles((Get-RepositoryPath 'docs/help/en-US'))) {
            [IO.File]::Copy($file, [IO.Path]::Combine($target, [IO.Path]::GetFileName($file)), $true)
        }
    }.GetNewClosure()
}

function Build-EngineHost {
    # Where this runs in EngineHost, build.sh has just built that.
    if ($Host.Name -eq 'EngineHost') {
        return $env:MMAPPS_HOST
    }
    Build-Project 'tools/EngineHost' @()
    [IO.Path]::Combine($binaries, 'EngineHost', 'release', 'EngineHost')
}

# Runs a program, shows what it prints, and adds what its closing line counts.
function Add-Count([hashtable] $Total, [string] $Name, [regex] $Pattern, [scriptblock] $Runner) {
    $counted = $false
    [Console]::WriteLine("== $Name")
    & $Runner | ForEach-Object {
        # A program of Windows under wine ends its lines in its own way.
        $line = "$_".TrimEnd("`r")
        $match = $Pattern.Match($line)
        if ($match.Success) {
            $counted = $true
            foreach ($key in 'passed', 'failed', 'skipped', 'total', 'errors') {
                if ($match.Groups[$key].Success) {
                    $Total[$key] += [int] $match.Groups[$key].Value
                }
            }
        }
        [Console]::WriteLine($line)
    }
    if (-not $counted) {
        [Console]::WriteLine("$Name ended without a count (exit code $LASTEXITCODE).")
        $Total.failed++
    }
}

function Add-UnitCount([hashtable] $Total, [string] $Name, [scriptblock] $Runner) {
    $summary = [regex] 'Total: (?<total>\d+), Errors: (?<errors>\d+), Failed: (?<failed>\d+), Skipped: (?<skipped>\d+)'
    $counts = @{ total = 0; errors = 0; failed = 0; skipped = 0 }
    Add-Count $counts $Name $summary $Runner
    $Total.passed += $counts.total - $counts.failed - $counts.skipped
    $Total.failed += $counts.failed + $counts.errors
    $Total.skipped += $counts.skipped
}

function Add-SpecCount([hashtable] $Total, [scriptblock] $Runner) {
    Add-Count $Total 'specs' '^(?<passed>\d+) passed, (?<failed>\d+) failed, (?<skipped>\d+) skipped$' $Runner
}

function Test-Unit([hashtable] $Total) {
    Build-Project 'tests/Unit' 'src/MmapPS'
    Build-Project 'tests/Runner' 'tools/EngineHost', 'tools/run.ps1'
    $programs = [ordered]@{ Unit = $unitTests; Runner = [IO.Path]::Combine($binaries, 'Runner', 'release') }
    foreach ($name in $programs.Keys) {
        $program = [IO.Path]::Combine($programs[$name], "MmapPS.$name")
        Add-UnitCount $Total "tests/$name" { & $program -noColor -noLogo @unitOptions }
    }
}

# Counts as EngineHost does: a block or file that broke counts where none of its tests says so already, and one without a test
# has failed. Pester counts the first twice and the second not at all.
function Add-PesterCount([hashtable] $Total, $Result) {
    $Total.passed += $Result.PassedCount
    $Total.failed += $Result.FailedCount
    $Total.skipped += $Result.SkippedCount + $Result.InconclusiveCount
    foreach ($container in $Result.Containers) {
        Add-PesterFault $Total "$($container.Item)" $container
    }
}

function Add-PesterFault([hashtable] $Total, [string] $Name, $Part) {
    if ($Part.TotalCount -eq 0) {
        [Console]::WriteLine("There is no It in $Name.")
        $Total.failed++
        return
    }
    if ($Part.ErrorRecord.Count -gt 0 -and $Part.FailedCount -eq 0) {
        $Total.failed++
    }
    foreach ($block in $Part.Blocks) {
        Add-PesterFault $Total $block.ExpandedPath $block
    }
}

function Test-Spec([hashtable] $Total, [string[]] $Path, [string] $Name) {
    $pester = if (-not $env:MMAPPS_ENGINE) {
        Get-Module -ListAvailable -Name Pester | Where-Object { $_.Version.Major -eq 5 }
    }
    if ($pester) {
        $pester[0] | Import-Module
        $configuration = New-PesterConfiguration
        $configuration.Run.Path = $Path
        $configuration.Run.PassThru = $true
        $configuration.Output.StackTraceVerbosity = 'None'
        if ($Name) {
            $configuration.Filter.FullName = "*$Name*"
        }
        # Specs bring their own strictness.
        Set-StrictMode -Off
        Add-PesterCount $Total (Invoke-Pester -Configuration $configuration)
        return
    }
    $engine = Build-EngineHost
    $options = @('-Spec') + $Path + '-Module' + $env:MMAPPS_MODULE
    if ($Name) {
        $options += '-Filter', $Name
    }
    $env:MMAPPS_HOST = $engine
    Add-SpecCount $Total { & $engine @options }
}

# Runs the unit tests, unless certain specs are asked for, and the specs.
function Invoke-Test([scriptblock] $Unit, [scriptblock] $Spec) {
    $total = @{ passed = 0; failed = 0; skipped = 0 }
    $paths = [Collections.Generic.List[string]]::new()
    $name = ''
    $package = $false
    $coverage = $false
    for ($i = 0; $i -lt $Arguments.Length; $i++) {
        if ($Arguments[$i] -eq '--name') {
            $i++
            $name = if ($i -lt $Arguments.Length) { $Arguments[$i] } else { throw '--name needs a pattern.' }
        }
        elseif ($Arguments[$i] -eq '--package') {
            $package = $true
        }
        elseif ($Arguments[$i] -eq '--coverage') {
            $coverage = $true
        }
        elseif (-not $Arguments[$i].StartsWith('-')) {
            $paths.Add([IO.Path]::GetFullPath($Arguments[$i]))
        }
        else {
            throw "test knows no option $($Arguments[$i])."
        }
    }
    if ($package -and $coverage) {
        throw '--package and --coverage exclude each other: what is counted is not what is packed.'
    }
    Build-Module
    if ($package) {
        . $packageScript
        $env:MMAPPS_PACKAGE = Build-Package
        $env:MMAPPS_MODULE = Expand-Package $env:MMAPPS_PACKAGE
    }
    elseif ($coverage) {
        . (Get-RepositoryPath 'tools/coverage.ps1')
        Start-Coverage
    }
    if ($paths.Count -eq 0) {
        if (-not $name) {
            & $Unit $total
        }
        $paths.Add((Get-RepositoryPath 'tests/Pester'))
    }
    & $Spec $total $paths $name
    if ($coverage) {
        Stop-Coverage
    }
    [Console]::WriteLine("$($total.passed) passed, $($total.failed) failed, $($total.skipped) skipped")
    exit [int]($total.failed -gt 0 -or $total.passed -eq 0)
}

function Stop-Unfinished([string] $What) {
    [Console]::Error.WriteLine($What)
    exit 1
}

switch ($Task.Replace('-', '')) {
    'build' {
        Build-Module
    }
    'run' {
        if ($Arguments.Length -eq 0) {
            Stop-Unfinished 'Run needs -Arguments: the script, and what it takes.'
        }
        Build-Module
        $env:MMAPPS_SCRIPT = [IO.Path]::GetFullPath($Arguments[0])
        $rest = @([Linq.Enumerable]::Skip($Arguments, 1))
        & $env:MMAPPS_HOST -NoProfile -File (Get-RepositoryPath 'tools/run.ps1') @rest
        exit $LASTEXITCODE
    }
    'test' {
        Invoke-Test ${function:Test-Unit} ${function:Test-Spec}
    }
    'bench' {
        Build-Module
        & (Get-RepositoryPath 'bench/run.ps1') @Arguments
    }
    'clean' {
        $out = Get-RepositoryPath 'out'
        if ([IO.Directory]::Exists($out)) {
            [IO.Directory]::Delete($out, $true)
        }
    }
    'testwindows' {
        if ([OperatingSystem]::IsWindows()) {
            Invoke-Test ${function:Test-Unit} ${function:Test-Spec}
        }
        . (Get-RepositoryPath 'tools/wine.ps1')
        Invoke-Test ${function:Test-WineUnit} ${function:Test-WineSpec}
    }
    'help' {
        Build-Module
        & (Get-RepositoryPath 'tools/help.ps1') -Source (Get-RepositoryPath 'docs/help') -Module $manifest
        $made = $LASTEXITCODE
        Build-Help
        exit $made
    }
    'package' {
        Build-Module
        . $packageScript
        $package = Build-Package
        Show-Package $package (Expand-Package $package)
    }
    default {
        [Console]::Error.WriteLine("There is no task '$Task'. Tasks: build, run SCRIPT [ARGS], test and test-windows [FILE...] [--name PATTERN] [--package | --coverage], bench [ROW...], help, package, clean.")
        exit 2
    }
}
