# PowerShell for Windows under wine, in its own prefix under out/. tools/test.ps1 dot-sources this; docs/design/platforms.md says
# how wine differs.

$prefix = Join-Path $root out wine

# wine64, which Debian installs outside of PATH.
function Get-Wine {
    $wine = Get-Command wine64, /usr/lib/wine/wine64 -ErrorAction Ignore | Select-Object -First 1
    if (-not $wine) {
        throw 'test-windows needs wine64. On Debian: apt-get install --no-install-recommends wine64'
    }
    $wine.Source
}

function ConvertTo-WindowsPath([string] $Path) {
    'R:\' + [IO.Path]::GetRelativePath($root, $Path).Replace('/', '\')
}

# Makes the prefix and returns the words that start PowerShell and the unit tests of Windows. The prefix reports Windows 10 and has
# the repository as drive R, and nothing else of this machine.
function Start-Wine([switch] $Unit) {
    $wine = Get-Wine
    $script:wineServer = Join-Path (Split-Path (Get-Item $wine).ResolvedTarget) wineserver
    if (-not (Test-Path $wineServer)) {
        $script:wineServer = '/usr/lib/wine/wineserver'
    }
    Invoke-Dotnet build (Join-Path $root tools Downloads) '-t:Windows' '-p:Windows=true'
    if ($Unit) {
        Invoke-Dotnet publish (Join-Path $root tests Unit) -r win-x64 --self-contained true
    }

    $env:WINEPREFIX = $prefix
    $env:WINEARCH = 'win64'
    $env:WINEDEBUG = '-all'
    $env:WINEDLLOVERRIDES = 'mshtml=;winemenubuilder.exe=d;winedbg.exe=d'
    $env:DISPLAY = $null
    # Without this, the runtime dies on wine 8 when a dynamic method is finalized.
    $env:DOTNET_EnableWriteXorExecute = '0'
    # wine 8 refuses to suspend a thread that is about to end, and the runtime then aborts: so the threads of the pool and the compiler
    # thread are kept alive.
    $env:DOTNET_ThreadPool_ThreadTimeoutMs = 'FFFFFFFF'
    $env:DOTNET_TC_BackgroundWorkerTimeoutMs = 'FFFFFFFF'
    $env:DOTNET_ROOT = 'R:\out\windows\dotnet'
    $drive = Join-Path $prefix dosdevices r:
    if (-not (Test-Path -LiteralPath $drive)) {
        $null = New-Item $prefix -ItemType Directory -Force
        $null = & $wine wineboot -i 2>&1
        $null = & $wine reg add 'HKCU\Software\Wine' /v Version /t REG_SZ /d win10 /f 2>&1
        $null = & $wineServer -w 2>&1
        [IO.File]::Delete((Join-Path $prefix dosdevices z:))
        $null = [IO.File]::CreateSymbolicLink($drive, $root)
    }
    # PowerShell needs a console for input; a pseudo terminal is one.
    $start = 'sh', '-c', 'exec "$0" "$@" </dev/ptmx', $wine
    @{
        Command = $start + 'R:\out\windows\powershell\pwsh.exe'
        Unit    = $start + 'R:\out\build\publish\Unit\release_win-x64\MmapPS.Unit.exe'
    }
}

# Ends all processes of the prefix after the tests.
function Stop-Wine {
    $null = & $wineServer -k 2>&1
}
