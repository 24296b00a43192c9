# A region that was removed, or disposed of, and is used all the same.

BeforeAll {
    . $PSScriptRoot/../Support/Preamble.ps1
    . $PSScriptRoot/../Support/HazardWays.ps1
    $path = Join-Path $TestDrive removed.bin
    New-PatternFile $path 100
    $child = Invoke-Hazard -Environment @{ HAZARD_FILE = $path } -Script @'
$ends = @{ 'Remove-MemoryMap' = { Remove-MemoryMap $map }; 'Dispose()' = { $map.Dispose() } }
$kinds = @{
    'a shared file'    = { New-MemoryMap $env:HAZARD_FILE }
    'a private file'   = { New-MemoryMap $env:HAZARD_FILE -Sharing Private }
    'anonymous memory' = { New-MemoryMap -Anonymous -Length 100 }
}
$uses = @{
    'Read() of all'                = { $map.Read() }
    'Write-MappedByte -Expect'     = { Write-MappedByte $map 1 -Offset 5 -Expect 0 }
    'Sync-MemoryMap'               = { Sync-MemoryMap $map -WarningAction Ignore }
    'Sync-MemoryMap -Async'        = { Sync-MemoryMap $map -Async -WarningAction Ignore }
    'Sync-MemoryMap of a range'    = { Sync-MemoryMap $map 5 10 -WarningAction Ignore }
    'Remove-MemoryMap -Sync'       = { Remove-MemoryMap $map -Sync }
    'OpenStream()'                 = { $map.OpenStream() }
    'Get-MemoryMap -Id'            = { Get-MemoryMap $map.Id }
    'stream opened before, Read'   = { $stream.Read([byte[]]::new(1), 0, 1) }
    'stream opened before, Write'  = { $stream.Write([byte[]]::new(1), 0, 1) }
    'stream opened before, CopyTo' = { $stream.CopyTo([IO.MemoryStream]::new()) }
    'stream opened before, ReadByte' = { $stream.ReadByte() }
}
$at = 5
$count = 1
foreach ($kind in $kinds.Keys) {
    foreach ($end in $ends.Keys) {
        $case = "$kind, $end"
        $map = & $kinds[$kind]
        $stream = $map.OpenStream()
        Show "$case open" { $map.IsOpen, ($map.Address -ne 0), $map[5] }
        & $ends[$end]
        Show-Way "$case read by" $HazardReads, $HazardReadsToEnd
        Show-Way "$case write by" $HazardWrites
        Show-Way "$case use by" $uses
        Show "$case uses" { $uses.Count }
        Show "$case again" { Remove-MemoryMap $map; $map.Dispose(); $map.Dispose(); $stream.Dispose(); 'quiet' }
        Show "$case facts" { $map.IsOpen, $map.Length, $map.Address, ($map.Id -gt 0), ($map.ToString() -ne '') }
        Show "$case listed" { @(Get-MemoryMap).Count }
        Show "$case maps" { Get-FileMapCount $env:HAZARD_FILE }
        Show "$case file" { (Get-Content $env:HAZARD_FILE -AsByteStream -Raw)[5] }
    }
}
'@
}

Describe 'A region of <Kind> after <How>' -ForEach @(
    foreach ($kind in 'a shared file', 'a private file', 'anonymous memory') {
        foreach ($how in 'Remove-MemoryMap', 'Dispose()') {
            @{ Kind = $kind; How = $how; Case = "$kind, $how" }
        }
    }
) {
    It 'leaves the session alive' {
        Assert-Survival $child
        $child.Said["$Case open"] | Should -BeLike 'True True *'
    }

    It 'answers RegionClosed to every use' {
        Assert-Said $child "$Case read by" ($HazardReads.Keys + $HazardReadsToEnd.Keys) '!RegionClosed | *'
        Assert-Said $child "$Case write by" $HazardWrites.Keys '!RegionClosed | *'
        $uses = $child.Said.Keys -like "$Case use by *" -replace '^.* use by '
        $uses | Should -HaveCount $child.Said["$Case uses"]
        Assert-Said $child "$Case use by" $uses '!RegionClosed | *'
    }

    It 'may be removed and disposed of again' {
        $child.Said["$Case again"] | Should -BeExactly 'quiet'
    }

    It 'says what it was, is listed no more, and changed nothing' {
        $child.Said["$Case facts"] | Should -BeExactly 'False 100 0 True True'
        $child.Said["$Case listed"] | Should -BeExactly '0'
        $child.Said["$Case file"] | Should -BeExactly "$(Get-PatternByte 5)"
    }

    It 'is not mapped any more' {
        Skip-OnMacOS 'there is no /proc/self/maps here'
        $child.Said["$Case maps"] | Should -BeExactly '0'
    }
}
