BeforeDiscovery {
    throw 'discovery is broken'
}

Describe 'a block' {
    It 'is there' { 1 | Should -Be 1 }
}
