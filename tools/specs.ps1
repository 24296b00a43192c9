<#
.SYNOPSIS
Runs spec files one after the other and writes a file of results for each.
.DESCRIPTION
tools/test.ps1 starts this in one or more processes, which share the files: a process takes the next file that no other has taken.
Windows PowerShell under wine runs it too.
.PARAMETER Path
The spec files.
.PARAMETER Result
The folder of the results; the processes also mark the files there that they take.
.PARAMETER Pester
The manifest of Pester.
.PARAMETER Name
A wildcard pattern for full names of tests.
.PARAMETER Quick
Skips tests tagged Slow.
#>
param(
    [Parameter(Mandatory)] [string[]] $Path,
    [Parameter(Mandatory)] [string] $Result,
    [Parameter(Mandatory)] [string] $Pester,
    [string] $Name,
    [switch] $Quick
)

$ErrorActionPreference = 'Stop'
Import-Module $Pester

foreach ($file in $Path) {
    $report = Join-Path $Result "$(Split-Path $file -Leaf).json"
    try {
        [IO.File]::Open("$report.taken", 'CreateNew').Dispose()
    }
    catch [IO.IOException] {
        continue
    }
    $configuration = New-PesterConfiguration
    $configuration.Run.Path = $file
    $configuration.Run.PassThru = $true
    $configuration.Output.StackTraceVerbosity = 'None'
    if ($Name) {
        $configuration.Filter.FullName = "*$Name*"
    }
    if ($Quick) {
        $configuration.Filter.ExcludeTag = 'Slow'
    }
    # The output of a file stays together, even if the other process prints at the same time; a file that passes needs one line.
    $run = $null
    $said = Invoke-Pester -Configuration $configuration 6>&1 | ForEach-Object {
        if ($_ -is [Management.Automation.InformationRecord]) {
            $_.MessageData.Message
            if (-not $_.MessageData.NoNewLine) { "`n" }
        }
        else {
            $run = $_
        }
    }
    $counts = [ordered]@{
        Passed  = $run.PassedCount
        Failed  = $run.FailedCount
        Skipped = $run.SkippedCount + $run.InconclusiveCount
        Seconds = [Math]::Round($run.Duration.TotalSeconds, 1)
    }
    # A file has also failed if its discovery or clean-up failed, even if none of its tests did.
    if ($run.Result -ne 'Passed' -and $counts.Failed -eq 0) {
        $counts.Failed = 1
    }
    $counts | ConvertTo-Json | Set-Content $report
    if ($counts.Failed) {
        -join $said
    }
    '{0,6:n1} s  {1} passed, {2} failed, {3} skipped  {4}' -f
        $counts.Seconds, $counts.Passed, $counts.Failed, $counts.Skipped, (Split-Path $file -Leaf)
}
