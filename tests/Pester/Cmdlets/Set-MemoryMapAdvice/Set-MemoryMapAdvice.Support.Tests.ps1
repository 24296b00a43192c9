BeforeAll {
    . $PSScriptRoot/../../Support/Preamble.ps1
}

Describe 'Set-MemoryMapAdvice' {
    AfterEach {
        Get-MemoryMap | Remove-MemoryMap
    }

    Context 'what the system knows' {
        BeforeEach {
            Skip-OnMacOS 'it has advice of its own, tested in Contracts/MacOS.Tests.ps1'
        }

        It 'answers for every advice' {
            $answers = @(Set-MemoryMapAdvice -TestSupport)
            $answers.Advice | Should -Be ([Enum]::GetValues([MmapPS.MemoryAdvice]))
            $answers | ForEach-Object { $_ | Should -BeOfType ([MmapPS.MemoryAdviceSupport]) }
            $known = if ($IsWindows) { 'WillNeed', 'DontNeed', 'PopulateRead' }
            else { 'Normal', 'Random', 'Sequential', 'WillNeed', 'DontNeed', 'DontFork', 'Evict' }
            foreach ($advice in $known) {
                ($answers | Where-Object Advice -EQ $advice).Supported | Should -BeTrue -Because $advice
            }
        }

        It 'asks the kernel, with no memory at all' {
            Skip-OutsideLinux 'madvise'
            $calls = Invoke-TracedChild -Calls madvise, fadvise64 -Script '$null = Set-MemoryMapAdvice -TestSupport'
            Skip-WithoutTrace
            $calls -match 'madvise\(NULL, 0, ' | Should -HaveCount 25
        }

        It 'says that a kernel does not know an advice' {
            Skip-OutsideLinux 'madvise'
            # strace simulates a kernel that refuses.
            Skip-WithoutTrace
            $child = Invoke-Hazard -Wrapper (Get-TraceWrapper madvise /dev/null 'madvise:error=EINVAL') -Script @'
Show 'given' { New-MemoryMap -Anonymous -Length 4096 | Set-MemoryMapAdvice -Advice Cold }
Show 'known' { (Set-MemoryMapAdvice -TestSupport | Where-Object Advice -EQ Cold).Supported }
'@
            $child.Said['given'] | Should -BeLike '!NotSupported *Linux*Cold*'
            $child.Said['known'] | Should -BeExactly 'False'
        }

        It 'says that a kind of memory does not take an advice' {
            { Set-MemoryMapAdvice (New-MemoryMap (New-TestFile -Size $page)) Free -Force -Confirm:$false } |
                Should -Throw '*Free*private anonymous*' -ErrorId 'NotSupported,*'
        }

        It 'says that it must ask and the question cannot be answered' {
            Skip-OnWindows 'its console does not take an empty standard input for one' -Wine
            $script = 'Import-Module $env:MMAPPS_MODULE; $map = New-MemoryMap -Anonymous -Length 8192; $map[0] = 7
                try { Set-MemoryMapAdvice $map Remove -Force } catch { $_ }
                $Error[0].FullyQualifiedErrorId; "first byte $($map[0])"; $map | Clear-MappedByte -Confirm; $Error[0].FullyQualifiedErrorId
                1 | Write-MappedByte $map -Confirm; $Error[0].FullyQualifiedErrorId'
            $child = Invoke-Program (@(Get-PowerShellCommand) + '-NoProfile', '-Command', $script)
            $child.Output | Should -Match 'NotSupported,MmapPS.Commands.SetMemoryMapAdviceCommand'
            $child.Output | Should -Match 'NotSupported,MmapPS.Commands.ClearMappedByteCommand'
            $child.Output | Should -Match 'NotSupported,MmapPS.Commands.WriteMappedByteCommand'
            $child.Output | Should -Match 'first byte 7'
        }

        It 'says that <advice> is not for mapped memory' -ForEach @(
            @{ Advice = 'Evict'; Make = { New-MemoryMap (New-TestFile 'abc') } }
            @{ Advice = 'NoReuse'; Make = { New-MemoryMap -Anonymous -Length 100 } }
        ) {
            { Set-MemoryMapAdvice (& $Make) $Advice } | Should -Throw "*$Advice*" -ErrorId 'NotSupported,*'
        }
    }

    Context 'errors' {
        It 'does nothing for an empty range' {
            $map = New-MemoryMap (New-TestFile 'abc')
            Set-MemoryMapAdvice $map Random -Length 0 -ErrorVariable problems -WarningVariable warnings
            Set-MemoryMapAdvice (New-MemoryMap (New-TestFile -Size 0)) Random -ErrorVariable +problems -WarningVariable +warnings
            $problems | Should -BeNullOrEmpty
            $warnings | Should -BeNullOrEmpty
        }

        It 'refuses a region that was removed' {
            $map = New-MemoryMap (New-TestFile 'abc')
            Remove-MemoryMap $map
            { Set-MemoryMapAdvice $map Random } | Should -Throw -ErrorId 'RegionClosed,*'
        }

        It 'refuses an advice that there is not' {
            { Set-MemoryMapAdvice (New-MemoryMap (New-TestFile 'abc')) Nonsense } | Should -Throw '*Nonsense*'
        }
    }

    Context 'New-MemoryMap -Advice' {
        BeforeEach {
            Skip-OnMacOS 'it has advice of its own, tested in Contracts/MacOS.Tests.ps1'
        }

        It 'gives several' {
            Skip-OutsideLinux 'VmFlags'
            $map = New-MemoryMap -Anonymous -Length (4 * $page) -Advice DontDump, DontFork
            (Get-MapEntry $map.Address).VmFlags | Should -Contain 'dd'
            (Get-MapEntry $map.Address).VmFlags | Should -Contain 'dc'
        }

        It 'maps nothing if an advice is refused, and does not change the file' {
            $path = Join-Path $TestDrive 'refused.bin'
            { New-MemoryMap $path -Create -Length $page -Advice WipeOnFork } | Should -Throw -ErrorId 'NotSupported,*'
            $path | Should -Not -Exist
            Get-MemoryMap | Should -BeNullOrEmpty
            Get-MapCount $path | Should -Be 0
        }

        It 'puts a file that it made longer back' {
            $path = New-TestFile 'abc'
            { New-MemoryMap $path -Extend -Length $page -Advice WipeOnFork } | Should -Throw -ErrorId 'NotSupported,*'
            Get-FileText $path | Should -BeExactly 'abc'
        }

        It 'refuses advice that loses bytes' {
            $path = New-TestFile 'abc'
            { New-MemoryMap $path -Advice Remove } | Should -Throw '*Set-MemoryMapAdvice -Force*' -ErrorId 'NotWritable,*'
            Get-FileText $path | Should -BeExactly 'abc'
        }
    }
}
