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
            $known = if ([OperatingSystem]::IsWindows()) { 'WillNeed', 'DontNeed', 'PopulateRead' }
            else { 'Normal', 'Random', 'Sequential', 'WillNeed', 'DontNeed', 'DontFork', 'Evict' }
            foreach ($advice in $known) {
                ($answers | Where-Object Advice -EQ $advice).Supported | Should -BeTrue -Because $advice
            }
        }

        It 'asks the kernel, with no memory at all' {
            Skip-OutsideLinux 'madvise'
            $calls = Invoke-TracedChild -Calls madvise, fadvise64 -Script '$null = Set-MemoryMapAdvice -TestSupport'
            Skip-WithoutTrace
            @($calls -match 'madvise\(NULL, 0, ').Count | Should -Be 22
        }

        It 'says that a kernel does not know an advice' {
            Skip-OutsideLinux 'madvise'
            # strace plays a kernel that refuses.
            Skip-WithoutTrace
            $map = 'New-MemoryMap -Anonymous -Length 4096'
            $child = Invoke-Child -Wrapper 'strace', '-f', '-o', '/dev/null', '-e', 'trace=madvise', '-e', 'inject=madvise:error=EINVAL' -Script @"
                try { $map | Set-MemoryMapAdvice -Advice Cold -ErrorAction Stop }
                catch { [Console]::WriteLine(`$_.FullyQualifiedErrorId.Split(',')[0] + ' ' + `$_.Exception.Message) }
                [Console]::WriteLine((Set-MemoryMapAdvice -TestSupport | Where-Object Advice -EQ Cold).Supported)
"@
            $child.Output | Should -BeLike 'NotSupported *Cold*Linux*False*'
        }

        It 'says that a kind of memory does not take an advice' {
            $problem = Get-ErrorOf { Set-MemoryMapAdvice (New-MemoryMap (New-TestFile -Size $page)) Free -Force -Confirm:$false }
            $problem.Id | Should -Be 'NotSupported'
            $problem.Message | Should -BeLike '*Free*private anonymous*'
        }

        It 'says that <advice> is not for mapped memory' -ForEach @(
            @{ Advice = 'Evict'; Make = { New-MemoryMap (New-TestFile 'abc') } }
            @{ Advice = 'NoReuse'; Make = { New-MemoryMap -Anonymous -Length 100 } }
        ) {
            $problem = Get-ErrorOf { Set-MemoryMapAdvice (& $Make) $Advice }
            $problem.Id | Should -Be 'NotSupported'
            $problem.Message | Should -BeLike "*$Advice*"
        }
    }

    Context 'errors' {
        It 'refuses offset <offset> with length <length>' -ForEach @(
            @{ Offset = 4; Length = 0 }
            @{ Offset = 3; Length = 1 }
            @{ Offset = -1; Length = 1 }
            @{ Offset = 0; Length = -1 }
            @{ Offset = 1; Length = [long]::MaxValue }
            @{ Offset = [long]::MaxValue; Length = 2 }
        ) {
            $map = New-MemoryMap (New-TestFile 'abc')
            (Get-ErrorOf { Set-MemoryMapAdvice $map Random -Offset $Offset -Length $Length }).Id | Should -Be 'OutOfRange'
        }

        It 'does nothing for an empty range' {
            $map = New-MemoryMap (New-TestFile 'abc')
            Set-MemoryMapAdvice $map Random -Length 0 -ErrorVariable problems -WarningVariable warnings
            Set-MemoryMapAdvice (New-MemoryMap (New-TestFile -Size 0)) Random -ErrorVariable +problems -WarningVariable +warnings
            @($problems).Count | Should -Be 0
            @($warnings).Count | Should -Be 0
        }

        It 'refuses a region that was removed' {
            $map = New-MemoryMap (New-TestFile 'abc')
            Remove-MemoryMap $map
            (Get-ErrorOf { Set-MemoryMapAdvice $map Random }).Id | Should -Be 'RegionClosed'
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

        It 'maps nothing where an advice is refused, and leaves the file as it was' {
            $path = [IO.Path]::Combine($TestDrive, 'refused.bin')
            $problem = Get-ErrorOf { New-MemoryMap $path -Create -Length $page -Advice WipeOnFork }
            $problem.Id | Should -Be 'NotSupported'
            [IO.File]::Exists($path) | Should -BeFalse
            @(Get-MemoryMap).Count | Should -Be 0
            Get-MapCount $path | Should -Be 0
        }

        It 'puts a file that it made longer back' {
            $path = New-TestFile 'abc'
            (Get-ErrorOf { New-MemoryMap $path -Extend -Length $page -Advice WipeOnFork }).Id | Should -Be 'NotSupported'
            Get-FileText $path | Should -BeExactly 'abc'
        }

        It 'refuses advice that loses bytes' {
            $path = New-TestFile 'abc'
            $problem = Get-ErrorOf { New-MemoryMap $path -Advice Remove }
            $problem.Id | Should -Be 'NotWritable'
            $problem.Message | Should -BeLike '*Set-MemoryMapAdvice -Force*'
            Get-FileText $path | Should -BeExactly 'abc'
        }
    }
}
