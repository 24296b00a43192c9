<#
.SYNOPSIS
Changes one byte of a file in place: "abc" becomes "adc".
.EXAMPLE
./build.sh run samples/replace-byte.ps1
.EXAMPLE
./build.sh run samples/replace-byte.ps1 -Path ./abc.txt
#>
param([string] $Path)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$made = -not $Path
if ($made) {
    $Path = [IO.Path]::Combine([IO.Path]::GetTempPath(), "replace-byte-$PID.txt")
    [IO.File]::WriteAllText($Path, 'abc')
}

"before: $([IO.File]::ReadAllText($Path))"
New-MemoryMap $Path | Write-MappedByte -Offset 1 -Value d -PassThru | Sync-MemoryMap -PassThru | Remove-MemoryMap
"after:  $([IO.File]::ReadAllText($Path))"

if ($made) {
    [IO.File]::Delete($Path)
}
