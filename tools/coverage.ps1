# Counts which lines of the module the tests run. Dot-sourced by build.ps1, whose functions it uses.

$coverage = [IO.Path]::Combine($root, 'out', 'coverage')
$coverageState = [IO.Path]::Combine($coverage, 'state.json')

function Invoke-Coverage([string] $Target, [string] $Name, [string] $Value) {
    Invoke-Dotnet build (Get-RepositoryPath 'tools/Coverage') -v quiet --nologo "-t:$Target" "-p:StateFile=$coverageState" "-p:$Name=$Value"
}

function Copy-Folder([string] $From, [string] $To) {
    foreach ($file in [IO.Directory]::GetFiles($From, '*', [IO.SearchOption]::AllDirectories)) {
        $copy = [IO.Path]::Combine($To, [IO.Path]::GetRelativePath($From, $file))
        $null = [IO.Directory]::CreateDirectory([IO.Path]::GetDirectoryName($copy))
        [IO.File]::Copy($file, $copy)
    }
}

# Copies of the module and of its unit tests that share an assembly which counts.
function Start-Coverage {
    Build-Project 'tests/Unit' 'src/MmapPS'
    if ([IO.Directory]::Exists($coverage)) {
        [IO.Directory]::Delete($coverage, $true)
    }
    $unit = [IO.Path]::Combine($coverage, 'Unit')
    $module = [IO.Path]::Combine($coverage, 'MmapPS')
    Copy-Folder $unitTests $unit
    Copy-Folder $modulePath $module
    Invoke-Coverage 'Instrument' 'Program' ([IO.Path]::Combine($unit, 'MmapPS.Unit.dll'))
    [IO.File]::Copy([IO.Path]::Combine($unit, 'MmapPS.dll'), [IO.Path]::Combine($module, 'MmapPS.dll'), $true)
    $script:unitTests = $unit
    # It looks at what the assembly refers to, and counting adds to that.
    $script:unitOptions = '-class-', 'MmapPS.Unit.DesktopAssembliesTests'
    $env:MMAPPS_MODULE = [IO.Path]::Combine($module, 'MmapPS.psd1')
}

# The summary; out/coverage keeps it and the report by file and line.
function Stop-Coverage {
    Invoke-Coverage 'Report' 'Folder' $coverage
    $report = [xml][IO.File]::ReadAllText([IO.Path]::Combine($coverage, 'coverage.cobertura.xml'))
    $whole = $report.coverage
    $percent = 100 * [double]::Parse($whole.'line-rate', [cultureinfo]::InvariantCulture)
    [Console]::WriteLine([string]::Format([cultureinfo]::InvariantCulture, 'coverage: {0:f1} % of {1} lines; {2}',
            $percent, $whole.'lines-valid', [IO.Path]::Combine($coverage, 'Summary.txt')))
}
