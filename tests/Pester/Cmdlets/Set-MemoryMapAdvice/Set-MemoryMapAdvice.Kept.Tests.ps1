BeforeAll {
    . $PSScriptRoot/../../Support/Preamble.ps1
    . $PSScriptRoot/../../Support/Cache.ps1
}

Describe 'Set-MemoryMapAdvice' {
    AfterEach {
        Get-MemoryMap | Remove-MemoryMap
    }

    Context 'advice that the kernel shows in its flags' {
        BeforeEach {
            Skip-OutsideLinux 'VmFlags'
        }

        It '<advice> sets <flag>' -ForEach @(
            @{ Advice = 'Random'; Flag = 'rr' }
            @{ Advice = 'Sequential'; Flag = 'sr' }
            @{ Advice = 'DontDump'; Flag = 'dd' }
            @{ Advice = 'DontFork'; Flag = 'dc' }
            @{ Advice = 'WipeOnFork'; Flag = 'wf' }
            @{ Advice = 'HugePage'; Flag = 'hg' }
            @{ Advice = 'NoHugePage'; Flag = 'nh' }
            @{ Advice = 'Mergeable'; Flag = 'mg' }
        ) {
            $supported = (Set-MemoryMapAdvice -TestSupport | Where-Object Advice -EQ $Advice).Supported
            if (-not $supported) {
                Set-ItResult -Skipped -Because "this kernel does not know $Advice"
            }

            $map = New-MemoryMap -Anonymous -Length (16 * $page)
            (Get-MapEntry $map.Address).VmFlags | Should -Not -Contain $Flag
            $map | Set-MemoryMapAdvice -Advice $Advice
            (Get-MapEntry $map.Address).VmFlags | Should -Contain $Flag
        }

        It '<undo> ends <advice>' -ForEach @(
            @{ Advice = 'Random'; Undo = 'Normal'; Flag = 'rr' }
            @{ Advice = 'DontDump'; Undo = 'DoDump'; Flag = 'dd' }
            @{ Advice = 'DontFork'; Undo = 'DoFork'; Flag = 'dc' }
            @{ Advice = 'WipeOnFork'; Undo = 'KeepOnFork'; Flag = 'wf' }
        ) {
            $map = New-MemoryMap -Anonymous -Length (16 * $page) -Advice $Advice
            (Get-MapEntry $map.Address).VmFlags | Should -Contain $Flag
            Set-MemoryMapAdvice $map $Undo
            (Get-MapEntry $map.Address).VmFlags | Should -Not -Contain $Flag
        }

        It 'reaches just the pages that hold a range' {
            $map = New-MemoryMap (New-TestFile -Size (8 * $page))
            Set-MemoryMapAdvice $map DontDump -Offset ($page + 1) -Length $page
            (Get-MapEntry $map.Address).VmFlags | Should -Not -Contain 'dd'
            foreach ($at in 1, 2) {
                (Get-MapEntry ($map.Address + $at * $page)).VmFlags | Should -Contain 'dd' -Because "page $at"
            }

            (Get-MapEntry ($map.Address + 3 * $page)).VmFlags | Should -Not -Contain 'dd'
        }

        It 'says in a verbose line that it rounded outwards' {
            $map = New-MemoryMap (New-TestFile -Size (8 * $page))
            $said = @(Set-MemoryMapAdvice $map DontDump -Offset ($page + 1) -Length $page -Verbose 4>&1 | Where-Object { $_.Message -notlike 'madvise(*' })
            $said.Count | Should -Be 1
            $said[0].Message | Should -BeLike "*offset $($page + 1) with length $page*offset $page with length $(2 * $page)*"
        }

        It 'says nothing if nothing was rounded' {
            $map = New-MemoryMap (New-TestFile -Size (8 * $page))
            @(Set-MemoryMapAdvice $map DontDump -Offset $page -Length $page -Verbose 4>&1 | Where-Object { $_.Message -notlike 'madvise(*' }).Count | Should -Be 0
            @(Set-MemoryMapAdvice $map DontDump -Verbose 4>&1 | Where-Object { $_.Message -notlike 'madvise(*' }).Count | Should -Be 0
        }
    }

    Context 'pages' {
        BeforeEach {
            Skip-OnMacOS 'it has advice of its own, tested in Contracts/MacOS.Tests.ps1'
        }

        It 'brings a file''s pages in with PopulateRead' {
            # Random keeps the Linux kernel from reading ahead.
            $map = New-MemoryMap (New-TestFile -Size (32 * $page)) -Protection Read
            if ($IsLinux) {
                Set-MemoryMapAdvice $map Random
            }

            (Measure-MemoryMap $map).ResidentPages | Should -Be 0
            Set-MemoryMapAdvice $map PopulateRead -Offset (8 * $page) -Length (4 * $page)
            Skip-OnWindows -Wine 'the kernel below wine maps neighbours of a page too'
            (Measure-MemoryMap $map).ResidentRange.ToString() | Should -BeExactly "$(8 * $page)+$(4 * $page)"
        }

        It 'makes anonymous pages with PopulateWrite' {
            Skip-OnWindows 'no call makes pages ready to be written there'
            $map = New-MemoryMap -Anonymous -Length (32 * $page)
            Set-MemoryMapAdvice $map PopulateWrite -Length (5 * $page)
            (Measure-MemoryMap $map).ResidentPages | Should -BeGreaterOrEqual 5
        }

        It 'starts to read in with WillNeed, however much it is' {
            Skip-WithoutProgram vmtouch
            $path = New-RandomFile 24MB
            Clear-Cache $path
            $map = New-MemoryMap $path -Protection Read
            Set-MemoryMapAdvice $map WillNeed
            Wait-Until { (Measure-MemoryMap $map).Percent -gt 99 } | Should -BeTrue
        }

        It 'loses nothing of a shared file with DontNeed, and needs no -Force for it' {
            $path = New-TestFile -Size (4 * $page)
            $map = New-MemoryMap $path
            Write-MappedByte $map -Value 'stay' -Offset $page
            Set-MemoryMapAdvice $map DontNeed
            Read-MappedByte $map -Offset $page -Length 4 -Encoding ascii | Should -BeExactly 'stay'
        }

        It 'says what cannot be read in' {
            Skip-OnWindows 'no mapped file is truncated there'
            $path = New-TestFile -Size (8 * $page)
            $map = New-MemoryMap $path
            Set-Content $path 'x' -NoNewline
            { Set-MemoryMapAdvice $map PopulateRead } | Should -Throw -ErrorId 'PageFault,*'
        }
    }

    Context 'harmless advice' {
        BeforeEach {
            Skip-OnMacOS 'it has advice of its own, tested in Contracts/MacOS.Tests.ps1'
        }

        It 'does nothing with -WhatIf' {
            Skip-OutsideLinux 'VmFlags'
            $map = New-MemoryMap -Anonymous -Length (4 * $page)
            Set-MemoryMapAdvice $map DontDump -WhatIf
            (Get-MapEntry $map.Address).VmFlags | Should -Not -Contain 'dd'
        }

        It 'does nothing where $WhatIfPreference says so' {
            Skip-OutsideLinux 'VmFlags'
            $map = New-MemoryMap -Anonymous -Length (4 * $page)
            & {
                $WhatIfPreference = $true
                Set-MemoryMapAdvice $map DontDump
            }

            (Get-MapEntry $map.Address).VmFlags | Should -Not -Contain 'dd'
        }

        It 'emits nothing, or the region itself with -PassThru' {
            $map = New-MemoryMap (New-TestFile 'abc')
            $map | Set-MemoryMapAdvice -Advice WillNeed | Should -HaveCount 0
            $result = @($map | Set-MemoryMapAdvice -Advice WillNeed -PassThru)
            $result.Count | Should -Be 1
            [object]::ReferenceEquals($result[0], $map) | Should -BeTrue
        }

        It 'advises the open file too, which most reads go to' {
            Skip-OutsideLinux 'madvise'
            $path = New-TestFile -Size 1MB
            $calls = Invoke-TracedChild -Calls madvise, fadvise64 -Environment @{ TARGET = $path } -Script @'
                $map = New-MemoryMap $env:TARGET
                Set-MemoryMapAdvice $map Random
                Set-MemoryMapAdvice $map NoReuse
'@
            Skip-WithoutTrace
            $calls -match 'madvise\(0x[0-9a-f]+, 1048576, MADV_RANDOM\) += 0' | Should -HaveCount 1
            $calls -match 'fadvise64\(\d+, 0, 1048576, POSIX_FADV_RANDOM\) += 0' | Should -HaveCount 1
            $calls -match 'fadvise64\(\d+, 0, 1048576, POSIX_FADV_NOREUSE\) += 0' | Should -HaveCount 1
        }
    }
}
