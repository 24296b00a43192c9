<#
.SYNOPSIS
Lists what is in a ZIP file, without unpacking it.
.DESCRIPTION
A ZIP file ends in a record that says where its directory is. That record is looked for from the file's end on, because a
comment of up to 64 KiB may follow it. Files over 4 GiB (ZIP64) have more such records and are refused.
.EXAMPLE
./build.sh run samples/list-zip.ps1 archive.zip
#>
param([Parameter(Mandatory = $true)] [string] $Path)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$endLayout = [ordered]@{
    Signature       = 'UInt32'
    Disk            = 'UInt16'
    DirectoryDisk   = 'UInt16'
    DiskEntries     = 'UInt16'
    Entries         = 'UInt16'
    DirectoryLength = 'UInt32'
    DirectoryOffset = 'UInt32'
    CommentLength   = 'UInt16'
}
$endLength = 22
$entryLayout = [ordered]@{
    Signature     = 'UInt32BE'
    MadeBy        = 'UInt16'
    Needs         = 'UInt16'
    Flags         = 'UInt16'
    Method        = 'UInt16'
    Time          = 'UInt16'
    Date          = 'UInt16'
    Crc           = 'UInt32'
    PackedLength  = 'UInt32'
    Length        = 'UInt32'
    NameLength    = 'UInt16'
    ExtraLength   = 'UInt16'
    CommentLength = 'UInt16'
    FirstDisk     = 'UInt16'
    Internal      = 'UInt16'
    External      = 'UInt32'
    Offset        = 'UInt32'
}
$entryLength = 46
$utf8Flag = 0x800

# The date and time of MS-DOS: years from 1980 on, two seconds a step.
function Get-DosTime([int] $Date, [int] $Time) {
    $day = '{0:0000}-{1:00}-{2:00}' -f (1980 + ($Date -shr 9)), (($Date -shr 5) -band 15), ($Date -band 31)
    '{0} {1:00}:{2:00}:{3:00}' -f $day, ($Time -shr 11), (($Time -shr 5) -band 63), (2 * ($Time -band 31))
}

$map = New-MemoryMap $Path -Protection Read
try {
    # The record's signature may stand in the comment by chance, but then the comment's length does not fit.
    $tail = [Math]::Max(0, $map.Length - $endLength - [uint16]::MaxValue)
    $end = $null
    foreach ($match in @(Find-MappedByte $map -Hex '50 4b 05 06' -Offset $tail -Last 100)) {
        if ($match.Offset + $endLength -le $map.Length) {
            $found = $match | Read-MappedValue -Layout $endLayout
            if ($match.Offset + $endLength + $found.CommentLength -eq $map.Length) {
                $end = $found
                break
            }
        }
    }

    if (-not $end) {
        throw "$Path is no ZIP file, or it is cut off."
    }

    if ($end.Entries -eq [uint16]::MaxValue -or $end.DirectoryOffset -eq [uint32]::MaxValue) {
        throw "$Path is of the kind ZIP64."
    }

    $at = [long]$end.DirectoryOffset
    for ($i = 0; $i -lt $end.Entries; $i++) {
        $entry = Read-MappedValue $map -Layout $entryLayout -Offset $at
        if ($entry.Signature -ne 0x504B0102) {
            throw "The directory of $Path is damaged at offset $at."
        }

        $encoding = if ($entry.Flags -band $utf8Flag) { 'utf8' } else { 'latin1' }
        [PSCustomObject]@{
            Name     = Read-MappedByte $map -Offset ($at + $entryLength) -Length $entry.NameLength -Encoding $encoding
            Length   = $entry.Length
            Packed   = $entry.PackedLength
            Modified = Get-DosTime $entry.Date $entry.Time
            Crc      = '{0:x8}' -f $entry.Crc
        }
        $at += $entryLength + $entry.NameLength + $entry.ExtraLength + $entry.CommentLength
    }
}
finally {
    Remove-MemoryMap $map
}
