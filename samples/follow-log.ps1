<#
.SYNOPSIS
Writes the lines of a log as they are added, even if the log is rotated or truncated.
.PARAMETER Path
The log.
.PARAMETER FromStart
Also writes the existing lines. Without it, only new lines.
.PARAMETER Until
A script block: when it returns true, the sample checks once more and ends. Default: it runs until Ctrl+C.
.PARAMETER Milliseconds
The time between two checks. Default: 500.
.EXAMPLE
./build.sh run samples/follow-log.ps1 -Path ./app.log
#>
param(
    [Parameter(Mandatory)] [string] $Path,
    [switch] $FromStart,
    [scriptblock] $Until = { $false },
    [int] $Milliseconds = 500
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

# The whole lines of a region from an offset on; an incomplete last line waits for its line feed.
function Read-Line($Map, [long] $From) {
    $end = Find-MappedByte $Map -Hex 0a -Offset $From -Last 1
    if ($end) {
        (Read-MappedByte $Map -Offset $From -Length ($end.Offset - $From) -Encoding utf8) -split "\r?\n"
        $script:at = $end.Offset + 1
    }
}

$map = New-MemoryMap -LiteralPath $Path -Protection Read
$at = $FromStart ? 0 : $map.Length
do {
    # Checked before the read, so that everything written before it is seen.
    $last = & $Until
    try {
        if ($map.FileState -eq 'Cut') {
            $at = 0
        }
        Resize-MemoryMap $map -ToFile
        Read-Line $map $at

        if ($map.FileState -eq 'Replaced') {
            Remove-MemoryMap $map
            $map = New-MemoryMap -LiteralPath $Path -Protection Read
            $at = 0
            Read-Line $map $at
        }
    }
    catch {
        # It was truncated during the read: the next check sees that.
        if ($_.FullyQualifiedErrorId -notlike 'PageFault,*') {
            throw
        }
    }
    if (-not $last) {
        Start-Sleep -Milliseconds $Milliseconds
    }
} until ($last)
Remove-MemoryMap $map
