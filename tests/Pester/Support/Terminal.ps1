# PowerShell at a terminal, as its user has it. Dot-source this after Preamble.ps1.

function Skip-WithoutTerminal {
    <#
    .SYNOPSIS
        Ends the test that calls it as skipped where no program can be run in a pseudo terminal.
    #>
    if ($IsWindows) {
        Set-ItResult -Skipped -Because 'Windows has no pseudo terminals of Unix'
    }
    else {
        Skip-WithoutProgram python3
    }
}

function Invoke-Terminal {
    <#
    .SYNOPSIS
        Runs script text in a new PowerShell at a terminal, with the module, and returns ExitCode, Lines and ErrorOutput. Lines have no
        colours; -Raw keeps them.
    .PARAMETER Step
        A text that is waited for, what is typed then, and so on.
    .PARAMETER Interactive
        After the script PowerShell prompts with "ready> ".
    #>
    param(
        [string] $Script,
        [string[]] $Step = @(),
        [int] $Columns = 80,
        [hashtable] $Environment = @{},
        [switch] $Interactive,
        [switch] $Raw
    )

    $start = "function prompt { 'ready' + '> ' }; Import-Module `$env:MMAPPS_MODULE`n$Script"
    $mode = $Interactive ? '-NoExit' : @()
    $words = @('python3', "$PSScriptRoot/terminal.py", "$Columns", (ConvertTo-Json $Step -Compress)) +
        @(Get-PowerShellCommand) + '-NoProfile' + $mode + '-Command' + $start
    $variables = @{ TERM = 'xterm'; NO_COLOR = $null }
    $Environment.GetEnumerator() | ForEach-Object { $variables[$_.Key] = $_.Value }
    $run = Invoke-Program $words -Environment $variables
    $output = $Raw ? $run.Output : ($run.Output -replace '\e\[[?>]?[\d;]*[ -/]*[@-~]' -replace '\e[=>]')
    [pscustomobject]@{
        ExitCode    = $run.ExitCode
        Lines       = $output -split '\r?\n' | ForEach-Object TrimEnd "`r"
        ErrorOutput = $run.ErrorOutput
    }
}
