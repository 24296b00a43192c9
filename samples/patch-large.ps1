<#
.SYNOPSIS
Patches the volume label of a 2 GiB disk image in place, and shows that nothing else changed.
.DESCRIPTION
Makes an ext4 image with mkfs.ext4, or writes the few bytes of one that matter here where mkfs.ext4 is missing. The label
is 16 bytes at offset 120 of the superblock, which starts at byte 1024 of the image. A reader that has nothing to do with
MmapPS hashes everything around the label before and after.
.EXAMPLE
./build.sh run samples/patch-large.ps1
#>
param(
    [string] $Path = [IO.Path]::Combine([IO.Path]::GetTempPath(), "patch-large-$PID.img"),
    [long] $Length = 2GB,
    [string] $Label = 'PATCHED',
    [switch] $Keep
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$labelOffset = 1024 + 120
$labelLength = 16
$oldLabel = 'BEFORE'

function Find-Program([string] $Name) {
    foreach ($folder in $env:PATH.Split(':') + '/sbin', '/usr/sbin') {
        $file = [IO.Path]::Combine($folder, $Name)
        if ([IO.File]::Exists($file)) {
            return $file
        }
    }
}

# The SHA-256 of a range, read with .NET's own FileStream.
function Get-RangeHash([string] $File, [long] $Offset, [long] $Count) {
    $hash = [Security.Cryptography.IncrementalHash]::CreateHash([Security.Cryptography.HashAlgorithmName]::SHA256)
    $stream = [IO.File]::OpenRead($File)
    try {
        $null = $stream.Seek($Offset, [IO.SeekOrigin]::Begin)
        $buffer = [byte[]]::new(4MB)
        while ($Count -gt 0) {
            $read = $stream.Read($buffer, 0, [int][Math]::Min($Count, $buffer.Length))
            if ($read -eq 0) {
                throw "$File ends early."
            }
            $hash.AppendData($buffer, 0, $read)
            $Count -= $read
        }
        [BitConverter]::ToString($hash.GetHashAndReset())
    }
    finally {
        $stream.Dispose()
    }
}

function Get-Surroundings {
    Get-RangeHash $Path 0 $labelOffset
    Get-RangeHash $Path ($labelOffset + $labelLength) ($Length - $labelOffset - $labelLength)
}

function Read-Label {
    $stream = [IO.File]::OpenRead($Path)
    try {
        $null = $stream.Seek($labelOffset, [IO.SeekOrigin]::Begin)
        $bytes = [byte[]]::new($labelLength)
        $null = $stream.Read($bytes, 0, $labelLength)
        [Text.Encoding]::ASCII.GetString($bytes).TrimEnd([char] 0)
    }
    finally {
        $stream.Dispose()
    }
}

try {
    $mkfs = Find-Program 'mkfs.ext4'
    New-MemoryMap $Path -Create -Length $Length | Remove-MemoryMap
    if ($mkfs) {
        # Without metadata checksums, so that the label can change without the superblock's checksum.
        $null = & $mkfs -q -F -O '^metadata_csum' -L $oldLabel $Path
        if ($LASTEXITCODE -ne 0) {
            throw "mkfs.ext4 failed with exit code $LASTEXITCODE."
        }
        "image:  $Path, $Length bytes, made by $mkfs"
    }
    else {
        New-MemoryMap $Path -Offset 1024 -Length 1024 |
            Write-MappedByte -Offset 56 -Hex '53 ef' -PassThru |
            Write-MappedByte -Offset 120 -Value $oldLabel -PassThru |
            Remove-MemoryMap -Sync
        "image:  $Path, $Length bytes, generated (mkfs.ext4 is not here)"
    }

    $before = Get-Surroundings
    "label:  $(Read-Label)"

    # The job itself: map the whole image, check that it is ext's superblock, replace the label, make it durable, unmap.
    $value = [byte[]]::new($labelLength)
    $null = [Text.Encoding]::ASCII.GetBytes($Label, 0, $Label.Length, $value, 0)
    $expected = [byte[]]::new($labelLength)
    $null = [Text.Encoding]::ASCII.GetBytes($oldLabel, 0, $oldLabel.Length, $expected, 0)
    $clock = [Diagnostics.Stopwatch]::StartNew()
    $image = New-MemoryMap $Path
    $magic = Read-MappedByte $image -Offset (1024 + 56) -Length 2
    if ($magic[0] -ne 0x53 -or $magic[1] -ne 0xEF) {
        throw "$Path is no ext image."
    }
    $image |
        Write-MappedByte -Offset $labelOffset -Value $value -Expect $expected -PassThru |
        Sync-MemoryMap -Offset $labelOffset -Length $labelLength -PassThru |
        Remove-MemoryMap
    "patch:  $($clock.ElapsedMilliseconds) ms"

    "label:  $(Read-Label)"
    $e2label = Find-Program 'e2label'
    if ($mkfs -and $e2label) {
        "e2label says: $(& $e2label $Path)"
    }
    $after = Get-Surroundings
    if ((Read-Label) -ne $Label -or "$before" -ne "$after") {
        throw 'More than the label changed.'
    }
    "The $($Length - $labelLength) bytes around the label are the same (SHA-256)."
}
finally {
    if (-not $Keep) {
        [IO.File]::Delete($Path)
    }
}
