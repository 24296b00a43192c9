<#
.SYNOPSIS
Lists the files in a ZIP file without unpacking it.
.DESCRIPTION
A ZIP file ends in a record that says where its directory is. The script searches for that record from the end of the file, because a
comment of up to 64 KiB may follow it. Files over 4 GiB (ZIP64) have more such records and are refused.
.PARAMETER Path
The ZIP file.
.EXAMPLE
./build.sh run samples/list-zip.ps1 archive.zip
#>
param([Parameter(Mandatory)] [string] $Path)

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

# MS-DOS counts years from 1980, and seconds in steps of two. If the month is 0, there is no time.
function ConvertFrom-DosTime([int] $Date, [int] $Time) {
    if ($Date -band 0x1FF) {
        Get-Date -Year (1980 + ($Date -shr 9)) -Month ($Date -shr 5 -band 15) -Day ($Date -band 31) -Hour ($Time -shr 11) `
            -Minute ($Time -shr 5 -band 63) -Second (2 * ($Time -band 31)) -Millisecond 0
    }
}

$map = New-MemoryMap $Path -Protection Read
try {
    # The comment may contain the signature by chance, but then the comment's length does not match.
    $tail = [Math]::Max(0, $map.Length - $endLength - [uint16]::MaxValue)
    $end = Find-MappedByte $map -Hex '50 4b 05 06' -Offset $tail -Last 100 |
        Where-Object { $_.Offset + $endLength -le $map.Length } |
        ForEach-Object {
            $record = $_ | Read-MappedValue -Layout $endLayout
            if ($_.Offset + $endLength + $record.CommentLength -eq $map.Length) {
                $record
            }
        } |
        Select-Object -First 1
    if (-not $end) {
        throw "$Path is not a ZIP file, or it is cut off."
    }

    if ($end.Entries -eq [uint16]::MaxValue -or $end.DirectoryOffset -eq [uint32]::MaxValue) {
        throw "$Path is a ZIP64 file."
    }

    $offset = [long]$end.DirectoryOffset
    for ($i = 0; $i -lt $end.Entries; $i++) {
        $entry = Read-MappedValue $map -Layout $entryLayout -Offset $offset
        if ($entry.Signature -ne 0x504B0102) {
            throw "The directory of $Path is damaged at offset $offset."
        }

        $encoding = if ($entry.Flags -band $utf8Flag) { 'utf8' } else { 'latin1' }
        [pscustomobject]@{
            Length   = $entry.Length
            Modified = ConvertFrom-DosTime $entry.Date $entry.Time
            Crc      = '{0:x8}' -f $entry.Crc
            Name     = Read-MappedByte $map -Offset ($offset + $entryLength) -Length $entry.NameLength -Encoding $encoding
        }
        $offset += $entryLength + $entry.NameLength + $entry.ExtraLength + $entry.CommentLength
    }
}
finally {
    Remove-MemoryMap $map
}
