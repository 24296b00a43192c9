function Get-PowerShellCommand {
    <#
    .SYNOPSIS
        The words that start the running PowerShell again: its program, or dotnet if it is a .NET tool.
    #>
    $program = Join-Path $PSHOME ($IsWindows ? 'pwsh.exe' : 'pwsh')
    if (Test-Path $program) { $program } else { [Environment]::ProcessPath; Join-Path $PSHOME pwsh.dll }
}
