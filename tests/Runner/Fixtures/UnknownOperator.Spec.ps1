Describe 'Should' {
    It 'has no such operator' { 1 | Should -BeBig }
    It 'has no such parameter' { 1 | Should -Be 1 -Loudly }
    It 'wants an operator' { 1 | Should }
}
