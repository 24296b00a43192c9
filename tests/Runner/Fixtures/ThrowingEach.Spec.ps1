Describe 'before' {
    BeforeEach { throw 'BeforeEach is broken' }
    It 'does not run' { [Console]::WriteLine('it ran') }
}

Describe 'after' {
    AfterEach { throw 'AfterEach is broken' }
    It 'runs' { 1 | Should -Be 1 }
}
