BeforeAll {
    . $PSScriptRoot/../../Support/Preamble.ps1
}

Describe 'MappedRegion' {
    BeforeEach {
        $path = New-TestFile 'abcdefghij'
        $map = New-MemoryMap $path
    }

    AfterEach {
        Get-MemoryMap | Remove-MemoryMap
    }

    Context 'properties' {
        It 'describe a region of a file' {
            $part = New-MemoryMap $path -Offset 3 -Length 4 -Protection Read -Sharing Private
            $part.Kind | Should -Be File
            $part.Path | Should -BeExactly $path
            $part.Name | Should -BeNullOrEmpty
            $part.Offset | Should -Be 3
            $part.Length | Should -Be 4
            $part.Protection | Should -Be Read
            $part.Sharing | Should -Be Private
            $part.Option | Should -Be None
            $part.IsOpen | Should -BeTrue
        }

        It 'describe anonymous memory' {
            Skip-OnWindows 'there is no memory without reserved storage there'
            $memory = New-MemoryMap -Anonymous -Length 5000 -Option Populate, NoReserve
            $memory.Kind | Should -Be Anonymous
            $memory.Path | Should -BeNullOrEmpty
            $memory.Offset | Should -Be 0
            $memory.Length | Should -Be 5000
            $memory.Protection | Should -Be 'Read, Write'
            $memory.Sharing | Should -Be Private
            $memory.Option | Should -Be 'Populate, NoReserve'
        }

        It 'have the address at which the kernel has the first byte' {
            $entry = Get-MapEntry $map.Address
            $entry.Path | Should -BeExactly $path
            $entry.Start | Should -Be $map.Address
        }

        It 'have the address of the first byte of a region that starts inside a page' {
            $part = New-MemoryMap $path -Offset 3
            $entry = Get-MapEntry $part.Address
            $entry.Path | Should -BeExactly $path
            $part.Address - $entry.Start + $entry.FileOffset | Should -Be 3
        }

        It 'have the page size that the kernel uses' {
            $map.PageSize | Should -Be (Get-MapEntry $map.Address).Size.KernelPageSize
        }

        It 'number the regions upwards and never use a number again' {
            $last = $map.Id
            Remove-MemoryMap $map
            (New-MemoryMap $path).Id | Should -BeGreaterThan $last
        }

        It 'are there after the region was removed, but for the address' {
            $id = $map.Id
            $map.Dispose()
            $map.IsOpen | Should -BeFalse
            $map.Address | Should -Be 0
            $map.Id | Should -Be $id
            $map.Path | Should -BeExactly $path
            $map.Length | Should -Be 10
        }

        It 'cannot be changed' -ForEach @(
            @{ Property = 'Length' }
            @{ Property = 'Offset' }
            @{ Property = 'Path' }
            @{ Property = 'Protection' }
        ) {
            [MmapPS.MappedRegion].GetProperty($Property) | Should -Not -BeNullOrEmpty
            [MmapPS.MappedRegion].GetProperty($Property).GetSetMethod() | Should -BeNullOrEmpty
        }

        It 'make a text that names the file and the range' {
            "$(New-MemoryMap $path -Offset 3 -Length 4)" | Should -BeExactly "$path [3, 4 bytes]"
        }
    }

    Context 'Dispose' {
        It 'unmaps, and once more does nothing' {
            $map.Dispose()
            Get-MapCount $path | Should -Be 0
            { $map.Dispose() } | Should -Not -Throw
        }
    }

    Context 'lifetime' {
        It 'keeps the bytes of a file that was deleted' {
            Remove-Item $path
            -join [char[]]$map.Read() | Should -BeExactly 'abcdefghij'
        }

        It 'keeps its file when another takes the name' {
            Skip-OnWindows 'a file that is open keeps its name there'
            Set-Content "$path.new" KLMNOPQRST -NoNewline
            Move-Item "$path.new" $path -Force
            $map[0] | Should -Be 97
        }

        It 'does not keep anyone from opening the file alone' {
            Skip-OnWindows 'a file that is open cannot be opened alone there'
            # .NET's own mapping does: it keeps its lock.
            { [IO.FileStream]::new($path, 'Open', 'ReadWrite', 'None').Dispose() } | Should -Not -Throw
        }
    }
}
