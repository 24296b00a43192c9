BeforeAll {
    . $PSScriptRoot/../Support/Preamble.ps1
}

Describe 'Get-MemoryMap' {
    BeforeEach {
        Get-MemoryMap | Remove-MemoryMap
        $first = New-MemoryMap (New-TestFile 'one' -Name 'first.bin')
        $second = New-MemoryMap (New-TestFile 'two' -Name 'second.dat')
        $memory = New-MemoryMap -Anonymous -Length 100
    }

    AfterEach {
        Get-MemoryMap | Remove-MemoryMap
    }

    It 'emits nothing when nothing is open' {
        $first, $second, $memory | Remove-MemoryMap
        Get-MemoryMap | Should -BeNullOrEmpty
    }

    It 'lists the open regions in the order they were made' {
        (Get-MemoryMap).Id | Should -Be @($first.Id, $second.Id, $memory.Id)
    }

    It 'emits the very objects that New-MemoryMap emitted' {
        $found = @(Get-MemoryMap)
        $found[0] | Should -Be $first
        $found[2] | Should -Be $memory
    }

    It 'leaves out a region that was <way>' -ForEach @(
        @{ Way = 'removed'; Close = { Remove-MemoryMap $second } }
        @{ Way = 'disposed'; Close = { $second.Dispose() } }
    ) {
        & $Close
        (Get-MemoryMap).Id | Should -Be @($first.Id, $memory.Id)
    }

    It 'lists two regions of one file as two' {
        $again = New-MemoryMap $first.Path
        (Get-MemoryMap).Id | Should -Be @($first.Id, $second.Id, $memory.Id, $again.Id)
    }

    Context '-Id' {
        It 'emits the region with that number' {
            (Get-MemoryMap -Id $second.Id) | Should -Be $second
        }

        It 'takes several, by position, in the order asked for' {
            (Get-MemoryMap $memory.Id, $first.Id).Id | Should -Be @($memory.Id, $first.Id)
        }

        It 'takes numbers from the pipeline' {
            ($memory.Id, $first.Id | Get-MemoryMap).Id | Should -Be @($memory.Id, $first.Id)
        }

        It 'does not take a property Id for one, which may be that of a process or of anything' {
            $found = @([pscustomobject]@{ Id = $second.Id } | Get-MemoryMap -ErrorAction SilentlyContinue -ErrorVariable problems)
            $found.Count | Should -Be 0
            $problems | Should -HaveCount 1
        }

        It 'writes an error for a number that is not open and goes on' {
            $found = @(Get-MemoryMap -Id $first.Id, 987654321, $second.Id -ErrorAction SilentlyContinue -ErrorVariable problems)
            $found.Id | Should -Be @($first.Id, $second.Id)
            $problems | Should -HaveCount 1
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'RegionClosed,*'
            $problems[0].Exception.Message | Should -BeLike '*987654321*'
            $problems[0].TargetObject | Should -Be 987654321
        }

        It 'does not know a region any more that was removed' {
            $id = $first.Id
            Remove-MemoryMap $first
            { Get-MemoryMap -Id $id } | Should -Throw "*Id $id*" -ErrorId 'RegionClosed,*'
        }
    }

    Context '-Path' {
        It 'finds a region by <name>' -ForEach @(
            @{ Name = 'its full path'; Path = { $first.Path } }
            @{ Name = 'its file name'; Path = { 'first.bin' } }
            @{ Name = 'a wildcard over file names'; Path = { '*.bin' } }
            @{ Name = 'a wildcard over full paths'; Path = { Join-Path $TestDrive 'f*' } }
        ) {
            (Get-MemoryMap -Path (& $Path)).Id | Should -Be @($first.Id)
        }

        It 'finds a region by a path relative to the PowerShell location' {
            Push-Location $TestDrive
            try {
                (Get-MemoryMap -Path './second.dat').Id | Should -Be @($second.Id)
            }
            finally {
                Pop-Location
            }
        }

        It 'finds a region whose name has wildcard characters by its full path' {
            $odd = New-MemoryMap -LiteralPath (New-TestFile 'x' -Name 'odd[1].bin')
            (Get-MemoryMap -Path $odd.Path).Id | Should -Be @($odd.Id)
        }

        It 'treats <_>, which is neither a pattern nor a file, as a name that nothing has' -ForEach @(
            '[', '[z-a]', 'nodrive:/a', 'Env:PATH'
        ) {
            $found = @(Get-MemoryMap -Path $_, 'second.*' -ErrorVariable problems)
            $found.Id | Should -Be @($second.Id)
            $problems | Should -BeNullOrEmpty
        }

        It 'finds a region whose name is not a valid pattern' {
            $odd = New-MemoryMap -LiteralPath (New-TestFile 'x' -Name 'odd[.bin')
            (Get-MemoryMap -Path $odd.Path).Id | Should -Be @($odd.Id)
            (Get-MemoryMap -Path 'odd[.bin').Id | Should -Be @($odd.Id)
            $odd | Remove-MemoryMap
            # Pester cannot remove a file with such a name.
            Remove-Item -LiteralPath $odd.Path
        }

        It 'takes several paths and emits a region once that several of them match' {
            (Get-MemoryMap -Path '*.dat', 'second.*', 'first.bin').Id | Should -Be @($first.Id, $second.Id)
        }

        It 'emits every region of a file' {
            $part = New-MemoryMap $first.Path -Offset 1
            (Get-MemoryMap -Path 'first.bin').Id | Should -Be @($first.Id, $part.Id)
        }

        It 'emits nothing, and no error, for a file that is not mapped' {
            Get-MemoryMap -Path '*.nothing' -ErrorVariable problems | Should -BeNullOrEmpty
            $problems | Should -HaveCount 0
        }

        It 'never matches anonymous memory' {
            (Get-MemoryMap -Path '*').Id | Should -Be @($first.Id, $second.Id)
        }
    }

    Context '-ProcessId' {
        BeforeAll {
            # A program that echoes its input until it ends: cat, or the command line of Windows.
            $program = if ($IsWindows) { 'cmd' } else { 'cat' }

            function Start-Sleeper {
                $start = [Diagnostics.ProcessStartInfo]::new($program)
                $start.UseShellExecute = $false
                $start.RedirectStandardInput = $true
                $start.RedirectStandardOutput = $true
                $process = [Diagnostics.Process]::Start($start)

                # When it answers, it has started.
                $process.StandardInput.WriteLine('echo ready')
                $process.StandardInput.Flush()
                do {
                    $line = $process.StandardOutput.ReadLine()
                } until ($line.Contains('ready'))

                $process
            }
        }

        BeforeEach {
            $sleeper = Start-Sleeper
        }

        AfterEach {
            ${sleeper}?.StandardInput.Close()
            ${sleeper}?.WaitForExit()
            $sleeper.Dispose()
        }

        It 'lists the mappings of another process as /proc has them' {
            Skip-OutsideLinux '/proc'
            $found = @(Get-MemoryMap -ProcessId $sleeper.Id)
            $lines = Get-Content "/proc/$($sleeper.Id)/maps"
            $found.Count | Should -Be $lines.Count
            for ($i = 0; $i -lt $lines.Count; $i++) {
                $mapping = $found[$i]
                $end = $mapping.Address + [ulong]$mapping.Length
                $range, $permissions, $offset, $device, $inode, $path = $lines[$i] -split ' +', 6
                $range | Should -BeExactly ('{0:x8}-{1:x8}' -f $mapping.Address, $end)
                $permissions | Should -BeExactly $mapping.Permissions
                [Convert]::ToInt64($offset, 16) | Should -Be $mapping.Offset
                "$path" | Should -Be "$($mapping.Path)"
            }

            $found | ForEach-Object {
                $_ | Should -BeOfType ([MmapPS.ProcessMapping])
                $_.ProcessId | Should -Be $sleeper.Id
            }
        }

        It 'reports the sizes and flags of each' {
            Skip-OutsideLinux '/proc'
            foreach ($mapping in Get-MemoryMap -ProcessId $sleeper.Id | Where-Object Path -NE '[vsyscall]') {
                $entry = Get-MapEntry ([long]$mapping.Address) -ProcessId $sleeper.Id
                $mapping.Length | Should -Be $entry.Size.Size
                $mapping.Rss | Should -Be $entry.Size.Rss
                $mapping.Dirty | Should -Be ($entry.Size.Shared_Dirty + $entry.Size.Private_Dirty)
                $mapping.Swap | Should -Be $entry.Size.Swap
                $mapping.Locked | Should -Be $entry.Size.Locked
                $mapping.Huge | Should -Be ($entry.Size.AnonHugePages + $entry.Size.ShmemPmdMapped + $entry.Size.FilePmdMapped +
                    $entry.Size.Shared_Hugetlb + $entry.Size.Private_Hugetlb)
                $mapping.VmFlags | Should -BeExactly ($entry.VmFlags -join ' ')
            }
        }

        It 'lists the program and libraries of another process as Windows reports them' {
            if (-not $IsWindows) {
                Set-ItResult -Skipped -Because 'this is about Windows'
            }

            $found = @(Get-MemoryMap -ProcessId $sleeper.Id)
            $sleeper.Modules.Count | Should -BeGreaterThan 2
            foreach ($module in $sleeper.Modules) {
                $mapping = $found | Where-Object Address -EQ ([ulong]$module.BaseAddress.ToInt64())
                $mapping.Path | Should -Be $module.FileName
                $mapping.ProcessId | Should -Be $sleeper.Id
                $mapping.Permissions | Should -BeExactly 'r--p'
            }

            # Each starts at or after the end of the one before.
            $end = 0
            foreach ($mapping in $found) {
                $mapping.Address | Should -BeGreaterOrEqual $end
                $end = $mapping.Address + [ulong]$mapping.Length
            }
        }

        It 'reports what of a region is in memory; numbers that Windows does not report are null' {
            if (-not $IsWindows) {
                Set-ItResult -Skipped -Because 'this is about Windows'
            }

            $map = New-MemoryMap -Anonymous -Length 40960
            $map.Write(8192, [byte[]]::new(8192))
            $found = Get-MemoryMap -ProcessId $PID | Where-Object Address -EQ $map.Address
            $found.Length | Should -Be 40960
            $found.Permissions | Should -BeExactly 'rw-p'
            $found.Rss | Should -Be 8192
            $found.Rss | Should -Be (Get-MapEntry $map.Address).Size.Rss
            $found.Path, $found.Offset, $found.Pss, $found.Dirty, $found.Swap, $found.VmFlags | Should -Be @($null, $null, $null, $null, $null, '')
        }

        It 'reports the shares of pages that several processes have' {
            Skip-OnWindows 'Windows counts at most seven processes that share a page'
            foreach ($mapping in Get-MemoryMap -ProcessId $sleeper.Id) {
                $mapping.Pss | Should -BeLessOrEqual $mapping.Rss
            }

            (Get-MemoryMap -ProcessId $sleeper.Id | Where-Object { $_.Pss -gt 0 }) | Should -Not -BeNullOrEmpty
        }

        It 'takes processes from the pipeline, never their Id for that of a region' {
            # Two regions may have the ids 1 and 2, and so may processes.
            $found = @($sleeper | Get-MemoryMap)
            $found.Count | Should -BeGreaterThan 0
            $found[0] | Should -BeOfType ([MmapPS.ProcessMapping])
            $found[0].ProcessId | Should -Be $sleeper.Id
        }

        It 'says that a closed process object has no process, and goes on' {
            $closed = [Diagnostics.Process]::GetProcessById($sleeper.Id)
            $closed.Dispose()
            $found = @($closed, $sleeper | Get-MemoryMap -ErrorAction SilentlyContinue -ErrorVariable problems)
            $found.Count | Should -BeGreaterThan 0
            $problems | Should -HaveCount 1
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'FileNotFound,*'
            $problems[0].Exception.Message | Should -BeLike '*no process*-ProcessId*'
        }

        It 'takes objects with a property ProcessId from the pipeline' {
            ([pscustomobject]@{ ProcessId = $sleeper.Id } | Get-MemoryMap)[0].ProcessId | Should -Be $sleeper.Id
        }

        It 'filters by <name>' -ForEach @(
            @{ Name = 'full path'; Path = { (Get-MemoryMap -ProcessId $sleeper.Id | Where-Object Path -Match '^(/|[A-Z]:)')[0].Path } }
            @{ Name = 'a wildcard over file names'; Path = { "$program*" } }
            @{ Name = 'the kernel''s own name'; Path = { '[heap]' } }
        ) {
            if ($Name -eq 'the kernel''s own name') {
                Skip-OutsideLinux 'names of its own for memory'
            }

            $wanted = & $Path
            $found = @(Get-MemoryMap -ProcessId $sleeper.Id -Path $wanted)
            $found.Count | Should -BeGreaterThan 0
            $found | ForEach-Object { Split-Path -Leaf $_.Path | Should -BeLike (Split-Path -Leaf $wanted).Replace('[heap]', '`[heap`]') }
        }

        It 'returns nothing, and no error, if no path matches' {
            Get-MemoryMap -ProcessId $sleeper.Id -Path '*.nothing' -ErrorVariable problems | Should -BeNullOrEmpty
            $problems | Should -BeNullOrEmpty
        }

        It 'lists what this very process has mapped' {
            $path = New-TestFile 'abc' -Name 'mapped.bin'
            $map = New-MemoryMap $path
            $found = @(Get-MemoryMap -ProcessId $PID -Path 'mapped.bin')
            $found.Count | Should -Be 1
            $found[0].Address | Should -Be $map.Address
            $found[0].Deleted | Should -BeFalse
            $found[0].Path | Should -BeExactly $path
            $found[0].Permissions | Should -BeExactly 'rw-s'
        }

        It 'lists deleted files too' {
            Skip-OnWindows 'a file that is open keeps its name there'
            $path = New-TestFile 'abc' -Name 'deleted.bin'
            $map = New-MemoryMap $path
            Remove-Item $path
            $found = @(Get-MemoryMap -ProcessId $PID -Path 'deleted.bin')
            $found.Count | Should -Be 1
            $found[0].Address | Should -Be $map.Address
            $found[0].Deleted | Should -BeTrue
            $found[0].Path | Should -BeExactly $path
            $found[0].Permissions | Should -BeExactly 'rw-s'
        }

        It 'reads a path with a line feed in it' {
            Skip-OnWindows 'no file has such a name there'
            $map = New-MemoryMap -LiteralPath (New-TestFile 'abc' -Name "two`nlines.bin")
            @(Get-MemoryMap -ProcessId $PID -Path 'two*lines.bin').Path | Should -BeExactly $map.Path
        }

        It 'takes a name as it is that looks like one the kernel changed: <Name>' -ForEach @(
            @{ Name = 'live (deleted)' }
            @{ Name = 'literal\012name' }
            @{ Name = "two`nlines (deleted)" }
        ) {
            Skip-OutsideLinux 'names that the kernel changes'
            $map = New-MemoryMap -LiteralPath (New-TestFile 'abc' -Name $Name)
            $found = Get-MemoryMap -ProcessId $PID | Where-Object Address -EQ $map.Address
            $found.Path | Should -BeExactly $map.Path
            $found.Deleted | Should -BeFalse
        }

        It 'takes a deleted file for deleted although another has its name with the mark' {
            Skip-OutsideLinux 'names that the kernel changes'
            $path = New-TestFile 'abc' -Name 'twin'
            $map = New-MemoryMap $path
            $null = New-TestFile 'other' -Name 'twin (deleted)'
            Remove-Item -LiteralPath $path
            $found = Get-MemoryMap -ProcessId $PID | Where-Object Address -EQ $map.Address
            $found.Path | Should -BeExactly $path
            $found.Deleted | Should -BeTrue
        }

        It 'distinguishes both on btrfs, too, where the kernel lists another device than that of the file' {
            Skip-WithoutRoot 'mount a file system'
            Skip-WithoutProgram mkfs.btrfs
            $image = New-TestFile -Size 200MB
            $mount = New-Item -ItemType Directory (Join-Path $TestDrive btrfs)
            mkfs.btrfs -q $image
            Skip-OnObstacle (Find-Obstacle -Means 'mounts of btrfs' -Trap { mount -o loop $image $mount })
            try {
                $path = Join-Path $mount 'live (deleted)'
                Set-Content -LiteralPath $path abc
                $map = New-MemoryMap $path
                $found = Get-MemoryMap -ProcessId $PID | Where-Object Address -EQ $map.Address
                Remove-MemoryMap $map
                $found.Path | Should -BeExactly $path
                $found.Deleted | Should -BeFalse
            }
            finally {
                Remove-MemoryMap *
                umount $mount
            }
        }

        It 'lists some thousands of mappings' {
            # At such offsets no mapping continues another; Linux would merge them.
            $path = New-TestFile -Size 188MB
            $maps = for ($i = 0; $i -lt 3000; $i++) {
                New-MemoryMap $path -Offset (65536 * $i) -Length 1 -Protection Read
            }

            (Get-MemoryMap -ProcessId $PID -Path $path | Measure-Object Length -Sum).Sum | Should -Be (3000 * $page)
            $maps | Remove-MemoryMap
        }

        It 'says that there is no process <id>, and goes on' -ForEach @(
            @{ Id = 2147483647 }
            @{ Id = 0 }
            @{ Id = -5 }
        ) {
            $found = @(Get-MemoryMap -ProcessId $Id, $sleeper.Id -Path "$program*" -ErrorAction SilentlyContinue -ErrorVariable problems)
            $found.Count | Should -BeGreaterThan 0
            $problems | Should -HaveCount 1
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'FileNotFound,*'
            $problems[0].Exception.Message | Should -BeLike "*process $Id*"
            $problems[0].TargetObject | Should -Be $Id
        }

        It 'says that a process is another user''s' {
            Skip-WithoutRoot 'become another user'
            Skip-WithoutProgram setpriv
            $child = Invoke-Child -Environment @{ TARGET = $sleeper.Id; HOME = "$TestDrive" } `
                -Wrapper 'setpriv', '--reuid=65534', '--regid=65534', '--clear-groups' -Script @'
                try { $null = Get-MemoryMap -ProcessId $env:TARGET -ErrorAction Stop }
                catch { [Console]::WriteLine($_.FullyQualifiedErrorId.Split(',')[0] + ' ' + $_.Exception.Message) }
'@
            if ($child.ExitCode -ne 0) {
                Set-ItResult -Skipped -Because "the other user cannot run the host: $($child.ErrorOutput)"
            }

            $child.Output | Should -BeLike "AccessDenied *process $($sleeper.Id)*"
        }
    }

    It 'says what it emits' {
        (Get-Command Get-MemoryMap).OutputType.Type | Should -Contain ([MmapPS.MappedRegion])
        (Get-Command Get-MemoryMap).OutputType.Type | Should -Contain ([MmapPS.ProcessMapping])
    }
}
