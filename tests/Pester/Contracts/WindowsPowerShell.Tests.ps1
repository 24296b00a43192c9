# The essentials, with only what Windows PowerShell 5.1 and .NET Framework have: CI runs this file there, and every other host
# runs it, too.

BeforeAll {
    . $PSScriptRoot/../Support/Module.ps1
    . $PSScriptRoot/../Support/Errors.ps1

    function New-PlainFile([byte[]] $Bytes) {
        $path = [IO.Path]::Combine("$TestDrive", [IO.Path]::GetRandomFileName())
        [IO.File]::WriteAllBytes($path, $Bytes)
        $path
    }
}

Describe 'The module in Windows PowerShell 5.1' {
    AfterEach {
        Get-MemoryMap | Remove-MemoryMap
    }

    It 'changes a file in place' {
        $path = New-PlainFile ([Text.Encoding]::ASCII.GetBytes('abc'))
        New-MemoryMap $path | Write-MappedByte -Offset 1 -Value d -PassThru | Sync-MemoryMap -PassThru | Remove-MemoryMap
        [IO.File]::ReadAllText($path) | Should -BeExactly 'adc'
    }

    It 'maps at any offset, private, and leaves the file alone' {
        $bytes = [byte[]]::new(200000)
        [Random]::new(3).NextBytes($bytes)
        $path = New-PlainFile $bytes
        $map = New-MemoryMap $path -Offset 70001 -Length 100 -Sharing Private
        (Read-MappedByte $map) -join ' ' | Should -BeExactly ($bytes[70001..70100] -join ' ')
        $map[0] = 255 - $bytes[70001]
        $map[0] | Should -Be (255 - $bytes[70001])
        Remove-MemoryMap $map
        [IO.File]::ReadAllBytes($path)[70001] | Should -Be $bytes[70001]
    }

    It 'maps memory, fills it from the pipeline and reads it by stream' {
        $map = New-MemoryMap -Anonymous -Length 1000 -Option Populate
        0..255 | Write-MappedByte $map -Offset 100
        (Read-MappedByte $map -Offset 100 -Length 256) -join ' ' | Should -BeExactly (0..255 -join ' ')
        $stream = $map.OpenStream()
        $stream.Position = 102
        $stream.ReadByte() | Should -Be 2
    }

    It 'makes a file with its length' {
        $path = [IO.Path]::Combine("$TestDrive", [IO.Path]::GetRandomFileName())
        New-MemoryMap $path -Create -Length 100000 | Write-MappedByte -Offset 99996 -Value last -PassThru | Remove-MemoryMap -Sync
        ([IO.FileInfo]$path).Length | Should -Be 100000
    }

    It 'says what is wrong by an error id' {
        $map = New-MemoryMap (New-PlainFile (1, 2, 3)) -Protection Read
        (Get-ErrorOf { $map[3] }).Id | Should -Be 'OutOfRange'
        (Get-ErrorOf { $map[0] = 1 }).Id | Should -Be 'NotWritable'
        Remove-MemoryMap $map
        (Get-ErrorOf { Read-MappedByte $map }).Id | Should -Be 'RegionClosed'
        (Get-ErrorOf { New-MemoryMap ([IO.Path]::Combine("$TestDrive", 'none')) }).Id | Should -Be 'FileNotFound'
    }
}
