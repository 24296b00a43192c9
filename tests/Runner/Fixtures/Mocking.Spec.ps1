Describe 'Pester has' {
    It 'Mock' { Mock Get-Command { } }
    It 'InModuleScope' { InModuleScope Module { } }
}
