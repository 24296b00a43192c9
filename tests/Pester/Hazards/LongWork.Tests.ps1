# Long work over bytes and other threads: it shows how far it is, ends when it is told to, and holds nobody up.

BeforeAll {
    . $PSScriptRoot/../Support/Hazard.ps1
    . $PSScriptRoot/../Support/Files.ps1
    . $PSScriptRoot/../Support/Kernel.ps1

    # What wine 8 maps at once is less.
    $size = if ($env:WINEPREFIX) { 16GB } else { 64GB }

    # Runs script text in a child that has Start-Work, Measure-Stop, and a file of $size bytes that takes no storage: on Windows
    # it must be told so.
    function Invoke-LongWork([string] $Script, [hashtable] $Environment = @{}, [string[]] $Wrapper = @()) {
        $path = "$TestDrive/long.bin"
        [IO.File]::Create($path).Dispose()
        if ([OperatingSystem]::IsWindows() -and -not $env:WINEPREFIX) {
            $null = fsutil sparse setflag $path
        }

        $file = [IO.File]::OpenWrite($path)
        $file.SetLength($(if ($Environment['HAZARD_SIZE']) { $Environment['HAZARD_SIZE'] } else { $size }))
        $file.Dispose()
        $variables = @{ HAZARD_FILE = $path; HAZARD_FOLDER = $TestDrive; HAZARD_SUPPORT = "$PSScriptRoot/../Support" } + $Environment
        try {
            Invoke-Hazard -Environment $variables -Wrapper $Wrapper -Script (@'
. "$env:HAZARD_SUPPORT/LongWork.ps1"
function Locked { @([IO.File]::ReadAllLines('/proc/self/status') -match '^VmLck:')[0] -replace '\D' }
function Show-Stop($Map) {
    $tries = @(Measure-Stop $env:HAZARD_WORK Progress $Map)
    Show 'came' { $tries.Came -notcontains $false }
    Show 'state' { $tries[-1].State }
    Show 'activity' { $tries[0].First.Activity }
    Show 'status' { $tries[0].First.StatusDescription }
    Show 'time left' { $tries[0].First.SecondsRemaining -gt 0 }
    Show 'milliseconds' { $tries[-1].Milliseconds }
}

'@ + $Script)
        }
        finally {
            [IO.File]::Delete($path)
        }
    }

    # The words before a command that make each call of a function take some milliseconds more, as a slow device would.
    function Get-Slowed([string] $Call, [int] $Milliseconds) {
        'strace', '-f', '--seccomp-bpf', '-e', "trace=$Call", '-e', "inject=${Call}:delay_enter=$($Milliseconds)000", '-o', '/dev/null'
    }

    # That the child's work showed progress and ended when it was stopped.
    function Confirm-Stop($Child, [string] $Activity) {
        $Child.Said['end'] | Should -Be 'reached' -Because $Child.ErrorOutput
        $Child.Said['came'] | Should -BeExactly 'True' -Because $Child.ErrorOutput
        $Child.Said['activity'] | Should -BeExactly $Activity
        $Child.Said['status'] | Should -MatchExactly '^[\d.]+ [KMGT]iB of [\d.]+ [GT]iB, [\d.]+ [KMGT]iB/s$'
        $Child.Said['time left'] | Should -BeExactly 'True'
        $Child.Said['state'] | Should -BeExactly 'Stopped'
        [int]$Child.Said['milliseconds'] | Should -BeLessThan 100
    }
}

Describe '<Name> over many gigabytes' -Tag Slow -ForEach @(
    @{ Name = 'Find-MappedByte'; Work = 'Find-MappedByte $map 1' }
    @{ Name = 'Find-MappedByte -Count'; Work = 'Find-MappedByte $map 1 -Count' }
    @{ Name = 'Find-MappedByte -Last'; Work = 'Find-MappedByte $map 1 -Last 1' }
    @{ Name = 'Find-MappedByte -Last -AsLine -LineNumber'; Work = 'Find-MappedByte $map 0 -Last 1 -AsLine -LineNumber' }
    @{ Name = 'Compare-MappedByte'; Work = 'Compare-MappedByte $map -Other $map' }
    @{ Name = 'Edit-MappedByte'; Work = 'Edit-MappedByte $map 1 2' }
    @{ Name = 'Read-MappedValue'; Work = 'Read-MappedValue $map UInt64 -Stride 4096 -All > $null' }
    @{ Name = 'Read-MappedValue of texts'; Work = 'Read-MappedValue $map Utf8Z -All > $null' }
    @{ Name = 'Copy-MappedByte'; Work = 'Copy-MappedByte $map $map -Length ($map.Length / 2) -DestinationOffset ($map.Length / 2)' }
    @{ Name = 'Copy-MappedByte to a file'; Work = 'Copy-MappedByte $map -Destination "$env:HAZARD_FOLDER/copy.bin" -Force' }
    @{ Name = 'Clear-MappedByte'; Work = 'Clear-MappedByte $map -Value 0' }
    @{ Name = 'Set-MemoryMapAdvice -Advice PopulateRead'; Work = 'Set-MemoryMapAdvice $map PopulateRead' }
    @{ Name = 'Lock-MemoryMap'; Work = 'Lock-MemoryMap $map'; Root = $true }
) {
    BeforeAll {
        $obstacle = if ([OperatingSystem]::IsWindows()) {
            if ($Root) { 'Windows locks no more than fits into memory' }
        }
        else {
            Find-Obstacle -Means 'a list of mappings in /proc' -Root:([bool]$Root)
        }

        if ($obstacle) {
            return
        }

        $child = Invoke-LongWork -Environment @{ HAZARD_WORK = $Work } -Script @'
$map = New-MemoryMap $env:HAZARD_FILE
Show-Stop $map
$run = Start-Work "`$ErrorActionPreference = 'Stop'; try { $env:HAZARD_WORK } catch { `$_.FullyQualifiedErrorId.Split(',')[0] }" Progress $map
Protect-MemoryMap $map -Offset 0 -Length 4096 -Protection Read, Write
Show 'protected' { -not $run.Result.IsCompleted }
Remove-MemoryMap $map
Show 'ended' { $null = $run.Shell.EndInvoke($run.Result); $run.Output }
Show 'maps' { Count-Map $env:HAZARD_FILE }
Show 'heap' { [GC]::GetTotalMemory($true) -lt 64MB }
'@
    }

    BeforeEach {
        if ($obstacle) {
            Set-ItResult -Skipped -Because $obstacle
        }
    }

    It 'shows how far it is and ends within 100 ms when it is stopped' {
        Confirm-Stop $child ($Name -split ' ')[0]
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

Describe 'Lock-MemoryMap that is stopped' -Tag Slow {
    It 'leaves nothing locked but what was locked before' {
        $obstacle = Find-Obstacle -Means 'a count of what is locked' -Root
        if ($obstacle) {
            Set-ItResult -Skipped -Because $obstacle
        }

        $child = Invoke-LongWork -Environment @{ HAZARD_WORK = 'Lock-MemoryMap $map' } -Script @'
$map = New-MemoryMap $env:HAZARD_FILE
$before = Locked
Lock-MemoryMap $map -Offset 1MB -Length 64KB
Lock-MemoryMap $map -Offset 100MB -Length 1MB
Lock-MemoryMap $map -Offset 40GB -Length 64KB
Show-Stop $map
# Unlocking goes on behind it, as a use of the region, which Protect waits for.
Protect-MemoryMap $map -Length 4096 -Protection Read, Write
Show 'locked' { (Locked) - $before }
Unlock-MemoryMap $map -Offset 0 -Length 50GB
Show 'unlocked' { (Locked) - $before }
'@
        Confirm-Stop $child Lock-MemoryMap
        $child.Said['locked'] | Should -BeExactly "$(64 + 1024 + 64)"
        $child.Said['unlocked'] | Should -BeExactly '0'
    }
}

Describe 'New-MemoryMap that is stopped' -Tag Slow {
    It 'leaves no region, no mapping and nothing locked behind: -Option <_>' -ForEach 'Populate', 'Populate -Sharing Private -Protection Read', 'Locked' {
        $obstacle = Find-Obstacle -Means 'a list of mappings in /proc' -Root:($_ -eq 'Locked')
        if ($obstacle) {
            Set-ItResult -Skipped -Because $obstacle
        }

        $child = Invoke-LongWork -Environment @{ HAZARD_WORK = "New-MemoryMap `$env:HAZARD_FILE -Option $_" } -Script @'
$before = Locked
Show-Stop
# The memory is given back behind it.
$null = [Threading.SpinWait]::SpinUntil({ (Count-Map $env:HAZARD_FILE) -eq 0 }, 60000)
Show 'left' { @(Get-MemoryMap).Count, (Count-Map $env:HAZARD_FILE), ((Locked) - $before) }
'@
        Confirm-Stop $child New-MemoryMap
        $child.Said['left'] | Should -BeExactly '0 0 0'
    }

    It 'leaves the file as it was: <name>' -ForEach @(
        @{ Name = '-Create'; Work = 'New-MemoryMap "$env:HAZARD_FOLDER/new.bin" -Create -Length 64GB' }
        @{ Name = '-Extend'; Work = 'New-MemoryMap "$env:HAZARD_FOLDER/old.bin" -Extend -Length 64GB' }
    ) {
        Skip-WithoutTrace
        $slow = Get-Slowed fallocate 20
        [IO.File]::WriteAllText("$TestDrive/old.bin", 'abc')
        [IO.File]::Delete("$TestDrive/new.bin")

        $child = Invoke-LongWork -Wrapper $slow -Environment @{ HAZARD_WORK = $Work; HAZARD_SIZE = 1 } -Script @'
Show-Stop
Show 'left' { foreach ($name in 'new.bin', 'old.bin') { $file = [IO.FileInfo]"$env:HAZARD_FOLDER/$name"; if ($file.Exists) { $file.Length } } }
'@
        Confirm-Stop $child New-MemoryMap
        $child.Said['left'] | Should -BeExactly '3'
    }

    It 'gives memory back, which nobody waits for: <_>' -ForEach '-Anonymous -Option Populate', '-Anonymous -Option Locked' {
        $obstacle = Find-Obstacle -Means 'a list of mappings in /proc' -Root:($_ -like '*Locked')
        if ($obstacle) {
            Set-ItResult -Skipped -Because $obstacle
        }

        $child = Invoke-LongWork -Environment @{ HAZARD_WORK = "New-MemoryMap -Length 8GB $_"; HAZARD_SIZE = 1 } -Script @'
. "$env:HAZARD_SUPPORT/Cache.ps1"
function Resident { [long](@([IO.File]::ReadAllLines('/proc/self/status') -match '^VmRSS:')[0] -replace '\D') * 1024 }
Show-Stop
Show 'left' { @(Get-MemoryMap).Count, @(Get-MemoryMap -Name long-work-spec -All).Count, [IO.File]::Exists('/dev/shm/long-work-spec') }
Show 'freed' { Wait-Until { (Resident) -lt 500MB -and [int](Locked) -lt 64KB } }
'@
        Confirm-Stop $child New-MemoryMap
        $child.Said['left'] | Should -BeExactly '0 0 False'
        $child.Said['freed'] | Should -BeExactly 'True'
    }
}

Describe '<Name> that is long' -Tag Slow -ForEach @(
    @{ Name = 'Measure-MemoryMap'; Work = 'Measure-MemoryMap $map'; Size = 8TB }
    @{ Name = 'Measure-MemoryMap of a path'; Work = 'Measure-MemoryMap $env:HAZARD_FILE'; Size = 8TB }
    @{ Name = 'Set-MemoryMapAdvice of a path'; Work = 'Set-MemoryMapAdvice $env:HAZARD_FILE PopulateRead' }
) {
    It 'shows how far it is and ends within 100 ms when it is stopped' {
        $obstacle = Find-Obstacle -Means 'files of 8 TiB that take no storage'
        if ($obstacle) {
            Set-ItResult -Skipped -Because $obstacle
        }

        $child = Invoke-LongWork -Environment @{ HAZARD_WORK = $Work; HAZARD_SIZE = $Size } -Script 'Show-Stop (New-MemoryMap $env:HAZARD_FILE)'
        Confirm-Stop $child ($Name -split ' ')[0]
    }
}

Describe '<Name> on a slow system' -Tag Slow -ForEach @(
    @{ Name = 'Read-MappedByte'; Work = '$bytes = Read-MappedByte $map -Length 2147483591'; Call = 'pread64'; Milliseconds = 3 }
    @{ Name = 'Write-MappedByte'; Work = 'Write-MappedByte $map ([byte[]]::new(2147483591))'; Call = 'process_vm_writev' }
    @{ Name = 'Sync-MemoryMap'; Work = 'Sync-MemoryMap $map'; Call = 'sync_file_range' }
    @{ Name = 'Sync-MemoryMap -Async'; Work = 'Sync-MemoryMap $map -Async'; Call = 'sync_file_range' }
    @{ Name = 'Remove-MemoryMap -Sync'; Work = 'Remove-MemoryMap $map -Sync'; Call = 'sync_file_range' }
    @{ Name = 'Set-MemoryMapAdvice -Advice Evict'; Work = 'Set-MemoryMapAdvice $env:HAZARD_FILE Evict'; Call = 'sync_file_range' }
    @{ Name = 'Unlock-MemoryMap'; Work = 'Unlock-MemoryMap $map'; Call = 'munlock' }
    @{ Name = 'Clear-MappedByte -Deallocate'; Work = 'Clear-MappedByte $map -Deallocate'; Call = 'madvise'; Milliseconds = 1 }
    @{ Name = 'Resize-MemoryMap'; Work = 'Resize-MemoryMap $map 70GB'; Call = 'fallocate' }
) {
    It 'shows how far it is and ends within 100 ms when it is stopped' {
        Skip-WithoutTrace
        $delay = if ($Milliseconds) { $Milliseconds } else { 20 }
        $child = Invoke-LongWork -Wrapper (Get-Slowed $Call $delay) -Environment @{ HAZARD_WORK = $Work } -Script @'
$map = New-MemoryMap $env:HAZARD_FILE
Show-Stop $map
Show 'after' { $map.IsOpen, $map.Length, [IO.FileInfo]::new($env:HAZARD_FILE).Length }
'@
        Confirm-Stop $child ($Name -split ' ')[0]
        $child.Said['after'] | Should -BeExactly "True $size $size"
    }
}

Describe 'New-MemoryMap -Secret that is stopped' -Tag Slow {
    It 'shows how far it is, ends within 100 ms and leaves nothing behind: <name>' -ForEach @(
        @{ Name = 'memfd_secret'; Wrapper = @() }
        @{ Name = 'locked memory, where the kernel makes no memfd_secret'; Wrapper = 'prlimit', '--fsize=3000000000' }
    ) {
        $obstacle = Find-Obstacle -Means 'a count of what is locked' -Root -Tool prlimit
        if ($obstacle) {
            Set-ItResult -Skipped -Because $obstacle
        }

        $child = Invoke-LongWork -Wrapper $Wrapper -Environment @{ HAZARD_WORK = 'New-MemoryMap -Secret -Length 4GB'; HAZARD_SIZE = 1 } -Script @'
. "$env:HAZARD_SUPPORT/Cache.ps1"
$before = Locked
Show-Stop
Show 'left' { @(Get-MemoryMap).Count }
Show 'freed' { Wait-Until { [int](Locked) -le $before } }
'@
        Confirm-Stop $child New-MemoryMap
        $child.Said['left'] | Should -BeExactly '0'
        $child.Said['freed'] | Should -BeExactly 'True'
    }
}
