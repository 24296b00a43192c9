Describe 'a block' {
    It 'declares another test' {
        It 'inside' { 1 | Should -Be 1 }
    }
}
