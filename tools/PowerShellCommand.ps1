function Get-PowerShellCommand {
    <#
    .SYNOPSIS
        The words that start the PowerShell that runs this: its own program, or dotnet where it is a .NET tool.
    #>
    $program = Join-Path $PSHOME ($IsWindows ? 'pwsh.exe' : 'pwsh')
    if (Test-Path $program) { $program } else { [Environment]::ProcessPath; Join-Path $PSHOME pwsh.dll }
}
