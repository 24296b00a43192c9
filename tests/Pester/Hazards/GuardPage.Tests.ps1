# Work on bytes that end where memory does that nobody may touch: a kernel that looks one byte further ends the process.

BeforeAll {
    . $PSScriptRoot/../Support/Preamble.ps1
    $child = Invoke-Hazard @'
$map = New-MemoryMap -Anonymous -Length (2 * $page)
$other = New-MemoryMap -Anonymous -Length (2 * $page)
$blank = New-MemoryMap -Anonymous -Length (2 * $page)
$needles = [Text.Encoding]::ASCII.GetBytes('.needle' * ($page / 7))
foreach ($region in $map, $other) { $region.Write($page - $needles.Length, $needles) }
$works = [ordered]@{
    found = { (Find-MappedByte $map 'needle', 'e', 'lee' -Offset $from -Length $length).Count }
    backward = { @(Find-MappedByte $map 'needle' -Offset $from -Length $length -Last 3).Count }
    folded = { @(Find-MappedByte $map 'NEEDLE' -IgnoreCase -Offset $from -Length $length).Count }
    hex = { @(Find-MappedByte $map -Hex '6e ?? 65 6? 6c 65' -Offset $from -Length $length).Count }
    counted = { Find-MappedByte $map 'e' -Count -Offset $from -Length $length }
    compared = { Compare-MappedByte $map $other -Offset $from -OtherOffset $from -Length $length -Quiet }
    differing = { @(Compare-MappedByte $map $blank -Offset $from -Length $length).Count }
}
function Get-All([scriptblock] $Job) { foreach ($length in 0..70 + 127, 128, 129, 1000, ($page - 1), $page) { $from = $page - $length; & $Job } }
$open = @{}
foreach ($entry in $works.GetEnumerator()) { $open[$entry.Key] = (Get-All $entry.Value) -join ' ' }
foreach ($region in $map, $other, $blank) { Protect-MemoryMap $region -Offset $page -Length $page -Protection None }
foreach ($entry in $works.GetEnumerator()) {
    Show $entry.Key { $open[$entry.Key] -ceq ((Get-All $entry.Value) -join ' ') }
    Show "$($entry.Key) across" { $from = $page - 10; $length = 20; & $entry.Value }
}
'@
}

Describe 'Bytes before a page that may not be touched' {
    It 'are <_> up to the last one, and none behind it' -ForEach 'found', 'backward', 'folded', 'hex', 'counted', 'compared', 'differing' {
        $child.Said['end'] | Should -Be 'reached'
        $child.Said[$_] | Should -Be 'True'
        $child.Said["$_ across"] | Should -BeLike '!NotReadable |*'
    }
}
