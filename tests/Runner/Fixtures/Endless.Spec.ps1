Describe 'a test' {
    It 'does not end' {
        try {
            [Console]::WriteLine('ready')
            while ($true) { }
        }
        finally {
            [Console]::WriteLine('cleaned up')
        }
    }

    It 'is not to run' { [Console]::WriteLine('it ran') }
}
