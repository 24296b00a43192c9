@rem Fetches the pinned PowerShell, and hands over to build.ps1 in it.
@setlocal
@set DOTNET_CLI_TELEMETRY_OPTOUT=1
@set POWERSHELL_TELEMETRY_OPTOUT=1
@set POWERSHELL_UPDATECHECK=Off
@set from=%CD%
@cd /d "%~dp0"
@dotnet tool restore >nul && dotnet tool run pwsh -- -NoProfile -WorkingDirectory "%from%" -File "%~dp0build.ps1" %*
