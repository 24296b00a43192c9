# The control: without it nobody could tell a hazard survived from a hazard that never happened here.

BeforeAll {
    . $PSScriptRoot/../Support/Preamble.ps1
}

Describe 'A file truncated under a mapping is deadly in this environment' -Tag Slow {
    BeforeAll {
        $path = Join-Path $TestDrive control.bin
        $hazard = @{
            Obstacle    = Find-Obstacle -Means 'files that are cut off while they are mapped'
            Environment = @{ HAZARD_FILE = $path }
            # No core file: the death is on purpose.
            Wrapper     = @(if (Test-Program prlimit) { 'prlimit', '--core=0' })
        }
        New-PatternFile $path (2 * $page)
        $rival = Invoke-Hazard @hazard -Script @'
$map = [IO.MemoryMappedFiles.MemoryMappedFile]::CreateFromFile($env:HAZARD_FILE)
$view = $map.CreateViewAccessor()
Show 'before' { $view.ReadByte(0) }
Set-FileLength $env:HAZARD_FILE 0
Show 'after' { $view.ReadByte(0) }
'@
        New-PatternFile $path (2 * $page)
        $ours = Invoke-Hazard @hazard -Script @'
$map = New-MemoryMap $env:HAZARD_FILE
Show 'before' { $map[0] }
Set-FileLength $env:HAZARD_FILE 0
Show 'after' { $map[0] }
'@
    }

    BeforeEach {
        Skip-OnObstacle $ours.Obstacle
    }

    It 'ends a process that reads it by MemoryMappedFile' {
        $rival.Said['before'] | Should -BeExactly '1'
        $rival.ExitCode | Should -Not -Be 0
        $rival.Said.ContainsKey('after') | Should -BeFalse
        $rival.Said.ContainsKey('end') | Should -BeFalse
    }

    It 'is an error to a process that reads it by MmapPS' {
        Assert-Survival $ours
        $ours.Said['before'] | Should -BeExactly '1'
        $ours.Said['after'] | Should -BeLike '!PageFault | *offset 0 of *has 0 bytes now*'
    }
}
