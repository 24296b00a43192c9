# ./build.sh run: the script gets its arguments, and the user sees its output.

BeforeAll {
    . $PSScriptRoot/../Support/Preamble.ps1
}

Describe 'build.ps1 Run' {
    It 'hands on every argument, shows the last table, and ends as the script does' {
        Skip-WithoutProgram dotnet
        $script = New-TestFile -Name arguments.ps1 @'
param([string] $Task, [string] $Path, [switch] $Deep, [Parameter(ValueFromRemainingArguments)] $Rest)
[pscustomobject]@{ Task = $Task; Path = $Path; Deep = $Deep; Rest = $Rest -join '|'; Module = (Get-Module MmapPS).Name }
exit 3
'@
        $words = @(Get-PowerShellCommand) + '-NoProfile', '-NonInteractive', '-File', (Convert-Path $PSScriptRoot/../../../build.ps1)
        $run = Invoke-Program ($words + 'run', $script, '-Task', 'x', '-Path:a b', '-Deep', '*', 'c,d') -Environment @{ NO_COLOR = '1' }
        $run.ErrorOutput | Should -BeNullOrEmpty
        $run.Output | Should -Match '(?m)^Task +: x\r?$'
        $run.Output | Should -Match '(?m)^Path +: a b\r?$'
        $run.Output | Should -Match '(?m)^Deep +: True\r?$'
        $run.Output | Should -Match '(?m)^Rest +: \*\|c,d\r?$'
        $run.Output | Should -Match '(?m)^Module +: MmapPS\r?$'
        $run.ExitCode | Should -Be 3
    }
}
