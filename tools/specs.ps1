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

# A spec sees the variables of this script. None may have a name that a spec uses, or one that it failed to set would be taken from here.
$specs = @{} + $PSBoundParameters
Remove-Variable Path, Result, Pester, Name, Quick
$ErrorActionPreference = 'Stop'
Import-Module $specs.Pester

foreach ($specFile in $specs.Path) {
    $specReport = Join-Path $specs.Result "$(Split-Path $specFile -Leaf).json"
    try {
        [IO.File]::Open("$specReport.taken", 'CreateNew').Dispose()
    }
    catch [IO.IOException] {
        continue
    }
    $specConfiguration = New-PesterConfiguration
    $specConfiguration.Run.Path = $specFile
    $specConfiguration.Run.PassThru = $true
    $specConfiguration.Output.StackTraceVerbosity = 'None'
    if ($specs.Name) {
        $specConfiguration.Filter.FullName = "*$($specs.Name)*"
    }
    if ($specs.Quick) {
        $specConfiguration.Filter.ExcludeTag = 'Slow'
    }
    # The output of a file stays together, even if the other process prints at the same time; a file that passes needs one line.
    $specRun = $null
    $specOutput = Invoke-Pester -Configuration $specConfiguration 6>&1 | ForEach-Object {
        if ($_ -is [Management.Automation.InformationRecord]) {
            $_.MessageData.Message
            if (-not $_.MessageData.NoNewLine) { "`n" }
        }
        else {
            $specRun = $_
        }
    }
    $specCounts = [ordered]@{
        Passed  = $specRun.PassedCount
        Failed  = $specRun.FailedCount
        Skipped = $specRun.SkippedCount + $specRun.InconclusiveCount
        Seconds = [Math]::Round($specRun.Duration.TotalSeconds, 1)
    }
    # A file has also failed if its discovery or clean-up failed, even if none of its tests did.
    if ($specRun.Result -ne 'Passed' -and $specCounts.Failed -eq 0) {
        $specCounts.Failed = 1
    }
    $specCounts | ConvertTo-Json | Set-Content $specReport
    if ($specCounts.Failed) {
        -join $specOutput
    }
    '{0,6:n1} s  {1} passed, {2} failed, {3} skipped  {4}' -f
        $specCounts.Seconds, $specCounts.Passed, $specCounts.Failed, $specCounts.Skipped, (Split-Path $specFile -Leaf)
}
