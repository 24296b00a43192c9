# The cmdlets that work on bytes, at random, at the borders of pages and regions and outside them, beside arrays that say what is right.
# Another seed each time; MMAPPS_SEED repeats the one that a failure names.

BeforeAll {
    . $PSScriptRoot/../Support/Preamble.ps1
    $seed = $env:MMAPPS_SEED ? [int]$env:MMAPPS_SEED : (Get-Random)
    $child = Invoke-Hazard -Environment @{ HAZARD_FOLDER = "$TestDrive"; HAZARD_SEED = "$seed" } -Script @'
$random = [Random]::new([int]$env:HAZARD_SEED)
$latin = [Text.Encoding]::Latin1
$size = 2 * $page + 3

# Few different bytes, so that patterns are found and ranges are alike. Each region has an array that is worked on the same way.
$pairs = foreach ($name in 'file', 'other', 'memory') {
    $bytes = [byte[]]::new($size)
    for ($i = 0; $i -lt $size; $i++) { $bytes[$i] = $random.Next(3) }
    $path = Join-Path $env:HAZARD_FOLDER $name
    $map = if ($name -eq 'memory') { New-MemoryMap -Anonymous -Length $size } else { New-MemoryMap $path -Create -Length $size }
    $map.Write(0, $bytes)
    @{ Map = $map; Bytes = $bytes }
}

function Select-One([object[]] $From) { $From[$random.Next($From.Count)] }
$borders = [long[]](0, 1, ($page - 1), $page, ($page + 1), ($size - 1), $size, ($size + 1), -1, -$page, [long]::MaxValue, [long]::MinValue)
function New-Offset {
    if ($random.Next(3)) { return [long]$random.Next($size) }
    Select-One $borders
}
function New-Bytes([int] $Most) {
    $bytes = [byte[]]::new(1 + $random.Next($Most))
    for ($i = 0; $i -lt $bytes.Length; $i++) { $bytes[$i] = $random.Next(3) }
    , $bytes
}

# A range lies within a region, or this throws what the cmdlet says too.
function Assert-Range([long] $Offset, [long] $Length) {
    if ($Offset -lt 0 -or $Length -lt 0 -or $Offset -gt $size -or $Length -gt $size - $Offset) { throw 'OutOfRange' }
}
function Get-Match([byte[]] $Bytes, [byte[]] $Pattern, [long] $Offset, [long] $Length, [int] $Step) {
    $text, $what = $latin.GetString($Bytes, $Offset, $Length), $latin.GetString($Pattern)
    for ($at = $text.IndexOf($what, [StringComparison]::Ordinal); $at -ge 0; $at = $text.IndexOf($what, $at + $Step, [StringComparison]::Ordinal)) {
        $Offset + $at
        if ($at + $Step -gt $text.Length) { break }
    }
}

$done = @{}
$failure = foreach ($round in 1..600) {
    $one, $two = (Select-One $pairs), (Select-One $pairs)
    $map, $bytes = $one.Map, $one.Bytes
    $offset, $length, $there = (New-Offset), (New-Offset), (New-Offset)
    # Two of three ranges are right.
    if ($offset -ge 0 -and $offset -le $size -and $random.Next(3)) { $length = [long]$random.Next($size - $offset + 1) }
    if ($length -ge 0 -and $length -le $size -and $random.Next(3)) { $there = [long]$random.Next($size - $length + 1) }
    $range = @{ Offset = $offset; Length = $length }
    $pattern = New-Bytes 4
    $replacement = [byte[]]($pattern | ForEach-Object { $random.Next(3) })
    $first = Select-One 0, 1, 2, 5
    $limit = $first ? @{ First = $first } : @{}
    $most = $first ? $first : [int]::MaxValue
    $what = Select-One Find, Count, Edit, Undo, Copy, Clear, Write, Compare, Patch
    $undo = Join-Path $env:HAZARD_FOLDER "undo$round"
    $expected = try {
        switch ($what) {
            Find {
                Assert-Range $offset $length
                Get-Match $bytes $pattern $offset $length 1 | Select-Object -First $most
            }
            Count {
                Assert-Range $offset $length
                @(Get-Match $bytes $pattern $offset $length $pattern.Length).Count
            }
            { $_ -in 'Edit', 'Undo' } {
                Assert-Range $offset $length
                $places = Get-Match $bytes $pattern $offset $length $pattern.Length | Select-Object -First $most
                if ($what -eq 'Edit') { $places | ForEach-Object { $replacement.CopyTo($bytes, $_) } }
            }
            Copy {
                Assert-Range $offset $length
                Assert-Range $there $length
                [Array]::Copy($bytes, $offset, $two.Bytes, $there, $length)
            }
            Clear {
                Assert-Range $offset $length
                [Array]::Fill($bytes, $pattern[0], $offset, $length)
            }
            Write {
                Assert-Range $offset $pattern.Length
                $pattern.CopyTo($bytes, $offset)
            }
            { $_ -in 'Compare', 'Patch' } {
                # Its length is the most that is compared; what only one side has differs.
                Assert-Range $offset 0
                Assert-Range $there 0
                Assert-Range 0 ([Math]::Min($length, $size))
                $ours, $theirs = [Math]::Min($length, $size - $offset), [Math]::Min($length, $size - $there)
                if ($what -eq 'Patch' -and $ours -ne $theirs) { throw 'LengthMismatch' }
                $start = -1
                for ($i = 0; $i -le [Math]::Max($ours, $theirs); $i++) {
                    $differs = $i -lt $ours -and $i -lt $theirs ? $bytes[$offset + $i] -ne $two.Bytes[$there + $i] : $i -lt $ours -or $i -lt $theirs
                    if ($differs -and $start -lt 0) { $start = $i }
                    elseif (-not $differs -and $start -ge 0) { "$($offset + $start)+$($i - $start)"; $start = -1 }
                }
                if ($what -eq 'Patch') { [Array]::Copy($two.Bytes, $there, $bytes, $offset, $ours) }
            }
        }
    }
    catch { "$_" }
    $found = try {
        switch ($what) {
            Find { (Find-MappedByte $map $pattern @range @limit -Overlapping).Offset }
            Count { Find-MappedByte $map $pattern @range -Count }
            Edit { Edit-MappedByte $map $pattern $replacement @range @limit }
            Undo {
                Edit-MappedByte $map $pattern $replacement @range @limit -UndoPath $undo
                if (Test-Path $undo) { Edit-MappedByte $map -Undo -UndoPath $undo }
            }
            Copy { Copy-MappedByte $map $two.Map @range -DestinationOffset $there }
            Clear { Clear-MappedByte $map @range -Value $pattern[0] }
            Write { Write-MappedByte $map $pattern -Offset $offset }
            Compare { Compare-MappedByte $map $two.Map @range -OtherOffset $there | ForEach-Object { "$($_.Offset)+$($_.Length)" } }
            Patch {
                Compare-MappedByte $map $two.Map @range -OtherOffset $there -PatchPath $undo -PassThru | ForEach-Object { "$($_.Offset)+$($_.Length)" }
                if (Test-Path $undo) { Edit-MappedByte $map -PatchPath $undo }
            }
        }
    }
    catch { ($_.FullyQualifiedErrorId -split ',')[0] }
    $done["$what $("$expected" -in 'OutOfRange', 'LengthMismatch' ? 'refused' : 'done')"]++
    $same = "$found" -ceq "$expected"
    foreach ($pair in $pairs) { $same = $same -and [Linq.Enumerable]::SequenceEqual([byte[]]$pair.Map.Read(), $pair.Bytes) }
    if (-not $same) {
        "round ${round}: $what, region $([array]::IndexOf($pairs, $one)) and $([array]::IndexOf($pairs, $two)), offset $offset, length $length, other offset $there, " +
            "pattern $pattern, first ${first}: '$found' and not '$expected'"
        break
    }
}
Show 'wrong' { $failure }
Show 'done' { $done.Keys | Sort-Object }
'@
}

Describe 'Bytes at random' {
    It 'are what an array has after the same steps, and what lies outside a region is OutOfRange' {
        Assert-Survival $child
        $child.Said['wrong'] | Should -BeNullOrEmpty -Because "the seed is $seed"
    }

    It 'are found, edited, copied, cleared, written and compared, and refused' {
        $ways = 'Clear', 'Compare', 'Copy', 'Count', 'Edit', 'Find', 'Patch', 'Undo', 'Write' | ForEach-Object { "$_ done", "$_ refused" }
        $child.Said['done'] | Should -BeExactly "$ways" -Because "the seed is $seed"
    }
}
