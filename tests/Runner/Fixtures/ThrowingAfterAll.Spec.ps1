Describe 'a block' {
    AfterAll { throw 'the end is broken' }
    It 'runs' { 1 | Should -Be 1 }
}
