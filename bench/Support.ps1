# What the rows share. Engine-core commands and .NET calls only, as everywhere in this repository's scripts.

function Get-Median {
    param([double[]] $Value)
    [double[]] $sorted = $Value.Clone()
    [Array]::Sort($sorted)
    $sorted[[int][Math]::Floor(($sorted.Length - 1) / 2)]
}

function Measure-Once {
    param([scriptblock] $Work)
    [GC]::Collect()
    $clock = [Diagnostics.Stopwatch]::StartNew()
    $null = & $Work
    $clock.Elapsed.TotalMilliseconds
}

# Times two ways of doing the same job in turn, A B B A ..., after a warm-up of both, so that a machine whose speed drifts
# does not favour either. The ratio is the median of the ratios pair by pair.
function Measure-Pair {
    param(
        [string] $Name,
        [scriptblock] $Ours,
        [scriptblock] $Peer,
        [int] $Rounds = 9,
        [double] $Limit,
        [switch] $RatioIsSpeed
    )
    $null = & $Ours
    $null = & $Peer
    [double[]] $own = @()
    [double[]] $other = @()
    [double[]] $ratio = @()
    for ($round = 0; $round -lt $Rounds; $round++) {
        if ($round % 2) {
            $b = Measure-Once $Peer
            $a = Measure-Once $Ours
        }
        else {
            $a = Measure-Once $Ours
            $b = Measure-Once $Peer
        }
        $own += $a
        $other += $b
        $ratio += if ($RatioIsSpeed) { $b / $a } else { $a / $b }
    }
    $value = Get-Median $ratio
    [PSCustomObject]@{
        Row    = $Name
        OursMs = [Math]::Round((Get-Median $own), 3)
        PeerMs = [Math]::Round((Get-Median $other), 3)
        Ratio  = [Math]::Round($value, 3)
        Wanted = if ($RatioIsSpeed) { ">= $Limit" } else { "<= $Limit" }
        Met    = if ($RatioIsSpeed) { $value -ge $Limit } else { $value -le $Limit }
    }
}
