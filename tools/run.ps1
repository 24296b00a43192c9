# Runs the script named by MMAPPS_SCRIPT with the built module imported; its arguments and its exit code are this script's.
Import-Module $env:MMAPPS_MODULE -ErrorAction Stop
. $env:MMAPPS_SCRIPT @args
# An `exit` ends only the script that says it; `$?` and `$LASTEXITCODE` are all that is left of it. A script that does not take
# its arguments leaves no exit code.
if (-not $?) {
    exit $LASTEXITCODE ?? 1
}
