# Long work over bytes and pages: it shows how far it is, ends when it is told to, leaves nothing behind, and holds nobody up.
#
# On Linux the system call of each step takes some milliseconds more, as on a slow device, and what is done after a stop is counted in
# calls, as strace saw them. Where nothing can be slowed it is the processor time that the process takes after a stop. Unstopped, the
# work would last for at least five seconds, most of it for minutes.

BeforeDiscovery {
    # Call is what a step consists of; without it steps cannot be slowed. Sharing matters on Linux, where a private region is read by
    # a call that PowerShell itself does not make.
    $overBytes = @(
        @{ Name = 'Find-MappedByte'; Work = 'Find-MappedByte $map 1'; Sharing = 'Private'; Call = 'process_vm_readv' }
        @{ Name = 'Find-MappedByte -Count'; Work = 'Find-MappedByte $map 1 -Count'; Sharing = 'Private'; Call = 'process_vm_readv' }
        @{ Name = 'Find-MappedByte -Last'; Work = 'Find-MappedByte $map 1 -Last 1'; Sharing = 'Private'; Call = 'process_vm_readv' }
        @{
            Name = 'Find-MappedByte -Last -AsLine -LineNumber'; Work = 'Find-MappedByte $map 0 -Last 1 -AsLine -LineNumber'
            Sharing = 'Private'; Call = 'process_vm_readv'
        }
        @{ Name = 'Compare-MappedByte'; Work = 'Compare-MappedByte $map -Other $map'; Sharing = 'Private'; Call = 'process_vm_readv' }
        @{ Name = 'Edit-MappedByte'; Work = 'Edit-MappedByte $map 1 2'; Sharing = 'Private'; Call = 'process_vm_readv' }
        @{
            Name = 'Read-MappedValue'; Work = 'Read-MappedValue $map UInt64 -Stride 4096 -All > $null'
            Sharing = 'Private'; Call = 'process_vm_readv'
        }
        @{ Name = 'Read-MappedValue of texts'; Work = 'Read-MappedValue $map Utf8Z -All > $null'; Sharing = 'Private'; Call = 'process_vm_readv' }
        @{
            Name = 'Copy-MappedByte'; Call = 'process_vm_writev'
            Work = 'Copy-MappedByte $map $map -Length ($map.Length / 2) -DestinationOffset ($map.Length / 2)'
        }
        @{
            Name = 'Copy-MappedByte to a file'; Work = 'Copy-MappedByte $map -Destination "$env:HAZARD_FOLDER/copy.bin" -Force'
            Call = 'copy_file_range'
        }
        @{ Name = 'Clear-MappedByte'; Work = 'Clear-MappedByte $map -Value 0'; Call = 'process_vm_writev' }
        @{ Name = 'Set-MemoryMapAdvice -Advice PopulateRead'; Work = 'Set-MemoryMapAdvice $map PopulateRead'; Call = 'madvise' }
        @{ Name = 'Lock-MemoryMap'; Work = 'Lock-MemoryMap $map'; Call = 'mlock'; Root = $true }
    )
    $emitting = @(
        @{ Name = 'Format-MappedByte'; Work = 'Format-MappedByte $map'; Sharing = 'Private'; Call = 'process_vm_readv' }
        @{ Name = 'Find-MappedByte of each byte'; Work = 'Find-MappedByte $map 0'; Sharing = 'Private'; Call = 'process_vm_readv' }
    )

    # Before prepares it. Left is what is asked afterwards, and Expected what it answers.
    $slow = @(
        @{ Name = 'Read-MappedByte'; Work = '$bytes = Read-MappedByte $map -Length 2147483591'; Sharing = 'Private'; Call = 'process_vm_readv' }
        @{ Name = 'Write-MappedByte'; Work = 'Write-MappedByte $map ([byte[]]::new(2147483591))'; Call = 'process_vm_writev' }
        @{ Name = 'Get-MappedHash'; Work = 'Get-MappedHash $map'; Sharing = 'Private'; Call = 'process_vm_readv' }
        @{ Name = 'Get-MappedHash of large blocks'; Work = 'Get-MappedHash $map -BlockSize 20GB'; Sharing = 'Private'; Call = 'process_vm_readv' }
        @{ Name = 'Measure-MappedByte'; Work = 'Measure-MappedByte $map'; Sharing = 'Private'; Call = 'process_vm_readv' }
        @{ Name = 'Sync-MemoryMap'; Work = 'Sync-MemoryMap $map'; Call = 'sync_file_range' }
        @{ Name = 'Sync-MemoryMap -Async'; Work = 'Sync-MemoryMap $map -Async'; Call = 'sync_file_range' }
        @{ Name = 'Remove-MemoryMap -Sync'; Work = 'Remove-MemoryMap $map -Sync'; Call = 'sync_file_range' }
        @{ Name = 'Unlock-MemoryMap'; Work = 'Unlock-MemoryMap $map'; Call = 'munlock' }
        @{ Name = 'Clear-MappedByte -Deallocate'; Work = 'Clear-MappedByte $map -Deallocate'; Call = 'madvise' }
        @{ Name = 'Resize-MemoryMap'; Work = 'Resize-MemoryMap $map 128GB'; Call = 'fallocate' }
        @{ Name = 'Set-MemoryMapAdvice -Advice Evict of a path'; Work = 'Set-MemoryMapAdvice $env:HAZARD_FILE Evict'; Call = 'sync_file_range' }
        @{ Name = 'Set-MemoryMapAdvice -Advice PopulateRead of a path'; Work = 'Set-MemoryMapAdvice $env:HAZARD_FILE PopulateRead' }
        @{ Name = 'Measure-MemoryMap'; Work = 'Measure-MemoryMap $map'; Size = 8TB }
        @{ Name = 'Measure-MemoryMap of a path'; Work = 'Measure-MemoryMap $env:HAZARD_FILE'; Size = 8TB }
        @{
            Name     = 'Lock-MemoryMap of a region that is locked in parts'
            Before   = 'Lock-MemoryMap $map -Offset 1MB -Length 64KB; Lock-MemoryMap $map -Offset 100MB -Length 1MB; ' +
                'Lock-MemoryMap $map -Offset 40GB -Length 64KB'
            Work     = 'Lock-MemoryMap $map'
            # Unlocking goes on behind it, as a use of the region, which Protect waits for.
            Left     = 'Protect-MemoryMap $map -Length 4096 -Protection Read, Write; (Get-LockedSize) - $locked; ' +
                'Unlock-MemoryMap $map -Length 104MB; Unlock-MemoryMap $map -Offset 40GB -Length 1MB; (Get-LockedSize) - $locked'
            Expected = "$(64KB + 1MB + 64KB) 0"
            Call     = 'mlock'
            Root     = $true
        }
    )
    $making = @(
        @{ Name = 'New-MemoryMap -Option Populate'; Work = 'New-MemoryMap $env:HAZARD_FILE -Option Populate'; Call = 'madvise' }
        @{
            Name = 'New-MemoryMap -Option Populate -Sharing Private -Protection Read'; Call = 'madvise'
            Work = 'New-MemoryMap $env:HAZARD_FILE -Option Populate -Sharing Private -Protection Read'
        }
        @{
            Name = 'New-MemoryMap -Option Locked'; Call = 'mlock'; Root = $true
            Work = 'New-MemoryMap $env:HAZARD_FILE -Length 4GB -Option Locked'
        }
        @{
            Name = 'New-MemoryMap -Anonymous -Option Populate'; Call = 'madvise'
            Work = 'New-MemoryMap -Anonymous -Length 8GB -Option Populate'
        }
        @{
            Name = 'New-MemoryMap -Anonymous -Option Locked'; Call = 'mlock'; Root = $true
            Work = 'New-MemoryMap -Anonymous -Length 4GB -Option Locked'
        }
        @{
            Name     = 'New-MemoryMap -Create'
            Work     = 'New-MemoryMap "$env:HAZARD_FOLDER/new.bin" -Create -Length 64GB'
            Left     = 'Test-Path "$env:HAZARD_FOLDER/new.bin"'
            Expected = 'False'
            Call     = 'fallocate'
        }
        @{
            Name     = 'New-MemoryMap -Extend'
            Before   = 'Set-Content "$env:HAZARD_FOLDER/old.bin" abc -NoNewline'
            Work     = 'New-MemoryMap "$env:HAZARD_FOLDER/old.bin" -Extend -Length 64GB'
            Left     = 'Get-Content "$env:HAZARD_FOLDER/old.bin" -Raw'
            Expected = 'abc'
            Call     = 'fallocate'
        }
        @{
            Name     = 'New-MemoryMap -Name'
            Work     = 'New-MemoryMap -Name long-work-spec -Length 4GB'
            Left     = '@(Get-MemoryMap -Name long-work-spec -All).Count; Test-Path /dev/shm/long-work-spec'
            Expected = '0 False'
            Call     = 'fallocate'
        }
        @{ Name = 'New-MemoryMap -Secret'; Work = 'New-MemoryMap -Secret -Length 4GB'; Root = $true }
        @{
            # A limit of a file's size keeps the kernel from making a memfd_secret.
            Name   = 'New-MemoryMap -Secret of locked memory'
            Before = 'prlimit --pid $PID --fsize=3000000000:'
            Work   = 'New-MemoryMap -Secret -Length 4GB'
            Left   = 'prlimit --pid $PID --fsize=unlimited:'
            Call   = 'mlock'
            Root   = $true
        }
    )
}

BeforeAll {
    . $PSScriptRoot/../Support/Preamble.ps1
    $obstacle = if (-not $IsWindows) { Find-Obstacle -Means 'a list of mappings in /proc' }
    $slowed = -not $obstacle -and -not (Get-TraceObstacle)

    # Milliseconds that a call takes more. The runtime calls madvise itself, some hundred times before it begins.
    function Get-Delay([string] $Call) {
        $Call -eq 'madvise' ? 5 : 20
    }

    # What Invoke-Hazard takes to run works one after the other.
    function New-LongWork([hashtable[]] $Works, [string] $Log) {
        $Works = @($Works | Where-Object { -not $_.Root -or (Test-Root) })
        $calls = @($Works.Call | Where-Object { $_ } | Select-Object -Unique)
        $delays = $calls | ForEach-Object { "${_}:delay_enter=$(Get-Delay $_)000" }
        @{
            Obstacle    = $obstacle
            Wrapper     = @(if ($slowed) { Get-TraceWrapper ($calls + '/^mkdir') $Log $delays })
            Environment = @{
                HAZARD_WORKS   = ConvertTo-Json $Works -Compress
                HAZARD_FOLDER  = (New-Item (Join-Path $TestDrive (New-Guid)) -ItemType Directory).FullName
                HAZARD_SUPPORT = Join-Path $PSScriptRoot .. Support
            }
            Script      = $longWork
        }
    }

    $longWork = @'
. "$env:HAZARD_SUPPORT/LongWork.ps1"
. "$env:HAZARD_SUPPORT/Cache.ps1"
if ($IsLinux) { . "$env:HAZARD_SUPPORT/Kernel.ps1" }
$process = Get-Process -Id $PID
function Get-ProcessorTime { $process.Refresh(); $process.TotalProcessorTime }
function Get-Resident { [GC]::Collect(); $process.Refresh(); $process.WorkingSet64 }
function Get-HeapSize { [GC]::Collect(); [GC]::GetTotalMemory($false) }

# Maps a file of 64 GB that takes no storage: on Windows it must be told so. What wine 8 maps at once is less.
function New-LongMap($Work) {
    $env:HAZARD_FILE = Join-Path $env:HAZARD_FOLDER "$(New-Guid).bin"
    $null = New-Item $env:HAZARD_FILE
    if ($IsWindows -and -not $env:WINEPREFIX) { fsutil sparse setflag $env:HAZARD_FILE }
    Set-FileLength $env:HAZARD_FILE ($Work.Size ?? ($env:WINEPREFIX ? 16GB : 64GB))
    $private = if ($Work.Sharing -and $IsLinux) { @{ Sharing = $Work.Sharing; Option = 'NoReserve' } } else { @{} }
    New-MemoryMap $env:HAZARD_FILE @private
}
function Remove-LongMap($Map) {
    $Map.Dispose()
    Remove-Item $env:HAZARD_FILE, "$env:HAZARD_FOLDER/copy.bin" -ErrorAction Ignore
}

foreach ($work in $env:HAZARD_WORKS | ConvertFrom-Json) {
    $name = $work.Name
    # Arrays of the others are the collector's, which takes its time.
    $frees = $name -like 'New-MemoryMap*'
    $resident = if ($frees) { Get-Resident }
    $locked = if ($IsLinux) { Get-LockedSize }
    $map = New-LongMap $work
    $length = $map.Length
    if ($work.Before) { $null = . ([scriptblock]::Create($work.Before)) }

    $stream = $work.Stream ?? 'Progress'
    $run = Start-Work $work.Work $stream $map
    Show "$name came" { $run.Came }
    if ($stream -eq 'Progress') {
        Show "$name activity" { $run.First.Activity }
        Show "$name status" { $run.First.StatusDescription }
        Show "$name percent" { $run.First.PercentComplete }
        Show "$name seconds" { $run.First.SecondsRemaining }
    }
    # Folders are marks in the log of calls.
    $null = [IO.Directory]::CreateDirectory("$env:HAZARD_FOLDER/$name stops")
    $before = Get-ProcessorTime
    $run.Shell.Stop()
    Show "$name processor" { (Get-ProcessorTime).TotalMilliseconds - $before.TotalMilliseconds }
    $null = [IO.Directory]::CreateDirectory("$env:HAZARD_FOLDER/$name ended")
    Show "$name state" { $run.Shell.InvocationStateInfo.State }
    Show "$name kept" { $map.IsOpen, ($map.Length -eq $length), ((Get-Item $env:HAZARD_FILE).Length -eq $length) }
    Show "$name left" ([scriptblock]::Create($work.Left))

    # What was stopped gives memory back behind it.
    $file = $env:HAZARD_FILE
    Remove-LongMap $map
    Show "$name regions" { @(Get-MemoryMap).Count, (Get-FileMapCount $file) }
    if ($IsLinux) {
        Show "$name freed" { Wait-Until { (Get-LockedSize) -eq $locked -and (-not $frees -or (Get-Resident) -lt $resident + 128MB) } }
    }
    if (-not $work.Holds) { continue }

    $map = New-LongMap $work
    $heap = Get-HeapSize
    $run = Start-Work "`$ErrorActionPreference = 'Stop'; try { $($work.Work) } catch { `$_.FullyQualifiedErrorId }" Progress $map
    Show "$name heap" { (Get-HeapSize) - $heap }
    Protect-MemoryMap $map -Offset 0 -Length 4096 -Protection Read, Write
    Show "$name protected" { -not $run.Result.IsCompleted }
    Remove-MemoryMap $map
    Show "$name removed" { $null = $run.Shell.EndInvoke($run.Result); $run.Output }
    Remove-LongMap $map
}
'@

    # How often each call was made while a work was stopped.
    function Get-CallCount([string] $Log) {
        $made = @{}
        $between = $null
        switch -Regex -File $Log {
            '^\d+ +mkdir.*/([^/]+) stops"' { $between = $Matches[1] }
            '^\d+ +mkdir.* ended"' { $between = $null }
            '^\d+ +(\w+)\(' { if ($between) { $made["$between $($Matches[1])"]++ } }
        }
        $made
    }

    function Skip-Work([switch] $Root, [switch] $Slowed) {
        Skip-OnObstacle $obstacle
        if ($Slowed) {
            Skip-WithoutTrace
        }
        if ($Root) {
            Skip-WithoutRoot 'lock gigabytes'
        }
    }

    function Assert-Stop([string] $Name, [string] $Call) {
        Assert-Survival $child
        $child.Said["$Name came"] | Should -BeExactly 'True'
        $child.Said["$Name state"] | Should -BeExactly 'Stopped'
        # One call or two are usual; on a busy machine the stop may come two seconds late.
        if ($Call -and $slowed) {
            0 + $made["$Name $Call"] | Should -BeLessThan (2000 / (Get-Delay $Call))
        }
        else {
            [double]$child.Said["$Name processor"] | Should -BeLessThan 2000
        }
    }

    function Assert-Progress([string] $Name) {
        $child.Said["$Name activity"] | Should -BeExactly ($Name -split ' ')[0]
        $child.Said["$Name status"] | Should -MatchExactly '^[\d.]+ ([KMGT]i)?B of [\d.]+ [GT]iB, [\d.]+ ([KMGT]i)?B/s$'
        [int]$child.Said["$Name percent"] | Should -BeIn (0..99)
        [int]$child.Said["$Name seconds"] | Should -BeGreaterThan 0
    }

    function Assert-NothingLeft([string] $Name, [string] $Expected) {
        $child.Said["$Name kept"] | Should -BeExactly 'True True True'
        $child.Said["$Name left"] | Should -BeExactly $Expected
        $child.Said["$Name regions"] | Should -BeExactly '0 0'
        if ($IsLinux) {
            $child.Said["$Name freed"] | Should -BeExactly 'True'
        }
    }
}

Describe 'Long work' -Tag Slow -ForEach @{ OverBytes = $overBytes; Emitting = $emitting; OnSlowSystem = $slow + $making } {
    BeforeAll {
        # Both children run at once: most of their time they wait for delayed calls.
        $bytes = @($OverBytes | ForEach-Object { $_ + @{ Holds = $true } }; $Emitting | ForEach-Object { $_ + @{ Stream = 'Output' } })
        $log = Join-Path $TestDrive calls
        $children = @{}
        $hazards = @{ Bytes = New-LongWork $bytes "$log.bytes" }
        if ($slowed) {
            $hazards.Slow = New-LongWork $OnSlowSystem "$log.slow"
        }
        $hazards.GetEnumerator() | ForEach-Object -Parallel {
            . "$using:PSScriptRoot/../Support/Hazard.ps1"
            $hazard = $_.Value
            @{ $_.Key = Invoke-Hazard @hazard }
        } | ForEach-Object { $children += $_ }
    }

    Context 'over many gigabytes of bytes' {
        BeforeAll {
            $child = $children.Bytes
            $made = if ($slowed) { Get-CallCount "$log.bytes" }
        }

        It 'shows how far it is, ends when it is stopped, and leaves nothing behind: <Name>' -ForEach $overBytes {
            Skip-Work -Root:$Root
            Assert-Progress $Name
            Assert-Stop $Name $Call
            Assert-NothingLeft $Name
        }

        It 'does not hold up who protects or removes the region, and needs little memory: <Name>' -ForEach $overBytes {
            Skip-Work -Root:$Root
            $child.Said["$Name protected"] | Should -BeExactly 'True'
            $child.Said["$Name removed"] | Should -BeLike 'RegionClosed,*'
            [long]$child.Said["$Name heap"] | Should -BeLessThan 64MB
        }

        It 'ends between two objects that it emits: <Name>' -ForEach $emitting {
            Skip-Work
            Assert-Stop $Name $Call
            Assert-NothingLeft $Name
        }
    }

    Context 'on a slow system' {
        BeforeAll {
            $child = $children.Slow
            $made = if ($slowed) { Get-CallCount "$log.slow" }
        }

        It 'shows how far it is, ends when it is stopped, and leaves nothing behind: <Name>' -ForEach ($slow + $making) {
            Skip-Work -Root:$Root -Slowed
            Assert-Progress $Name
            Assert-Stop $Name $Call
            Assert-NothingLeft $Name $Expected
        }
    }
}
