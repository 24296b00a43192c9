<#
.SYNOPSIS
Patches the volume label of a 2 GiB disk image in place, and shows that nothing else changed.
.DESCRIPTION
Makes an ext4 image with mkfs.ext4, or writes only the few bytes that matter here if mkfs.ext4 is missing. The label
is 16 bytes at offset 120 of the superblock, which starts at byte 1024 of the image. Get-FileHash proves that the image is unchanged
after the old label is put back.
.PARAMETER Path
The image to make. Default: a temporary file.
.PARAMETER Length
The image's length in bytes. Default: 2 GiB.
.PARAMETER Label
The new label, of at most 16 ASCII characters.
.PARAMETER Keep
Keeps the patched image.
.EXAMPLE
./build.sh run samples/patch-large.ps1
.EXAMPLE
./build.sh run samples/patch-large.ps1 -Path ./disk.img -Length 64MB -Keep
#>
param(
    [string] $Path = (Join-Path ([IO.Path]::GetTempPath()) "patch-large-$PID.img"),
    [long] $Length = 2GB,
    [ValidateLength(1, 16)] [string] $Label = 'PATCHED',
    [switch] $Keep
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$superblock = 1024
$magicOffset = $superblock + 56
$labelOffset = $superblock + 120
$labelLength = 16
$oldLabel = 'BEFORE'

# The job itself: map the whole image, check for the superblock of ext, replace the label, make it durable, unmap.
function Set-Label([string] $Old, [string] $New) {
    $image = New-MemoryMap $Path
    Write-MappedByte $image -Offset $magicOffset -Hex '53 ef' -Expect '53 ef'
    $image |
        Write-MappedByte -Offset $labelOffset -Value $New.PadRight($labelLength, "`0") -Expect $Old.PadRight($labelLength, "`0") -PassThru |
        Sync-MemoryMap -Offset $labelOffset -Length $labelLength -PassThru |
        Remove-MemoryMap
}

# Read without MmapPS.
function Get-Label {
    $bytes = Get-Content $Path -AsByteStream -TotalCount ($labelOffset + $labelLength) | Select-Object -Last $labelLength
    (-join [char[]]$bytes).TrimEnd("`0")
}

# Programs for root are not always in PATH.
function Find-Program([string] $Name) {
    Get-Command $Name, "/sbin/$Name", "/usr/sbin/$Name" -CommandType Application -ErrorAction Ignore | Select-Object -First 1
}

try {
    New-MemoryMap $Path -Create -Length $Length | Remove-MemoryMap
    $mkfs = Find-Program mkfs.ext4
    if ($mkfs) {
        # Without metadata checksums, so that the label can change without the superblock's checksum.
        & $mkfs -q -F -O '^metadata_csum' -L $oldLabel $Path
        if ($LASTEXITCODE -ne 0) {
            throw "mkfs.ext4 failed with exit code $LASTEXITCODE."
        }
    }
    else {
        New-MemoryMap $Path |
            Write-MappedByte -Offset $magicOffset -Hex '53 ef' -PassThru |
            Write-MappedByte -Offset $labelOffset -Value $oldLabel -PassThru |
            Remove-MemoryMap -Sync
    }
    "image:  $Path, $Length bytes, $($mkfs ? "made by $mkfs" : 'generated, because mkfs.ext4 is missing')"

    $before = Get-FileHash $Path
    "label:  $(Get-Label)"
    $time = Measure-Command { Set-Label $oldLabel $Label }
    'patch:  {0:n0} ms' -f $time.TotalMilliseconds
    "label:  $(Get-Label)"
    $e2label = Find-Program e2label
    if ($mkfs -and $e2label) {
        "e2label says: $(& $e2label $Path)"
    }

    Set-Label $Label $oldLabel
    if ((Get-FileHash $Path).Hash -ne $before.Hash) {
        throw 'More than the label changed.'
    }
    Set-Label $oldLabel $Label
    "The other $($Length - $labelLength) bytes are the same ($($before.Algorithm))."
}
finally {
    if (-not $Keep) {
        Remove-Item $Path -ErrorAction Ignore
    }
}
