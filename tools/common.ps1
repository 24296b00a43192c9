# Common functions of the build scripts.

. $PSScriptRoot/PowerShellCommand.ps1
$root = Split-Path $PSScriptRoot

function Exit-WithUsage([string] $Message) {
    [Console]::Error.WriteLine($Message)
    exit 2
}

# Runs dotnet; its output is shown only on failure.
function Invoke-Dotnet {
    $output = & dotnet @args -verbosity:quiet -nologo -clp:NoSummary 2>&1
    if ($LASTEXITCODE -ne 0) {
        $output | ForEach-Object { [Console]::Error.WriteLine("$_") }
        throw "dotnet $args failed with exit code $LASTEXITCODE."
    }
}

function Build-Project([string] $Project) {
    if (-not (Test-Path (Join-Path $root out build))) {
        [Console]::Error.WriteLine('Building; the first time packages are fetched too, which takes about half a minute.')
    }
    Invoke-Dotnet build (Join-Path $root $Project)
}
