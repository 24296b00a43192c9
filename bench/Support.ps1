# Common functions of the rows.

function Get-Median {
    param([double[]] $Value)
    @($Value | Sort-Object)[[Math]::Floor(($Value.Count - 1) / 2)]
}

# In milliseconds. Measure-Command runs its block in the caller's scope, where loops are slower than in their own scope.
function Measure-Once {
    param([scriptblock] $Work, [scriptblock] $Before = {})
    $null = & $Before
    [GC]::Collect()
    $clock = [Diagnostics.Stopwatch]::StartNew()
    $null = & $Work
    $clock.Elapsed.TotalMilliseconds
}

# A row of a table: our value and the peer's, with a unit; the number to judge; the target.
function New-Row {
    param([string] $Name, [string] $Unit, [double] $Ours, [double] $Peer, [double] $Ratio, [double] $Limit, [switch] $AtLeast)
    [pscustomobject]@{
        Row    = $Name
        Unit   = $Unit
        Ours   = [Math]::Round($Ours, 3)
        Peer   = [Math]::Round($Peer, 3)
        Ratio  = [Math]::Round($Ratio, 3)
        Wanted = $AtLeast ? ">= $Limit" : "<= $Limit"
        Met    = $AtLeast ? $Ratio -ge $Limit : $Ratio -le $Limit
    }
}

# A row of times: their medians, and the median of the ratios of each pair.
function New-TimeRow {
    param([string] $Name, [double[]] $Ours, [double[]] $Peer, [double] $Limit, [switch] $RatioIsSpeed)
    $ratio = for ($i = 0; $i -lt $Ours.Count; $i++) {
        $RatioIsSpeed ? $Peer[$i] / $Ours[$i] : $Ours[$i] / $Peer[$i]
    }
    New-Row $Name ms (Get-Median $Ours) (Get-Median $Peer) (Get-Median $ratio) -Limit $Limit -AtLeast:$RatioIsSpeed
}

# Times two ways of doing the same job in turn, A B B A ..., after a warm-up of both, so that a drift of the machine's speed
# does not favour either.
function Measure-Pair {
    param(
        [string] $Name,
        [scriptblock] $Ours,
        [scriptblock] $Peer,
        [scriptblock] $Before = {},
        [int] $Rounds = 9,
        [double] $Limit,
        [switch] $RatioIsSpeed
    )
    $null = Measure-Once $Ours $Before
    $null = Measure-Once $Peer $Before
    [double[]] $own = @()
    [double[]] $other = @()
    for ($round = 0; $round -lt $Rounds; $round++) {
        if ($round % 2) {
            $b = Measure-Once $Peer $Before
            $a = Measure-Once $Ours $Before
        }
        else {
            $a = Measure-Once $Ours $Before
            $b = Measure-Once $Peer $Before
        }
        $own += $a
        $other += $b
    }
    New-TimeRow $Name $own $other -Limit $Limit -RatioIsSpeed:$RatioIsSpeed
}

# Times our way against a program, as a whole process without output; says why if the program is missing.
function Measure-Program {
    param(
        [string] $Name,
        [string] $Tool,
        [string[]] $Words,
        [scriptblock] $Ours,
        [scriptblock] $Before = {},
        [double] $Limit,
        [int] $Rounds = 5
    )
    $program = Get-Command $Tool -CommandType Application -TotalCount 1 -ErrorAction Ignore
    if (-not $program) {
        Write-Host "skipped: $Name ($Tool is not on this machine)"
        return
    }
    $peer = {
        $start = [Diagnostics.ProcessStartInfo]::new($program.Source, [string[]]$Words)
        $start.RedirectStandardOutput = $true
        $start.RedirectStandardError = $true
        $process = [Diagnostics.Process]::Start($start)
        $complaint = $process.StandardError.ReadToEndAsync()
        $null = $process.StandardOutput.ReadToEnd()
        $process.WaitForExit()
        $process.Dispose()
        if ($complaint.Result) {
            throw "$Tool failed: $($complaint.Result)"
        }
    }
    Measure-Pair -Name $Name -Ours $Ours -Peer $peer -Before $Before -Limit $Limit -Rounds $Rounds -RatioIsSpeed
}

# A file of log lines of whole mebibytes, all in the page cache.
function New-TextFile {
    param([string] $Folder, [string] $Name, [long] $Length)
    $lines = [Text.StringBuilder]::new()
    for ($i = 0; $lines.Length -lt 1MB; $i++) {
        $null = $lines.Append("2024-05-17T08:15:$(10 + $i % 50).$(100 + $i % 900) INFO  [worker-$($i % 16)] request $($i * 7919) served in $($i % 977) ms`n")
    }
    $block = [Text.Encoding]::ASCII.GetBytes($lines.ToString(0, 1MB))
    $path = Join-Path $Folder $Name
    $stream = [IO.File]::Create($path)
    for ($done = 0L; $done -lt $Length; $done += $block.Length) {
        $stream.Write($block, 0, $block.Length)
    }
    $stream.Dispose()
    $path
}
