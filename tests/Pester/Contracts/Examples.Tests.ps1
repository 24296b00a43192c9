# Every example in help and README runs in a default session, and prints the output that it shows, also errors. In shown output,
# <words> in angle brackets match text that differs from run to run, such as <address>. An example without output prints nothing.

BeforeDiscovery {
    . $PSScriptRoot/../Support/HelpPage.ps1
    . $PSScriptRoot/../Support/Example.ps1
    $pages = Get-PageWithExample | ForEach-Object { @{ Name = Split-Path $_ -LeafBase; Examples = @(Get-Example $_) } }
}

BeforeAll {
    . $PSScriptRoot/../Support/Preamble.ps1
    . $PSScriptRoot/../Support/HelpPage.ps1
    . $PSScriptRoot/../Support/Example.ps1
    $results = Invoke-ExamplePage @(Get-PageWithExample)
}

Describe 'The examples of <Name>' -Tag Slow -ForEach $pages {
    It 'run: <_.Title>' -ForEach $Examples {
        $code = $_.Code
        if ($_.Title -eq 'Truncated files') {
            Skip-OnWindows 'Windows refuses to truncate a mapped file'
        }
        if (($code.Code -join "`n").Contains('.Locked')) {
            Skip-OnWindows 'wine does not tell what is locked' -Wine
        }

        $result = $results["$($_.Page) $($_.Number)"]
        if ($result.Outcome -eq 'skipped') {
            Set-ItResult -Skipped -Because $result.Reason
        }
        $result.Outcome | Should -BeExactly 'passed' -Because $result.Reason
        for ($i = 0; $i -lt $code.Count; $i++) {
            $printed = ($result.Output[$i] -join "`n").Trim("`n")
            if ($null -eq $code[$i].Output) {
                $printed | Should -BeExactly '' -Because "nothing is shown behind $($code[$i].Code)"
            }
            else {
                $printed | Should -MatchExactly (ConvertTo-OutputPattern $code[$i].Output)
            }
        }
    }
}
