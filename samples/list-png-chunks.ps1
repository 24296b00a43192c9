<#
.SYNOPSIS
Lists the chunks of a PNG image: where each is, its type, the length of its data, its checksum.
.EXAMPLE
./build.sh run samples/list-png-chunks.ps1 picture.png
#>
param([Parameter(Mandatory = $true)] [string] $Path)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$signature = 0x89504E470D0A1A0AUL
$headLayout = [ordered]@{ Length = 'UInt32BE'; Type = 'Latin1[4]' }
$headLength = 8
$crcLength = 4

$map = New-MemoryMap $Path -Protection Read
try {
    if ($map.Length -lt 8 -or (Read-MappedValue $map UInt64BE) -ne $signature) {
        throw "$Path is no PNG image."
    }

    for ($at = 8L; $at -lt $map.Length; $at += $headLength + $head.Length + $crcLength) {
        $head = Read-MappedValue $map -Layout $headLayout -Offset $at
        [PSCustomObject]@{
            Offset = $at
            Type   = $head.Type
            Length = $head.Length
            Crc    = '{0:x8}' -f (Read-MappedValue $map UInt32BE -Offset ($at + $headLength + $head.Length))
        }
    }
}
finally {
    Remove-MemoryMap $map
}
