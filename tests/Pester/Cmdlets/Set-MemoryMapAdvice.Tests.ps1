BeforeAll {
    . $PSScriptRoot/../Support/Module.ps1
    . $PSScriptRoot/../Support/Errors.ps1
    . $PSScriptRoot/../Support/Child.ps1
    . $PSScriptRoot/../Support/Files.ps1
    . $PSScriptRoot/../Support/Kernel.ps1
    . $PSScriptRoot/../Support/Cache.ps1

    $page = [Environment]::SystemPageSize

    function New-Bytes([int] $Count) {
        $bytes = [byte[]]::new($Count)
        [Array]::Fill($bytes, [byte]7)
        $bytes
    }

    # Where a region's bytes are zero, as 'first-last' page by page.
    function Get-ZeroPage($Region) {
        for ($i = 0; $i * $page -lt $Region.Length; $i++) {
            $bytes = $Region.Read($i * $page, [Math]::Min($page, $Region.Length - $i * $page))
            if ([Array]::TrueForAll[byte]($bytes, { param($byte) $byte -eq 0 })) {
                $i
            }
        }
    }
}

AfterAll {
    Get-MemoryMap | Remove-MemoryMap
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
            $said = @(Set-MemoryMapAdvice $map DontDump -Offset ($page + 1) -Length $page -Verbose 4>&1)
            $said.Count | Should -Be 1
            $said[0].Message | Should -BeLike "*offset $($page + 1) with length $page*offset $page with length $(2 * $page)*"
        }

        It 'says nothing where there was nothing to round' {
            $map = New-MemoryMap (New-TestFile -Size (8 * $page))
            @(Set-MemoryMapAdvice $map DontDump -Offset $page -Length $page -Verbose 4>&1).Count | Should -Be 0
            @(Set-MemoryMapAdvice $map DontDump -Verbose 4>&1).Count | Should -Be 0
        }
    }

    Context 'pages' {
        BeforeEach {
            Skip-OnMacOS 'it has advice of its own, tested in Contracts/MacOS.Tests.ps1'
        }

        It 'brings a file''s pages in with PopulateRead' {
            # Random keeps the kernel of Linux from reading more than it is asked for.
            $map = New-MemoryMap (New-TestFile -Size (32 * $page)) -Protection Read
            if ([OperatingSystem]::IsLinux()) {
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
            [IO.File]::WriteAllText($path, 'x')
            (Get-ErrorOf { Set-MemoryMapAdvice $map PopulateRead }).Id | Should -Be 'PageFault'
        }
    }

    Context 'advice that loses bytes' {
        BeforeEach {
            Skip-OnMacOS 'it has advice of its own, tested in Contracts/MacOS.Tests.ps1'
        }

        It 'refuses <advice> on <what> without -Force, and does nothing' -ForEach @(
            @{ Advice = 'DontNeed'; What = 'private memory'; Make = { New-MemoryMap -Anonymous -Length (4 * $page) } }
            @{ Advice = 'Free'; What = 'private memory'; Make = { New-MemoryMap -Anonymous -Length (4 * $page) } }
            @{ Advice = 'DontNeed'; What = 'a private file'; Make = { New-MemoryMap (New-TestFile -Size (4 * $page)) -Sharing Private } }
            @{ Advice = 'Remove'; What = 'a shared file'; Make = { New-MemoryMap (New-TestFile -Size (4 * $page)) } }
        ) {
            $map = & $Make
            Write-MappedByte $map -Value (New-Bytes (4 * $page))
            $problem = Get-ErrorOf { Set-MemoryMapAdvice $map $Advice -Confirm:$false }
            $problem.Id | Should -Be 'NotWritable'
            $problem.Message | Should -BeLike "*$Advice*$(4 * $page) bytes*would lose*-Force*"
            @(Get-ZeroPage $map).Count | Should -Be 0
        }

        It 'does <advice> with -Force' -ForEach @(
            @{ Advice = 'DontNeed'; Make = { New-MemoryMap -Anonymous -Length (4 * $page) } }
            @{ Advice = 'Remove'; Make = { New-MemoryMap (New-TestFile -Size (4 * $page)) } }
            @{ Advice = 'Remove'; Make = { New-MemoryMap -Anonymous -Sharing Shared -Length (4 * $page) } }
        ) {
            Skip-OnWindows 'no call takes pages away for good there'
            $map = & $Make
            Write-MappedByte $map -Value (New-Bytes (4 * $page))
            Set-MemoryMapAdvice $map $Advice -Force -Confirm:$false
            Get-ZeroPage $map | Should -Be @(0, 1, 2, 3)
        }

        It 'brings the file''s bytes back into a private mapping' {
            Skip-OnWindows 'no call takes pages away for good there'
            $path = New-TestFile
            [IO.File]::WriteAllText($path, 'abcdef')
            $map = New-MemoryMap $path -Sharing Private
            Write-MappedByte $map -Value 'XYZ'
            Set-MemoryMapAdvice $map DontNeed -Force -Confirm:$false
            Read-MappedByte $map -Encoding ascii | Should -BeExactly 'abcdef'
        }

        It 'gives the file''s storage back with Remove' {
            Skip-OnWindows 'no call takes pages away for good there'
            $path = New-RandomFile (64 * $page)
            $null = Invoke-Program 'sync', $path
            $before = Get-AllocatedSize $path
            Set-MemoryMapAdvice (New-MemoryMap $path) Remove -Offset (8 * $page) -Length (32 * $page) -Force -Confirm:$false
            Get-AllocatedSize $path | Should -Be ($before - 32 * $page)
            [IO.FileInfo]::new($path).Length | Should -Be (64 * $page)
        }

        It 'takes Free' {
            $map = New-MemoryMap -Anonymous -Length (4 * $page)
            Set-MemoryMapAdvice $map Free -Force -Confirm:$false -ErrorVariable problems
            @($problems).Count | Should -Be 0
        }

        It 'rounds inwards: <advice> of <count> pages'' bytes from byte <from> on reaches pages <pages>' -ForEach @(
            @{ Advice = 'DontNeed'; From = 1; Count = 3; Pages = @(1, 2) }
            @{ Advice = 'DontNeed'; From = 0; Count = 1; Pages = @(0) }
            @{ Advice = 'DontNeed'; From = 1; Count = 1; Pages = @() }
            @{ Advice = 'Remove'; From = 1; Count = 3; Pages = @(1, 2) }
            @{ Advice = 'Remove'; From = 0; Count = 1; Pages = @(0) }
            @{ Advice = 'Remove'; From = 1; Count = 1; Pages = @() }
        ) {
            Skip-OnWindows 'no call takes pages away for good there'
            $map = if ($Advice -eq 'Remove') { New-MemoryMap (New-TestFile -Size (5 * $page)) } else { New-MemoryMap -Anonymous -Length (5 * $page) }
            Write-MappedByte $map -Value (New-Bytes (5 * $page))
            Set-MemoryMapAdvice $map $Advice -Offset $From -Length ($Count * $page) -Force -Confirm:$false -WarningAction SilentlyContinue
            @(Get-ZeroPage $map) -join ' ' | Should -BeExactly ($Pages -join ' ')
        }

        It 'never touches bytes of the file outside of the region' {
            Skip-OnWindows 'no call takes pages away for good there'
            $path = New-TestFile -Size (4 * $page)
            [IO.File]::WriteAllBytes($path, (New-Bytes (4 * $page)))
            $map = New-MemoryMap $path -Offset 100 -Length (2 * $page)
            Set-MemoryMapAdvice $map Remove -Force -Confirm:$false
            $bytes = Get-FileByte $path
            $bytes[$page - 1] | Should -Be 7
            $bytes[$page] | Should -Be 0
            $bytes[2 * $page - 1] | Should -Be 0
            $bytes[2 * $page] | Should -Be 7
        }

        It 'reaches the last page of a file whose length is no multiple of pages' {
            Skip-OnWindows 'no call takes pages away for good there'
            $path = New-TestFile
            [IO.File]::WriteAllBytes($path, (New-Bytes ($page + 10)))
            Set-MemoryMapAdvice (New-MemoryMap $path) Remove -Force -Confirm:$false
            [Array]::TrueForAll[byte]((Get-FileByte $path), { param($byte) $byte -eq 0 }) | Should -BeTrue
            [IO.FileInfo]::new($path).Length | Should -Be ($page + 10)
        }

        It 'reaches all of a small private region' {
            Skip-OnWindows 'no call takes pages away for good there'
            $map = New-MemoryMap -Anonymous -Length 100
            Write-MappedByte $map -Value (New-Bytes 100)
            Set-MemoryMapAdvice $map DontNeed -Force -Confirm:$false
            Get-ZeroPage $map | Should -Be @(0)
        }

        It 'warns where the range has no whole page' {
            $map = New-MemoryMap -Anonymous -Length (4 * $page)
            Set-MemoryMapAdvice $map DontNeed -Offset 1 -Length 10 -Force -Confirm:$false -WarningVariable warnings -WarningAction SilentlyContinue
            @($warnings).Count | Should -Be 1
            $warnings[0].Message | Should -BeLike '*no whole page*'
        }

        It 'does nothing with -WhatIf' {
            $map = New-MemoryMap -Anonymous -Length (4 * $page)
            Write-MappedByte $map -Value (New-Bytes (4 * $page))
            Set-MemoryMapAdvice $map DontNeed -Force -WhatIf
            @(Get-ZeroPage $map).Count | Should -Be 0
        }

        It 'asks before it loses bytes, as its ConfirmImpact is High' {
            $attribute = [Reflection.CustomAttributeExtensions]::GetCustomAttribute(
                (Get-Command Set-MemoryMapAdvice).ImplementingType, [Management.Automation.CmdletAttribute], $false)
            $attribute.ConfirmImpact | Should -Be 'High'
            $attribute.SupportsShouldProcess | Should -BeTrue

            # Nobody is there to answer in a host that is not interactive.
            $child = Invoke-Child -Script @'
                $map = New-MemoryMap -Anonymous -Length 4096
                $map[0] = 7
                try { Set-MemoryMapAdvice $map DontNeed -Force -ErrorAction Stop } catch { }
                [Console]::WriteLine("still $($map[0])")
                Set-MemoryMapAdvice $map WillNeed
                [Console]::WriteLine('unasked')
'@
            $child.Output | Should -BeLike '*still 7*unasked*'
        }

        It 'does not write through a region for reading' {
            $map = New-MemoryMap (New-TestFile -Size (4 * $page)) -Protection Read
            $problem = Get-ErrorOf { Set-MemoryMapAdvice $map Remove -Force -Confirm:$false }
            $problem.Id | Should -Be 'NotWritable'
            $problem.Message | Should -BeLike '*-Protection Read*'
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
            @($map | Set-MemoryMapAdvice -Advice WillNeed).Count | Should -Be 0
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
            @($calls -match 'madvise\(0x[0-9a-f]+, 1048576, MADV_RANDOM\) += 0').Count | Should -Be 1
            @($calls -match 'fadvise64\(\d+, 0, 1048576, POSIX_FADV_RANDOM\) += 0').Count | Should -Be 1
            @($calls -match 'fadvise64\(\d+, 0, 1048576, POSIX_FADV_NOREUSE\) += 0').Count | Should -Be 1
        }
    }

    Context 'paths' {
        BeforeEach {
            Skip-OnMacOS 'it has advice of its own, tested in Contracts/MacOS.Tests.ps1'
            $path = New-RandomFile (64 * $page)
        }

        It 'evicts a file, dirty pages and all' {
            Skip-OnWindows 'no call drops a file''s pages there, or tells which are in memory'
            Set-MemoryMapAdvice -Path $path -Advice Evict
            if ((Invoke-Program 'stat', '-f', '-c', '%T', $path).Output.Trim() -in 'tmpfs', 'ramfs') {
                Set-ItResult -Skipped -Because 'the test folder is on a file system without storage, which has nowhere to evict to'
            }

            (Measure-MemoryMap $path).Resident | Should -Be 0
            if (Test-Program vmtouch) {
                Get-CachedSize $path | Should -Be 0
            }
        }

        It 'keeps the bytes of an evicted file' {
            Skip-OnWindows 'no call drops a file''s pages there, or tells which are in memory'
            $before = Get-Sha256 (Get-FileByte $path)
            Set-MemoryMapAdvice $path Evict
            Get-Sha256 (Get-FileByte $path) | Should -BeExactly $before
        }

        It 'evicts a range' {
            Skip-OnWindows 'no call drops a file''s pages there, or tells which are in memory'
            Set-MemoryMapAdvice $path Evict -Offset (16 * $page) -Length (16 * $page) -WarningVariable warnings -WarningAction SilentlyContinue
            $usage = Measure-MemoryMap $path
            if (@($warnings).Count -eq 0) {
                $usage.Resident | Should -BeLessOrEqual (48 * $page)
            }

            # What is outside of the range stays.
            $usage.ResidentRange[0].Offset | Should -Be 0
            $usage.ResidentRange[0].Length | Should -BeGreaterOrEqual (16 * $page)
        }

        It 'warns about pages that stay because they are mapped' {
            Skip-OnWindows 'no call drops a file''s pages there, or tells which are in memory'
            $map = New-MemoryMap $path -Advice PopulateRead
            Set-MemoryMapAdvice -Path $path -Advice Evict -WarningVariable warnings -WarningAction SilentlyContinue
            @($warnings).Count | Should -Be 1
            $warnings[0].Message | Should -BeLike "*$($map.Length) bytes of $path are still in memory*mapped*"
        }

        It 'reads a file in with PopulateRead' {
            Skip-OnWindows 'no call drops a file''s pages there, or tells which are in memory'
            Set-MemoryMapAdvice $path Evict
            Set-MemoryMapAdvice $path PopulateRead
            (Measure-MemoryMap $path).Percent | Should -Be 100
        }

        It 'reads in what was asked for and no more' {
            Skip-OnWindows 'no call drops a file''s pages there, or tells which are in memory'
            $range = "$(4 * $page)+$(2 * $page),$(40 * $page)+$page"
            Set-MemoryMapAdvice $path Evict
            if ((Measure-MemoryMap $path).Resident) {
                Set-ItResult -Skipped -Because 'this file system does not evict'
            }

            Set-MemoryMapAdvice $path PopulateRead -Range $range
            (Measure-MemoryMap $path).ResidentRange.ToString() | Should -BeExactly $range
        }

        It 'starts to read in with WillNeed' {
            Skip-OnWindows 'no call drops a file''s pages there, or tells which are in memory'
            Set-MemoryMapAdvice $path Evict
            Set-MemoryMapAdvice $path WillNeed
            Wait-Until { (Measure-MemoryMap $path).Percent -eq 100 } | Should -BeTrue
        }

        It 'restores what Measure-MemoryMap saw, <way>' -ForEach @(
            @{ Way = 'by its output'; Convert = { $_ } }
            @{ Way = 'by its output that went through CLIXML'; Convert = {
                    [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($_, 2)) } }
            @{ Way = 'by its output that went through shallow CLIXML'; Convert = {
                    [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($_, 1)) } }
            @{ Way = 'by text, as CSV has it'; Convert = {
                    [pscustomobject]@{ Path = $_.Path; ResidentRange = $_.ResidentRange.ToString() } } }
            @{ Way = 'by lists of objects, as JSON has it'; Convert = {
                    [pscustomobject]@{
                        Path = $_.Path
                        Range = @($_.ResidentRange | ForEach-Object { [pscustomobject]@{ Offset = $_.Offset; Length = $_.Length } })
                    } } }
            @{ Way = 'by lists of hashtables'; Convert = {
                    [pscustomobject]@{
                        LiteralPath = $_.Path
                        Range = @($_.ResidentRange | ForEach-Object { @{ Offset = $_.Offset; Length = $_.Length } })
                    } } }
        ) {
            Skip-OnWindows 'no call drops a file''s pages there, or tells which are in memory'
            Set-MemoryMapAdvice $path Evict
            if ((Measure-MemoryMap $path).Resident) {
                Set-ItResult -Skipped -Because 'this file system does not evict'
            }

            Set-MemoryMapAdvice $path PopulateRead -Range "0+$page,$(30 * $page)+$(4 * $page)"
            $saved = Measure-MemoryMap $path | ForEach-Object $Convert
            Set-MemoryMapAdvice $path Evict
            $saved | Set-MemoryMapAdvice -Advice PopulateRead -ErrorAction Stop
            (Measure-MemoryMap $path).ResidentRange.ToString() | Should -BeExactly "0+$page,$(30 * $page)+$(4 * $page)"
        }

        It 'restores nothing where nothing was resident' {
            Skip-OnWindows 'no call drops a file''s pages there, or tells which are in memory'
            Set-MemoryMapAdvice $path Evict
            [pscustomobject]@{ Path = $path; ResidentRange = '' } | Set-MemoryMapAdvice -Advice PopulateRead -ErrorVariable problems
            @($problems).Count | Should -Be 0
        }

        It 'takes wildcards, literal paths and files from the pipeline' {
            $odd = New-TestFile 'abc' -Name 'odd[2].bin'
            Set-MemoryMapAdvice -LiteralPath $odd -Advice PopulateRead -ErrorVariable problems
            [IO.FileInfo]::new($odd) | Set-MemoryMapAdvice -Advice WillNeed -ErrorVariable +problems
            Set-MemoryMapAdvice -Path "$TestDrive/odd*.bin" -Advice WillNeed -ErrorVariable +problems
            @($problems).Count | Should -Be 0
        }

        It 'does nothing with -WhatIf' {
            Skip-OnWindows 'no call drops a file''s pages there, or tells which are in memory'
            Set-MemoryMapAdvice $path Evict -WhatIf
            (Measure-MemoryMap $path).Percent | Should -Be 100
        }

        It 'refuses <advice>, which would end with the command' -ForEach @(
            @{ Advice = 'Normal' }, @{ Advice = 'Random' }, @{ Advice = 'Sequential' }, @{ Advice = 'NoReuse' }
            @{ Advice = 'DontNeed' }, @{ Advice = 'HugePage' }
        ) {
            $problem = Get-ErrorOf { Set-MemoryMapAdvice -Path $path -Advice $Advice }
            $problem.Id | Should -Be 'NotSupported'
            $problem.Message | Should -BeLike "*$Advice*$path*Map the file*"
        }

        It 'refuses a range outside of the file: <why>' -ForEach @(
            @{ Why = 'offset'; Arguments = @{ Offset = 1GB } }
            @{ Why = 'length'; Arguments = @{ Offset = 1; Length = [long]::MaxValue } }
            @{ Why = 'negative'; Arguments = @{ Offset = -1 } }
            @{ Why = 'the second range'; Arguments = @{ Range = '0+1,1073741824+1' } }
            @{ Why = 'both ways'; Arguments = @{ Range = '0+1'; Length = 1 } }
        ) {
            (Get-ErrorOf { Set-MemoryMapAdvice -Path $path -Advice WillNeed @Arguments }).Id | Should -Be 'OutOfRange'
        }

        It 'refuses what is no range' {
            { Set-MemoryMapAdvice -Path $path -Advice WillNeed -Range 'x' } | Should -Throw '*0+8192*'
            { Set-MemoryMapAdvice -Path $path -Advice WillNeed -Range ([pscustomobject]@{ Offset = 1 }) } | Should -Throw '*0+8192*'
            { Set-MemoryMapAdvice -Path $path -Advice WillNeed -Range $null } | Should -Throw '*0+8192*'
            { Set-MemoryMapAdvice -Path $path -Advice WillNeed -Range @('0+1', $null) } | Should -Throw '*0+8192*'
            { Set-MemoryMapAdvice -Path $path -Advice WillNeed -Range @{ Offset = -1; Length = 1 } } | Should -Throw
        }

        It 'says that a file is missing, and goes on' {
            $none = [IO.Path]::Combine($TestDrive, 'none.bin')
            Set-MemoryMapAdvice -LiteralPath $none, $path -Advice WillNeed -ErrorAction SilentlyContinue -ErrorVariable problems
            @($problems).Count | Should -Be 1
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'FileNotFound,*'
        }
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
