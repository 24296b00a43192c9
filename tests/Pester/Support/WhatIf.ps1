# What -WhatIf says, which goes to the host alone.

function Get-WhatIfText {
    <#
    .SYNOPSIS
        Runs a script block and returns the lines that began with "What if:", without that.
    #>
    param([Parameter(Mandatory)][scriptblock] $Script)

    $transcript = Join-Path $TestDrive (New-Guid)
    $null = Start-Transcript $transcript -UseMinimalHeader
    try {
        $null = & $Script
    }
    finally {
        $null = Stop-Transcript
    }

    (Select-String '^What if: (.*)' $transcript).Matches | ForEach-Object { $_.Groups[1].Value }
}
