# Runs programs of the system: the oracles that do not share a line of code with the module.

. $PSScriptRoot/../../../tools/PowerShellCommand.ps1

function Invoke-Program {
    <#
    .SYNOPSIS
        Runs a program to its end and returns its ExitCode, Output and ErrorOutput.
    #>
    param(
        [Parameter(Mandatory)][string[]] $Words,
        [hashtable] $Environment = @{}
    )

    $start = [Diagnostics.ProcessStartInfo]::new($Words[0])
    for ($i = 1; $i -lt $Words.Count; $i++) {
        $start.ArgumentList.Add($Words[$i])
    }

    $start.UseShellExecute = $false
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $true
    $start.StandardOutputEncoding = [Text.UTF8Encoding]::new($false)
    $start.StandardErrorEncoding = [Text.UTF8Encoding]::new($false)
    foreach ($name in $Environment.Keys) {
        if ($null -eq $Environment[$name]) {
            $null = $start.Environment.Remove($name)
        }
        else {
            $start.Environment[$name] = $Environment[$name]
        }
    }

    $process = [Diagnostics.Process]::Start($start)
    try {
        $process.StandardInput.Close()

        # Both at once: a full pipe that nobody reads would stop the program.
        $output = $process.StandardOutput.ReadToEndAsync()
        $errorOutput = $process.StandardError.ReadToEndAsync()
        if (-not $process.WaitForExit(600000)) {
            $process.Kill()
            throw "$($Words -join ' ') did not end within ten minutes."
        }

        [pscustomobject]@{
            ExitCode    = $process.ExitCode
            Output      = $output.Result
            ErrorOutput = $errorOutput.Result
        }
    }
    finally {
        $process.Dispose()
    }
}

function Test-Program {
    <#
    .SYNOPSIS
        Whether a program can be found in PATH.
    #>
    param([Parameter(Mandatory)][string] $Name)

    $null -ne (Get-Command $Name -CommandType Application -ErrorAction Ignore)
}

function Test-Root {
    <#
    .SYNOPSIS
        Whether this process has the effective user id 0.
    #>
    $IsLinux -and [Environment]::IsPrivilegedProcess
}

function Skip-WithoutProgram {
    <#
    .SYNOPSIS
        Ends the test that calls it as skipped where a program is missing.
    #>
    param([Parameter(Mandatory)][string] $Name)

    if (-not (Test-Program $Name)) {
        Set-ItResult -Skipped -Because $(if ($IsWindows) { "Windows has no $Name" } else { "$Name is not installed" })
    }
}

function Skip-WithoutRoot {
    <#
    .SYNOPSIS
        Ends the test that calls it as skipped where the specs do not run as root.
    #>
    param([Parameter(Mandatory)][string] $To)

    if (-not (Test-Root)) {
        Set-ItResult -Skipped -Because $(if ($IsWindows) { "only Linux is asked to $To" } else { "root is needed to $To" })
    }
}

function Get-UnprivilegedWrapper {
    <#
    .SYNOPSIS
        The words before a command that take all rights of root from it, so that it must obey permissions and limits.
    .DESCRIPTION
        The user stays the same: without capabilities even root is held to a file's permission bits, and the program
        can still read what the user could read before.
    #>
    if (Test-Root) {
        Skip-WithoutProgram setpriv
        'setpriv', '--bounding-set=-all', '--inh-caps=-all'
    }
}
