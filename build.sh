#!/usr/bin/env bash
# Fetches the pinned PowerShell once, and starts build.ps1 in it.
set -euo pipefail
root=$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")" && pwd)
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 POWERSHELL_TELEMETRY_OPTOUT=1 POWERSHELL_UPDATECHECK=Off

# out/pwsh is a link to PowerShell in the package cache.
version=$(sed -n 's/.*"version": "\([^"]*\)".*/\1/p' "$root/.config/dotnet-tools.json")
if [[ ! -f $root/out/pwsh/pwsh.dll || $(readlink -- "$root/out/pwsh") != */powershell/$version/* ]]; then
    echo 'Fetching PowerShell (70 MB, about ten seconds, once).' >&2
    mkdir -p -- "$root/out" && cd -- "$root" && dotnet tool restore >&2
    ln -sfn -- "$(dotnet tool run pwsh -- -NoProfile -Command '$PSHOME')" out/pwsh && cd -- "$OLDPWD"
fi
exec dotnet "$root/out/pwsh/pwsh.dll" -NoProfile -File "$root/build.ps1" "$@"
