Describe 'the environment' {
    It 'names the host' {
        $start = [Diagnostics.ProcessStartInfo]::new($env:MMAPPS_HOST)
        foreach ($word in '-NoProfile', '-NonInteractive', '-Command', '[Console]::Write("child")') {
            $start.ArgumentList.Add($word)
        }

        $start.RedirectStandardOutput = $true
        $child = [Diagnostics.Process]::Start($start)
        $child.StandardOutput.ReadToEnd() | Should -BeExactly 'child'
        $child.WaitForExit()
    }
}
