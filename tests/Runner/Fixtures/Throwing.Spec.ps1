Describe 'a test' {
    It 'throws' {
        throw [IO.IOException]::new('the disk is on fire')
    }

    It 'goes on with the next' { 1 | Should -Be 1 }
}
