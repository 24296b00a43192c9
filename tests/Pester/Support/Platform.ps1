# The system that runs the specs, for those that not every system can do.

function Skip-OutsideLinux {
    <#
    .SYNOPSIS
        Ends the test that calls it as skipped on other systems than Linux.
    .PARAMETER Because
        What the test needs, or looks at, that only Linux has.
    #>
    param([Parameter(Mandatory)][string] $Because)

    if (-not $IsLinux) {
        Set-ItResult -Skipped -Because "only Linux has $Because"
    }
}

function Skip-OnWindows {
    <#
    .SYNOPSIS
        Ends the test that calls it as skipped on Windows, or only on wine, which runs the Windows side where no Windows is.
    #>
    param([Parameter(Mandatory)][string] $Because, [switch] $Wine)

    if ($IsWindows -and (-not $Wine -or $env:WINEPREFIX)) {
        Set-ItResult -Skipped -Because $Because
    }
}

function Skip-OnMacOS {
    <#
    .SYNOPSIS
        Ends the test that calls it as skipped on macOS.
    #>
    param([Parameter(Mandatory)][string] $Because)

    if ($IsMacOS) {
        Set-ItResult -Skipped -Because $Because
    }
}
