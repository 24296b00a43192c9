It 'stands alone' { 1 | Should -Be 1 }
