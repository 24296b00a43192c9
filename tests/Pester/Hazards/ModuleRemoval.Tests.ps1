# What becomes of open regions when the module goes, or when nobody holds them any more.

BeforeAll {
    . $PSScriptRoot/../Support/Preamble.ps1
    $path = Join-Path $TestDrive open.bin
    New-PatternFile $path 10000
    $environment = @{ HAZARD_FILE = $path }
    $obstacle = if (-not $IsWindows) { Find-Obstacle -Means 'a list of mappings in /proc' }
}

Describe 'Remove-Module' -ForEach @{
    Imports = @(
        @{ Import = 'Import-Module $env:MMAPPS_MODULE' }
        @{ Import = 'Import-Module $env:MMAPPS_MODULE -Force' }
        @{ Import = '& ([scriptblock]::Create("Import-Module `$env:MMAPPS_MODULE -Scope Local"))' }
    )
} {
    BeforeAll {
        # Each case begins with the module imported and ends without it.
        $child = Invoke-Hazard -Obstacle $obstacle -Environment ($environment + @{ HAZARD_IMPORTS = ConvertTo-Json $Imports.Import }) -Script @'
$map = New-MemoryMap $env:HAZARD_FILE
Show 'write' { & { 1..200; Remove-Module MmapPS; 201..250 } | Write-MappedByte $map -Offset 1000 }
Show 'written' { $map.IsOpen, (Get-FileMapCount $env:HAZARD_FILE) }

Import-Module $env:MMAPPS_MODULE
$first = New-MemoryMap $env:HAZARD_FILE
$second = New-MemoryMap $env:HAZARD_FILE -Offset 5000
$stream = $second.OpenStream()
$first[0] = 99
Show 'before' { Get-FileMapCount $env:HAZARD_FILE }
Remove-Module MmapPS
Show 'after' { Get-FileMapCount $env:HAZARD_FILE }
Show 'open' { $first.IsOpen, $second.IsOpen }
Show 'read' { $first.Read(0, 1) }
Show 'indexer' { $second[0] }
Show 'stream' { $stream.ReadByte() }
Show 'command' { Read-MappedByte $first }
Show 'file' { (Get-Content $env:HAZARD_FILE -AsByteStream)[0] }
Import-Module $env:MMAPPS_MODULE
Show 'again' { (New-MemoryMap $env:HAZARD_FILE)[0] }
Show 'listed' { @(Get-MemoryMap).Count }
Remove-Module MmapPS

foreach ($import in $env:HAZARD_IMPORTS | ConvertFrom-Json) {
    Import-Module $env:MMAPPS_MODULE
    . ([scriptblock]::Create("$import; $import"))
    $map = New-MemoryMap $env:HAZARD_FILE
    Show "before $import" { $map.IsOpen, (Get-FileMapCount $env:HAZARD_FILE) }
    Get-Module MmapPS | Remove-Module
    Show "after $import" { $map.IsOpen, (Get-FileMapCount $env:HAZARD_FILE) }
}

Import-Module $env:MMAPPS_MODULE
$map = New-MemoryMap $env:HAZARD_FILE
$other = [powershell]::Create()
Show 'with another' { $other.AddScript('param($map) Import-Module $env:MMAPPS_MODULE; $script:own = New-MemoryMap $env:HAZARD_FILE; $own.IsOpen; Get-Module MmapPS | ForEach-Object Name').AddArgument($map).Invoke() }
Remove-Module MmapPS
Show 'theirs' { $other.Commands.Clear(); $other.AddScript('$script:own[1]').Invoke() }
Show 'ours with theirs' { $map.IsOpen, $map[1] }
Show 'gone' { $other.Commands.Clear(); $null = $other.AddScript('Remove-Module MmapPS').Invoke(); $map.IsOpen, (Get-FileMapCount $env:HAZARD_FILE) }
$other.Dispose()

Import-Module $env:MMAPPS_MODULE
$map = New-MemoryMap $env:HAZARD_FILE
$other = [powershell]::Create()
Show 'removed by another' { $other.AddScript('Import-Module $env:MMAPPS_MODULE; Remove-Module MmapPS; @(Get-Module MmapPS).Count').Invoke() }
$other.Dispose()
Show 'ours' { $map.IsOpen, $map[1] }

# The other runspace is closed and has not removed it.
$other = [powershell]::Create()
Show 'kept by another' { $other.AddScript('Import-Module $env:MMAPPS_MODULE; @(Get-Module MmapPS).Count').Invoke() }
$other.Dispose()
Show 'ours still' { $map.IsOpen, $map[1] }
Remove-Module MmapPS
Show 'after closing' { $map.IsOpen, (Get-FileMapCount $env:HAZARD_FILE) }
'@
    }

    BeforeEach {
        Skip-OnObstacle $obstacle
        Assert-Survival $child
    }

    It 'unmaps what is open, and keeps what was written' {
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
    }

    It 'unmaps however often the module was imported: <Import>' -ForEach $Imports {
        $child.Said["before $Import"] | Should -BeExactly 'True 1'
        $child.Said["after $Import"] | Should -BeExactly 'False 0'
    }

    It 'leaves the regions alone while another runspace has the module' {
        $child.Said['with another'] | Should -BeExactly 'True MmapPS'
        $child.Said['theirs'] | Should -BeExactly '2'
        $child.Said['ours with theirs'] | Should -BeExactly 'True 2'
        $child.Said['gone'] | Should -BeExactly 'False 0'
    }

    It 'leaves the regions alone when only another runspace removes it' {
        $child.Said['removed by another'] | Should -BeExactly '0'
        $child.Said['ours'] | Should -BeExactly 'True 2'
    }

    It 'unmaps although a runspace that had the module was closed without removing it' {
        $child.Said['kept by another'] | Should -BeExactly '1'
        $child.Said['ours still'] | Should -BeExactly 'True 2'
        $child.Said['after closing'] | Should -BeExactly 'False 0'
    }

    It 'does not disturb a write that is going on' {
        $child.Said['write'] | Should -BeLike '!RegionClosed | *'
        $child.Said['written'] | Should -BeExactly 'False 0'
    }
}

Describe 'A region that no variable holds' -Tag Slow {
    BeforeEach {
        Skip-OnObstacle $obstacle
    }

    BeforeAll {
        # What the collector could find it finds: the frames of finished calls are reused by these.
        $collect = @'
function Invoke-Collection {
    for ($i = 0; $i -lt 10; $i++) {
        $null = 1..100 | ForEach-Object { $_ }
        [GC]::Collect()
        [GC]::WaitForPendingFinalizers()
    }
}
function Get-FileHandleCount {
    # On Windows the views alone are counted; each has its file.
    if ([OperatingSystem]::IsWindows()) { Get-FileMapCount $env:HAZARD_FILE }
    else { @(Get-ChildItem /proc/self/fd | Where-Object LinkTarget -EQ $env:HAZARD_FILE).Count }
}
'@
    }

    It 'stays mapped, listed and whole whatever is collected, until it is removed' {
        $child = Invoke-Hazard -Environment $environment -Script ($collect + @'

$null = 0..19 | ForEach-Object { New-MemoryMap $env:HAZARD_FILE -Offset $_ }
New-MemoryMap $env:HAZARD_FILE -Sharing Private | Write-MappedByte -Value 44
Invoke-Collection
Show 'kept' { (Get-FileMapCount $env:HAZARD_FILE), (Get-FileHandleCount), @(Get-MemoryMap).Count }
Show 'private' { (Get-MemoryMap | Where-Object Sharing -EQ Private)[0] }
Show 'removed' { Get-MemoryMap | Remove-MemoryMap; (Get-FileMapCount $env:HAZARD_FILE), (Get-FileHandleCount), @(Get-MemoryMap).Count }
'@)
        $child.ExitCode | Should -Be 0 -Because $child.ErrorOutput
        $child.Said['kept'] | Should -BeExactly '21 21 21'
        $child.Said['private'] | Should -BeExactly '44'
        $child.Said['removed'] | Should -BeExactly '0 0 0'
        $child.Said['end'] | Should -Be 'reached'
    }

    It 'stays locked' {
        Skip-OutsideLinux 'a count of what is locked'
        $child = Invoke-Hazard -Environment $environment -Script ($collect + @'

function Get-Locked { (Select-String '^VmLck:\s+(\d+)' /proc/self/status).Matches.Groups[1].Value }
$works = { Get-Item $env:HAZARD_FILE | New-MemoryMap -Protection Read | Lock-MemoryMap }, { New-MemoryMap $env:HAZARD_FILE -Option Locked > $null }
foreach ($work in $works) {
    & $work
    Invoke-Collection
    Show "locked $($work -eq $works[0])" { Get-Locked; @(Get-MemoryMap).Path; Get-MemoryMap | Remove-MemoryMap; Get-Locked }
}
'@)
        Assert-Survival $child
        $locked = [Math]::Ceiling(10000 / $page) * $page / 1KB
        $child.Said['locked True'], $child.Said['locked False'] | Should -Be @("$locked $path 0", "$locked $path 0")
    }

    It 'is unmapped by the garbage collector after its runspace was closed, its bytes kept; one that is held stays' {
        $child = Invoke-Hazard -Environment $environment -Script ($collect + @'

$other = [PowerShell]::Create()
$held, $streamed = $other.AddScript({
    Import-Module $env:MMAPPS_MODULE
    foreach ($i in 0..19) { $map = New-MemoryMap $env:HAZARD_FILE -Offset $i; $map[0] = 55 }
    $private = New-MemoryMap $env:HAZARD_FILE -Sharing Private
    $private[0] = 44
    New-MemoryMap $env:HAZARD_FILE
    New-MemoryMap $env:HAZARD_FILE
}.ToString(), $true).Invoke()
$stream = $streamed.OpenStream()
$streamed = $null
$own = (New-MemoryMap $env:HAZARD_FILE).Id
Invoke-Collection
Show 'open' { (Get-FileMapCount $env:HAZARD_FILE), (Get-FileHandleCount), @(Get-MemoryMap).Count }
# The runspace itself is still held, so it is its closing that counts.
$runspace = $other.Runspace
$other.Dispose()
$other = $null
Invoke-Collection
Show 'closed' { (Get-FileMapCount $env:HAZARD_FILE), (Get-FileHandleCount), @(Get-MemoryMap).Count, $runspace.RunspaceStateInfo.State }
Show 'held' { $held.IsOpen, $held[0], $held[19], $stream.ReadByte() }
Show 'own' { (Get-MemoryMap $own).IsOpen }
Show 'removed' { Remove-Module MmapPS; (Get-FileMapCount $env:HAZARD_FILE), (Get-FileHandleCount), $held.IsOpen }
'@)
        $child.ExitCode | Should -Be 0 -Because $child.ErrorOutput
        $child.Said['open'] | Should -BeExactly '24 24 24'
        $child.Said['closed'] | Should -BeExactly '3 3 3 Closed'
        $child.Said['held'] | Should -BeExactly 'True 55 55 55'
        $child.Said['own'] | Should -BeExactly 'True'
        $child.Said['removed'] | Should -BeExactly '0 0 False'
        $child.Said['end'] | Should -Be 'reached'
    }

    It 'is left by no cmdlet that maps a file for itself, whether it ends, fails or is stopped' {
        Skip-OutsideLinux 'lists of the mappings and files that a process has open'
        $child = Invoke-Hazard -Environment $environment -Script ($collect + @'

$map = New-MemoryMap $env:HAZARD_FILE
$other = "$env:HAZARD_FILE.other"
$undo = "$env:HAZARD_FILE.undo"
[IO.File]::WriteAllBytes($other, [byte[]]::new(20000))
# So that no finalizer hides what was not closed.
Show 'quiet' { [GC]::TryStartNoGCRegion(200MB) }
function Get-OpenCount { @(Get-Content /proc/self/maps | Where-Object { $_.Contains($env:HAZARD_FILE) }).Count, @(Get-ChildItem /proc/self/fd | Where-Object LinkTarget -Like "$env:HAZARD_FILE*").Count, @(Get-MemoryMap).Count }
$ways = [ordered]@{
    'Compare' = { Compare-MappedByte $map $other }
    'Compare, stopped' = { Compare-MappedByte $map $other | Select-Object -First 1 }
    'Compare, refused' = { Compare-MappedByte $map $other -OtherOffset 1GB }
    'Copy from a file' = { Copy-MappedByte -Path $other -Destination $map -Length 100 }
    'Copy from a file, refused' = { Copy-MappedByte -Path $other -Destination $map -DestinationOffset 9999 }
    'Copy to a file' = { Copy-MappedByte $map $other -Force }
    'Measure' = { Measure-MemoryMap $other }
    'Measure, refused' = { Measure-MemoryMap $other, '/dev/zero', '/nowhere' }
    'advice' = { Set-MemoryMapAdvice $other -Advice PopulateRead, Evict -Confirm:$false -Force }
    'Edit' = { Edit-MappedByte $map -Hex '01 02' -Replacement 1, 2 -UndoPath $undo -PassThru | Select-Object -First 1 }
    'Edit -Undo' = { Edit-MappedByte $map -Undo -UndoPath $undo }
    'New, too long' = { New-MemoryMap $other -Length 1GB }
    'New, refused advice' = { New-MemoryMap $other -Sharing Private -Advice DontNeed }
    'New, stopped' = { New-MemoryMap $other, $other, $other | Select-Object -First 1 | Remove-MemoryMap }
}
foreach ($way in $ways.GetEnumerator()) {
    Show $way.Key { try { $null = & $way.Value } catch { }; Get-OpenCount }
}
'@)
        Assert-Survival $child
        $child.Said['quiet'] | Should -BeExactly 'True'
        $ways = @($child.Said.Keys | Where-Object { $_ -notin 'quiet', 'end' })
        $ways.Count | Should -Be 14
        $ways | ForEach-Object { "$_ $($child.Said[$_])" } | Should -Be ($ways | ForEach-Object { "$_ 1 1 1" })
    }
}
