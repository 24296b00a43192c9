Describe 'full' {
    It 'is there' { 1 | Should -Be 1 }

    Context 'empty' {
    }
}
