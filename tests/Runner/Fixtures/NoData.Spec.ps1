Describe 'a block' {
    It 'has no data' -ForEach @() { 1 | Should -Be 1 }
}
