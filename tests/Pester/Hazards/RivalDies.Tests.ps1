# The control: without it nobody could tell a hazard survived from a hazard that never happened here.

BeforeAll {
    . $PSScriptRoot/../Support/Hazard.ps1
    $obstacle = Find-Obstacle -Means 'files that are cut off while they are mapped'
}

Describe 'A file truncated under a mapping is deadly in this environment' {
    BeforeAll {
        if ($obstacle) {
            return
        }

        # No core file: the death is on purpose.
        $wrapper = if (Find-Tool prlimit) { 'prlimit', '--core=0' } else { @() }
        $environment = @{ HAZARD_FILE = "$TestDrive/control.bin" }
        New-PatternFile "$TestDrive/control.bin" (2 * [Environment]::SystemPageSize)
        $rival = Invoke-Hazard -Wrapper $wrapper -Environment $environment -Script @'
$map = [IO.MemoryMappedFiles.MemoryMappedFile]::CreateFromFile($env:HAZARD_FILE)
$view = $map.CreateViewAccessor()
Show 'before' { $view.ReadByte(0) }
$file = [IO.File]::OpenWrite($env:HAZARD_FILE)
$file.SetLength(0)
Show 'after' { $view.ReadByte(0) }
'@
        New-PatternFile "$TestDrive/control.bin" (2 * [Environment]::SystemPageSize)
        $ours = Invoke-Hazard -Wrapper $wrapper -Environment $environment -Script @'
$map = New-MemoryMap $env:HAZARD_FILE
Show 'before' { $map[0] }
$file = [IO.File]::OpenWrite($env:HAZARD_FILE)
$file.SetLength(0)
Show 'after' { $map[0] }
'@
    }

    BeforeEach {
        if ($obstacle) {
            Set-ItResult -Skipped -Because $obstacle
        }
    }

    It 'ends a process that reads it by MemoryMappedFile' {
        $rival.Said['before'] | Should -BeExactly '1'
        $rival.ExitCode | Should -Not -Be 0
        $rival.Said.ContainsKey('after') | Should -BeFalse
        $rival.Said.ContainsKey('end') | Should -BeFalse
    }

    It 'is an error to a process that reads it by MmapPS' {
        $ours.ExitCode | Should -Be 0 -Because $ours.ErrorOutput
        $ours.Said['before'] | Should -BeExactly '1'
        $ours.Said['after'] | Should -BeLike '!PageFault | *offset 0 of *has 0 bytes now*'
        $ours.Said['end'] | Should -Be 'reached'
    }
}
