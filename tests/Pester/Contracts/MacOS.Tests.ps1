# Behaviour that is special on macOS. docs/design/platforms.md has the list.

BeforeAll {
    . $PSScriptRoot/../Support/Preamble.ps1

}

Describe 'macOS' {
    BeforeEach {
        if (-not $IsMacOS) {
            Set-ItResult -Skipped -Because 'this is about macOS'
        }
    }

    AfterEach {
        Get-MemoryMap | Remove-MemoryMap
    }

    It 'refuses <option> for <what>, and says what would serve' -ForEach @(
        @{ Option = 'GrowsDown'; What = 'memory'; Make = { New-MemoryMap -Anonymous -Length 5000 -Option GrowsDown }; Serves = 'length that you need' }
        @{ Option = 'Sync'; What = 'a file'; Make = { New-MemoryMap (New-TestFile 'abc') -Option Sync }; Serves = 'Sync-MemoryMap' }
        @{ Option = '-OnFault'; What = 'a lock'; Make = { New-MemoryMap -Anonymous -Length 5000 | Lock-MemoryMap -OnFault -ErrorAction Stop }; Serves = 'Leave -OnFault out' }
    ) {
        $Make | Should -Throw "*$Serves*" -ErrorId 'NotSupported,*'
    }

    It 'grows <what> at another address, with what was changed and protected in it' -ForEach @(
        @{ What = 'memory'; Make = { New-MemoryMap -Anonymous -Length $page } }
        @{ What = 'a private file'; Make = { New-MemoryMap $path -Length $page -Sharing Private } }
        @{ What = 'a shared file'; Make = { New-MemoryMap $path -Length $page } }
    ) {
        $path = New-RandomFile (4 * $page)
        $before = Get-Content $path -AsByteStream -Raw
        $map = & $Make
        $map[1] = $before[1] -bxor 255
        $map[5] = 5
        Protect-MemoryMap $map -Protection Read

        # With any other memory there, it cannot grow in place.
        New-MemoryMap -Anonymous -Length $page -Address ($map.Address + $page) -Fixed -ErrorAction Ignore
        $address = $map.Address
        Resize-MemoryMap $map (3 * $page)
        $map.Address | Should -Not -Be $address
        $map.Length | Should -Be (3 * $page)
        $map[1] | Should -Be ($before[1] -bxor 255)
        { $map[2 * $page] = 1 } | Should -Throw -ErrorId NotWritable
        Protect-MemoryMap $map -Protection Read, Write
        $map[-1] = 9
        $map[-1], $map[5] | Should -Be @(9, 5)
        if ($What -eq 'a private file') {
            Assert-Byte (Get-Content $path -AsByteStream -Raw) $before
        }
    }

    It 'unlocks what was locked more than once' {
        $map = New-MemoryMap -Anonymous -Length (3 * $page)
        Lock-MemoryMap $map
        Lock-MemoryMap $map -Length $page
        (Measure-MemoryMap $map).Locked | Should -Be (3 * $page)
        Unlock-MemoryMap $map -Length $page
        (Measure-MemoryMap $map).Locked | Should -Be (2 * $page)
        Unlock-MemoryMap $map
        (Measure-MemoryMap $map).Locked | Should -Be 0
    }

    It 'reports which pages are in memory, and which are dirty' {
        $map = New-MemoryMap -Anonymous -Length (100 * $page)
        $map[10 * $page] = 1
        $usage = Measure-MemoryMap $map
        $usage.ResidentPages | Should -BeGreaterOrEqual 1
        $usage.ResidentPages | Should -BeLessThan 100
        $usage.Dirty | Should -BeGreaterOrEqual $page
        "$($usage.ResidentRange)" | Should -Match "\b$(10 * $page)\+"
    }

    It 'reads a file into memory and forgets it' {
        $path = New-RandomFile (64 * $page)
        Set-MemoryMapAdvice -Path $path -Advice PopulateRead
        (Measure-MemoryMap $path).Percent | Should -Be 100
        Set-MemoryMapAdvice -Path $path -Advice Evict -WarningVariable warnings -WarningAction SilentlyContinue
        $left = (Measure-MemoryMap $path).Resident
        ($left -gt 0) | Should -Be (@($warnings).Count -gt 0) -Because 'a warning says what stayed'
    }

    It 'takes the advice <_> on memory' -ForEach 'Normal', 'Random', 'Sequential', 'WillNeed', 'Cold', 'PopulateRead' {
        $map = New-MemoryMap -Anonymous -Length (3 * $page)
        $map[5] = 5
        Set-MemoryMapAdvice $map -Advice $_
        $map[5] | Should -Be 5
        (Set-MemoryMapAdvice -TestSupport | Where-Object Advice -EQ $_).Supported | Should -BeTrue
    }

    It 'knows no advice that loses private changes at once' {
        $map = New-MemoryMap -Anonymous -Length (3 * $page)
        $map[5] = 5
        { Set-MemoryMapAdvice $map -Advice DontNeed -Force -Confirm:$false } | Should -Throw -ErrorId 'NotSupported,*'
        $map[5] | Should -Be 5
    }

    It 'clears memory whose storage it cannot give back, and says so' {
        $map = New-MemoryMap -Anonymous -Length (3 * $page)
        $map[5] = 5
        Clear-MappedByte $map -Deallocate -Confirm:$false -WarningVariable warnings -WarningAction SilentlyContinue
        $map[5] | Should -Be 0
        $warnings | Should -HaveCount 1
    }

    It 'lists what this process has mapped' {
        $path = New-RandomFile (3 * $page)
        $map = New-MemoryMap $path -Offset $page -Protection Read
        $found = @(Get-MemoryMap -ProcessId $PID | Where-Object Address -EQ $map.Address)
        $found.Count | Should -Be 1
        $found[0].Permissions, $found[0].Offset, $found[0].Length | Should -Be @('r--s', $page, (2 * $page))
        $found[0].Path | Should -BeLike "*$(Split-Path -Leaf $path)"
    }

    It 'lists what another process of the same user has mapped' {
        $path = New-RandomFile (3 * $page)
        $map = New-MemoryMap $path
        $child = Invoke-Child -Environment @{ NAME = Split-Path -Leaf $path } -Script (
            "foreach (`$mapping in Get-MemoryMap -ProcessId $PID -Path `$env:NAME) { [Console]::WriteLine(`$mapping.Address) }")
        $child.Output.Trim() | Should -BeExactly "$($map.Address)" -Because $child.ErrorOutput
    }

    It 'says that there is no such process' {
        { Get-MemoryMap -ProcessId 99999999 } | Should -Throw -ErrorId 'FileNotFound,*'
    }

    Context 'shared memory by name' {
        BeforeEach {
            $name = "mmapps-spec-$PID-$(New-Guid)"
            $folder = Join-Path (getconf DARWIN_USER_CACHE_DIR) MmapPS
        }

        AfterEach {
            # A skipped test has no name.
            if ($name) {
                New-MemoryMap -Name $name -ErrorAction Ignore | Remove-MemoryMap -Unlink -Confirm:$false
            }
        }

        It 'is a file of the user''s own, in a folder that only the user may enter' {
            $map = New-MemoryMap -Name $name -Length 10000
            stat -f '%Lp %z' (Join-Path $folder $name) | Should -BeExactly '600 10000'
            stat -f %Lp (Split-Path $folder) | Should -BeExactly '700'
            Get-MemoryMap -Name $name -All | Should -Not -BeNullOrEmpty
        }

        It 'is the same to every process that knows the name, until it is unlinked' {
            $map = New-MemoryMap -Name $name -Length 10000
            $map[9999] = 7
            $child = Invoke-Child -Environment @{ NAME = $name } -Script '$map = New-MemoryMap -Name $env:NAME; [Console]::Write("$($map.Length) $($map[9999])"); $map[0] = 9'
            $child.Output | Should -BeExactly '10000 7' -Because $child.ErrorOutput
            $map[0] | Should -Be 9
            Remove-MemoryMap $map
            (New-MemoryMap -Name $name)[0] | Should -Be 9
            Get-MemoryMap | Remove-MemoryMap -Unlink -Confirm:$false
            { New-MemoryMap -Name $name } | Should -Throw -ErrorId 'FileNotFound,*'
        }

        It 'follows no link' {
            $null = New-MemoryMap -Name $name -Length 10
            $link = New-Item (Join-Path $folder "$name-link") -ItemType SymbolicLink -Target (New-TestFile 'abc')
            try {
                { New-MemoryMap -Name "$name-link" } | Should -Throw -ErrorId 'AccessDenied,*'
                { New-MemoryMap -Name "$name-link" -Length 3 } | Should -Throw -ErrorId 'AccessDenied,*'
            }
            finally {
                Remove-Item $link
            }
        }
    }

    Context 'secret memory' {
        It 'is locked, and warns if it could be dumped' {
            foreach ($core in '0', 'unlimited') {
                $child = Invoke-Child -Wrapper 'sh', '-c', "ulimit -c $core; exec `"`$@`"", 'sh' -Script (
                    '$map = New-MemoryMap -Anonymous -Secret -Length 10000 -WarningVariable warnings -WarningAction SilentlyContinue; ' +
                    '[Console]::Write("$((Measure-MemoryMap $map).Locked) $(@($warnings).Count)")')
                $child.Output | Should -BeExactly "10000 $([int]($core -ne '0'))" -Because $child.ErrorOutput
            }
        }
    }
}
