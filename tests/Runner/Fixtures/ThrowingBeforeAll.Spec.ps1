Describe 'a block' {
    BeforeAll { throw 'the setup is broken' }
    It 'does not run' { 1 | Should -Be 1 }
    It 'does not run either' { 1 | Should -Be 1 }
}

Describe 'another' {
    It 'runs' { 1 | Should -Be 1 }
}
