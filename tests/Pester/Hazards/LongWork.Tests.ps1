# Long work over bytes and other threads: it ends when it is told to, and holds nobody up.

BeforeAll {
    . $PSScriptRoot/../Support/Hazard.ps1
    $obstacle = if (-not [OperatingSystem]::IsWindows()) { Find-Obstacle -Means 'a list of mappings in /proc' }
}

Describe '<Name> over many gigabytes' -ForEach @(
    @{ Name = 'Find-MappedByte'; Work = 'Find-MappedByte $map 1' }
    @{ Name = 'Find-MappedByte -Count'; Work = 'Find-MappedByte $map 1 -Count' }
    @{ Name = 'Find-MappedByte -Last'; Work = 'Find-MappedByte $map 1 -Last 1' }
    @{ Name = 'Compare-MappedByte'; Work = 'Compare-MappedByte $map -Other $map' }
    @{ Name = 'Edit-MappedByte'; Work = 'Edit-MappedByte $map 1 2' }
    @{ Name = 'Read-MappedValue'; Work = 'Read-MappedValue $map UInt64 -Stride 4096 -All > $null' }
    @{ Name = 'Copy-MappedByte'; Work = 'Copy-MappedByte $map $map -Length ($map.Length / 2) -DestinationOffset ($map.Length / 2)' }
) {
    BeforeAll {
        if ($obstacle) {
            return
        }

        # What wine 8 maps at once is less.
        $size = if ($env:WINEPREFIX) { 16GB } else { 64GB }

        # A file that takes no storage: on Windows it must be told so.
        [IO.File]::Create("$TestDrive/long.bin").Dispose()
        if ([OperatingSystem]::IsWindows() -and -not $env:WINEPREFIX) {
            $null = Invoke-Tool fsutil sparse, setflag, "$TestDrive/long.bin"
        }

        $child = Invoke-Hazard -Environment @{ HAZARD_FILE = "$TestDrive/long.bin"; HAZARD_WORK = $Work; HAZARD_SIZE = $size } -Script @'
$file = [IO.File]::OpenWrite($env:HAZARD_FILE); $file.SetLength($env:HAZARD_SIZE); $file.Dispose()
$script = 'param($map) $ErrorActionPreference = "Stop"; try { ' + $env:HAZARD_WORK + ' } catch { $_.FullyQualifiedErrorId.Split(",")[0] }'
function Start-Work($Map) {
    $shell = [PowerShell]::Create()
    $null = $shell.AddScript('Import-Module $env:MMAPPS_MODULE').AddStatement().AddScript($script).AddArgument($Map)
    $result = $shell.BeginInvoke()
    [Threading.Thread]::Sleep(700)
    $shell, $result
}
$map = New-MemoryMap $env:HAZARD_FILE
$shell, $result = Start-Work $map
Show 'at work' { $result.IsCompleted }
$clock = [Diagnostics.Stopwatch]::StartNew()
$shell.Stop()
Show 'stopped' { $clock.ElapsedMilliseconds -lt 1000 }
$shell, $result = Start-Work $map
$clock.Restart()
Protect-MemoryMap $map -Offset 0 -Length 4096 -Protection Read, Write
Show 'protected' { $clock.ElapsedMilliseconds -lt 1000 -and -not $result.IsCompleted }
Remove-MemoryMap $map
Show 'ended' { $shell.EndInvoke($result) }
Show 'maps' { Count-Map $env:HAZARD_FILE }
Show 'heap' { [GC]::GetTotalMemory($true) -lt 64MB }
'@
    }

    BeforeEach {
        if ($obstacle) {
            Set-ItResult -Skipped -Because $obstacle
        }
    }

    It 'ends when it is stopped' {
        $child.Said['end'] | Should -Be 'reached' -Because $child.ErrorOutput
        $child.Said['at work'] | Should -BeExactly 'False'
        $child.Said['stopped'] | Should -BeExactly 'True'
    }

    It 'does not hold up who protects the region, and ends with RegionClosed when it is removed' {
        $child.Said['protected'] | Should -BeExactly 'True'
        $child.Said['ended'] | Should -BeExactly 'RegionClosed'
        $child.Said['maps'] | Should -BeExactly '0'
    }

    It 'needs little memory' {
        $child.Said['heap'] | Should -BeExactly 'True'
    }
}
