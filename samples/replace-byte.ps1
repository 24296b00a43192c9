<#
.SYNOPSIS
Changes one byte of a file in place: "abc" becomes "adc".
.PARAMETER Path
The file, of at least two bytes. Default: a temporary one that is removed at the end.
.EXAMPLE
./build.sh run samples/replace-byte.ps1
.EXAMPLE
./build.sh run samples/replace-byte.ps1 -Path ./abc.txt
#>
param([string] $Path)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$temporary = $null
if (-not $Path) {
    $temporary = New-TemporaryFile
    Set-Content $temporary abc -NoNewline
    $Path = $temporary
}

"before: $(Get-Content $Path -Raw)"
New-MemoryMap $Path | Write-MappedByte -Offset 1 -Value d -PassThru | Sync-MemoryMap -PassThru | Remove-MemoryMap
"after:  $(Get-Content $Path -Raw)"

if ($temporary) {
    Remove-Item $temporary
}
