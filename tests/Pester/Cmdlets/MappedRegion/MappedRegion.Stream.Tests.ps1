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

    Context 'OpenStream' {
        It 'hashes as the file does' {
            $large = New-RandomFile 3145861
            $hash = (Get-FileHash $large).Hash
            $stream = (New-MemoryMap $large).OpenStream()
            (Get-FileHash -InputStream $stream).Hash | Should -Be $hash
        }

        It 'spans the region and not the file' {
            $stream = (New-MemoryMap $path -Offset 3 -Length 4).OpenStream()
            $stream.Length | Should -Be 4
            [IO.StreamReader]::new($stream).ReadToEnd() | Should -BeExactly 'defg'
        }

        It 'starts at the beginning each time' {
            $null = $map.OpenStream().ReadByte()
            $map.OpenStream().Position | Should -Be 0
        }

        It 'reads what is there and then 0 bytes' {
            $stream = $map.OpenStream()
            $buffer = [byte[]]::new(7)
            $stream.Read($buffer, 0, 7) | Should -Be 7
            $stream.Read($buffer, 0, 7) | Should -Be 3
            -join [char[]]$buffer | Should -BeExactly 'hijdefg'
            $stream.Read($buffer, 0, 7) | Should -Be 0
            $stream.ReadByte() | Should -Be -1
        }

        It 'seeks from <origin>' -ForEach @(
            @{ Origin = 'Begin'; Offset = 4; Expected = 4 }
            @{ Origin = 'Current'; Offset = 2; Expected = 7 }
            @{ Origin = 'Current'; Offset = -5; Expected = 0 }
            @{ Origin = 'End'; Offset = -1; Expected = 9 }
            @{ Origin = 'End'; Offset = 5; Expected = 15 }
        ) {
            $stream = $map.OpenStream()
            $stream.Position = 5
            $stream.Seek($Offset, $Origin) | Should -Be $Expected
            $stream.Position | Should -Be $Expected
        }

        It 'reads nothing past the end' {
            $stream = $map.OpenStream()
            $stream.Position = [long]::MaxValue
            $stream.Read([byte[]]::new(4), 0, 4) | Should -Be 0
        }

        It 'refuses to seek <offset> from <origin>' -ForEach @(
            @{ Origin = 'Begin'; Offset = -1 }
            @{ Origin = 'End'; Offset = -11 }
            @{ Origin = 'Current'; Offset = [long]::MinValue }
            @{ Origin = 'End'; Offset = [long]::MaxValue }
        ) {
            $stream = $map.OpenStream()
            $stream.Position = 3
            { $stream.Seek($Offset, $Origin) } | Should -Throw "*$Offset*" -ErrorId OutOfRange
            $stream.Position | Should -Be 3
        }

        It 'writes into the region' {
            $stream = $map.OpenStream()
            $stream.Position = 3
            $stream.Write([byte[]](1, 88, 89, 2), 1, 2)
            $stream.Position | Should -Be 5
            $stream.WriteByte(90)
            Get-FileText $path | Should -BeExactly 'abcXYZghij'
        }

        It 'refuses a write past the end, writes none of it and keeps its position' {
            $stream = $map.OpenStream()
            $stream.Position = 8
            { $stream.Write([byte[]](1, 2, 3), 0, 3) } | Should -Throw '*Offset 8 with length 3*which has 10 bytes*' -ErrorId OutOfRange
            $stream.Position | Should -Be 8
            Get-FileText $path | Should -BeExactly 'abcdefghij'
        }

        It 'takes a copy of another stream' {
            $source = [IO.MemoryStream]::new([byte[]](48..57))
            $source.CopyTo($map.OpenStream())
            Get-FileText $path | Should -BeExactly '0123456789'
        }

        It 'can do what the protection <protection> allows' -ForEach @(
            @{ Protection = 'Read'; Read = $true; Write = $false }
            @{ Protection = 'Read, Write'; Read = $true; Write = $true }
            @{ Protection = 'Write'; Read = $false; Write = $true }
            @{ Protection = 'None'; Read = $false; Write = $false }
        ) {
            $stream = (New-MemoryMap $path -Protection $Protection).OpenStream()
            $stream.CanRead | Should -Be $Read
            $stream.CanWrite | Should -Be $Write
            $stream.CanSeek | Should -BeTrue
            if (-not $Read) {
                { $stream.Read([byte[]]::new(2), 0, 2) } | Should -Throw -ErrorId NotReadable
            }

            if (-not $Write) {
                { $stream.Write([byte[]]::new(2), 0, 2) } | Should -Throw -ErrorId NotWritable
            }
        }

        It 'has a length that cannot be set' {
            $problem = Get-ErrorOf { $map.OpenStream().SetLength(5) }
            $problem.Record.Exception.InnerException | Should -BeOfType ([NotSupportedException])
            (Get-Item $path).Length | Should -Be 10
        }

        It 'leaves the region open when it is closed' {
            $stream = $map.OpenStream()
            $stream.Dispose()
            $map.IsOpen | Should -BeTrue
            $map[0] | Should -Be 97
            $stream.CanRead, $stream.CanWrite, $stream.CanSeek | Should -Be @($false, $false, $false)
            (Get-ErrorOf { $stream.Read([byte[]]::new(2), 0, 2) }).Record.Exception.InnerException | Should -BeOfType ([ObjectDisposedException])
        }

        It 'is refused by a region that was removed' {
            Remove-MemoryMap $map
            { $map.OpenStream() } | Should -Throw -ErrorId RegionClosed
        }

        It 'says so when the region is removed under it' {
            $stream = $map.OpenStream()
            Remove-MemoryMap $map
            foreach ($use in { $stream.Read([byte[]]::new(2), 0, 2) }, { $stream.Write([byte[]]::new(2), 0, 2) }) {
                $use | Should -Throw "*Region $($map.Id) of $path was removed*" -ErrorId 'RegionClosed*'
            }
        }

        It 'gives .NET code the region''s own error, which is an IOException' {
            # A task keeps the exception unchanged; the innermost one is the cause.
            $stream = $map.OpenStream()
            Remove-MemoryMap $map
            $task = $stream.ReadAsync([byte[]]::new(2), 0, 2)
            $null = [Threading.Tasks.Task]::WaitAny($task)
            $cause = $task.Exception
            while ($cause.InnerException) {
                $cause = $cause.InnerException
            }

            $cause | Should -BeOfType ([MmapPS.RegionClosedException])
            $cause | Should -BeOfType ([IO.IOException])
        }
    }
}
