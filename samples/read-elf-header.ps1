<#
.SYNOPSIS
Shows the header of an ELF file (a program or library of Linux), one field per row.
.DESCRIPTION
The first bytes give the width of addresses and the byte order; the rest is read accordingly. The names are
those of elf(5).
.PARAMETER Path
The program or library.
.EXAMPLE
./build.sh run samples/read-elf-header.ps1 /bin/sh
#>
param([Parameter(Mandatory)] [string] $Path)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$map = New-MemoryMap $Path -Protection Read
try {
    $ident = Read-MappedValue $map -Layout ([ordered]@{
        Magic      = 'UInt32BE'
        Class      = 'Byte'
        Data       = 'Byte'
        Version    = 'Byte'
        OsAbi      = 'Byte'
        AbiVersion = 'Byte'
        Padding    = 'Byte[7]'
    })
    if ($ident.Magic -ne 0x7F454C46) {
        throw "$Path is not an ELF file."
    }

    $address = if ($ident.Class -eq 2) { 'UInt64' } else { 'UInt32' }
    $header = Read-MappedValue $map -Offset 16 -BigEndian:($ident.Data -eq 2) -Layout ([ordered]@{
        e_type      = 'UInt16'
        e_machine   = 'UInt16'
        e_version   = 'UInt32'
        e_entry     = $address
        e_phoff     = $address
        e_shoff     = $address
        e_flags     = 'UInt32'
        e_ehsize    = 'UInt16'
        e_phentsize = 'UInt16'
        e_phnum     = 'UInt16'
        e_shentsize = 'UInt16'
        e_shnum     = 'UInt16'
        e_shstrndx  = 'UInt16'
    })
    ($ident | Select-Object * -ExcludeProperty Padding), $header | ForEach-Object { $_.PSObject.Properties } | ForEach-Object {
        [pscustomobject]@{ Field = $_.Name; Value = $_.Value; Hex = '0x{0:x}' -f $_.Value }
    }
}
finally {
    Remove-MemoryMap $map
}
