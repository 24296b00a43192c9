BeforeAll {
    . $PSScriptRoot/../Support/Preamble.ps1


    # How many file descriptors of this process refer to a file.
    function Get-DescriptorCount {
        param([string] $Path)

        Skip-OnMacOS 'nobody is asked which files are open'
        if ($IsWindows) {
            # A file that is open or mapped anywhere cannot be opened exclusively.
            try {
                [IO.FileStream]::new($Path, 'Open', 'Read', 'None').Dispose()
                return 0
            }
            catch [IO.IOException] {
                return 1
            }
        }

        $count = 0
        foreach ($link in [IO.Directory]::GetFileSystemEntries('/proc/self/fd')) {
            if ([IO.FileInfo]::new($link).LinkTarget -eq $Path) {
                $count++
            }
        }

        $count
    }
}

Describe 'Remove-MemoryMap' {
    BeforeEach {
        $path = New-TestFile 'abcdefghij'
        $map = New-MemoryMap $path
    }

    AfterEach {
        Get-MemoryMap | Remove-MemoryMap
    }

    Context 'what is left' {
        It 'unmaps the file' {
            Get-MapCount $path | Should -Be 1
            Remove-MemoryMap $map
            Get-MapCount $path | Should -Be 0
        }

        It 'unmaps anonymous memory' {
            # Far from all other mappings, so that no neighbour can take its place in the list.
            $memory = New-MemoryMap -Anonymous -Length 3000000 -Address 0x200000000000
            $address = $memory.Address
            (Get-MapEntry $address).End - (Get-MapEntry $address).Start | Should -BeGreaterThan 3000000
            Remove-MemoryMap $memory
            Get-MapEntry $address | Should -BeNullOrEmpty
        }

        It 'unmaps every page of a region that starts inside one' {
            $file = New-TestFile -Size (10 * $page)
            $part = New-MemoryMap $file -Offset ($page + 100) -Length (3 * $page)
            Get-MapCount $file | Should -Be 1
            Remove-MemoryMap $part
            Get-MapCount $file | Should -Be 0
        }

        It 'closes the file' {
            Get-DescriptorCount $path | Should -Be 1
            Remove-MemoryMap $map
            Get-DescriptorCount $path | Should -Be 0
        }

        It 'closes the file behind an empty region' {
            $empty = New-TestFile -Size 0
            $region = New-MemoryMap $empty
            Remove-MemoryMap $region
            $region.IsOpen | Should -BeFalse
            Get-DescriptorCount $empty | Should -Be 0
        }

        It 'unlocks memory that was locked' {
            $before = Get-LockedSize
            $locked = New-MemoryMap -Anonymous -Length $page -Sharing Shared -Option Locked
            Get-LockedSize | Should -Be ($before + $page)
            Remove-MemoryMap $locked
            Get-LockedSize | Should -Be $before
        }

        It 'leaves other regions of the same file alone' {
            $other = New-MemoryMap $path
            Remove-MemoryMap $map
            Get-MapCount $path | Should -Be 1
            Read-MappedByte $other -Encoding ascii | Should -BeExactly 'abcdefghij'
        }

        It 'keeps what was written' {
            Write-MappedByte $map -Value 'XY'
            Remove-MemoryMap $map
            Get-FileText $path | Should -BeExactly 'XYcdefghij'
        }

        It 'throws the changes of a private region away' {
            $private = New-MemoryMap $path -Sharing Private
            Write-MappedByte $private -Value 'XY'
            Remove-MemoryMap $private -Sync -WarningAction SilentlyContinue
            Get-FileText $path | Should -BeExactly 'abcdefghij'
        }

        It 'leaves a region object that says it is closed' {
            Remove-MemoryMap $map
            $map.IsOpen | Should -BeFalse
            $map.Address | Should -Be 0
            $map.Path | Should -Be $path
            $map.Length | Should -Be 10
        }

        It 'takes the region off the list' {
            Remove-MemoryMap $map
            Get-MemoryMap -Path $path | Should -BeNullOrEmpty
        }
    }

    Context 'what the kernel is asked' {
        BeforeAll {
            $target = New-TestFile -Size 1MB
            $calls = Invoke-TracedChild -Calls mmap, munmap, msync -Environment @{ TARGET = $target } -Script @'
                New-MemoryMap $env:TARGET -Length 777001 | Remove-MemoryMap
                New-MemoryMap $env:TARGET -Length 777002 | Remove-MemoryMap -Sync
                New-MemoryMap $env:TARGET -Length 777003 | Remove-MemoryMap -Sync -WhatIf
                New-MemoryMap -Anonymous -Length 777005 | Remove-MemoryMap
'@

            # The calls between the creation of a mapping of this length and the next one, with its own address.
            function Get-CallsFor {
                param([long] $Length)

                $address = $null
                foreach ($call in $calls) {
                    if ($call -match "^mmap\(NULL, $Length, .* = (0x[0-9a-f]+)$") {
                        $address = $Matches[1]
                    }
                    elseif ($address -and $call -match '^mmap\(NULL, 77700\d, ') {
                        break
                    }
                    elseif ($address -and $call -match "^(\w+)\($address, (.*)$") {
                        $Matches[1] + ' ' + $Matches[2]
                    }
                }

                $address | Should -Not -BeNullOrEmpty
            }
        }

        BeforeEach {
            Skip-WithoutTrace
        }

        It 'unmaps as many bytes as were mapped' {
            @(Get-CallsFor 777001) -match '^munmap 777001\) += 0' | Should -HaveCount 1
        }

        It 'does not sync without -Sync' {
            @(Get-CallsFor 777001) -match '^msync' | Should -HaveCount 0
        }

        It 'syncs first with -Sync' {
            $lines = @(Get-CallsFor 777002)
            $whole = [Math]::Ceiling(777002 / $page) * $page
            $lines[0] | Should -Match "^msync (777002|$whole), MS_SYNC\) += 0"
            $lines[1] | Should -Match '^munmap 777002\) += 0'
        }

        It 'neither syncs nor unmaps with -WhatIf' {
            Get-CallsFor 777003 | Should -HaveCount 0
        }

        It 'unmaps anonymous memory' {
            @(Get-CallsFor 777005) -match '^munmap 777005\) += 0' | Should -HaveCount 1
        }
    }

    Context 'the pipeline' {
        It 'removes every piped region' {
            $other = New-MemoryMap (New-TestFile 'x')
            $map, $other | Remove-MemoryMap
            $map.IsOpen, $other.IsOpen | Should -Be @($false, $false)
        }

        It 'takes several regions as an argument' {
            $other = New-MemoryMap (New-TestFile 'x')
            Remove-MemoryMap $map, $other
            $map.IsOpen, $other.IsOpen | Should -Be @($false, $false)
        }

        It 'takes the region from a property of another object' {
            [pscustomobject]@{ Region = $map } | Remove-MemoryMap
            $map.IsOpen | Should -BeFalse
        }

        It 'empties the session together with Get-MemoryMap' {
            $null = New-MemoryMap -Anonymous -Length 5
            Get-MemoryMap | Remove-MemoryMap
            Get-MemoryMap | Should -BeNullOrEmpty
            Get-MapCount $path | Should -Be 0
        }

        It 'emits nothing' {
            $map | Remove-MemoryMap | Should -HaveCount 0
        }

        It 'goes on after a region that cannot be removed as asked' {
            $other = New-MemoryMap (New-TestFile 'x')
            $map.Dispose()
            $map, $other | Remove-MemoryMap -Sync -ErrorAction SilentlyContinue -ErrorVariable problems
            $problems | Should -HaveCount 1
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'RegionClosed,*'
            $other.IsOpen | Should -BeFalse
        }
    }

    Context 'errors' {
        It 'refuses to make durable what was removed before' {
            Remove-MemoryMap $map
            $problem = Get-ErrorOf { Remove-MemoryMap $map -Sync }
            $problem.Id | Should -Be 'RegionClosed'
            $problem.Category | Should -Be 'InvalidOperation'
            $problem.Message | Should -BeLike "*Region $($map.Id) of $path was removed*New-MemoryMap*"
        }
    }

    Context '-WhatIf' {
        It 'keeps the region' {
            Remove-MemoryMap $map -WhatIf
            $map.IsOpen | Should -BeTrue
            Get-MapCount $path | Should -Be 1
            Read-MappedByte $map -Encoding ascii | Should -BeExactly 'abcdefghij'
        }

        It 'goes with -Confirm' {
            (Get-Command Remove-MemoryMap).Parameters.ContainsKey('Confirm') | Should -BeTrue
            Remove-MemoryMap $map -Confirm:$false
            $map.IsOpen | Should -BeFalse
        }
    }

    Context 'a region that was removed before' {
        It 'is passed over without a word, also with -WhatIf' {
            Remove-MemoryMap $map
            $said = @($map | Remove-MemoryMap -Verbose -ErrorVariable problems 4>&1) + @(Remove-MemoryMap $map -WhatIf)
            $said.Count | Should -Be 0
            $problems | Should -HaveCount 0
        }

        It 'is passed over after Dispose, too, and the next is removed' {
            $other = New-MemoryMap (New-TestFile 'x')
            $map.Dispose()
            { $map, $other | Remove-MemoryMap -ErrorAction Stop } | Should -Not -Throw
            $other.IsOpen | Should -BeFalse
        }
    }

    Context 'which regions' {
        BeforeEach {
            $other = New-MemoryMap (New-TestFile 'x' -Name 'other.dat')
            $memory = New-MemoryMap -Anonymous -Length 5
        }

        It 'takes numbers, by position and by name' {
            Remove-MemoryMap $map.Id
            Remove-MemoryMap -Id $memory.Id, $other.Id
            Get-MemoryMap | Should -BeNullOrEmpty
        }

        It 'refuses a number that is not open, and goes on' {
            Remove-MemoryMap -Id 987654321, $map.Id -ErrorAction SilentlyContinue -ErrorVariable problems
            $problems | Should -HaveCount 1
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'RegionClosed,*'
            $problems[0].Exception.Message | Should -BeLike '*987654321*Get-MemoryMap*'
            $map.IsOpen | Should -BeFalse
        }

        It 'takes a path as <_>' -ForEach 'full path', 'file name', 'wildcard', 'relative path' {
            Push-Location $TestDrive
            try {
                switch ($_) {
                    'full path' { Remove-MemoryMap $other.Path }
                    'file name' { Remove-MemoryMap other.dat }
                    'wildcard' { Remove-MemoryMap -Path *.dat }
                    'relative path' { Remove-MemoryMap ./other.dat }
                }
            }
            finally {
                Pop-Location
            }

            (Get-MemoryMap).Id | Should -Be @($map.Id, $memory.Id)
        }

        It 'removes every region of a path' {
            $part = New-MemoryMap $path -Offset 2
            Remove-MemoryMap $path
            (Get-MemoryMap).Id | Should -Be @($other.Id, $memory.Id)
            $part.IsOpen | Should -BeFalse
        }

        It 'removes all there is for *, files or not' {
            Remove-MemoryMap *
            Get-MemoryMap | Should -BeNullOrEmpty
            { Remove-MemoryMap * -ErrorAction Stop } | Should -Not -Throw
        }

        It 'refuses a path or name that no region has, but not a wildcard' {
            { Remove-MemoryMap ./nothing.bin -ErrorAction Stop } | Should -Throw -ErrorId 'RegionClosed,*' -ExpectedMessage '*./nothing.bin*'
            { Remove-MemoryMap -Name nobody -ErrorAction Stop } | Should -Throw -ErrorId 'RegionClosed,*' -ExpectedMessage '*nobody*'
            { Remove-MemoryMap *.nothing -ErrorAction Stop } | Should -Not -Throw
            { Remove-MemoryMap -Name nobody* -ErrorAction Stop } | Should -Not -Throw
        }

        It 'keeps them with -WhatIf' {
            Remove-MemoryMap * -WhatIf
            Remove-MemoryMap -Id $map.Id -WhatIf
            (Get-MemoryMap).Id | Should -Be @($map.Id, $other.Id, $memory.Id)
        }
    }

    Context 'what the error of a removed region advises' {
        It 'fits <kind>' -ForEach @(
            @{ Kind = 'a file'; Make = { New-MemoryMap $path }; Advice = '*New-MemoryMap maps it again.' }
            @{ Kind = 'anonymous memory'; Make = { New-MemoryMap -Anonymous -Length 5 }; Advice = '*bytes are gone*' }
        ) {
            $region = & $Make
            Remove-MemoryMap $region
            (Get-ErrorOf { Read-MappedByte $region }).Message | Should -BeLike $Advice
        }
    }
}
