# Shared memory by name: New-MemoryMap -Name, Get-MemoryMap -Name [-All], Remove-MemoryMap -Unlink.

BeforeAll {
    . $PSScriptRoot/../../Support/Preamble.ps1
    . $PSScriptRoot/../../Support/Names.ps1
}

Describe 'Memory with a name' {
    BeforeEach {
        $name = $prefix + (New-Guid)
    }

    AfterEach {
        Clear-Name
    }

    Context 'New-MemoryMap -Name -Length' {
        It 'makes it: zeroed, and of that length' {
            $map = New-MemoryMap -Name $name -Length 100000
            "$($map.Kind)", $map.Name, $map.Path, $map.Length, $map.Offset, "$($map.Sharing)" | Should -Be @('Named', $name, $null, 100000, 0, 'Shared')
            $map.Read() -ne 0 | Should -HaveCount 0
            Test-Name $name | Should -BeTrue
        }

        It 'has storage behind every byte, in a file of its owner''s' {
            Skip-OutsideLinux 'names in /dev/shm'
            $map = New-MemoryMap -Name $name -Length 100000
            Get-NameStatus $name '%a %s %u' | Should -BeExactly "600 100000 $(id -u)"
            [long](Get-NameStatus $name '%b') * 512 | Should -BeGreaterOrEqual 100000
            (Get-MapEntry $map.Address).Path | Should -BeExactly (Get-NamePath $name)
        }

        It 'opens what already exists, with the same length, and sees the same bytes' {
            $one = New-MemoryMap -Name $name -Length 5000
            $one.Write(4990, [byte[]]@(1..10))
            $two = New-MemoryMap -Name $name -Length 5000
            $two.Address | Should -Not -Be $one.Address
            $two.Read(4990, 10) | Should -Be @(1..10)
            $two[0] = 9
            $one[0] | Should -Be 9
        }

        It 'opens it without -Length as long as it is' {
            Skip-OnWindows 'a section has whole pages there'
            $null = New-MemoryMap -Name $name -Length 12345
            (New-MemoryMap -Name $name).Length | Should -Be 12345
        }

        It 'refuses another length, and changes nothing: <_>' -ForEach 1, 4999, 5001, 100000 {
            if ($_ -in 4999, 5001) {
                Skip-OnWindows 'a section has whole pages there, and no call tells a length within the last of them'
            }

            $map = New-MemoryMap -Name $name -Length 5000
            $map[0] = 7
            $problem = Get-ErrorOf { New-MemoryMap -Name $name -Length $_ }
            $problem.Id | Should -Be 'LengthMismatch'
            $problem.Message | Should -BeLike "*'$name' has $($IsLinux ? 5000 : 8192) bytes, not $_*-Unlink*"
            $problem.Target | Should -BeExactly $name
            (New-MemoryMap -Name $name -Length 5000).Length | Should -Be 5000
            $map[0] | Should -Be 7
        }

        It 'refuses -Length <_>, and makes nothing' -ForEach 0, -1, ([long]::MinValue) {
            { New-MemoryMap -Name $name -Length $_ } | Should -Throw -ErrorId 'OutOfRange,*'
            Test-Name $name | Should -BeFalse
        }

        It 'refuses more than there is memory for, and makes nothing: <_>' -ForEach ([long]::MaxValue), 1PB {
            (Get-ErrorOf { New-MemoryMap -Name $name -Length $_ }).Id | Should -Match '^(NoSpace|LimitReached|OutOfRange|fallocate\.(EFBIG|EINVAL))$'
            Test-Name $name | Should -BeFalse
        }

        It 'leaves nothing behind if the advice is refused' {
            { New-MemoryMap -Name $name -Length 5000 -Advice Remove } | Should -Throw -ErrorId 'NotWritable,*'
            Test-Name $name | Should -BeFalse
            @(Get-MemoryMap).Count | Should -Be 0
        }

        It 'leaves nothing behind if the mapping then fails' {
            { New-MemoryMap -Name $name -Length 5 -Address 1 -Fixed } | Should -Throw -ErrorId 'OutOfRange,*'
            Test-Name $name | Should -BeFalse
        }

        It 'leaves nothing behind if advice is refused, and does not change existing memory: <_>' -ForEach 'Evict', 'Remove' {
            $advice = $_
            (Get-ErrorOf { New-MemoryMap -Name $name -Length 5 -Advice $advice }).Id | Should -BeIn 'NotSupported', 'NotWritable'
            Test-Name $name | Should -BeFalse
            $map = New-MemoryMap -Name $name -Length 6
            (Get-ErrorOf { New-MemoryMap -Name $name -Advice $advice }).Id | Should -BeIn 'NotSupported', 'NotWritable'
            (New-MemoryMap -Name $name).Length | Should -BeGreaterOrEqual 6
            $map.IsOpen | Should -BeTrue
        }

        It 'does not change existing memory if the mapping fails' {
            $map = New-MemoryMap -Name $name -Length 5 | Write-MappedByte -Value 'hello' -PassThru
            { New-MemoryMap -Name $name -Length 5 -Address 1 -Fixed } | Should -Throw -ErrorId 'OutOfRange,*'
            Read-MappedByte (New-MemoryMap -Name $name) -Length 5 -Encoding ascii | Should -BeExactly 'hello'
            $map.IsOpen | Should -BeTrue
        }

        It 'makes nothing with -WhatIf' {
            New-MemoryMap -Name $name -Length 5 -WhatIf | Should -BeNullOrEmpty
            Test-Name $name | Should -BeFalse
        }

        It 'takes <_> into a name' -ForEach 'blank and more', 'dots...', '[x]*?', '-dash', "`u{E9}`u{1F600}", '%n' {
            $map = New-MemoryMap -Name "$name$_" -Length 5
            $map.Name | Should -BeExactly "$name$_"
            Test-Name "$name$_" | Should -BeTrue
        }
    }

    Context 'New-MemoryMap -Name alone' {
        It 'refuses a name that is not there and says how to make it' {
            { New-MemoryMap -Name $name } | Should -Throw "*'$name'*-Length*" -ErrorId 'FileNotFound,*'
            Test-Name $name | Should -BeFalse
        }

        It 'refuses one that somebody made and gave no length yet' {
            Skip-OnWindows 'a section has a length from the start there'
            $null = New-Item (Get-NamePath $name)
            { New-MemoryMap -Name $name } | Should -Throw "*'$name' has no bytes yet*-Length*" -ErrorId 'LengthMismatch,*'
            (New-MemoryMap -Name $name -Length 5).Length | Should -Be 5
        }

        It 'maps it for reading' {
            $all = New-MemoryMap -Name $name -Length 5 | Write-MappedByte -Value 'hello' -PassThru
            $map = New-MemoryMap -Name $name -Protection Read
            $all.IsOpen | Should -BeTrue
            Read-MappedByte $map -Length 5 -Encoding ascii | Should -BeExactly 'hello'
            { $map[0] = 1 } | Should -Throw -ErrorId NotWritable
            { Protect-MemoryMap $map -Protection Read, Write } | Should -Throw -ErrorId 'AccessDenied,*'
        }

        It 'maps a private copy of it' {
            $map = New-MemoryMap -Name $name -Length 5
            $map[0] = 1
            $copy = New-MemoryMap -Name $name -Sharing Private
            $copy[0] = 2
            $map[0], $copy[0] | Should -Be @(1, 2)
        }

        It 'opens what another program made' {
            if ($IsLinux) {
                Set-Content (Get-NamePath $name) 'from afar' -NoNewline
                chmod 600 (Get-NamePath $name)
            }
            else {
                $made = [IO.MemoryMappedFiles.MemoryMappedFile]::CreateNew($name, 9)
                $view = $made.CreateViewAccessor()
                $view.WriteArray(0, [Text.Encoding]::ASCII.GetBytes('from afar'), 0, 9)
            }

            try {
                Read-MappedByte (New-MemoryMap -Name $name) -Length 9 -Encoding ascii | Should -BeExactly 'from afar'
            }
            finally {
                ${view}?.Dispose()
                ${made}?.Dispose()
            }
        }
    }

    Context 'names that are none' {
        It 'are refused: <title>' -ForEach @(
            @{ Title = 'a slash'; Bad = 'a/b' }
            @{ Title = 'a leading slash'; Bad = '/a' }
            @{ Title = 'the way up'; Bad = '../tmp/x' }
            @{ Title = 'a backslash'; Bad = 'Local\x' }
            @{ Title = 'a dot'; Bad = '.' }
            @{ Title = 'two dots'; Bad = '..' }
            @{ Title = 'a zero'; Bad = "a`0b" }
            @{ Title = '201 characters'; Bad = 'x' * 201 }
            @{ Title = '201 bytes in fewer characters'; Bad = "`u{20AC}" * 67 }
        ) {
            foreach ($way in { New-MemoryMap -Name $Bad -Length 5 }, { New-MemoryMap -Name $Bad }) {
                $problem = Get-ErrorOf $way
                $problem.Id | Should -Be 'OutOfRange'
                $problem.Category | Should -Be 'InvalidArgument'
                $problem.Message | Should -BeLike '*not a valid name for shared memory*1 to 200 UTF-8 bytes*slash*'
            }
        }

        It 'are refused: no characters' {
            { New-MemoryMap -Name '' -Length 5 } | Should -Throw '*Name*'
        }

        It 'are not those of 200 bytes' {
            $long = $name.PadRight(200, 'x')
            Remove-Name (New-MemoryMap -Name $long -Length 5)
            Test-Name $long | Should -BeFalse
        }
    }

    Context 'New-MemoryMap -Name -Create' {
        It 'creates it, and fails if the name exists' {
            $map = New-MemoryMap -Name $name -Length 5000 -Create
            $map[0] = 7
            { New-MemoryMap -Name $name -Length 5000 -Create } |
                Should -Throw "*'$name' already exists, with *bytes. Leave -Create out*" -ErrorId 'AlreadyExists,*'
            (New-MemoryMap -Name $name -Length 5000)[0] | Should -Be 7
        }

        It 'needs -Length' {
            { New-MemoryMap -Name $name -Create } | Should -Throw '*-Length*' -ErrorId 'OutOfRange,*'
            Test-Name $name | Should -BeFalse
        }

        It 'lets exactly one of several processes win that start at once' {
            $wins = 1..5 | ForEach-Object {
                $round = "$name-$_"
                $maps = 1..8 | ForEach-Object -Parallel {
                    Import-Module $using:env:MMAPPS_MODULE
                    try { New-MemoryMap -Name $using:round -Length 5000 -Create -ErrorAction Stop }
                    catch { if ($_.FullyQualifiedErrorId -notlike 'AlreadyExists,*') { throw } }
                } -ThrottleLimit 8
                @($maps).Count
                Remove-Name @($maps)[0]
            }

            $wins | Should -Be @(1, 1, 1, 1, 1)
        }
    }

    Context 'New-MemoryMap -Name -Offset' {
        BeforeEach {
            $all = New-MemoryMap -Name $name -Length 200000
            # Windows gives whole pages.
            $total = $IsWindows ? [Math]::Ceiling(200000 / $page) * $page : 200000
            0..255 | Write-MappedByte $all -Offset 70000
        }

        It 'maps a part, whose bytes are those of the whole: <Offset> and <Length>' -ForEach @(
            @{ Offset = 70000; Length = 256 }
            @{ Offset = 65536; Length = 65536 }
            @{ Offset = 1; Length = 199999 }
            @{ Offset = 0; Length = 10 }
            @{ Offset = 199999; Length = 1 }
        ) {
            $part = New-MemoryMap -Name $name -Offset $Offset -Length $Length
            $part.Offset, $part.Length | Should -Be @($Offset, $Length)
            [Linq.Enumerable]::SequenceEqual($part.Read(), $all.Read($Offset, $Length)) | Should -BeTrue
            $part[-1] = 99
            $all[$Offset + $Length - 1] | Should -Be 99
            if ($IsLinux) {
                (Get-Content (Get-NamePath $name) -AsByteStream)[$Offset + $Length - 1] | Should -Be 99
                Get-MappedSize (Get-NamePath $name) | Should -BeLessThan (200000 + $page + $Length + 2 * $page)
            }
        }

        It 'reaches to the end without -Length, can be private, synchronized and resized' {
            $part = New-MemoryMap -Name $name -Offset 70001
            $part.Length, $part[0] | Should -Be @(($total - 70001), 1)
            Sync-MemoryMap $part -Offset 5 -Length 10
            (New-MemoryMap -Name $name -Offset 70002 -Sharing Private -Protection Read)[0] | Should -Be 2
            if (-not $IsWindows) {
                Resize-MemoryMap $part 3
                (Read-MappedByte $part) | Should -Be @(1, 2, 3)
                Resize-MemoryMap $part 150000
                $part.Length, $part[-1] | Should -Be @(150000, 0)
                $all.Length | Should -Be 200000
            }
        }

        It 'is OutOfRange if the memory has no such part: <Offset> and <Length>, from the end: <FromEnd>' -ForEach @(
            @{ Offset = -1; Length = 2; FromEnd = $true }
            @{ Offset = 1; Length = 1; FromEnd = $true }
            @{ Offset = -1; Length = 1; FromEnd = $false }
            @{ Offset = 1; Length = [long]::MaxValue; FromEnd = $false }
        ) {
            $Offset += $FromEnd ? $total : 0
            { New-MemoryMap -Name $name -Offset $Offset -Length $Length } |
                Should -Throw "Offset $Offset with length $Length *$name*" -ErrorId 'OutOfRange,*'
            Test-Name $name | Should -BeTrue
        }

        It 'makes memory that is missing long enough for the part' {
            $other = "$name-new"
            $part = New-MemoryMap -Name $other -Offset 5000 -Length 100
            try {
                $whole = New-MemoryMap -Name $other
                $whole.Length | Should -BeGreaterOrEqual 5100
                $part[0] = 7
                $whole[5000] | Should -Be 7
            }
            finally {
                Remove-Name $part
            }
        }

        It 'is what the error of another length names' {
            { New-MemoryMap -Name $name -Length 5 } | Should -Throw "*$total bytes, not 5.*-Offset*part*" -ErrorId 'LengthMismatch,*'
        }
    }
}
