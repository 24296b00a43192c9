# Pages that the protection forbids to touch.

. $PSScriptRoot/../Support/HazardWays.ps1
# Not CopyTo: .NET itself refuses it, by CanRead, before it asks the region.
$reads = @($HazardReads.Keys) + 'hash of the stream'
$writes = @($HazardWrites.Keys)

BeforeAll {
    . $PSScriptRoot/../Support/Hazard.ps1
    . $PSScriptRoot/../Support/HazardWays.ps1
    $kinds = @('shared', 'private', 'anonymous') + $(if ([OperatingSystem]::IsLinux()) { 'unreserved' })
    $path = "$TestDrive/protected.bin"
    New-PatternFile $path 100
    $child = Invoke-Hazard -Environment @{ HAZARD_FILE = $path } -Script ((@(Get-WayText) + @'
$at = 10
$count = 1
foreach ($protection in 'None', 'Read', 'Write') {
    $kinds = @{
        shared = New-MemoryMap $env:HAZARD_FILE -Protection $protection
        private = New-MemoryMap $env:HAZARD_FILE -Protection $protection -Sharing Private
        anonymous = New-MemoryMap -Anonymous -Length 100 -Protection $protection
    }
    if ([OperatingSystem]::IsLinux()) {
        $kinds['unreserved'] = New-MemoryMap -Anonymous -Length 100 -Protection $protection -Option NoReserve
    }
    foreach ($kind in $kinds.GetEnumerator()) {
        $map = $kind.Value
        foreach ($way in @($reads.GetEnumerator()) + @($readsToEnd.GetEnumerator())) { Show "$protection $($kind.Key) read $($way.Key)" { $null = & $way.Value; 'done' } }
        foreach ($way in $writes.GetEnumerator()) { Show "$protection $($kind.Key) write $($way.Key)" { $null = & $way.Value; 'done' } }
        Show "$protection $($kind.Key) stream" { $s = $map.OpenStream(); $s.CanRead, $s.CanWrite }
        Show "$protection $($kind.Key) sync" { Sync-MemoryMap $map -WarningAction Ignore; 'done' }
        Show "$protection $($kind.Key) remove" { Remove-MemoryMap $map; $map.IsOpen }
    }
}
Show 'file' { $all = [IO.File]::ReadAllBytes($env:HAZARD_FILE); $all.Length, $all[9], $all[10], $all[11] }
'@) -join "`n")
}

Describe 'A region with -Protection <Protection>' -ForEach @(
    @{ Protection = 'None'; Reading = '!NotReadable | *-Protection None*'; Writing = '!NotWritable | *-Protection None*'; Stream = 'False False' }
    @{ Protection = 'Read'; Reading = 'done'; Writing = '!NotWritable | *-Protection Read*'; Stream = 'True False' }
    @{ Protection = 'Write'; Reading = '!NotReadable | *-Protection Write*'; Writing = 'done'; Stream = 'False True' }
) {
    It 'leaves the session alive' {
        $child.ExitCode | Should -Be 0 -Because $child.ErrorOutput
        $child.Said['end'] | Should -Be 'reached'
    }

    It 'answers <_>' -ForEach $reads {
        foreach ($kind in $kinds) {
            $child.Said["$Protection $kind read $_"] | Should -BeLike $Reading -Because $kind
        }
    }

    It 'answers <_>' -ForEach $writes {
        foreach ($kind in $kinds) {
            $child.Said["$Protection $kind write $_"] | Should -BeLike $Writing -Because $kind
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
