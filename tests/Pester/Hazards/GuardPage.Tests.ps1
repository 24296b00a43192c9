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

Describe 'Pages that advice GuardInstall makes unusable' {
    BeforeAll {
        . $PSScriptRoot/../Support/HazardWays.ps1
        $path = Join-Path $TestDrive guarded
        New-PatternFile $path (4 * $page)
        $supported = @(Set-MemoryMapAdvice -TestSupport | Where-Object Supported).Advice -contains 'GuardInstall'
        $obstacle = Find-Obstacle -Means 'such advice'
        if (-not $obstacle -and -not $supported) {
            $obstacle = 'this kernel does not know the advice'
        }

        $child = Invoke-Hazard -Obstacle $obstacle -Environment @{ HAZARD_FILE = $path } -Script @'
$count = 1
foreach ($kind in 'anonymous', 'shared', 'private file', 'shared file') {
    $map = switch ($kind) {
        'anonymous' { New-MemoryMap -Anonymous -Length (4 * $page) }
        'shared' { New-MemoryMap -Anonymous -Length (4 * $page) -Sharing Shared }
        'private file' { New-MemoryMap $env:HAZARD_FILE -Sharing Private }
        'shared file' { New-MemoryMap $env:HAZARD_FILE }
    }
    $map[2 * $page - 1] = 5
    $map[2 * $page] = 6
    Show "$kind guarded" { Set-MemoryMapAdvice $map GuardInstall -Offset ($page + 1) -Length (2 * $page - 1) -Force -Confirm:$false -Verbose 4>$null }
    $at = 2 * $page
    Show-Way "$kind read" $HazardReads, $HazardReadsToEnd
    Show-Way "$kind write" $HazardWrites
    Show "$kind find" { Find-MappedByte $map -Hex 06 -Count }
    Show "$kind copy" { Copy-MappedByte $map "$env:HAZARD_FILE.copy" -Force }
    Show "$kind beside" { $map[2 * $page - 1], ($map[3 * $page] -eq $map.Read(3 * $page, 1)[0]) }
    if ($kind -eq 'anonymous') { Resize-MemoryMap $map (8 * $page); Show 'resized' { $map[2 * $page] } }
    Show "$kind removed" { Set-MemoryMapAdvice $map GuardRemove; $map[2 * $page]; $map[2 * $page] = 7; $map[2 * $page] }
}
'@
    }

    BeforeEach {
        Skip-OnObstacle $child.Obstacle
    }

    It 'end no process' {
        Assert-Survival $child
    }

    It 'are a fault to every read and write of <_> memory' -ForEach 'anonymous', 'shared', 'private file', 'shared file' {
        if ($child.Said["$_ guarded"] -like '!NotSupported *6.15*') {
            Set-ItResult -Skipped -Because 'this kernel guards no pages of files'
        }

        $child.Said["$_ guarded"] | Should -BeExactly ''
        Assert-Said $child "$_ read" @($HazardReads.Keys) "!PageFault | *offset $(2 * $page) of *"
        Assert-Said $child "$_ read" @($HazardReadsToEnd.Keys) '!PageFault | *'
        Assert-Said $child "$_ write" @($HazardWrites.Keys) "!PageFault | *offset $(2 * $page) of *"
        $child.Said["$_ find"], $child.Said["$_ copy"] | Should -BeLike '!PageFault | *'
        $child.Said["$_ beside"] | Should -BeExactly '5 True'
    }

    It 'are usable again after GuardRemove: those of private memory as new, those of shared memory with their bytes' {
        $child.Said['anonymous removed'] | Should -BeExactly '0 7'
        $child.Said['shared removed'] | Should -BeExactly '6 7'
    }

    It 'are a fault once the region has another length, too' {
        $child.Said['resized'] | Should -BeLike '!PageFault | *'
    }
}
