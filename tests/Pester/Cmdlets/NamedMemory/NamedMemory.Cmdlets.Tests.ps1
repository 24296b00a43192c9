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

    Context 'Remove-MemoryMap -Unlink' {
        It 'removes region and name' {
            Skip-OnWindows 'a name goes with its last region there'
            $map = New-MemoryMap -Name $name -Length 5
            $map | Remove-MemoryMap -Unlink | Should -BeNullOrEmpty
            $map.IsOpen | Should -BeFalse
            Test-Name $name | Should -BeFalse
            Get-MapCount (Get-NamePath $name) | Should -Be 0
            { New-MemoryMap -Name $name } | Should -Throw -ErrorId 'FileNotFound,*'
        }

        It 'leaves the memory to the regions that map it; the name is free again' {
            Skip-OnWindows 'a name goes with its last region there'
            $one, $two = 1..2 | ForEach-Object { New-MemoryMap -Name $name -Length 5 }
            Remove-MemoryMap $one -Unlink
            $two[0] = 7
            $new = New-MemoryMap -Name $name -Length 9
            $new[0], $two[0] | Should -Be @(0, 7)
        }

        It 'keeps the name without it' {
            Skip-OnWindows 'a name goes with its last region there'
            New-MemoryMap -Name $name -Length 5 | Remove-MemoryMap
            Test-Name $name | Should -BeTrue
        }

        It 'removes nothing with -WhatIf, and says what it would' {
            Skip-OnWindows 'a name goes with its last region there'
            $map = New-MemoryMap -Name $name -Length 5
            Get-WhatIfText { Remove-MemoryMap $map -Unlink -WhatIf } | Should -BeLike "*remove the name '$name'*"
            $map.IsOpen | Should -BeTrue
            Test-Name $name | Should -BeTrue
        }

        It 'refuses <kind>, which stays' -ForEach @(
            @{ Kind = 'a file'; Make = { New-MemoryMap (New-TestFile 'abc') } }
            @{ Kind = 'anonymous memory'; Make = { New-MemoryMap -Anonymous -Length 5 } }
        ) {
            $map = & $Make
            { Remove-MemoryMap $map -Unlink } | Should -Throw '*-Unlink*name*none*' -ErrorId 'NotSupported,*'
            $map.IsOpen | Should -BeTrue
        }

        It 'says that the name was already removed; the region is unmapped anyway' {
            Skip-OnWindows 'a name goes with its last region there'
            $map = New-MemoryMap -Name $name -Length 5
            Remove-Item (Get-NamePath $name)
            { Remove-MemoryMap $map -Unlink } | Should -Throw -ErrorId 'FileNotFound,*'
            $map.IsOpen | Should -BeFalse
        }

        It 'goes on with the next region' {
            Skip-OnWindows 'a name goes with its last region there'
            $gone, $there = 'a', 'b' | ForEach-Object { New-MemoryMap -Name "$name$_" -Length 5 }
            Remove-Item -LiteralPath (Get-NamePath "${name}a")
            $gone, $there | Remove-MemoryMap -Unlink -ErrorAction SilentlyContinue -ErrorVariable problems
            $problems | Should -HaveCount 1
            Test-Path -LiteralPath (Get-NamePath "${name}b") | Should -BeFalse
        }

        It 'says nothing of a region that was removed with its name before' {
            Skip-OnWindows 'a name goes with its last region there'
            $map = New-MemoryMap -Name $name -Length 5
            Remove-MemoryMap $map -Unlink
            { Remove-MemoryMap $map -Unlink -ErrorAction Stop } | Should -Not -Throw
        }

        It 'removes the name of a region that was removed before without it' {
            Skip-OnWindows 'a name goes with its last region there'
            $map = New-MemoryMap -Name $name -Length 5
            Remove-MemoryMap $map
            Remove-MemoryMap $map -Unlink
            Test-Name $name | Should -BeFalse
        }

        It 'takes names: <_>' -ForEach 'the name itself', 'a wildcard' {
            Skip-OnWindows 'a name goes with its last region there'
            $map = New-MemoryMap -Name $name -Length 5
            $file = New-MemoryMap (New-TestFile 'abc')
            Remove-MemoryMap -Name $(if ($_ -eq 'a wildcard') { "$name*" } else { $name }) -Unlink
            $map.IsOpen, $file.IsOpen | Should -Be @($false, $true)
            Test-Name $name | Should -BeFalse
        }
    }

    Context 'Get-MemoryMap -Name' {
        It 'lists the open regions of a name' {
            $map = New-MemoryMap -Name $name -Length 5
            $other = New-MemoryMap -Name "$name-other" -Length 5
            $null = New-MemoryMap -Anonymous -Length 5
            $null = New-MemoryMap (New-TestFile 'abc' -Name $name)
            (Get-MemoryMap -Name $name).Id | Should -Be @($map.Id)
            (Get-MemoryMap -Name "$prefix*").Id | Should -Be @($map.Id, $other.Id)
            (Get-MemoryMap -Name "$name-o*", $name).Id | Should -Be @($map.Id, $other.Id)
            (Get-MemoryMap -Name *).Id | Should -Be @($map.Id, $other.Id)
        }

        It 'knows names that are not mapped here only with -All' {
            Skip-OnWindows 'no call lists names there'
            New-MemoryMap -Name $name -Length 777 | Remove-MemoryMap
            Get-MemoryMap -Name $name | Should -BeNullOrEmpty
            $stale = Get-MemoryMap -Name $name -All
            $stale | Should -HaveCount 1
            $stale | Should -BeOfType MmapPS.SharedMemoryName
            $stale.Name, $stale.Length, "$stale" | Should -Be @($name, 777, $name)
            ((Get-Date) - $stale.LastWriteTime).TotalMinutes | Should -BeLessThan 10
        }

        It 'gives names that can be piped to New-MemoryMap -Name one by one, and so removed' {
            Skip-OnWindows 'no call lists names there'
            'a', 'b' | ForEach-Object { New-MemoryMap -Name "$name$_" -Length 5 } | Remove-MemoryMap
            Get-MemoryMap -Name "$name*" -All | ForEach-Object { New-MemoryMap -Name $_.Name } | Remove-MemoryMap -Unlink
            Get-MemoryMap -Name "$name*" -All | Should -BeNullOrEmpty
        }

        It 'finds a name that reads like a pattern, or like none that can be' {
            foreach ($odd in "$name[x]", "$name[") {
                $map = New-MemoryMap -Name $odd -Length 5
                (Get-MemoryMap -Name $odd).Id | Should -Be @($map.Id)
                if ($IsLinux) {
                    (Get-MemoryMap -Name $odd -All).Name | Should -BeExactly $odd
                }

                Remove-Name $map
            }
        }

        It 'lists no folder, and nothing for a pattern that matches nothing' {
            Skip-OnWindows 'no call lists names there'
            $null = New-Item (Get-NamePath $name) -ItemType Directory
            try {
                Get-MemoryMap -Name $name, 'mmapps-no-such-*' -All -ErrorVariable problems | Should -BeNullOrEmpty
                $problems | Should -HaveCount 0
            }
            finally {
                Remove-Item (Get-NamePath $name)
            }
        }

        It 'is case-sensitive, as the names are' {
            $map = New-MemoryMap -Name "$name-Case" -Length 5
            Get-MemoryMap -Name "$name-case" | Should -BeNullOrEmpty
            if ($IsLinux) {
                Get-MemoryMap -Name "$name-case" -All | Should -BeNullOrEmpty
            }

            (Get-MemoryMap -Name "$name-C*").Id | Should -Be @($map.Id)
        }
    }

    Context 'the other cmdlets' {
        It 'resize it, for the next one who opens it too' {
            Skip-OnWindows 'a section keeps its length there'
            $map = New-MemoryMap -Name $name -Length 5
            $map[4] = 4
            Resize-MemoryMap $map 10000
            $map[9999] = 9
            Get-NameStatus $name '%s' | Should -BeExactly '10000'
            [long](Get-NameStatus $name '%b') * 512 | Should -BeGreaterOrEqual 10000
            $other = New-MemoryMap -Name $name
            $other.Length, $other[4], $other[9999] | Should -Be @(10000, 4, 9)
            Resize-MemoryMap $map 3 -TruncateFile
            Get-NameStatus $name '%s' | Should -BeExactly '3'
            { $other[9999] } | Should -Throw -ErrorId PageFault
        }

        It 'protect, lock, sync and read it as any other' {
            $map = New-MemoryMap -Name $name -Length (2 * $page)
            $before = Get-LockedSize
            Lock-MemoryMap $map
            (Get-LockedSize) - $before | Should -Be (2 * $page)
            Unlock-MemoryMap $map
            Write-MappedByte $map 'abc' -Offset ($page - 1)
            Sync-MemoryMap $map -ErrorVariable problems
            $problems | Should -HaveCount 0
            Protect-MemoryMap $map -Length 1 -Protection None
            { $map[$page - 1] } | Should -Throw -ErrorId NotReadable
            Read-MappedByte $map -Offset $page -Length 2 -Encoding ascii | Should -BeExactly 'bc'
        }

        It 'survive that somebody cuts it short' {
            Skip-OnWindows 'a section keeps its length there'
            $map = New-MemoryMap -Name $name -Length (3 * $page)
            truncate --size $page (Get-NamePath $name)
            foreach ($way in { $map[2 * $page] }, { $map[2 * $page] = 1 }, { Read-MappedByte $map }) {
                $way | Should -Throw "*$name*$page bytes now*" -ErrorId 'PageFault*'
            }
        }
    }
}
