#!/usr/bin/env bash
# Fetches the pinned PowerShell once, and hands over to build.ps1 in it.
set -euo pipefail
root=$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")" && pwd)
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 POWERSHELL_TELEMETRY_OPTOUT=1 POWERSHELL_UPDATECHECK=Off

# out/pwsh holds the folder of the PowerShell in the package cache.
if [[ ! -f $(cat -- "$root/out/pwsh" 2>/dev/null)/pwsh.dll || $root/.config/dotnet-tools.json -nt $root/out/pwsh ]]; then
    echo 'Fetching PowerShell (70 MB, about ten seconds, once).' >&2
    (cd -- "$root" && dotnet tool restore >&2 && mkdir -p out && dotnet tool run pwsh -- -NoProfile -Command '$PSHOME' >out/pwsh)
fi
exec dotnet "$(cat -- "$root/out/pwsh")/pwsh.dll" -NoProfile -File "$root/build.ps1" -Task "${1-build}" "${@:2}"
