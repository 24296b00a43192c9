# A region that was removed, or disposed of, and is used all the same.

. $PSScriptRoot/../Support/HazardWays.ps1
$ways = @($HazardReads.Keys | ForEach-Object { "read by $_" }) + @($HazardReadsToEnd.Keys | ForEach-Object { "read by $_" }) +
    @($HazardWrites.Keys | ForEach-Object { "write by $_" }) +
    'Read() of all', 'Write-MappedByte -Expect', 'Sync-MemoryMap', 'Sync-MemoryMap -Async', 'Sync-MemoryMap of a range',
    'Remove-MemoryMap -Sync', 'OpenStream()', 'Get-MemoryMap -Id', 'stream opened before, Read', 'stream opened before, Write',
    'stream opened before, ReadByte', 'stream opened before, CopyTo'

BeforeAll {
    . $PSScriptRoot/../Support/Hazard.ps1
    . $PSScriptRoot/../Support/HazardWays.ps1
}

Describe 'A region of <Kind> after <How>' -ForEach @(
    foreach ($how in @{ How = 'Remove-MemoryMap'; Text = 'Remove-MemoryMap $map' }, @{ How = 'Dispose()'; Text = '$map.Dispose()' }) {
        foreach ($kind in @{ Kind = 'a shared file'; Make = 'New-MemoryMap $env:HAZARD_FILE' },
            @{ Kind = 'a private file'; Make = 'New-MemoryMap $env:HAZARD_FILE -Sharing Private' },
            @{ Kind = 'anonymous memory'; Make = 'New-MemoryMap -Anonymous -Length 100' }) {
            $how + $kind
        }
    }
) {
    BeforeAll {
        New-PatternFile "$TestDrive/removed.bin" 100
        $child = Invoke-Hazard -Environment @{ HAZARD_FILE = "$TestDrive/removed.bin" } -Script ((@(Get-WayText) + @"
`$map = $Make
`$stream = `$map.OpenStream()
Show 'open' { `$map.IsOpen, (`$map.Address -ne 0), `$map[5] }
$Text
"@ + @'
$at = 5
$count = 1
foreach ($way in @($reads.GetEnumerator()) + @($readsToEnd.GetEnumerator())) { Show "read by $($way.Key)" $way.Value }
foreach ($way in $writes.GetEnumerator()) { Show "write by $($way.Key)" $way.Value }
Show 'Read() of all' { $map.Read() }
Show 'Write-MappedByte -Expect' { Write-MappedByte $map 1 -Offset 5 -Expect 0 }
Show 'Sync-MemoryMap' { Sync-MemoryMap $map -WarningAction Ignore }
Show 'Sync-MemoryMap -Async' { Sync-MemoryMap $map -Async -WarningAction Ignore }
Show 'Sync-MemoryMap of a range' { Sync-MemoryMap $map 5 10 -WarningAction Ignore }
Show 'Remove-MemoryMap -Sync' { Remove-MemoryMap $map -Sync }
Show 'OpenStream()' { $map.OpenStream() }
Show 'Get-MemoryMap -Id' { Get-MemoryMap $map.Id }
Show 'stream opened before, Read' { $stream.Read([byte[]]::new(1), 0, 1) }
Show 'stream opened before, Write' { $stream.Write([byte[]]::new(1), 0, 1) }
Show 'stream opened before, ReadByte' { $stream.ReadByte() }
Show 'stream opened before, CopyTo' { $stream.CopyTo([IO.MemoryStream]::new()) }
Show 'Remove-MemoryMap' { Remove-MemoryMap $map; 'quiet' }
Show 'Dispose()' { $map.Dispose(); $map.Dispose(); 'quiet' }
Show 'stream Dispose()' { $stream.Dispose(); 'quiet' }
Show 'facts' { $map.IsOpen, $map.Length, $map.Address, ($map.Id -gt 0), ($map.ToString() -ne '') }
Show 'listed' { @(Get-MemoryMap).Count }
Show 'maps' { Count-Map $env:HAZARD_FILE }
Show 'file' { [IO.File]::ReadAllBytes($env:HAZARD_FILE)[5] }
'@) -join "`n")
    }

    It 'leaves the session alive' {
        $child.ExitCode | Should -Be 0 -Because $child.ErrorOutput
        $child.Said['open'] | Should -BeLike 'True True *'
        $child.Said['end'] | Should -Be 'reached'
    }

    It 'answers RegionClosed to: <_>' -ForEach $ways {
        $child.Said[$_] | Should -BeLike '!RegionClosed | *'
    }

    It 'may be removed and disposed of again' {
        $child.Said['Remove-MemoryMap'] | Should -BeExactly 'quiet'
        $child.Said['Dispose()'] | Should -BeExactly 'quiet'
        $child.Said['stream Dispose()'] | Should -BeExactly 'quiet'
    }

    It 'says what it was, is listed no more, and changed nothing' {
        $child.Said['facts'] | Should -BeExactly 'False 100 0 True True'
        $child.Said['listed'] | Should -BeExactly '0'
        $child.Said['file'] | Should -BeExactly "$(Get-PatternByte 5)"
    }

    It 'is not mapped any more' {
        if ([OperatingSystem]::IsMacOS()) {
            Set-ItResult -Skipped -Because 'there is no /proc/self/maps here'
        }

        $child.Said['maps'] | Should -BeExactly '0'
    }
}
