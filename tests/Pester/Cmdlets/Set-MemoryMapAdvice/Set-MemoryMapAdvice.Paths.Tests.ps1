BeforeAll {
    . $PSScriptRoot/../../Support/Preamble.ps1
    . $PSScriptRoot/../../Support/Cache.ps1
}

Describe 'Set-MemoryMapAdvice' {
    AfterEach {
        Get-MemoryMap | Remove-MemoryMap
    }

    Context 'paths' {
        BeforeEach {
            Skip-OnMacOS 'it has advice of its own, tested in Contracts/MacOS.Tests.ps1'
            $path = New-RandomFile (64 * $page)
        }

        It 'evicts a file, dirty pages and all' {
            Skip-OnWindows 'no call drops a file''s pages there, or tells which are in memory'
            Set-MemoryMapAdvice -Path $path -Advice Evict
            if ((stat -f -c %T $path) -in 'tmpfs', 'ramfs') {
                Set-ItResult -Skipped -Because 'the test folder is on a file system without storage, which has nowhere to evict to'
            }

            (Measure-MemoryMap $path).Resident | Should -Be 0
            if (Test-Program vmtouch) {
                Get-CachedSize $path | Should -Be 0
            }
        }

        It 'keeps the bytes of an evicted file' {
            Skip-OnWindows 'no call drops a file''s pages there, or tells which are in memory'
            $before = Get-Content $path -AsByteStream -Raw
            Set-MemoryMapAdvice $path Evict
            Assert-Byte (Get-Content $path -AsByteStream -Raw) $before
        }

        It 'evicts a range' {
            Skip-OnWindows 'no call drops a file''s pages there, or tells which are in memory'
            Set-MemoryMapAdvice $path Evict -Offset (16 * $page) -Length (16 * $page) -WarningVariable warnings -WarningAction SilentlyContinue
            $usage = Measure-MemoryMap $path
            if (-not $warnings) {
                $usage.Resident | Should -BeLessOrEqual (48 * $page)
            }

            # Pages outside of the range stay.
            $usage.ResidentRange[0].Offset | Should -Be 0
            $usage.ResidentRange[0].Length | Should -BeGreaterOrEqual (16 * $page)
        }

        It 'warns about pages that stay because they are mapped' {
            Skip-OnWindows 'no call drops a file''s pages there, or tells which are in memory'
            $map = New-MemoryMap $path -Advice PopulateRead
            Set-MemoryMapAdvice -Path $path -Advice Evict -WarningVariable warnings -WarningAction SilentlyContinue
            $warnings | Should -HaveCount 1
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

        It 'restores nothing if nothing was resident' {
            Skip-OnWindows 'no call drops a file''s pages there, or tells which are in memory'
            Set-MemoryMapAdvice $path Evict
            [pscustomobject]@{ Path = $path; ResidentRange = '' } | Set-MemoryMapAdvice -Advice PopulateRead -ErrorVariable problems
            $problems | Should -BeNullOrEmpty
        }

        It 'takes wildcards, literal paths and files from the pipeline' {
            $odd = New-TestFile 'abc' -Name 'odd[2].bin'
            Set-MemoryMapAdvice -LiteralPath $odd -Advice PopulateRead -ErrorVariable problems
            Get-Item -LiteralPath $odd | Set-MemoryMapAdvice -Advice WillNeed -ErrorVariable +problems
            Set-MemoryMapAdvice -Path "$TestDrive/odd*.bin" -Advice WillNeed -ErrorVariable +problems
            $problems | Should -BeNullOrEmpty
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
            { Set-MemoryMapAdvice -Path $path -Advice $Advice } | Should -Throw "*$Advice*$path*Map the file*" -ErrorId 'NotSupported,*'
        }

        It 'refuses a range outside of the file: <why>' -ForEach @(
            @{ Why = 'offset'; Arguments = @{ Offset = 1GB } }
            @{ Why = 'length'; Arguments = @{ Offset = 1; Length = [long]::MaxValue } }
            @{ Why = 'negative'; Arguments = @{ Offset = -1 } }
            @{ Why = 'the second range'; Arguments = @{ Range = '0+1,1073741824+1' } }
            @{ Why = 'both ways'; Arguments = @{ Range = '0+1'; Length = 1 } }
        ) {
            { Set-MemoryMapAdvice -Path $path -Advice WillNeed @Arguments } | Should -Throw -ErrorId 'OutOfRange,*'
        }

        It 'refuses text that is not a range' {
            { Set-MemoryMapAdvice -Path $path -Advice WillNeed -Range 'x' } | Should -Throw '*0+8192*'
            { Set-MemoryMapAdvice -Path $path -Advice WillNeed -Range ([pscustomobject]@{ Offset = 1 }) } | Should -Throw '*0+8192*'
            { Set-MemoryMapAdvice -Path $path -Advice WillNeed -Range $null } | Should -Throw '*0+8192*'
            { Set-MemoryMapAdvice -Path $path -Advice WillNeed -Range @('0+1', $null) } | Should -Throw '*0+8192*'
            { Set-MemoryMapAdvice -Path $path -Advice WillNeed -Range @{ Offset = -1; Length = 1 } } | Should -Throw
        }

        It 'says that a file is missing, and goes on' {
            $none = Join-Path $TestDrive 'none.bin'
            Set-MemoryMapAdvice -LiteralPath $none, $path -Advice WillNeed -ErrorAction SilentlyContinue -ErrorVariable problems
            $problems | Should -HaveCount 1
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'FileNotFound,*'
        }
    }
}
