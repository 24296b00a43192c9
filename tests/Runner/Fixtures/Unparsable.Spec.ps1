Describe 'broken' {
    It 'is open' {
