# Runs the script named by MMAPPS_SCRIPT with the built module imported; its arguments are this script's.
# Dot-sourced, so that its exit code is this one's.
Import-Module $env:MMAPPS_MODULE
. $env:MMAPPS_SCRIPT @args
