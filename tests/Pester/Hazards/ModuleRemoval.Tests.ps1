# What becomes of open regions when the module goes, or when nobody holds them any more.

BeforeAll {
    . $PSScriptRoot/../Support/Hazard.ps1
    $path = "$TestDrive/open.bin"
    New-PatternFile $path 10000
    $environment = @{ HAZARD_FILE = $path }
    $obstacle = if (-not [OperatingSystem]::IsWindows()) { Find-Obstacle -Means 'a list of mappings in /proc' }
}

Describe 'Remove-Module' {
    BeforeEach {
        if ($obstacle) {
            Set-ItResult -Skipped -Because $obstacle
        }
    }

    It 'unmaps what is open, and keeps what was written' {
        $child = Invoke-Hazard -Environment $environment -Script @'
$first = New-MemoryMap $env:HAZARD_FILE
$second = New-MemoryMap $env:HAZARD_FILE -Offset 5000
$stream = $second.OpenStream()
$first[0] = 99
Show 'before' { Count-Map $env:HAZARD_FILE }
Remove-Module MmapPS
Show 'after' { Count-Map $env:HAZARD_FILE }
Show 'open' { $first.IsOpen, $second.IsOpen }
Show 'read' { $first.Read(0, 1) }
Show 'indexer' { $second[0] }
Show 'stream' { $stream.ReadByte() }
Show 'command' { Read-MappedByte $first }
Show 'file' { [IO.File]::ReadAllBytes($env:HAZARD_FILE)[0] }
Import-Module $env:MMAPPS_MODULE
Show 'again' { (New-MemoryMap $env:HAZARD_FILE)[0] }
Show 'listed' { @(Get-MemoryMap).Count }
'@
        $child.ExitCode | Should -Be 0 -Because $child.ErrorOutput
        $child.Said['before'] | Should -BeExactly '2'
        $child.Said['after'] | Should -BeExactly '0'
        $child.Said['open'] | Should -BeExactly 'False False'
        $child.Said['read'] | Should -BeLike '!RegionClosed | *'
        $child.Said['indexer'] | Should -BeLike '!RegionClosed | *'
        $child.Said['stream'] | Should -BeLike '!RegionClosed | *'
        $child.Said['command'] | Should -BeLike '!CommandNotFoundException | *'
        $child.Said['file'] | Should -BeExactly '99'
        $child.Said['again'] | Should -BeExactly '99'
        $child.Said['listed'] | Should -BeExactly '1'
        $child.Said['end'] | Should -Be 'reached'
    }

    It 'unmaps however often the module was imported: <_>' -ForEach @(
        'Import-Module $env:MMAPPS_MODULE'
        'Import-Module $env:MMAPPS_MODULE -Force'
        '& ([scriptblock]::Create("Import-Module `$env:MMAPPS_MODULE -Scope Local"))'
    ) {
        $child = Invoke-Hazard -Environment $environment -Script @"
$_
$_
`$map = New-MemoryMap `$env:HAZARD_FILE
Show 'before' { `$map.IsOpen, (Count-Map `$env:HAZARD_FILE) }
Get-Module MmapPS | Remove-Module
Show 'after' { `$map.IsOpen, (Count-Map `$env:HAZARD_FILE) }
"@
        $child.ExitCode | Should -Be 0 -Because $child.ErrorOutput
        $child.Said['before'] | Should -BeExactly 'True 1'
        $child.Said['after'] | Should -BeExactly 'False 0'
        $child.Said['end'] | Should -Be 'reached'
    }

    It 'leaves the regions alone while another runspace has the module' {
        $child = Invoke-Hazard -Environment $environment -Script @'
$map = New-MemoryMap $env:HAZARD_FILE
$other = [PowerShell]::Create()
Show 'other' { $other.AddScript('param($map) Import-Module $env:MMAPPS_MODULE; $script:own = New-MemoryMap $env:HAZARD_FILE; $own.IsOpen; Get-Module MmapPS | ForEach-Object Name').AddArgument($map).Invoke() }
Remove-Module MmapPS
Show 'theirs' { $other.Commands.Clear(); $other.AddScript('$script:own[1]').Invoke() }
Show 'ours' { $map.IsOpen, $map[1] }
Show 'gone' { $other.Commands.Clear(); $null = $other.AddScript('Remove-Module MmapPS').Invoke(); $map.IsOpen, (Count-Map $env:HAZARD_FILE) }
$other.Dispose()
'@
        $child.ExitCode | Should -Be 0 -Because $child.ErrorOutput
        $child.Said['other'] | Should -BeExactly 'True MmapPS'
        $child.Said['theirs'] | Should -BeExactly '2'
        $child.Said['ours'] | Should -BeExactly 'True 2'
        $child.Said['gone'] | Should -BeExactly 'False 0'
        $child.Said['end'] | Should -Be 'reached'
    }

    It 'leaves the regions alone when only another runspace removes it' {
        $child = Invoke-Hazard -Environment $environment -Script @'
$map = New-MemoryMap $env:HAZARD_FILE
$other = [PowerShell]::Create()
Show 'other' { $other.AddScript('Import-Module $env:MMAPPS_MODULE; Remove-Module MmapPS; @(Get-Module MmapPS).Count').Invoke() }
$other.Dispose()
Show 'ours' { $map.IsOpen, $map[1] }
'@
        $child.ExitCode | Should -Be 0 -Because $child.ErrorOutput
        $child.Said['other'] | Should -BeExactly '0'
        $child.Said['ours'] | Should -BeExactly 'True 2'
        $child.Said['end'] | Should -Be 'reached'
    }

    It 'unmaps although a runspace that had the module was closed without removing it' {
        $child = Invoke-Hazard -Environment $environment -Script @'
$map = New-MemoryMap $env:HAZARD_FILE
$other = [PowerShell]::Create()
Show 'other' { $other.AddScript('Import-Module $env:MMAPPS_MODULE; @(Get-Module MmapPS).Count').Invoke() }
$other.Dispose()
Show 'ours' { $map.IsOpen, $map[1] }
Remove-Module MmapPS
Show 'after' { $map.IsOpen, (Count-Map $env:HAZARD_FILE) }
'@
        $child.ExitCode | Should -Be 0 -Because $child.ErrorOutput
        $child.Said['other'] | Should -BeExactly '1'
        $child.Said['ours'] | Should -BeExactly 'True 2'
        $child.Said['after'] | Should -BeExactly 'False 0'
        $child.Said['end'] | Should -Be 'reached'
    }

    It 'does not disturb a write that is going on' {
        $child = Invoke-Hazard -Environment $environment -Script @'
$map = New-MemoryMap $env:HAZARD_FILE
Show 'write' { & { 1..200; Remove-Module MmapPS; 201..250 } | Write-MappedByte $map -Offset 1000 }
Show 'after' { $map.IsOpen, (Count-Map $env:HAZARD_FILE) }
'@
        $child.ExitCode | Should -Be 0 -Because $child.ErrorOutput
        $child.Said['write'] | Should -BeLike '!RegionClosed | *'
        $child.Said['after'] | Should -BeExactly 'False 0'
        $child.Said['end'] | Should -Be 'reached'
    }
}

Describe 'A forgotten region' {
    BeforeEach {
        if ($obstacle) {
            Set-ItResult -Skipped -Because $obstacle
        }
    }

    It 'is unmapped by the garbage collector, its file closed, its bytes kept; one that is held stays' {
        $child = Invoke-Hazard -Environment $environment -Script @'
function Count-File {
    # On Windows the views alone are counted; each has its file.
    if ([OperatingSystem]::IsWindows()) { Count-Map $env:HAZARD_FILE }
    else { @([IO.Directory]::GetFiles('/proc/self/fd') | Where-Object { ([IO.FileInfo]$_).LinkTarget -eq $env:HAZARD_FILE }).Count }
}
function Forget {
    for ($i = 0; $i -lt 20; $i++) { $map = New-MemoryMap $env:HAZARD_FILE -Offset $i; $map[0] = 55 }
    $private = New-MemoryMap $env:HAZARD_FILE -Sharing Private
    $private[0] = 44
}
$held = New-MemoryMap $env:HAZARD_FILE
$stream = (New-MemoryMap $env:HAZARD_FILE).OpenStream()
# Counting takes so long on Windows that the collector would come by itself.
$quiet = [OperatingSystem]::IsWindows() -and [GC]::TryStartNoGCRegion(200MB)
Forget
Show 'before' { (Count-Map $env:HAZARD_FILE), (Count-File) }
if ($quiet) { [GC]::EndNoGCRegion() }
# The frames of finished calls are reused by these; a collection finds what nothing holds.
for ($i = 0; $i -lt 10; $i++) {
    $null = 1..100 | ForEach-Object { $_ }
    [GC]::Collect()
    [GC]::WaitForPendingFinalizers()
}
Show 'after' { (Count-Map $env:HAZARD_FILE), (Count-File) }
Show 'listed' { @(Get-MemoryMap).Count }
Show 'held' { $held.IsOpen, $held[0], $held[19], $stream.ReadByte() }
'@
        $child.ExitCode | Should -Be 0 -Because $child.ErrorOutput
        $child.Said['before'] | Should -BeExactly '23 23'
        $child.Said['after'] | Should -BeExactly '2 2'
        $child.Said['listed'] | Should -BeExactly '2'
        $child.Said['held'] | Should -BeExactly 'True 55 55 55'
        $child.Said['end'] | Should -Be 'reached'
    }
}
