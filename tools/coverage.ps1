# Counts which lines of the module the tests run. tools/test.ps1 dot-sources this.

$coverage = Join-Path $root out coverage

function Invoke-Coverage([string] $Target, [string] $Property) {
    Invoke-Dotnet build (Join-Path $root tools Coverage) "-t:$Target" "-p:StateFile=$(Join-Path $coverage state.json)" "-p:$Property"
}

# Copies of the unit tests and of the module that share an assembly which counts: the unit tests' folder, and the module's manifest.
function Start-Coverage([string] $UnitTests, [string] $Module) {
    Remove-Item $coverage -Recurse -Force -ErrorAction Ignore
    $null = New-Item $coverage -ItemType Directory
    Copy-Item $UnitTests (Join-Path $coverage Unit) -Recurse
    Copy-Item $Module (Join-Path $coverage MmapPS) -Recurse
    Invoke-Coverage Instrument "Program=$(Join-Path $coverage Unit MmapPS.Unit.dll)"
    Copy-Item (Join-Path $coverage Unit MmapPS.dll) (Join-Path $coverage MmapPS)
    Join-Path $coverage Unit
    Join-Path $coverage MmapPS MmapPS.psd1
}

# The summary; out/coverage keeps it and the report by file and line.
function Stop-Coverage {
    Invoke-Coverage Report "Folder=$coverage"
    $report = ([xml](Get-Content (Join-Path $coverage coverage.cobertura.xml) -Raw)).coverage
    'coverage: {0:p1} of {1} lines; {2}' -f [double]$report.'line-rate', $report.'lines-valid', (Join-Path $coverage Summary.txt)
}
