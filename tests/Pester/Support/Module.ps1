# Imports the module under test: the built one that MMAPPS_MODULE names, never the sources.
# Dot-source this in a file's BeforeAll:  . $PSScriptRoot/../Support/Module.ps1

if (-not $env:MMAPPS_MODULE) {
    throw 'MMAPPS_MODULE is not set: it is the full path of the built MmapPS.psd1. ./build.sh test sets it.'
}

if (-not (Test-Path -LiteralPath $env:MMAPPS_MODULE)) {
    throw "There is no module $env:MMAPPS_MODULE. Build it first, as ./build.sh test does."
}

Import-Module $env:MMAPPS_MODULE -ErrorAction Stop
