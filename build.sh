#!/usr/bin/env bash
# The build driver's door for shells: finds pwsh, or builds the embedded engine, and hands over to build.ps1.
set -euo pipefail

root=$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")" && pwd)
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 POWERSHELL_TELEMETRY_OPTOUT=1 POWERSHELL_UPDATECHECK=Off

# What stands after a script's name is the script's.
engine=
arguments=()
for argument in "$@"; do
    if [[ $argument == --engine && ! (${arguments[0]-} == run && ${#arguments[@]} -gt 1) ]]; then
        engine=yes
    else
        arguments+=("$argument")
    fi
done
set -- "${arguments[@]+"${arguments[@]}"}"

task=${1:-build}
shift || true

# Removing what is built must not need anything built.
if [[ $task == clean ]]; then
    exec rm -rf -- "$root/out"
fi

if [[ -z $engine ]] && host=$(command -v pwsh); then
    :
else
    host=$root/out/EngineHost/EngineHost
    stamp=$root/out/stamps/EngineHost-published
    sources=("$root/tools/EngineHost" "$root/Directory.Build.props")
    if [[ ! -x $host || ! -f $stamp || -n $(find "${sources[@]}" -newer "$stamp" -print -quit) ]]; then
        mkdir -p "$root/out/stamps"
        touch "$stamp.new"
        rm -rf -- "$root/out/EngineHost.new"
        publish=(dotnet publish "$root/tools/EngineHost" -c Release --use-current-runtime --no-self-contained
            -o "$root/out/EngineHost.new" -v quiet --nologo -clp:NoSummary)
        # Compiled ahead of time it starts in a third of the time; the compiler for that is a package that may be missing.
        "${publish[@]}" -p:PublishReadyToRun=true >/dev/null || "${publish[@]}" >&2
        # A host that runs keeps the files it has: the folder is replaced, not written over.
        rm -rf -- "$root/out/EngineHost"
        mv -- "$root/out/EngineHost.new" "$root/out/EngineHost"
        mv -- "$stamp.new" "$stamp"
    fi
fi

export MMAPPS_HOST=$host MMAPPS_ENGINE=$engine MMAPPS_MODULE=$root/out/MmapPS/MmapPS.psd1

# A script's own arguments must not meet build.ps1's parameters, so it is started from here.
if [[ $task == run ]]; then
    if [[ $# -eq 0 ]]; then
        echo 'usage: ./build.sh run SCRIPT.ps1 [ARGS]' >&2
        exit 2
    fi
    "$host" -NoProfile -NonInteractive -File "$root/build.ps1" -Task build
    script=$1
    shift
    MMAPPS_SCRIPT=$(realpath -- "$script")
    export MMAPPS_SCRIPT
    exec "$host" -NoProfile -File "$root/tools/run.ps1" "$@"
fi

# A word a line, so that no word is taken for a parameter of build.ps1.
MMAPPS_ARGUMENTS=$(printf '%s\n' "$@")
export MMAPPS_ARGUMENTS
exec "$host" -NoProfile -NonInteractive -File "$root/build.ps1" -Task "$task"
