Describe 'a block' {
    It 'is there' { 1 | Should -Be 1 }
    throw 'the body is broken'
}
