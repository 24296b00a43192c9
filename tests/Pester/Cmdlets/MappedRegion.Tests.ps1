BeforeAll {
    . $PSScriptRoot/../Support/Module.ps1
    . $PSScriptRoot/../Support/Errors.ps1
    . $PSScriptRoot/../Support/Child.ps1
    . $PSScriptRoot/../Support/Files.ps1
    . $PSScriptRoot/../Support/Kernel.ps1
}

AfterAll {
    Get-MemoryMap | Remove-MemoryMap
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
            $part.Kind | Should -Be ([MmapPS.RegionKind]::File)
            $part.Path | Should -BeExactly $path
            $part.Name | Should -BeNullOrEmpty
            $part.Offset | Should -Be 3
            $part.Length | Should -Be 4
            $part.Protection | Should -Be ([MmapPS.MemoryProtection]::Read)
            $part.Sharing | Should -Be ([MmapPS.MapSharing]::Private)
            $part.Option | Should -Be ([MmapPS.MapOptions]::None)
            $part.IsOpen | Should -BeTrue
        }

        It 'describe anonymous memory' {
            Skip-OnWindows 'there is no memory without reserved storage there'
            $memory = New-MemoryMap -Anonymous -Length 5000 -Option Populate, NoReserve
            $memory.Kind | Should -Be ([MmapPS.RegionKind]::Anonymous)
            $memory.Path | Should -BeNullOrEmpty
            $memory.Offset | Should -Be 0
            $memory.Length | Should -Be 5000
            $memory.Protection | Should -Be ([MmapPS.MemoryProtection]'Read, Write')
            $memory.Sharing | Should -Be ([MmapPS.MapSharing]::Private)
            $memory.Option | Should -Be ([MmapPS.MapOptions]'Populate, NoReserve')
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

    Context 'the indexer' {
        It 'reads the byte at <index>' -ForEach @(
            @{ Index = 0; Expected = 'a' }
            @{ Index = 9; Expected = 'j' }
            @{ Index = [long]4; Expected = 'e' }
            @{ Index = -1; Expected = 'j' }
            @{ Index = -10; Expected = 'a' }
        ) {
            [char]$map[$Index] | Should -BeExactly ([char]$Expected)
        }

        It 'emits a byte' {
            $map[0] -is [byte] | Should -BeTrue
        }

        It 'reads several bytes at once' {
            $map[1..3] | Should -Be @(98, 99, 100)
            $map[0, -1] | Should -Be @(97, 106)
        }

        It 'takes indexes that come dressed from other commands' {
            # Numbers that went through a pipeline may be a psobject each.
            $indexes = [psobject[]](2, 3)
            $map[$indexes[0]] | Should -Be 99
            $map[$indexes] | Should -Be @(99, 100)
        }

        It 'reads of a region that came through a pipeline' {
            $map | ForEach-Object { $_[2] } | Should -Be 99
        }

        It 'counts from the start of the region, not of the file' {
            $part = New-MemoryMap $path -Offset 3 -Length 4
            $part[0] | Should -Be 100
            $part[-1] | Should -Be 103
        }

        It 'writes the byte at <index>' -ForEach @(
            @{ Index = 0; Expected = 'Zbcdefghij' }
            @{ Index = 9; Expected = 'abcdefghiZ' }
            @{ Index = -1; Expected = 'abcdefghiZ' }
            @{ Index = -10; Expected = 'Zbcdefghij' }
        ) {
            $map[$Index] = 90
            Get-FileText $path | Should -BeExactly $Expected
        }

        It 'changes a byte in place' {
            $map[0] += 2
            $map[1]++
            Get-FileText $path | Should -BeExactly 'cccdefghij'
        }

        It 'refuses to read index <index>, strict mode or not' -ForEach @(
            @{ Index = 10 }
            @{ Index = -11 }
            @{ Index = [long]::MaxValue }
            @{ Index = [long]::MinValue }
        ) {
            # PowerShell itself makes $null of any error of an indexer outside of strict mode.
            foreach ($read in { $map[$Index] }, { Set-StrictMode -Version Latest; $map[$Index] }, { $map[0, $Index] }, { $map | ForEach-Object { $_[$Index] } }) {
                $problem = Get-ErrorOf $read
                $problem.Id | Should -Be 'OutOfRange'
                $problem.Message | Should -BeLike "*Index $Index is outside of $path, which has 10 bytes*0 to 9*-1*-10*"
            }
        }

        It 'refuses to write index <index>' -ForEach @(
            @{ Index = 10 }
            @{ Index = -11 }
            @{ Index = [long]::MaxValue }
            @{ Index = [long]::MinValue }
        ) {
            $problem = Get-ErrorOf { $map[$Index] = 0 }
            $problem.Id | Should -Be 'OutOfRange'
            $problem.Message | Should -BeLike "*Index $Index is outside of $path, which has 10 bytes*"
            Get-FileText $path | Should -BeExactly 'abcdefghij'
        }

        It 'says that an empty region has no index at all' {
            $empty = New-MemoryMap (New-TestFile -Size 0)
            $problem = Get-ErrorOf { $empty[0] }
            $problem.Id | Should -Be 'OutOfRange'
            $problem.Message | Should -BeLike '*Index 0*empty*'
        }

        It 'refuses <value> for a byte' -ForEach @(
            @{ Value = 256 }
            @{ Value = -1 }
            @{ Value = 'x' }
        ) {
            Get-ErrorOf { $map[0] = $Value } | Should -Not -BeNullOrEmpty
            Get-FileText $path | Should -BeExactly 'abcdefghij'
        }

        It 'refuses <name> for an index' -ForEach @(
            @{ Name = 'text'; Index = 'x' }
            @{ Name = '$null'; Index = $null }
            @{ Name = 'a number past 64 bits'; Index = [uint64]::MaxValue }
        ) {
            $problem = Get-ErrorOf { $map[$Index] }
            $problem | Should -Not -BeNullOrEmpty
            $problem.Record.Exception | Should -Not -BeOfType ([FormatException])
            $problem.Record.Exception | Should -Not -BeOfType ([InvalidCastException])
            $problem.Record.Exception | Should -Not -BeOfType ([OverflowException])
        }

        It 'refuses to read where the protection does not allow it' {
            $blind = New-MemoryMap $path -Protection None
            (Get-ErrorOf { $blind[0] }).Id | Should -Be 'NotReadable'
        }

        It 'refuses to write where the protection does not allow it' {
            $fixed = New-MemoryMap $path -Protection Read
            (Get-ErrorOf { $fixed[0] = 1 }).Id | Should -Be 'NotWritable'
            Get-FileText $path | Should -BeExactly 'abcdefghij'
        }

        It 'refuses a region that was removed' {
            Remove-MemoryMap $map
            foreach ($use in { $map[0] }, { $map[0] = 1 }) {
                $problem = Get-ErrorOf $use
                $problem.Id | Should -Be 'RegionClosed'
                $problem.Message | Should -BeLike "*Region $($map.Id) of $path was removed*"
            }
        }

        It 'reaches beyond 4 GiB' {
            $large = New-TestFile -Size (4GB + 10)
            $wide = New-MemoryMap $large
            $wide[4GB + 7] = 55
            $wide[-3] | Should -Be 55
            Get-FileText $large -Offset (4GB + 6) -Count 3 | Should -BeExactly '\x007\x00'
        }
    }

    Context 'Read' {
        It 'reads all' {
            [Text.Encoding]::ASCII.GetString($map.Read()) | Should -BeExactly 'abcdefghij'
        }

        It 'reads a range' {
            [Text.Encoding]::ASCII.GetString($map.Read(2, 3)) | Should -BeExactly 'cde'
        }

        It 'reads nothing at the end' {
            $map.Read(10, 0).Length | Should -Be 0
        }

        It 'reads into a buffer' {
            $buffer = [byte[]](46, 46, 46, 46, 46)
            $map.Read(8, $buffer, 1, 2)
            [Text.Encoding]::ASCII.GetString($buffer) | Should -BeExactly '.ij..'
        }

        It 'refuses offset <offset> with length <count>' -ForEach @(
            @{ Offset = 0; Count = 11 }
            @{ Offset = 10; Count = 1 }
            @{ Offset = -1; Count = 1 }
            @{ Offset = 0; Count = -1 }
            @{ Offset = 5; Count = [long]::MaxValue }
            @{ Offset = [long]::MaxValue; Count = [long]::MaxValue }
        ) {
            $problem = Get-ErrorOf { $map.Read($Offset, $Count) }
            $problem.Id | Should -Be 'OutOfRange'
            $problem.Category | Should -Be 'InvalidArgument'
            $problem.Message | Should -BeLike "*Offset $Offset with length $Count*which has 10 bytes*"
            [object]::ReferenceEquals($problem.Target, $map) | Should -BeTrue
        }

        It 'refuses <count> bytes at place <index> of a buffer of 4' -ForEach @(
            @{ Index = 3; Count = 2 }
            @{ Index = -1; Count = 2 }
            @{ Index = 0; Count = -1 }
            @{ Index = [int]::MaxValue; Count = [int]::MaxValue }
        ) {
            $buffer = [byte[]](1, 2, 3, 4)
            $problem = Get-ErrorOf { $map.Read(0, $buffer, $Index, $Count) }
            $problem.Id | Should -Be 'OutOfRange'
            $problem.Message | Should -BeLike "*Offset $Index with length $Count*buffer*4 bytes*"
            $problem.Message | Should -Not -BeLike '*-Extend*' -Because 'no file is too short here'
            $buffer | Should -Be @(1, 2, 3, 4)
        }

        It 'refuses $null for a buffer, by name' {
            $problem = Get-ErrorOf { $map.Read(0, $null, 0, 1) }
            $problem.Record.Exception.InnerException | Should -BeOfType ([ArgumentNullException])
        }

        It 'refuses a region that was removed' {
            Remove-MemoryMap $map
            (Get-ErrorOf { $map.Read() }).Id | Should -Be 'RegionClosed'
        }
    }

    Context 'Write' {
        It 'writes bytes' {
            $map.Write(3, [byte[]](88, 89))
            Get-FileText $path | Should -BeExactly 'abcXYfghij'
        }

        It 'writes a part of a buffer' {
            $map.Write(3, [byte[]](1, 88, 89, 2), 1, 2)
            Get-FileText $path | Should -BeExactly 'abcXYfghij'
        }

        It 'writes no bytes without a fuss' {
            $map.Write(10, [byte[]]@())
            Get-FileText $path | Should -BeExactly 'abcdefghij'
        }

        It 'refuses <count> bytes at offset <offset> and writes none of them' -ForEach @(
            @{ Offset = 9; Count = 2 }
            @{ Offset = 10; Count = 1 }
            @{ Offset = -1; Count = 1 }
            @{ Offset = [long]::MaxValue; Count = 4 }
        ) {
            $problem = Get-ErrorOf { $map.Write($Offset, [byte[]]::new($Count)) }
            $problem.Id | Should -Be 'OutOfRange'
            $problem.Message | Should -BeLike "*Offset $Offset with length $Count*which has 10 bytes*"
            Get-FileText $path | Should -BeExactly 'abcdefghij'
        }

        It 'refuses $null for the bytes, by name' {
            $problem = Get-ErrorOf { $map.Write(0, $null) }
            $problem.Record.Exception.InnerException | Should -BeOfType ([ArgumentNullException])
        }

        It 'refuses a region for reading only' {
            $fixed = New-MemoryMap $path -Protection Read
            (Get-ErrorOf { $fixed.Write(0, [byte[]](1, 2)) }).Id | Should -Be 'NotWritable'
        }

        It 'refuses a region that was removed' {
            Remove-MemoryMap $map
            (Get-ErrorOf { $map.Write(0, [byte[]](1, 2)) }).Id | Should -Be 'RegionClosed'
            Get-FileText $path | Should -BeExactly 'abcdefghij'
        }
    }

    Context 'OpenStream' {
        It 'hashes as the file does' {
            $large = New-RandomFile 3145861
            $stream = (New-MemoryMap $large).OpenStream()
            Get-Sha256 $stream | Should -Be (Get-Sha256 (Get-FileByte $large))
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
            [Text.Encoding]::ASCII.GetString($buffer) | Should -BeExactly 'hijdefg'
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
            $problem = Get-ErrorOf { $stream.Seek($Offset, $Origin) }
            $problem.Id | Should -Be 'OutOfRange'
            $problem.Message | Should -BeLike "*$Offset*"
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

        It 'refuses a write past the end, writes none of it and stays where it is' {
            $stream = $map.OpenStream()
            $stream.Position = 8
            $problem = Get-ErrorOf { $stream.Write([byte[]](1, 2, 3), 0, 3) }
            $problem.Id | Should -Be 'OutOfRange'
            $problem.Message | Should -BeLike '*Offset 8 with length 3*which has 10 bytes*'
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
                (Get-ErrorOf { $stream.Read([byte[]]::new(2), 0, 2) }).Id | Should -Be 'NotReadable'
            }

            if (-not $Write) {
                (Get-ErrorOf { $stream.Write([byte[]]::new(2), 0, 2) }).Id | Should -Be 'NotWritable'
            }
        }

        It 'has a length that cannot be set' {
            $problem = Get-ErrorOf { $map.OpenStream().SetLength(5) }
            $problem.Record.Exception.InnerException | Should -BeOfType ([NotSupportedException])
            [IO.FileInfo]::new($path).Length | Should -Be 10
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
            (Get-ErrorOf { $map.OpenStream() }).Id | Should -Be 'RegionClosed'
        }

        It 'says so when the region is removed under it' {
            $stream = $map.OpenStream()
            Remove-MemoryMap $map
            foreach ($use in { $stream.Read([byte[]]::new(2), 0, 2) }, { $stream.Write([byte[]]::new(2), 0, 2) }) {
                $problem = Get-ErrorOf $use
                $problem.Id | Should -Be 'RegionClosed'
                $problem.Message | Should -BeLike "*Region $($map.Id) of $path was removed*"
            }
        }

        It 'gives .NET code the region''s own error, which is an IOException' {
            # A task keeps the exception as it was thrown; what is innermost is the cause.
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

    Context 'Dispose' {
        It 'unmaps, and once more does nothing' {
            $map.Dispose()
            Get-MapCount $path | Should -Be 0
            { $map.Dispose() } | Should -Not -Throw
        }

        It 'makes Remove-MemoryMap an error' {
            $map.Dispose()
            (Get-ErrorOf { Remove-MemoryMap $map }).Id | Should -Be 'RegionClosed'
        }
    }

    Context 'lifetime' {
        It 'is unmapped when nobody knows it any more' {
            Skip-OnMacOS 'nobody is asked what is mapped'
            $child = Invoke-Child -Environment @{ FILE = $path; ORACLE = "$PSScriptRoot/../Support/Kernel.ps1" } -Script @'
                . $env:ORACLE
                function Count { Get-MapCount $env:FILE }
                function Forget { foreach ($i in 1..20) { $null = New-MemoryMap $env:FILE } }
                # Counting takes so long on Windows that the collector would come by itself.
                $quiet = [OperatingSystem]::IsWindows() -and [GC]::TryStartNoGCRegion(200MB)
                Forget
                $before = Count
                if ($quiet) { [GC]::EndNoGCRegion() }
                [GC]::Collect()
                [GC]::WaitForPendingFinalizers()
                [Console]::WriteLine("before $before after $(Count) listed $(@(Get-MemoryMap).Count)")
'@
            $child.ExitCode | Should -Be 0
            $child.Output.Trim() | Should -Be 'before 20 after 0 listed 0'
        }

        It 'stays mapped, and listed, as long as a variable has it' {
            $child = Invoke-Child -Environment @{ FILE = $path } -Script @'
                $map = New-MemoryMap $env:FILE
                [GC]::Collect()
                [GC]::WaitForPendingFinalizers()
                [GC]::Collect()
                [Console]::WriteLine("$([char]$map[3]) $((Get-MemoryMap).Id -eq $map.Id)")
'@
            $child.ExitCode | Should -Be 0
            $child.Output.Trim() | Should -Be 'd True'
        }

        It 'stays mapped as long as a stream over it is in use' {
            $child = Invoke-Child -Environment @{ FILE = $path } -Script @'
                function Open { (New-MemoryMap $env:FILE).OpenStream() }
                $stream = Open
                [GC]::Collect()
                [GC]::WaitForPendingFinalizers()
                [GC]::Collect()
                [Console]::WriteLine([char]$stream.ReadByte())
'@
            $child.ExitCode | Should -Be 0
            $child.Output.Trim() | Should -Be 'a'
        }

        It 'keeps the bytes of a file that was deleted' {
            [IO.File]::Delete($path)
            [Text.Encoding]::ASCII.GetString($map.Read()) | Should -BeExactly 'abcdefghij'
        }

        It 'keeps its file when another takes the name' {
            Skip-OnWindows 'a file that is open keeps its name there'
            [IO.File]::WriteAllText("$path.new", 'KLMNOPQRST')
            [IO.File]::Move("$path.new", $path, $true)
            $map[0] | Should -Be 97
        }

        It 'does not keep anyone from opening the file alone' {
            Skip-OnWindows 'a file that is open cannot be opened alone there'
            # .NET's own mapping does: its lock stays.
            { [IO.FileStream]::new($path, 'Open', 'ReadWrite', 'None').Dispose() } | Should -Not -Throw
        }
    }
}
