# Runs the unit tests and the specs as on Windows, under wine, in a prefix of its own under out/. Dot-sourced by build.ps1,
# whose functions it uses.

$runtime = 'win-x64'

function Find-Wine {
    foreach ($folder in $env:PATH.Split([IO.Path]::PathSeparator) + '/usr/lib/wine') {
        $path = [IO.Path]::Combine($folder, 'wine64')
        if ([IO.File]::Exists($path)) {
            return $path
        }
    }
}

# wine64 as Debian has it, where this may be installed.
function Install-Wine {
    if ([IO.File]::Exists('/usr/bin/apt-get') -and [Environment]::UserName -eq 'root') {
        foreach ($step in 'update', 'install -y --no-install-recommends wine64') {
            $output = & apt-get $step.Split(' ') 2>&1
            if ($LASTEXITCODE -ne 0) {
                throw "apt-get $step failed: $output"
            }
        }
    }
    $wine = Find-Wine
    if (-not $wine) {
        throw 'test-windows needs wine64. On Debian: apt-get install --no-install-recommends wine64'
    }
    $wine
}

# A prefix that says Windows 10 and has the repository as drive R, and nothing else of this machine.
function Initialize-WinePrefix([string] $Wine) {
    $prefix = Get-RepositoryPath 'out/wine'
    $env:WINEPREFIX = $prefix
    $env:WINEARCH = 'win64'
    $env:WINEDEBUG = '-all'
    $env:WINEDLLOVERRIDES = 'mshtml=;winemenubuilder.exe=d;winedbg.exe=d'
    $env:DISPLAY = $null
    # The runtime dies on wine 8 without this as soon as a dynamic method is finalized.
    $env:DOTNET_EnableWriteXorExecute = '0'
    $drive = [IO.Path]::Combine($prefix, 'dosdevices', 'r:')
    if (-not [IO.Path]::Exists($drive)) {
        $null = [IO.Directory]::CreateDirectory($prefix)
        $null = & $Wine wineboot -i 2>&1
        $null = & $Wine reg add 'HKCU\Software\Wine' /v Version /t REG_SZ /d win10 /f 2>&1
        [IO.File]::Delete([IO.Path]::Combine($prefix, 'dosdevices', 'z:'))
        $null = [IO.File]::CreateSymbolicLink($drive, $root)
    }
}

function Get-WindowsPath([string] $Path) {
    'R:\' + [IO.Path]::GetRelativePath($root, (Get-RepositoryPath $Path)).Replace('/', '\')
}

# A program that runs without .NET on the machine.
function Publish-Windows([string] $Project, [string[]] $Source) {
    $name = [IO.Path]::GetFileName($Project)
    $folder = "out/build/publish/$name/release_$runtime"
    Update-Output "$name-$runtime" ($Source + $Project + 'Directory.Build.props') (Get-RepositoryPath $folder) {
        Invoke-Dotnet publish (Get-RepositoryPath $Project) -c Release -r $runtime --self-contained true -v quiet --nologo '-clp:NoSummary'
    }.GetNewClosure()
    $folder
}

function Start-Wine {
    $wine = (Find-Wine) ?? (Install-Wine)
    Initialize-WinePrefix $wine
    $wine
}

# Ends what the prefix still runs, so that nothing outlives the tests.
function Stop-Wine([string] $Wine) {
    $null = & ([IO.Path]::Combine([IO.Path]::GetDirectoryName($Wine), 'wineserver')) -k 2>&1
}

function Test-WineUnit([hashtable] $Total) {
    $program = Get-WindowsPath "$(Publish-Windows 'tests/Unit' 'src/MmapPS')/MmapPS.Unit.exe"
    $wine = Start-Wine
    try {
        Add-UnitCount $Total 'tests/Unit on Windows' { & $wine $program -noColor -noLogo }
    }
    finally {
        Stop-Wine $wine
    }
}

function Test-WineSpec([hashtable] $Total, [string[]] $Path, [string] $Name) {
    $env:MMAPPS_HOST = Get-WindowsPath "$(Publish-Windows 'tools/EngineHost' @())/EngineHost.exe"
    foreach ($variable in 'MMAPPS_MODULE', 'MMAPPS_PACKAGE') {
        $file = [Environment]::GetEnvironmentVariable($variable)
        if ($file) {
            [Environment]::SetEnvironmentVariable($variable, (Get-WindowsPath $file))
        }
    }
    $wine = Start-Wine
    $options = @('-Spec') + @($Path | ForEach-Object { Get-WindowsPath $_ }) + '-Module' + $env:MMAPPS_MODULE
    if ($Name) {
        $options += '-Filter', $Name
    }
    try {
        Add-SpecCount $Total { & $wine $env:MMAPPS_HOST @options }
    }
    finally {
        Stop-Wine $wine
    }
}
