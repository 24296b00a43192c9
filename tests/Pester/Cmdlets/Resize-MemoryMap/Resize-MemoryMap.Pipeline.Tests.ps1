BeforeAll {
    . $PSScriptRoot/../../Support/Preamble.ps1
}

Describe 'Resize-MemoryMap' {
    AfterEach {
        Get-MemoryMap | Remove-MemoryMap
    }

    Context 'streams and indexes' {
        It 'see the new length: a stream opened before' {
            $path = New-TestFile 'abcdef'
            $map = New-MemoryMap $path
            $stream = $map.OpenStream()
            $stream.Position = 5
            Resize-MemoryMap $map 10000
            $stream.Length | Should -Be 10000
            $stream.ReadByte() | Should -Be 102
            $stream.ReadByte() | Should -Be 0
            $null = $stream.Seek(-1, 'End')
            $stream.WriteByte(7)
            $map[9999] | Should -Be 7
            Resize-MemoryMap $map 3
            $stream.Length | Should -Be 3
            $stream.ReadByte() | Should -Be -1
            { $stream.WriteByte(1) } | Should -Throw '*which has 3 bytes*'
            $stream.Position = 0
            $copy = [IO.MemoryStream]::new()
            $stream.CopyTo($copy)
            -join [char[]]$copy.ToArray() | Should -BeExactly 'abc'
        }

        It 'count from the new end' {
            $map = New-MemoryMap -Anonymous -Length 10
            $map[9] = 1
            Resize-MemoryMap $map 20
            $map[19] = 2
            $map[-1], $map[-11] | Should -Be @(2, 1)
            { $map[20] } | Should -Throw '*which has 20 bytes*'
            Resize-MemoryMap $map 5
            { $map[5] } | Should -Throw -ErrorId OutOfRange
            { $map[-6] } | Should -Throw -ErrorId OutOfRange
        }
    }

    Context '-WhatIf and -Confirm' {
        It 'changes nothing with -WhatIf' {
            $path = New-TestFile 'abcdef'
            $map = New-MemoryMap $path
            Resize-MemoryMap $map 10000 -WhatIf -PassThru | Should -HaveCount 0
            Resize-MemoryMap $map 1 -TruncateFile -WhatIf -PassThru | Should -HaveCount 0
            $map.Length | Should -Be 6
            Get-FileText $path | Should -BeExactly 'abcdef'
        }

        It 'says how long the region would be, and where the file would be truncated' {
            $path = New-TestFile -Size 5000
            $child = Invoke-Child -Environment @{ FILE = $path } '
                $map = New-MemoryMap $env:FILE -Offset 1000 -Length 500
                Resize-MemoryMap $map 12345 -WhatIf
                Resize-MemoryMap $map 77 -TruncateFile -WhatIf
                Resize-MemoryMap $map ([long]::MaxValue) -TruncateFile -WhatIf'
            $child.ExitCode | Should -Be 0
            $child.Output | Should -BeLike "*12345 bytes*$path*`n*77 bytes*1077 bytes*$path*`n* to 9223372036854776807 bytes*"
        }

        It 'goes with -Confirm' {
            (Get-Command Resize-MemoryMap).Parameters.ContainsKey('Confirm') | Should -BeTrue
            $map = New-MemoryMap -Anonymous -Length 5
            Resize-MemoryMap $map 6 -Confirm:$false
            $map.Length | Should -Be 6
        }
    }

    Context 'the pipeline' {
        It 'emits nothing without -PassThru, and the region itself with it' {
            $map = New-MemoryMap -Anonymous -Length 100
            $map | Resize-MemoryMap -Length 50 | Should -HaveCount 0
            $result = @($map | Resize-MemoryMap -Length 60 -PassThru)
            $result.Count | Should -Be 1
            [object]::ReferenceEquals($result[0], $map) | Should -BeTrue
        }

        It 'goes on after a region that cannot be resized' {
            $maps = @((New-MemoryMap -Anonymous -Length 5), (New-MemoryMap -Anonymous -Sharing Shared -Length 5), (New-MemoryMap (New-TestFile 'abc')))
            $result = @($maps | Resize-MemoryMap -Length 90000 -PassThru -ErrorAction SilentlyContinue -ErrorVariable problems)
            $result.Id | Should -Be @($maps[0].Id, $maps[2].Id)
            $maps[0].Length, $maps[1].Length, $maps[2].Length | Should -Be @(90000, 5, 90000)
            $problems | Should -HaveCount 1
        }

        It 'wants -Length' {
            (Get-Command Resize-MemoryMap).Parameters['Length'].Attributes.Mandatory | Should -Contain $true
        }
    }

    It 'says that it emits MappedRegion' {
        (Get-Command Resize-MemoryMap).OutputType.Type | Should -Contain ([MmapPS.MappedRegion])
    }
}
