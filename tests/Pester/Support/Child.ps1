# Runs script text in another process of the host that runs the specs. Dot-source this in a file's BeforeAll.

. $PSScriptRoot/Process.ps1

function Invoke-Child {
    <#
    .SYNOPSIS
        Runs script text in a new process that has the module, and returns its ExitCode, Output and ErrorOutput.
    .DESCRIPTION
        The host is the command line that MMAPPS_HOST names: pwsh, or the EngineHost's program. A child that cannot
        import the module exits with 125, so that no test takes that for what it was looking for.
        In the text, write results with [Console]::WriteLine(...): what the host formats may be wrapped or coloured.
    .PARAMETER Wrapper
        A program, with its arguments, that is to start the host: @('prlimit', '--memlock=65536').
    .PARAMETER Environment
        Variables that differ from this process's; $null removes one. MMAPPS_MODULE here makes the child import another copy.
    #>
    param(
        [Parameter(Mandatory)][string] $Script,
        [string[]] $Wrapper = @(),
        [hashtable] $Environment = @{}
    )

    if (-not $env:MMAPPS_HOST) {
        throw 'MMAPPS_HOST is not set: it is the program that runs child scripts. ./build.sh test sets it.'
    }

    $text = 'try { Import-Module $env:MMAPPS_MODULE -ErrorAction Stop } catch { [Console]::Error.WriteLine("$_"); exit 125 }' +
        "`n" + $Script
    $variables = if ($Environment.ContainsKey('NO_COLOR')) { $Environment } else { @{ NO_COLOR = '1' } + $Environment }
    Invoke-Program (@($Wrapper) + @($env:MMAPPS_HOST, '-NoProfile', '-NonInteractive', '-Command', $text)) -Environment $variables
}
