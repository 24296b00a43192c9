# Pages that the protection forbids to touch.

BeforeAll {
    . $PSScriptRoot/../Support/Preamble.ps1
    . $PSScriptRoot/../Support/HazardWays.ps1
    $path = Join-Path $TestDrive protected.bin
    New-PatternFile $path 100
    $child = Invoke-Hazard -Environment @{ HAZARD_FILE = $path } -Script @'
$at = 10
$count = 1
$kinds = [ordered]@{
    shared    = { New-MemoryMap $env:HAZARD_FILE -Protection $protection }
    private   = { New-MemoryMap $env:HAZARD_FILE -Protection $protection -Sharing Private }
    anonymous = { New-MemoryMap -Anonymous -Length 100 -Protection $protection }
}
if ($IsLinux) {
    $kinds.unreserved = { New-MemoryMap -Anonymous -Length 100 -Protection $protection -Option NoReserve }
}
foreach ($protection in 'None', 'Read', 'Write') {
    foreach ($kind in $kinds.Keys) {
        $map = & $kinds[$kind]
        $case = "$protection $kind"
        foreach ($way in $HazardReads.GetEnumerator() + $HazardReadsToEnd.GetEnumerator()) { Show "$case read $($way.Key)" { $null = & $way.Value; 'done' } }
        foreach ($way in $HazardWrites.GetEnumerator()) { Show "$case write $($way.Key)" { $null = & $way.Value; 'done' } }
        Show "$case stream" { $stream = $map.OpenStream(); $stream.CanRead, $stream.CanWrite }
        Show "$case sync" { Sync-MemoryMap $map -WarningAction Ignore; 'done' }
        Show "$case remove" { Remove-MemoryMap $map; $map.IsOpen }
    }
}
Show 'file' { $all = Get-Content $env:HAZARD_FILE -AsByteStream -Raw; $all.Length, $all[9], $all[10], $all[11] }
'@
    # Not CopyTo: .NET itself refuses it, by CanRead, before it asks the region.
    $reads = @($HazardReads.Keys) + 'hash of the stream'
    $kinds = @('shared', 'private', 'anonymous') + $(if ($IsLinux) { 'unreserved' })
}

Describe 'A region with -Protection <Protection>' -ForEach @(
    @{ Protection = 'None'; Reading = '!NotReadable | *-Protection None*'; Writing = '!NotWritable | *-Protection None*'; Stream = 'False False' }
    @{ Protection = 'Read'; Reading = 'done'; Writing = '!NotWritable | *-Protection Read*'; Stream = 'True False' }
    @{ Protection = 'Write'; Reading = '!NotReadable | *-Protection Write*'; Writing = 'done'; Stream = 'False True' }
) {
    It 'leaves the session alive' {
        Assert-Survival $child
    }

    It 'answers every read' {
        foreach ($kind in $kinds) {
            Assert-Said $child "$Protection $kind read" $reads $Reading
        }
    }

    It 'answers every write' {
        foreach ($kind in $kinds) {
            Assert-Said $child "$Protection $kind write" $HazardWrites.Keys $Writing
        }
    }

    It 'has a stream that says what it can' {
        foreach ($kind in $kinds) {
            $child.Said["$Protection $kind stream"] | Should -BeExactly $Stream -Because $kind
        }
    }

    It 'can be synchronized and removed' {
        foreach ($kind in $kinds) {
            $child.Said["$Protection $kind sync"] | Should -BeExactly 'done' -Because $kind
            $child.Said["$Protection $kind remove"] | Should -BeExactly 'False' -Because $kind
        }
    }
}

Describe 'A file behind protected regions' {
    It 'changed only where a shared region allowed it' {
        $child.Said['file'] | Should -BeExactly "100 $(Get-PatternByte 9) 77 $(Get-PatternByte 11)"
    }
}
