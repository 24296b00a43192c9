# Every example in help and README runs, and prints what it shows. In shown output, <words> in angle brackets stand for what
# differs from run to run, such as <address>. An example that shows nothing prints nothing.

BeforeDiscovery {
    . $PSScriptRoot/../Support/HelpPage.ps1
    . $PSScriptRoot/../Support/Example.ps1
    $help = [IO.Directory]::GetFiles((Get-HelpPath), '*.md')
    [Array]::Sort($help, [StringComparer]::Ordinal)
    $pages = @(@($help) + [IO.Path]::GetFullPath("$PSScriptRoot/../../../README.md") | ForEach-Object {
            $examples = @(Get-ExampleList $_ | ForEach-Object { @{ Number = $_.Number; Title = $_.Title; Code = $_.Code } })
            @{ Name = [IO.Path]::GetFileNameWithoutExtension($_); Path = $_; Examples = $examples }
        } | Where-Object { $_.Examples.Count -gt 0 })
}

Describe 'The examples of <Name>' -ForEach $pages {
    BeforeAll {
        . $PSScriptRoot/../Support/Platform.ps1
        . $PSScriptRoot/../Support/Process.ps1
        . $PSScriptRoot/../Support/HelpPage.ps1
        . $PSScriptRoot/../Support/Example.ps1
        $results = Invoke-ExamplePage $Path ([IO.Path]::Combine($TestDrive, $Name))
    }

    It 'run: <Title>' -ForEach $Examples {
        if ($Title -eq 'Truncated files') {
            Skip-OnWindows 'Windows refuses to truncate a mapped file'
        }

        if (($Code.Code -join "`n").Contains('.Locked')) {
            Skip-OnWindows 'wine does not tell what is locked' -Wine
        }

        $result = $results[$Number]
        if ($result.Outcome -eq 'skipped') {
            Set-ItResult -Skipped -Because $result.Reason
        }

        $result.Outcome | Should -BeExactly 'passed' -Because $result.Reason
        for ($i = 0; $i -lt $Code.Count; $i++) {
            $printed = ($result.Output[$i] -join "`n").Trim("`n")
            if ($null -eq $Code[$i].Output) {
                $printed | Should -BeExactly '' -Because "nothing is shown behind $($Code[$i].Code)"
            }
            else {
                $printed | Should -MatchExactly (ConvertTo-OutputPattern $Code[$i].Output)
            }
        }
    }
}
