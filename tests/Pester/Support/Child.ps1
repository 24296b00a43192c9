# Runs script text in another PowerShell. Dot-source this in a file's BeforeAll.

. $PSScriptRoot/Process.ps1

function Invoke-Child {
    <#
    .SYNOPSIS
        Runs script text in a new process that has the module, and returns its ExitCode, Output and ErrorOutput.
    .DESCRIPTION
        A child that cannot import the module exits with 125, so that no test takes that for what it was looking for.
        In the text, write results with [Console]::WriteLine(...): what PowerShell formats may be wrapped or coloured.
    .PARAMETER Wrapper
        A program, with its arguments, that is to start PowerShell: @('prlimit', '--memlock=65536').
    .PARAMETER Environment
        Variables that differ from this process's; $null removes one. MMAPPS_MODULE here makes the child import another copy.
    #>
    param(
        [Parameter(Mandatory)][string] $Script,
        [string[]] $Wrapper = @(),
        [hashtable] $Environment = @{}
    )

    $text = 'try { Import-Module $env:MMAPPS_MODULE -ErrorAction Stop } catch { [Console]::Error.WriteLine("$_"); exit 125 }' +
        "`n" + $Script
    $variables = if ($Environment.ContainsKey('NO_COLOR')) { $Environment } else { @{ NO_COLOR = '1' } + $Environment }
    $words = @(
        if ($Wrapper) { $Wrapper }
        Get-PowerShellCommand
        '-NoProfile', '-NonInteractive', '-Command', $text
    )
    Invoke-Program $words -Environment $variables
}
