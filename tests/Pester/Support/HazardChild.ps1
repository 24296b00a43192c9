# What the child processes of Invoke-Hazard have beside the module.

$ErrorActionPreference = 'Stop'
$page = [Environment]::SystemPageSize
. $PSScriptRoot/Files.ps1
. $PSScriptRoot/HazardWays.ps1

function Show {
    <#
    .SYNOPSIS
        Runs a step and prints its result (bytes as decimals with blanks between), or '!ErrorId | message'.
    #>
    param([string] $Name, [scriptblock] $Step)

    try { $said = (& $Step) -join ' ' }
    catch { $said = '!{0} | {1}' -f ($_.FullyQualifiedErrorId -split ',')[0], ($_.Exception.Message -replace '\n', ' ') }
    [Console]::WriteLine("$Name = $said")
}

function Show-Way {
    <#
    .SYNOPSIS
        Shows each way of HazardWays.ps1 under its name, after the words of -Name.
    #>
    param([string] $Name, [Collections.IDictionary[]] $Ways)

    foreach ($table in $Ways) {
        foreach ($way in $table.GetEnumerator()) {
            Show "$Name $($way.Key)" $way.Value
        }
    }
}

if ($IsWindows) {
    . $PSScriptRoot/WindowsKernel.ps1
    function Get-FileMapCount([string] $Path) { Get-MapCount ([IO.Path]::GetFullPath($Path) + '*') }
}
else {
    # Mappings of this process whose line in /proc has a text.
    function Get-FileMapCount([string] $Text) {
        @(Get-Content /proc/self/maps | Where-Object { $_.Contains($Text) }).Count
    }
}
