# Blocks that the storage does not give, met by calls that bring pages in within the kernel: mlock, mmap and mremap try them again
# and again, for ever, and then only SIGKILL ends the process. So each child has a time limit.

BeforeAll {
    . $PSScriptRoot/../Support/Preamble.ps1
    . $PSScriptRoot/../Support/FailingFile.ps1
    $obstacle = Find-FailingFileObstacle
    $obstacle = $obstacle ? $obstacle : (Find-Obstacle -Means 'a time limit for programs' -Tool timeout)
    $mount = $null
    if (-not $obstacle) {
        try { $mount = Mount-FailingFile (Join-Path $TestDrive disk) 16MB -Bad "$(12MB)+65536" }
        catch { $obstacle = "no file system can be mounted here: $_" }
    }

    $limit = 'timeout', '--signal=KILL', '120'
}

AfterAll {
    Dismount-FailingFile $mount
}

Describe 'Blocks that cannot be read' -Tag Slow {
    BeforeAll {
        if ($obstacle) {
            return
        }

        $child = Invoke-Hazard -Wrapper $limit -Environment @{ HAZARD_FILE = $mount.Path } -Script @'
function Get-Locked { ((Get-Content /proc/self/status) -match '^VmLck:') -replace '\D' }
function Use-Map([hashtable] $With, [scriptblock] $Work) {
    $map = New-MemoryMap $env:HAZARD_FILE @With
    try { & $Work } finally { Remove-MemoryMap $map }
}
$before = Get-Locked

Show 'lock' { Use-Map @{} { Lock-MemoryMap $map } }
Show 'lock of private' { Use-Map @{ Sharing = 'Private' } { Lock-MemoryMap $map } }
Show 'lock for writing' { Use-Map @{ Protection = 'Write' } { Lock-MemoryMap $map } }
Show 'lock for execution' { Use-Map @{ Protection = 'Execute' } { Lock-MemoryMap $map } }
Show 'lock of the page alone' { Use-Map @{ Offset = 12MB + $page; Length = 1 } { Lock-MemoryMap $map } }
Show 'nothing stays locked' { (Get-Locked) - $before }

Show 'option Locked' { Use-Map @{ Option = 'Locked' } { 'mapped' } }
Show 'option Locked for writing' { Use-Map @{ Option = 'Locked'; Protection = 'Write' } { 'mapped' } }
Show 'option Populate' { Use-Map @{ Option = 'Populate' } { 'mapped' } }
Show 'option Populate of private' { Use-Map @{ Option = 'Populate'; Sharing = 'Private' } { 'mapped' } }
Show 'option Populate for writing' { Use-Map @{ Option = 'Populate'; Protection = 'Write' } { 'mapped' } }
Show 'nothing is left of them' { Get-FileMapCount $env:HAZARD_FILE }

Show 'resize of locked' { Use-Map @{ Length = 1MB } { Lock-MemoryMap $map; Resize-MemoryMap $map 16MB } }
Show 'resize of private and locked' { Use-Map @{ Length = 1MB; Sharing = 'Private'; Option = 'Locked' } { Resize-MemoryMap $map 16MB } }
Show 'after a resize' { Use-Map @{ Length = 1MB } {
    Lock-MemoryMap $map
    Resize-MemoryMap $map 16MB -ErrorAction SilentlyContinue
    $map.Length, $map[-1], (Get-Locked)
    Resize-MemoryMap $map 4MB
    $map.Length, $map[-1], (Get-Locked)
} }

Show 'protect after lock' { Use-Map @{ Protection = 'Read'; Sharing = 'Private' } { Lock-MemoryMap $map -OnFault; Protect-MemoryMap $map -Protection Read, Write; $map[0] } }
foreach ($advice in 'PopulateRead', 'PopulateWrite', 'WillNeed', 'Collapse', 'PageOut', 'Cold') {
    Show "advice $advice" { Use-Map @{} { Set-MemoryMapAdvice $map $advice } }
}

Show 'on fault' { Use-Map @{} { Lock-MemoryMap $map -OnFault; $map[0]; $map[12MB] } }
Show 'good pages' { Use-Map @{} { Lock-MemoryMap $map -Length 8MB; (Get-Locked) - $before; $map[0] } }
'@
    }

    BeforeEach {
        if ($obstacle) {
            Set-ItResult -Skipped -Because $obstacle
        }
    }

    It 'leave the session alive' {
        $child.ExitCode | Should -Be 0 -Because $child.ErrorOutput
        $child.Said['end'] | Should -Be 'reached'
    }

    It 'are a fault to <_>' -ForEach 'lock', 'lock of private', 'lock for writing', 'lock for execution' {
        $child.Said[$_] | Should -BeLike "!PageFault | The $(16MB) bytes of *cannot all be brought into memory (*"
    }

    It 'are a fault where nothing else is locked' {
        $child.Said['lock of the page alone'] | Should -BeLike '!PageFault *'
        $child.Said['nothing stays locked'] | Should -BeExactly '0'
    }

    It 'are a fault to New-MemoryMap with <_>' -ForEach 'option Locked', 'option Locked for writing', 'option Populate',
        'option Populate of private', 'option Populate for writing' {
        $child.Said[$_] | Should -BeLike "!PageFault | The $(16MB) bytes of *cannot all be brought into memory (*"
        $child.Said['nothing is left of them'] | Should -BeExactly '0'
    }

    It 'are a fault to Resize-MemoryMap, because what a locked region gets is locked: <_>' -ForEach 'resize of locked', 'resize of private and locked' {
        $child.Said[$_] | Should -BeLike "!PageFault | *cannot all be brought into memory (*"
    }

    It 'leave the region that was not resized as it was' {
        $child.Said['after a resize'] | Should -BeExactly '1048576 5 1024 4194304 5 4096'
    }

    It 'do not stop advice <_>' -ForEach 'PopulateRead', 'PopulateWrite' {
        $child.Said["advice $_"] | Should -BeLike '!PageFault *'
    }

    It 'do not stop advice <_>' -ForEach 'WillNeed', 'PageOut', 'Cold' {
        $child.Said["advice $_"] | Should -BeExactly ''
    }

    It 'are not touched by -OnFault, and what can be read is locked' {
        $child.Said['protect after lock'] | Should -BeExactly '5'
        $child.Said['on fault'] | Should -BeLike '!PageFault *offset 12582912 *'
        $child.Said['good pages'] | Should -BeExactly '8192 5'
    }

    It 'are a fault to kernels too that do not populate by advice' {
        if (-not $obstacle) {
            Skip-WithoutTrace
        }

        # The advice fails as it does before Linux 5.14.
        $strace = 'strace', '-f', '-o', '/dev/null', '-e', 'trace=madvise', '-e', 'inject=madvise:error=EINVAL'
        $old = Invoke-Hazard -Wrapper ($limit + $strace) -Environment @{ HAZARD_FILE = $mount.Path } -Script @'
Show 'lock' { Lock-MemoryMap (New-MemoryMap $env:HAZARD_FILE) }
Show 'option Locked' { New-MemoryMap $env:HAZARD_FILE -Option Locked }
Show 'option Populate' { New-MemoryMap $env:HAZARD_FILE -Option Populate }
Show 'good pages' { (New-MemoryMap $env:HAZARD_FILE -Length 8MB -Option Populate, Locked)[-1] }
'@
        $old.ExitCode | Should -Be 0 -Because $old.ErrorOutput
        foreach ($name in 'lock', 'option Locked', 'option Populate') {
            $old.Said[$name] | Should -BeLike '!PageFault *cannot all be brought into memory (*'
        }

        $old.Said['good pages'] | Should -BeExactly '5'
    }
}
