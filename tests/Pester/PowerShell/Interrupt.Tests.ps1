# Ctrl+C as a user presses it: at a terminal, while a cmdlet works.

BeforeAll {
    . $PSScriptRoot/../Support/Preamble.ps1
    . $PSScriptRoot/../Support/Terminal.ps1
}

Describe 'Ctrl+C at a terminal' {
    BeforeAll {
        # A search of this length takes minutes, in a private region where holes are read too. The hole takes no storage.
        $file = New-TestFile -Size 256GB
        $copy = Join-Path $TestDrive copy.bin
        $interrupt = [string][char]3
        # The progress shows the length of the region.
        $type = @(
            'ready> ', "Find-MappedByte `$map x`r"
            'of 256.0 GiB', $interrupt
            'ready> ', "Copy-MappedByte `$map -Destination '$copy'`r"
            'of 256.0 GiB', $interrupt
            'ready> ', "'open:', `$map.IsOpen, 'first:', `$map[0] -join ' '`r"
            'open: True first: 0', ''
            'ready> ', "Remove-MemoryMap `$map; 'left:', @(Get-MemoryMap).Count -join ' '`r"
            'left: 0', ''
            'ready> ', "exit 7`r"
        )
        if (-not $IsWindows -and (Test-Program python3)) {
            $run = Invoke-Terminal '$map = New-MemoryMap $env:SUBJECT -Protection Read -Sharing Private' -Step $type -Interactive -Environment @{ SUBJECT = $file }
        }
    }

    BeforeEach {
        Skip-WithoutTerminal
    }

    It 'stops a search and a copy, after which the prompt returns and the session goes on' {
        $run.ErrorOutput | Should -BeNullOrEmpty
        $run.ExitCode | Should -Be 7
    }

    It 'shows no error' {
        $run.Lines -match 'Exception|Find-MappedByte: |Copy-MappedByte: ' | Should -BeNullOrEmpty
    }
}
