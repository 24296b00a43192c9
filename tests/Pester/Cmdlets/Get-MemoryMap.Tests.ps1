BeforeAll {
    . $PSScriptRoot/../Support/Module.ps1
    . $PSScriptRoot/../Support/Errors.ps1
    . $PSScriptRoot/../Support/Files.ps1
}

AfterAll {
    Get-MemoryMap | Remove-MemoryMap
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
        @(Get-MemoryMap).Count | Should -Be 0
    }

    It 'lists the open regions in the order they were made' {
        (Get-MemoryMap).Id | Should -Be @($first.Id, $second.Id, $memory.Id)
    }

    It 'emits the very objects that New-MemoryMap emitted' {
        $found = @(Get-MemoryMap)
        [object]::ReferenceEquals($found[0], $first) | Should -BeTrue
        [object]::ReferenceEquals($found[2], $memory) | Should -BeTrue
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
            [object]::ReferenceEquals((Get-MemoryMap -Id $second.Id), $second) | Should -BeTrue
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
            @($problems).Count | Should -Be 1
        }

        It 'writes an error for a number that is not open and goes on' {
            $found = @(Get-MemoryMap -Id $first.Id, 987654321, $second.Id -ErrorAction SilentlyContinue -ErrorVariable problems)
            $found.Id | Should -Be @($first.Id, $second.Id)
            @($problems).Count | Should -Be 1
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'RegionClosed,*'
            $problems[0].Exception.Message | Should -BeLike '*987654321*'
            $problems[0].TargetObject | Should -Be 987654321
        }

        It 'does not know a region any more that was removed' {
            $id = $first.Id
            Remove-MemoryMap $first
            $problem = Get-ErrorOf { Get-MemoryMap -Id $id }
            $problem.Id | Should -Be 'RegionClosed'
            $problem.Message | Should -BeLike "*Id $id*"
        }
    }

    Context '-Path' {
        It 'finds a region by <name>' -ForEach @(
            @{ Name = 'its full path'; Path = { $first.Path } }
            @{ Name = 'its file name'; Path = { 'first.bin' } }
            @{ Name = 'a wildcard over file names'; Path = { '*.bin' } }
            @{ Name = 'a wildcard over full paths'; Path = { [IO.Path]::Combine($TestDrive, 'f*') } }
        ) {
            (Get-MemoryMap -Path (& $Path)).Id | Should -Be @($first.Id)
        }

        It 'finds a region by a path relative to the PowerShell location' {
            $ExecutionContext.SessionState.Path.PushCurrentLocation('specs')
            try {
                $null = $ExecutionContext.SessionState.Path.SetLocation("$TestDrive")
                (Get-MemoryMap -Path './second.dat').Id | Should -Be @($second.Id)
            }
            finally {
                $null = $ExecutionContext.SessionState.Path.PopLocation('specs')
            }
        }

        It 'finds a region whose name has wildcard characters by its full path' {
            $odd = New-MemoryMap -LiteralPath (New-TestFile 'x' -Name 'odd[1].bin')
            (Get-MemoryMap -Path $odd.Path).Id | Should -Be @($odd.Id)
        }

        It 'takes several paths and emits a region once that several of them match' {
            (Get-MemoryMap -Path '*.dat', 'second.*', 'first.bin').Id | Should -Be @($first.Id, $second.Id)
        }

        It 'emits every region of a file' {
            $part = New-MemoryMap $first.Path -Offset 1
            (Get-MemoryMap -Path 'first.bin').Id | Should -Be @($first.Id, $part.Id)
        }

        It 'emits nothing, and no error, for a file that is not mapped' {
            $found = @(Get-MemoryMap -Path '*.nothing' -ErrorVariable problems)
            $found.Count | Should -Be 0
            @($problems).Count | Should -Be 0
        }

        It 'never matches anonymous memory' {
            (Get-MemoryMap -Path '*').Id | Should -Be @($first.Id, $second.Id)
        }
    }

    It 'says that it emits MappedRegion' {
        (Get-Command Get-MemoryMap).OutputType.Type | Should -Contain ([MmapPS.MappedRegion])
    }
}
