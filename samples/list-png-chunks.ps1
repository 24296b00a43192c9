<#
.SYNOPSIS
Lists the chunks of a PNG image: the offset, its type, the length of its data, its checksum.
.PARAMETER Path
The image.
.EXAMPLE
./build.sh run samples/list-png-chunks.ps1 picture.png
#>
param([Parameter(Mandatory)] [string] $Path)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$signature = 0x89504E470D0A1A0AUL
$headLayout = [ordered]@{ Length = 'UInt32BE'; Type = 'Latin1[4]' }
$headLength = 8
$crcLength = 4

$map = New-MemoryMap $Path -Protection Read
try {
    if ($map.Length -lt 8 -or (Read-MappedValue $map UInt64BE) -ne $signature) {
        throw "$Path is not a PNG image."
    }

    for ($offset = 8L; $offset -lt $map.Length; $offset += $headLength + $head.Length + $crcLength) {
        $head = Read-MappedValue $map -Layout $headLayout -Offset $offset
        $crc = Read-MappedValue $map UInt32BE -Offset ($offset + $headLength + $head.Length)
        [pscustomobject]@{ Offset = $offset; Type = $head.Type; Length = $head.Length; Crc = '{0:x8}' -f $crc }
    }
}
finally {
    Remove-MemoryMap $map
}
