BeforeAll {
    . $PSScriptRoot/../../Support/Preamble.ps1
}

Describe 'New-MemoryMap' {
    AfterEach {
        Get-MemoryMap | Remove-MemoryMap
    }

    Context '-Protection' {
        It 'gives <protection> the permissions <permissions>' -ForEach @(
            @{ Protection = 'None'; Permissions = '---' }
            @{ Protection = 'Read'; Permissions = 'r--' }
            @{ Protection = 'Write'; Permissions = '-w-' }
            @{ Protection = 'Execute'; Permissions = '--x' }
            @{ Protection = 'Read, Write'; Permissions = 'rw-' }
            @{ Protection = 'Read, Execute'; Permissions = 'r-x' }
            @{ Protection = 'Write, Execute'; Permissions = '-wx' }
            @{ Protection = 'Read, Write, Execute'; Permissions = 'rwx' }
        ) {
            if ($IsWindows) {
                # Writable memory is also readable there.
                $Permissions = $Permissions.Replace('-w', 'rw')
            }

            $anonymous = New-MemoryMap -Anonymous -Length 100 -Protection $Protection
            (Get-MapEntry $anonymous.Address).Permissions | Should -BeExactly ($Permissions + 'p')
            $anonymous.Protection | Should -Be $Protection

            $file = New-MemoryMap (New-TestFile 'abc') -Protection $Protection
            (Get-MapEntry $file.Address).Permissions | Should -BeExactly ($Permissions + 's')
        }

        It 'is Read, Write by default' {
            $anonymous = New-MemoryMap -Anonymous -Length 100
            $file = New-MemoryMap (New-TestFile 'abc')
            (Get-MapEntry $anonymous.Address).Permissions | Should -BeExactly 'rw-p'
            (Get-MapEntry $file.Address).Permissions | Should -BeExactly 'rw-s'
        }

        It 'takes a list of names' {
            $map = New-MemoryMap -Anonymous -Length 100 -Protection Read, Execute
            (Get-MapEntry $map.Address).Permissions | Should -BeExactly 'r-xp'
        }

        It 'refuses a name that it does not know' {
            { New-MemoryMap -Anonymous -Length 100 -Protection Fly } | Should -Throw -ErrorId 'CannotConvertArgumentNoMessage,*'
        }
    }

    Context '-Sharing' {
        It 'is by default Shared for files and Private for anonymous memory' {
            (New-MemoryMap (New-TestFile 'abc')).Sharing | Should -Be Shared
            (New-MemoryMap -Anonymous -Length 5).Sharing | Should -Be Private
        }

        It 'shares: the kernel has the flag' -ForEach @(
            @{ Of = 'a file'; Make = { New-MemoryMap (New-TestFile 'abc') -Sharing Shared } }
            @{ Of = 'anonymous memory'; Make = { New-MemoryMap -Anonymous -Length 10 -Sharing Shared } }
        ) {
            $map = & $Make
            $entry = Get-MapEntry $map.Address
            $entry.Permissions | Should -BeExactly 'rw-s'
            if ($IsLinux) {
                $entry.VmFlags | Should -Contain 'sh'
            }
        }

        It 'keeps private: the kernel has no such flag' -ForEach @(
            @{ Of = 'a file'; Make = { New-MemoryMap (New-TestFile 'abc') -Sharing Private } }
            @{ Of = 'anonymous memory'; Make = { New-MemoryMap -Anonymous -Length 10 -Sharing Private } }
        ) {
            $map = & $Make
            $entry = Get-MapEntry $map.Address
            $entry.Permissions | Should -BeExactly 'rw-p'
            $entry.VmFlags | Should -Not -Contain 'sh'
        }

        It 'Shared: the file has the change, and a second process that maps it sees it, as this one sees what the second writes' {
            $path = New-TestFile 'abcdefghij'
            $map = New-MemoryMap $path
            Write-MappedByte $map -Value 'XYZ' -Offset 2
            Get-FileText $path | Should -BeExactly 'abXYZfghij'
            $child = Invoke-Hazard -Environment @{ FILE = $path } -Script @'
$map = New-MemoryMap $env:FILE
Show read { Read-MappedByte $map -Encoding ascii }
Show write { Write-MappedByte $map -Value CHILD }
'@
            $child.Said.read | Should -BeExactly 'abXYZfghij' -Because $child.ErrorOutput
            $child.Said.write | Should -BeExactly ''
            Read-MappedByte $map -Encoding ascii | Should -BeExactly 'CHILDfghij'
        }

        It 'Private: neither the file nor a second process has the change, not even after Sync and Remove' {
            $path = New-TestFile 'abcdefghij'
            $map = New-MemoryMap $path -Sharing Private
            Write-MappedByte $map -Value 'XYZ' -Offset 2
            Read-MappedByte $map -Encoding ascii | Should -BeExactly 'abXYZfghij'
            Get-FileText $path | Should -BeExactly 'abcdefghij'
            Sync-MemoryMap $map -WarningAction SilentlyContinue
            Remove-MemoryMap $map
            Get-FileText $path | Should -BeExactly 'abcdefghij'
        }
    }
}

Describe 'The names that others have for a protection' {
    AfterEach {
        Get-MemoryMap | Remove-MemoryMap
    }

    It 'are understood: <Value>' -ForEach @(
        @{ Value = 'ReadOnly'; Expected = 'Read' }
        @{ Value = 'readwrite'; Expected = 'Read, Write' }
        @{ Value = 'ReadExecute'; Expected = 'Read, Execute' }
        @{ Value = 'ReadWriteExecute'; Expected = 'Read, Write, Execute' }
        @{ Value = @('ReadOnly', 'Execute'); Expected = 'Read, Execute' }
        @{ Value = [IO.FileAccess]::ReadWrite; Expected = 'Read, Write' }
        @{ Value = [IO.MemoryMappedFiles.MemoryMappedFileAccess]::Read; Expected = 'Read' }
        @{ Value = [IO.MemoryMappedFiles.MemoryMappedFileAccess]::ReadWrite; Expected = 'Read, Write' }
    ) {
        "$((New-MemoryMap -Anonymous -Length 100 -Protection $Value).Protection)" | Should -BeExactly $Expected
        $map = New-MemoryMap -Anonymous -Length 100
        Protect-MemoryMap $map $Value 3> $null
        "$($map.Protection)" | Should -BeExactly $Expected
    }

    It 'are not one for CopyOnWrite, whose error says what to give' {
        foreach ($value in 'CopyOnWrite', [IO.MemoryMappedFiles.MemoryMappedFileAccess]::CopyOnWrite) {
            $problem = Get-ErrorOf { New-MemoryMap -Anonymous -Length 100 -Protection $value }
            $problem.Id | Should -BeExactly 'ParameterArgumentTransformationError'
            $problem.Message | Should -BeLike '*-Protection Read,Write -Sharing Private*'
        }
    }
}
