Describe 'arithmetic' {
    It 'holds' { 1 + 1 | Should -Be 2 }

    It 'does not hold' {
        1 + 1 | Should -Be 3 -Because 'of a mistake'
    }
}
