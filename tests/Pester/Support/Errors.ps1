# What went wrong, as a test wants to look at it.

function Get-ErrorOf {
    <#
    .SYNOPSIS
        Runs a script block and returns the error that ended it, terminating or not, or nothing where there was none.
    .DESCRIPTION
        Id is the first part of FullyQualifiedErrorId. Specs use this rather than Should -Throw -ErrorId because most
        errors here do not terminate.
    #>
    param([Parameter(Mandatory)][scriptblock] $Script)

    $ErrorActionPreference = 'Stop'
    try {
        $null = & $Script
    }
    catch {
        [pscustomobject]@{
            Id       = ($_.FullyQualifiedErrorId -split ',')[0]
            Message  = $_.Exception.Message
            Category = $_.CategoryInfo.Category
            Target   = $_.TargetObject
            Record   = $_
        }
    }
}
