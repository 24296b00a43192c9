# Every spec file begins with this: the module under test, and what most specs use.
#     BeforeAll { . $PSScriptRoot/../Support/Preamble.ps1 }
# Rarer helpers are dot-sourced after it: Cache, HugePages, LongWork, HazardWays, HazardSandbox, HelpPage, Example.

. $PSScriptRoot/Module.ps1
. $PSScriptRoot/Errors.ps1
. $PSScriptRoot/Files.ps1
. $PSScriptRoot/Hazard.ps1
. $PSScriptRoot/Kernel.ps1
. $PSScriptRoot/WhatIf.ps1

$page = [Environment]::SystemPageSize

# An error that no spec expects ends its test, as does a program's that fails.
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $true
