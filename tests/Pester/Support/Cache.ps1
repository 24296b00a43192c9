# The page cache, warmed and looked at without the module. Dot-source this after Process.ps1.

function Get-CachedSize {
    <#
    .SYNOPSIS
        Bytes of a file's pages in memory, as vmtouch counts them.
    #>
    param([Parameter(Mandatory)][string] $Path)

    $said = (Invoke-Program 'vmtouch', $Path).Output
    if ($said -notmatch 'Resident Pages: (\d+)/(\d+)') {
        throw "vmtouch said: $said"
    }

    [long]$Matches[1] * [Environment]::SystemPageSize
}

function Clear-Cache {
    <#
    .SYNOPSIS
        Drops a file's pages from memory, by vmtouch.
    #>
    param([Parameter(Mandatory)][string] $Path)

    $null = Invoke-Program 'sync', $Path
    $null = Invoke-Program 'vmtouch', '-e', $Path
}

function Wait-Until {
    <#
    .SYNOPSIS
        Looks again and again until a condition holds, and returns whether it did. It gives up after three minutes.
    #>
    param([Parameter(Mandatory)][scriptblock] $Condition)

    $clock = [Diagnostics.Stopwatch]::StartNew()
    do {
        if (& $Condition) {
            return $true
        }
    } while ($clock.Elapsed.TotalMinutes -lt 3)

    $false
}
