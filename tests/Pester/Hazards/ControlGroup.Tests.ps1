# A control group that leaves less memory than is asked for.

BeforeAll {
    . $PSScriptRoot/../Support/Preamble.ps1
}

Describe 'A control group' {
    BeforeAll {
        # Version 1 has a folder for memory alone.
        $version1 = Test-Path /sys/fs/cgroup/memory/memory.limit_in_bytes
        $root = $version1 ? '/sys/fs/cgroup/memory' : '/sys/fs/cgroup'
        $limitName = $version1 ? 'memory.limit_in_bytes' : 'memory.max'
        $parent = Join-Path $root "mmapps-$PID"
        $limit = 700MB
        $obstacle = Find-Obstacle -Means 'control groups' -Root -Path $root -Trap {
            $null = New-Item (Join-Path $parent inner) -ItemType Directory
            if (-not $version1) { Set-Content (Join-Path $parent cgroup.subtree_control) '+memory' }
            Set-Content (Join-Path $parent $limitName) $limit
        }

        # The limit is the parent's; the group itself has none.
        $join = 'echo $$ > "$0" && exec "$@"'
        $child = Invoke-Hazard -Obstacle $obstacle -Wrapper 'bash', '-c', $join, (Join-Path $parent inner/cgroup.procs) -Environment @{
            HAZARD_FOLDER = $TestDrive
        } -Script @'
$length = 700MB + 1KB * [long]((Get-Content /proc/meminfo | Where-Object { $_ -like 'SwapFree:*' }) -replace '\D')
Show 'length' { $length }
Show 'Populate' { New-MemoryMap -Anonymous -Length $length -Option Populate }
Show 'Locked' { New-MemoryMap -Anonymous -Length $length -Option Locked }
Show 'Secret' { New-MemoryMap -Secret -Length $length }
Show 'Name' { New-MemoryMap -Name "mmapps-group-$PID" -Length $length }
Show 'left' { Test-Path "/dev/shm/mmapps-group-$PID" }
$file = Join-Path $env:HAZARD_FOLDER file
Set-FileLength $file $length
Show 'private file' { New-MemoryMap $file -Sharing Private -Option Populate }
Show 'shared file' { (New-MemoryMap $file -Option Populate).Length -eq $length }
Show 'unused' { (New-MemoryMap -Anonymous -Length $length)[-1] }
Show 'small' { (New-MemoryMap -Anonymous -Length 10MB -Option Populate)[-1] }
'@
    }

    AfterAll {
        if (Test-Path $parent) {
            [IO.Directory]::Delete((Join-Path $parent inner))
            [IO.Directory]::Delete($parent)
        }
    }

    BeforeEach {
        Skip-OnObstacle $child.Obstacle
    }

    It 'is LimitReached with its numbers to <_>, and the process lives' -ForEach 'Populate', 'Locked', 'Secret', 'Name', 'private file' {
        Assert-Survival $child
        $child.Said[$_] | Should -BeLike "!LimitReached | *$($child.Said['length']) bytes*control group*$limit bytes*$(Join-Path $parent $limitName).*"
    }

    It 'leaves no name behind' {
        $child.Said['left'] | Should -BeExactly 'False'
    }

    It 'is no limit to what can give way, nor to what fits' {
        $child.Said['shared file'], $child.Said['unused'], $child.Said['small'] | Should -BeExactly @('True', '0', '0')
    }
}
