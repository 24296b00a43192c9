# A range of a region is checked in one place, for every cmdlet that takes one: here are all its cases.

BeforeAll {
    . $PSScriptRoot/../Support/Preamble.ps1
    $path = New-TestFile 'abcdefghij'
    $map = New-MemoryMap $path
    $other = New-MemoryMap $path -Protection Read
}

AfterAll {
    Get-MemoryMap | Remove-MemoryMap
}

Describe 'A range outside of the region' {
    It 'is refused, and nothing is done: <Work>' -ForEach @(
        @{ Work = { Read-MappedByte $map @range } }
        @{ Work = { Find-MappedByte $map a @range } }
        @{ Work = { Format-MappedByte $map @range } }
        @{ Work = { Get-MappedHash $map @range } }
        @{ Work = { Measure-MappedByte $map -BlockSize 1 @range } }
        @{ Work = { Copy-MappedByte $other $map @range } }
        @{ Work = { Clear-MappedByte $map @range } }
        @{ Work = { Edit-MappedByte $map a b @range } }
        @{ Work = { Protect-MemoryMap $map -Protection None @range } }
        @{ Work = { Lock-MemoryMap $map @range } }
        @{ Work = { Unlock-MemoryMap $map @range } }
        @{ Work = { Set-MemoryMapAdvice $map WillNeed @range } }
        @{ Work = { Sync-MemoryMap $map @range } }
    ) {
        $locked = Get-LockedSize
        foreach ($pair in (11, 0), (10, 1), (0, 11), (-1, 1), (0, -1), (1, [long]::MaxValue), ([long]::MaxValue, 2),
            ([long]::MaxValue, [long]::MaxValue), ([long]::MinValue, 1), ([long]::MinValue, [long]::MaxValue), (0, [long]::MinValue)) {
            $offset, $length = $pair
            $range = @{ Offset = $offset; Length = $length }
            $problem = Get-ErrorOf $Work
            $problem.Id | Should -Be 'OutOfRange' -Because "$offset, $length"
            $problem.Category | Should -Be 'InvalidArgument'
            $problem.Message | Should -BeLike "*Offset $offset with length $length*which has 10 bytes*"
            $problem.Target | Should -BeIn $map, $other
        }

        Get-FileText $path | Should -BeExactly 'abcdefghij'
        "$($map.Protection)" | Should -BeExactly 'Read, Write'
        Get-LockedSize | Should -Be $locked
    }
}
