# Measures which lines of the module the tests run. tools/test.ps1 dot-sources this.

$counted = Join-Path $root out coverage

function Invoke-Coverage([string] $Target, [string] $Property) {
    Invoke-Dotnet build (Join-Path $root tools Coverage) "-t:$Target" "-p:StateFile=$(Join-Path $counted state.json)" "-p:$Property"
}

# Copies of the unit tests and of the module that share an instrumented assembly: the unit tests' folder, and the module's manifest.
function Start-Coverage([string] $UnitTests, [string] $Module) {
    Remove-Item $counted -Recurse -Force -ErrorAction Ignore
    $null = New-Item $counted -ItemType Directory
    Copy-Item $UnitTests (Join-Path $counted Unit) -Recurse
    Copy-Item $Module (Join-Path $counted MmapPS) -Recurse
    Invoke-Coverage Instrument "Program=$(Join-Path $counted Unit MmapPS.Unit.dll)"
    Copy-Item (Join-Path $counted Unit MmapPS.dll) (Join-Path $counted MmapPS)
    Join-Path $counted Unit
    Join-Path $counted MmapPS MmapPS.psd1
}

# Writes the summary; out/coverage keeps it and the report by file and line.
function Stop-Coverage {
    Invoke-Coverage Report "Folder=$counted"
    $report = ([xml](Get-Content (Join-Path $counted coverage.cobertura.xml) -Raw)).coverage
    'coverage: {0:p1} of {1} lines; {2}' -f [double]$report.'line-rate', $report.'lines-valid', (Join-Path $counted Summary.txt)
}
