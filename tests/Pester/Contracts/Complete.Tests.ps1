# What every cmdlet needs besides its code.

BeforeDiscovery {
    . $PSScriptRoot/../Support/Module.ps1
    $cmdlets = @((Get-Module MmapPS).ExportedCmdlets.Keys | ForEach-Object { @{ Name = $_ } })
}

BeforeAll {
    $root = Join-Path $PSScriptRoot .. .. ..
    $readme = Get-Content (Join-Path $root README.md) -Raw
    $platforms = Get-Content (Join-Path $root docs design platforms.md) -Raw
    $specs = Get-ChildItem (Join-Path $root tests Pester Cmdlets) -Recurse -Filter *.Tests.ps1
}

Describe 'The cmdlet <Name>' -ForEach $cmdlets {
    It 'has a spec file' {
        $specs | Where-Object Name -Match "^$Name\." | Should -Not -BeNullOrEmpty
    }

    It 'has a place in a table of README' {
        $readme | Should -MatchExactly "(?m)^\|.*\[$Name\]\(docs/help/$Name\.md\)"
    }

    It 'is on the page of platforms' {
        $platforms | Should -MatchExactly "\b$Name\b"
    }
}
