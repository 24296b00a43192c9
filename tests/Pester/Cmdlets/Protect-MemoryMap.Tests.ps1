# Each kind of region with each protection, compared with the kernel's view.
$kinds = @(
    @{ Kind = 'a shared file'; Make = { New-MemoryMap (New-RandomFile (4 * $page)) @rights }; Letter = 's' }
    @{ Kind = 'a private file'; Make = { New-MemoryMap (New-RandomFile (4 * $page)) -Sharing Private @rights }; Letter = 'p' }
    @{ Kind = 'anonymous memory'; Make = { New-MemoryMap -Anonymous -Length (4 * $page) }; Letter = 'p' }
    @{ Kind = 'shared anonymous memory'; Make = { New-MemoryMap -Anonymous -Length (4 * $page) -Sharing Shared }; Letter = 's' }
)
$protections = @(
    @{ Protection = 'None'; Letters = '---' }
    @{ Protection = 'Read'; Letters = 'r--' }
    @{ Protection = 'Write'; Letters = '-w-' }
    @{ Protection = 'Execute'; Letters = '--x' }
    @{ Protection = 'Read, Write'; Letters = 'rw-' }
    @{ Protection = 'Read, Execute'; Letters = 'r-x' }
    @{ Protection = 'Write, Execute'; Letters = '-wx' }
    @{ Protection = 'Read, Write, Execute'; Letters = 'rwx' }
)
$combinations = foreach ($one in $kinds) { foreach ($other in $protections) { $one + $other } }

BeforeAll {
    . $PSScriptRoot/../Support/Preamble.ps1
    . $PSScriptRoot/../Support/HugePages.ps1


    # The protection of a region at mapping: on Windows a view cannot get more later.
    $rights = if ($IsWindows) { @{ Protection = 'Read', 'Write', 'Execute' } } else { @{} }

    # The kernel's letters for each page of a region, separated by spaces. /proc/self/maps is much faster than smaps.
    function Get-PagePermission {
        param($Region, [int] $Letters = 3)

        if ($IsWindows) {
            return @(for ($at = 0; $at -lt $Region.Length; $at += $page) {
                (Get-MapEntry ($Region.Address + $at)).Permissions.Substring(0, $Letters)
            }) -join ' '
        }

        $first = [ulong]$Region.Address
        $end = $first + [ulong]$Region.Length
        $all = foreach ($line in [IO.File]::ReadAllLines('/proc/self/maps')) {
            $range, $permissions, $null = $line.Split(' ', 3)
            $from, $to = $range.Split('-')
            $from = [Math]::Max([Convert]::ToUInt64($from, 16), $first)
            $to = [Math]::Min([Convert]::ToUInt64($to, 16), $end)
            for ($at = $from; $at -lt $to; $at += [ulong]$page) {
                $permissions.Substring(0, $Letters)
            }
        }
        $all -join ' '
    }
}

Describe 'Protect-MemoryMap' {
    AfterEach {
        Get-MemoryMap | Remove-MemoryMap
    }

    Context 'what the kernel has' {
        It 'is <letters> after -Protection <protection> for all of <kind>' -ForEach $combinations {
            $map = & $Make
            Protect-MemoryMap $map -Protection $Protection -WarningAction SilentlyContinue
            $each = $Letters + $Letter
            if ($IsWindows) {
                # Writable memory is also readable there.
                $each = $each.Replace('-w', 'rw')
            }

            Get-PagePermission $map -Letters 4 | Should -BeExactly "$each $each $each $each"
            "$($map.Protection)" | Should -BeExactly $Protection
        }

        It 'is that of a range, and the rest stays as it was, in <kind>' -ForEach $kinds {
            $map = & $Make
            Protect-MemoryMap $map -Protection Read, Write
            Protect-MemoryMap $map -Offset $page -Length $page -Protection None
            Get-PagePermission $map | Should -BeExactly 'rw- --- rw- rw-'
            Protect-MemoryMap $map -Offset (3 * $page) -Protection Read
            Get-PagePermission $map | Should -BeExactly 'rw- --- rw- r--'
            Protect-MemoryMap $map -Length (2 * $page) -Protection Read, Execute
            Get-PagePermission $map | Should -BeExactly 'r-x r-x rw- r--'
            Protect-MemoryMap $map -Protection Read, Write
            Get-PagePermission $map | Should -BeExactly 'rw- rw- rw- rw-'
        }

        It 'is asked once a region, with whole pages' {
            Skip-WithoutTrace
            if ($page -ne 4096) {
                Set-ItResult -Skipped -Because "the expected lines are those of pages of 4096 bytes, not $page"
            }

            # Identified by their lengths, which the runtime uses for nothing else.
            $calls = Invoke-TracedChild -Calls mprotect -Environment @{ TARGET = New-TestFile -Size 20MB } -Script @'
                $map = New-MemoryMap $env:TARGET
                Protect-MemoryMap $map -Offset 5000 -Length 12345678 -Protection Read
                Protect-MemoryMap $map -Length 13345678 -Protection Execute -WhatIf
                New-MemoryMap $env:TARGET -Offset 4196 -Length 14345678 | Protect-MemoryMap -Protection None
'@
            $calls -match '^mprotect\(0x[0-9a-f]+000, 12349440, PROT_READ\) += 0' | Should -HaveCount 1
            $calls -match '^mprotect\(0x[0-9a-f]+000, 14348288, PROT_NONE\) += 0' | Should -HaveCount 1
            $calls -match ', 133\d{5}, ' | Should -HaveCount 0
        }
    }

    Context 'rounding to pages' {
        It 'protects pages <from> to <to> for offset <offset> with length <length>, and says so' -ForEach @(
            @{ Offset = { 1 }; Length = { 1 }; From = 0; To = 0 }
            @{ Offset = { 0 }; Length = { 1 }; From = 0; To = 0 }
            @{ Offset = { $page - 1 }; Length = { 1 }; From = 0; To = 0 }
            @{ Offset = { $page - 1 }; Length = { 2 }; From = 0; To = 1 }
            @{ Offset = { $page }; Length = { $page + 1 }; From = 1; To = 2 }
            @{ Offset = { $page + 1 }; Length = { 2 * $page }; From = 1; To = 3 }
            @{ Offset = { 4 * $page - 1 }; Length = { 1 }; From = 3; To = 3 }
        ) {
            $map = New-MemoryMap (New-RandomFile (4 * $page))
            $at, $count = (& $Offset), (& $Length)
            $verbose = @(Protect-MemoryMap $map -Offset $at -Length $count -Protection None -Verbose 4>&1)
            $expected = for ($i = 0; $i -lt 4; $i++) { if ($i -ge $From -and $i -le $To) { '---' } else { 'rw-' } }
            Get-PagePermission $map | Should -BeExactly ($expected -join ' ')
            $rounded = @($verbose | Where-Object { "$_".Contains('rounded') })
            $rounded.Count | Should -Be 1
            "$rounded" | Should -BeLike "*$($map.Path)*offset $at with length $count *pages of $page bytes*offset $($From * $page) with length $(($To - $From + 1) * $page).*"
        }

        It 'says nothing if nothing was rounded: <name>' -ForEach @(
            @{ Name = 'whole pages'; Offset = { $page }; Length = { $page } }
            @{ Name = 'the whole region'; Offset = { 0 }; Length = { 3 * $page + 5 } }
            @{ Name = 'a page to the region''s end'; Offset = { 2 * $page }; Length = { $page + 5 } }
        ) {
            $map = New-MemoryMap (New-RandomFile (3 * $page + 5))
            $verbose = @(Protect-MemoryMap $map -Offset (& $Offset) -Length (& $Length) -Protection Read -Verbose 4>&1)
            $verbose | Where-Object { "$_".Contains('rounded') } | Should -HaveCount 0
            "$($map.Protection)" | Should -BeLike '*Read*'
        }

        It 'counts from the region''s start even inside a page' {
            $map = New-MemoryMap (New-RandomFile (4 * $page)) -Offset ($page + 100) -Length (2 * $page)
            $verbose = @(Protect-MemoryMap $map -Offset ($page - 50) -Length 1 -Protection None -Verbose 4>&1)
            "$($verbose | Where-Object { "$_".Contains('rounded') })" | Should -BeLike "*offset $($page - 100) with length $page.*"
            $map.Read(0, $page - 100).Length | Should -Be ($page - 100)
            { $map.Read(0, $page - 99) } | Should -Throw -ErrorId NotReadable
            { $map.Read(2 * $page - 101, 2) } | Should -Throw -ErrorId NotReadable
            $map.Read(2 * $page - 100, 100).Length | Should -Be 100
        }

        It 'begins at 0 for the first page of a region that starts inside a page' {
            $map = New-MemoryMap (New-RandomFile (4 * $page)) -Offset 100 -Length (2 * $page)
            $verbose = @(Protect-MemoryMap $map -Offset 10 -Length 1 -Protection Read -Verbose 4>&1)
            "$($verbose | Where-Object { "$_".Contains('rounded') })" | Should -BeLike "*offset 0 with length $($page - 100).*"
        }

        It 'rounds to huge pages if the region is made of them' {
            try {
                $pool = Open-HugePagePool
                $map = New-MemoryMap -Anonymous -Length 4MB -HugePageSize 2MB
                $verbose = @(Protect-MemoryMap $map -Offset (2MB + 1) -Length 1 -Protection Read -Verbose 4>&1)
                "$($verbose | Where-Object { "$_".Contains('rounded') })" | Should -BeLike '*pages of 2097152 bytes*offset 2097152 with length 2097152.*'
                $map[2MB - 1] = 1
                { $map[2MB] = 1 } | Should -Throw -ErrorId NotWritable
                Get-PagePermission $map | Should -BeLike 'rw- *rw- r-- *r--'
            }
            finally {
                Close-HugePagePool $pool
            }
        }
    }

    Context 'what the region then refuses' {
        It 'answers a write to a range for reading with NotWritable, and nothing is written: <kind>' -ForEach $kinds {
            $map = & $Make
            $before = $map.Read()
            Protect-MemoryMap $map -Offset $page -Length $page -Protection Read
            foreach ($way in { $map[$page] = 1 }, { $map.Write($page - 1, [byte[]](1, 2)) }, { Write-MappedByte $map 7 -Offset (2 * $page - 1) },
                { $map.OpenStream().Write([byte[]]::new(4 * $page), 0, 4 * $page) }) {
                $problem = Get-ErrorOf $way
                $problem.Id | Should -Be 'NotWritable' -Because "$way"
                $problem.Message | Should -BeLike '*may not be written*Protect-MemoryMap*'
            }

            Assert-Byte $map.Read() $before
            $map[$page - 1] = 5
            $map[2 * $page] = 6
            $map[$page - 1], $map[2 * $page] | Should -Be @(5, 6)
        }

        It 'answers a read of a range under None with NotReadable: <kind>' -ForEach $kinds {
            $map = & $Make
            Protect-MemoryMap $map -Protection Read, Write
            Protect-MemoryMap $map -Offset $page -Length $page -Protection None
            foreach ($way in { $map[$page] }, { $map.Read() }, { Read-MappedByte $map -Offset ($page - 1) -Length 2 }, { $map.OpenStream().Read([byte[]]::new(2 * $page), 0, 2 * $page) }) {
                $problem = Get-ErrorOf $way
                $problem.Id | Should -Be 'NotReadable' -Because "$way"
                $problem.Message | Should -BeLike "*Offset $page *may not be read*Protect-MemoryMap*"
            }

            $map.Read(0, $page).Length | Should -Be $page
            $map.Read(2 * $page, 2 * $page).Length | Should -Be (2 * $page)
        }

        It 'names the first byte that is in the way' {
            $map = New-MemoryMap -Anonymous -Length (8 * $page)
            Protect-MemoryMap $map -Offset (5 * $page) -Length $page -Protection Read
            Protect-MemoryMap $map -Offset (2 * $page) -Length $page -Protection None
            { $map.Write(3 * $page, [byte[]]::new(3 * $page)) } | Should -Throw "*Offset $(5 * $page) *"
            { $map.Write(0, [byte[]]::new(8 * $page)) } | Should -Throw "*Offset $(2 * $page) *"
            { $map.Write(2 * $page + 7, [byte[]](1)) } | Should -Throw "*Offset $(2 * $page + 7) *"
        }

        It 'shows the protection of all pages if no part allows more' {
            $map = New-MemoryMap -Anonymous -Length (2 * $page)
            Protect-MemoryMap $map -Protection Read
            { $map[0] = 1 } | Should -Throw '*-Protection Read, which does not allow writing*'
        }

        It 'is open to a read or write of nothing, wherever' {
            $map = New-MemoryMap -Anonymous -Length (2 * $page)
            Protect-MemoryMap $map -Length $page -Protection None
            $map.Read(5, 0).Length | Should -Be 0
            $map.Write(5, [byte[]]::new(0))
            $map.Read($page, 1) | Should -Be 0
        }

        It 'refuses before the kernel is asked' {
            Skip-WithoutTrace
            $calls = @(Invoke-TracedChild -Calls process_vm_writev, process_vm_readv, write, vmsplice -Environment @{ TARGET = New-TestFile -Size 1MB } -Script @'
                $ErrorActionPreference = 'SilentlyContinue'
                $map = New-MemoryMap $env:TARGET -Sharing Private
                Protect-MemoryMap $map -Offset 65536 -Length 65536 -Protection None
                Write-MappedByte $map ([byte[]]::new(34567)) -Offset 65600
                Write-MappedByte $map ([byte[]]::new(34568)) -Offset 131072
                $null = Read-MappedByte $map -Offset 65600 -Length 34569
                $null = Read-MappedByte $map -Offset 131072 -Length 34570
'@)
            @($calls -match '^process_vm_writev\(.*iov_len=34568').Count | Should -Be 1
            @($calls -match '^process_vm_readv\(.*iov_len=34570').Count | Should -Be 1
            $calls -match '3456[79]' | Should -HaveCount 0
        }

        It 'gives streams that say what they can' {
            $map = New-MemoryMap -Anonymous -Length (2 * $page)
            $stream = $map.OpenStream()
            Protect-MemoryMap $map -Protection Read
            $stream.CanRead, $stream.CanWrite | Should -Be @($true, $false)
            Protect-MemoryMap $map -Length 1 -Protection Write
            $stream.CanRead, $stream.CanWrite | Should -Be @($true, $true)
            Protect-MemoryMap $map -Protection None
            $stream.CanRead, $stream.CanWrite | Should -Be @($false, $false)
        }

        It 'shows in Protection what some part allows' {
            $map = New-MemoryMap -Anonymous -Length (3 * $page)
            Protect-MemoryMap $map -Length $page -Protection None
            "$($map.Protection)" | Should -BeExactly 'Read, Write'
            Protect-MemoryMap $map -Offset $page -Protection Read
            "$($map.Protection)" | Should -BeExactly 'Read'
            Protect-MemoryMap $map -Protection None
            "$($map.Protection)" | Should -BeExactly 'None'
        }
    }

    Context 'the bytes' {
        It 'are the same after None and back: <kind>' -ForEach $kinds {
            $map = & $Make
            $map.Write(100, [byte[]]@(1..200))
            $before = $map.Read()
            Protect-MemoryMap $map -Protection None
            Protect-MemoryMap $map -Protection Read
            Assert-Byte $map.Read() $before
        }

        It 'of a private region of a file may be written once it is allowed, and the file stays as it was' {
            Skip-OnWindows 'a view gets no more there than it was mapped with'
            $path = New-TestFile 'abc'
            $map = New-MemoryMap $path -Sharing Private -Protection Read
            Protect-MemoryMap $map -Protection Read, Write
            Write-MappedByte $map 'XYZ'
            Read-MappedByte $map -Encoding ascii | Should -BeExactly 'XYZ'
            Get-FileText $path | Should -BeExactly 'abc'
        }

        It 'reach the file again after protection was given back' {
            $path = New-TestFile 'abc'
            $map = New-MemoryMap $path
            Protect-MemoryMap $map -Protection None
            Protect-MemoryMap $map -Protection Read, Write
            Write-MappedByte $map 'XYZ'
            Sync-MemoryMap $map
            Get-FileText $path | Should -BeExactly 'XYZ'
        }
    }

    Context 'writing and executing at once' {
        It 'is done and warned of with -Protection <_>' -ForEach 'Write, Execute', 'Read, Write, Execute' {
            $map = New-MemoryMap -Anonymous -Length 100
            Protect-MemoryMap $map -Protection $_ -WarningVariable warnings -WarningAction SilentlyContinue
            $warnings | Should -HaveCount 1
            $warnings[0].Message | Should -BeLike "*anonymous region $($map.Id)*written and executed*"
            Get-PagePermission $map | Should -BeLike '?wx'
        }

        It 'is not warned of with -Protection <_>' -ForEach 'Read, Execute', 'Read, Write', 'Execute', 'None' {
            Protect-MemoryMap (New-MemoryMap -Anonymous -Length 100) -Protection $_ -WarningVariable warnings -WarningAction SilentlyContinue
            $warnings | Should -HaveCount 0
        }
    }

    Context '-WhatIf and -Confirm' {
        It 'changes nothing with -WhatIf, does not warn, and hands nothing on' {
            $map = New-MemoryMap -Anonymous -Length (2 * $page)
            $result = @(Protect-MemoryMap $map -Protection Write, Execute -WhatIf -PassThru -WarningVariable warnings -WarningAction SilentlyContinue)
            $result.Count | Should -Be 0
            $warnings | Should -HaveCount 0
            Get-PagePermission $map | Should -BeExactly 'rw- rw-'
            "$($map.Protection)" | Should -BeExactly 'Read, Write'
            $map[0] = 1
            $map[0] | Should -Be 1
        }

        It 'says what it would do' {
            $child = Invoke-Child 'New-MemoryMap -Anonymous -Length 12345 | Protect-MemoryMap -Offset 5 -Length 77 -Protection Read,Execute -WhatIf'
            $child.ExitCode | Should -Be 0
            $child.Output | Should -BeLike '*Read, Execute*anonymous region 1*5*77*'
        }

        It 'goes with -Confirm' {
            (Get-Command Protect-MemoryMap).Parameters.ContainsKey('Confirm') | Should -BeTrue
            $map = New-MemoryMap -Anonymous -Length 100
            Protect-MemoryMap $map -Protection Read -Confirm:$false
            "$($map.Protection)" | Should -BeExactly 'Read'
        }
    }

    Context 'the pipeline' {
        It 'emits nothing without -PassThru, and the region itself with it' {
            $map = New-MemoryMap -Anonymous -Length 100
            $map | Protect-MemoryMap -Protection Read | Should -HaveCount 0
            $result = @($map | Protect-MemoryMap -Protection Read -PassThru)
            $result.Count | Should -Be 1
            [object]::ReferenceEquals($result[0], $map) | Should -BeTrue
        }

        It 'protects all of a piped region that starts inside its file' {
            # A region's properties Offset, Length and Protection are not arguments.
            $map = New-MemoryMap (New-TestFile 'abcdefghij') -Offset 6 -Length 4
            $map | Protect-MemoryMap -Protection Read -ErrorVariable problems
            $problems | Should -HaveCount 0
            "$($map.Protection)" | Should -BeExactly 'Read'
        }

        It 'goes on after a region that is closed' {
            $maps = @(1..3 | ForEach-Object { New-MemoryMap -Anonymous -Length 100 })
            Remove-MemoryMap $maps[1]
            $result = @($maps | Protect-MemoryMap -Protection Read -PassThru -ErrorAction SilentlyContinue -ErrorVariable problems)
            $result.Id | Should -Be @($maps[0].Id, $maps[2].Id)
            $problems | Should -HaveCount 1
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'RegionClosed,*'
            [object]::ReferenceEquals($problems[0].TargetObject, $maps[1]) | Should -BeTrue
        }
    }

    Context 'errors' {
        It 'takes offset and length by position' {
            { Protect-MemoryMap (New-MemoryMap (New-TestFile 'abc')) 2 7 -Protection Read } | Should -Throw '*Offset 2 with length 7*'
        }

        It 'changes nothing for an empty range: <name>' -ForEach @(
            @{ Name = 'at the start'; Offset = 0 }
            @{ Name = 'within'; Offset = 1 }
            @{ Name = 'at the end'; Offset = 3 }
        ) {
            $map = New-MemoryMap (New-TestFile 'abc')
            Protect-MemoryMap $map -Offset $Offset -Length 0 -Protection None -ErrorVariable problems
            $problems | Should -HaveCount 0
            Get-PagePermission $map | Should -BeExactly 'rw-'
            $map[0] | Should -Be 97
        }

        It 'has nothing to do for an empty region' {
            $map = New-MemoryMap (New-TestFile -Size 0)
            Protect-MemoryMap $map -Protection None -PassThru -ErrorVariable problems | Should -HaveCount 1
            $problems | Should -HaveCount 0
        }

        It 'refuses a region that was removed' {
            $map = New-MemoryMap (New-TestFile 'abc')
            Remove-MemoryMap $map
            { Protect-MemoryMap $map -Protection Read } | Should -Throw "*Region $($map.Id) of $($map.Path)*" -ErrorId 'RegionClosed,*'
        }

        It 'refuses writing if the file was opened for reading only, and says what to do' {
            $map = New-MemoryMap (New-TestFile 'abc') -Protection Read
            $problem = Get-ErrorOf { Protect-MemoryMap $map -Protection Read, Write }
            $problem.Id | Should -Be 'AccessDenied'
            $problem.Category | Should -Be 'PermissionDenied'
            $problem.Message | Should -BeLike "*$($map.Path)*Read, Write*Map it again*"
            Get-PagePermission $map | Should -BeExactly 'r--'
            "$($map.Protection)" | Should -BeExactly 'Read'
            { $map[0] = 1 } | Should -Throw -ErrorId NotWritable
        }

        It 'refuses executing what is on a file system that forbids it' {
            Skip-WithoutRoot 'mount a file system without execution'
            $folder = (New-Item (Join-Path $TestDrive noexec) -ItemType Directory).FullName
            $mount = Invoke-Program 'mount', '-t', 'tmpfs', '-o', 'size=1m,noexec', 'none', $folder
            if ($mount.ExitCode -ne 0) {
                Set-ItResult -Skipped -Because "no file system may be mounted here: $($mount.ErrorOutput.Trim())"
            }

            try {
                $map = New-MemoryMap (New-TestFile 'abc' -Name 'noexec/x.bin')
                { Protect-MemoryMap $map -Protection Read, Execute } |
                    Should -Throw "*$($map.Path)*Read, Execute*forbids*" -ErrorId 'AccessDenied,*'
                "$($map.Protection)" | Should -BeExactly 'Read, Write'
            }
            finally {
                Get-MemoryMap | Remove-MemoryMap
                (Invoke-Program 'umount', $folder).ExitCode | Should -Be 0
            }
        }

        It 'wants -Protection, and knows no other names' {
            (Get-Command Protect-MemoryMap).Parameters['Protection'].Attributes.Mandatory | Should -Contain $true
            { Protect-MemoryMap (New-MemoryMap -Anonymous -Length 1) -Protection Erase } | Should -Throw '*Erase*'
            { Protect-MemoryMap (New-MemoryMap -Anonymous -Length 1) -Protection 8 } | Should -Throw '*8*'
        }
    }

    It 'says that it emits MappedRegion' {
        (Get-Command Protect-MemoryMap).OutputType.Type | Should -Contain ([MmapPS.MappedRegion])
    }

    Context 'positions' {
        BeforeEach {
            $map = New-MemoryMap (New-TestFile -Size (3 * $page))
        }

        AfterEach {
            Remove-MemoryMap $map
        }

        It 'are region, protection, offset, length' {
            Protect-MemoryMap $map Read
            "$($map.Protection)" | Should -BeExactly 'Read'
            Protect-MemoryMap $map 'Read,Write' $page $page
            { Write-MappedByte $map x -Offset 0 -ErrorAction Stop } | Should -Throw -ErrorId 'NotWritable,*'
            { Write-MappedByte $map x -Offset (2 * $page) -ErrorAction Stop } | Should -Throw -ErrorId 'NotWritable,*'
            Write-MappedByte $map x -Offset $page
            Read-MappedByte $map -Offset $page -Length 1 -Encoding ascii | Should -BeExactly 'x'
        }

        It 'are offset and length if the protection is given by name' {
            Protect-MemoryMap $map $page $page -Protection Read
            { Write-MappedByte $map x -Offset $page -ErrorAction Stop } | Should -Throw -ErrorId 'NotWritable,*'
            Write-MappedByte $map x -Offset (2 * $page)
        }

        It 'bind a match with the protection first' {
            Write-MappedByte $map needle -Offset (2 * $page)
            Find-MappedByte $map needle | Protect-MemoryMap -Protection Read
            { Write-MappedByte $map x -Offset (2 * $page) -ErrorAction Stop } | Should -Throw -ErrorId 'NotWritable,*'
            Write-MappedByte $map x -Offset $page
        }
    }
}
