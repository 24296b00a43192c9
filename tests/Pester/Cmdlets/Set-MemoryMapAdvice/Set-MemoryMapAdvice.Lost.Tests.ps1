BeforeAll {
    . $PSScriptRoot/../../Support/Preamble.ps1

    # The numbers of a region's pages that contain only zeros.
    function Get-ZeroPage($Region) {
        for ($i = 0; $i * $page -lt $Region.Length; $i++) {
            $length = [Math]::Min($page, $Region.Length - $i * $page)
            if (-not ($Region.Read($i * $page, $length) -ne 0)) {
                $i
            }
        }
    }
}

Describe 'Set-MemoryMapAdvice' {
    AfterEach {
        Get-MemoryMap | Remove-MemoryMap
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
            Clear-MappedByte $map -Value 7
            { Set-MemoryMapAdvice $map $Advice -Confirm:$false } |
                Should -Throw "*$Advice*$(4 * $page) bytes*would lose*-Force*" -ErrorId 'NotWritable,*'
            Get-ZeroPage $map | Should -BeNullOrEmpty
        }

        It 'does <advice> with -Force' -ForEach @(
            @{ Advice = 'DontNeed'; Make = { New-MemoryMap -Anonymous -Length (4 * $page) } }
            @{ Advice = 'Remove'; Make = { New-MemoryMap (New-TestFile -Size (4 * $page)) } }
            @{ Advice = 'Remove'; Make = { New-MemoryMap -Anonymous -Sharing Shared -Length (4 * $page) } }
        ) {
            Skip-OnWindows 'no call takes pages away for good there'
            $map = & $Make
            Clear-MappedByte $map -Value 7
            Set-MemoryMapAdvice $map $Advice -Force -Confirm:$false
            Get-ZeroPage $map | Should -Be @(0, 1, 2, 3)
        }

        It 'brings the file''s bytes back into a private mapping' {
            Skip-OnWindows 'no call takes pages away for good there'
            $path = New-TestFile 'abcdef'
            $map = New-MemoryMap $path -Sharing Private
            Write-MappedByte $map -Value 'XYZ'
            Set-MemoryMapAdvice $map DontNeed -Force -Confirm:$false
            Read-MappedByte $map -Encoding ascii | Should -BeExactly 'abcdef'
        }

        It 'gives the file''s storage back with Remove' {
            Skip-OnWindows 'no call takes pages away for good there'
            $path = New-RandomFile (64 * $page)
            sync $path
            $before = Get-AllocatedSize $path
            Set-MemoryMapAdvice (New-MemoryMap $path) Remove -Offset (8 * $page) -Length (32 * $page) -Force -Confirm:$false
            Get-AllocatedSize $path | Should -Be ($before - 32 * $page)
            (Get-Item -LiteralPath $path).Length | Should -Be (64 * $page)
        }

        It 'takes Free' {
            $map = New-MemoryMap -Anonymous -Length (4 * $page)
            Set-MemoryMapAdvice $map Free -Force -Confirm:$false -ErrorVariable problems
            $problems | Should -BeNullOrEmpty
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
            $length = 5 * $page
            $map = $Advice -eq 'Remove' ? (New-MemoryMap (New-TestFile -Size $length)) : (New-MemoryMap -Anonymous -Length $length)
            Clear-MappedByte $map -Value 7
            Set-MemoryMapAdvice $map $Advice -Offset $From -Length ($Count * $page) -Force -Confirm:$false -WarningAction SilentlyContinue
            "$(Get-ZeroPage $map)" | Should -BeExactly "$Pages"
        }

        It 'never touches bytes of the file outside of the region' {
            Skip-OnWindows 'no call takes pages away for good there'
            $path = New-TestFile ("`u{7}" * 4 * $page)
            $map = New-MemoryMap $path -Offset 100 -Length (2 * $page)
            Set-MemoryMapAdvice $map Remove -Force -Confirm:$false
            (Get-Content $path -AsByteStream -Raw)[($page - 1), $page, (2 * $page - 1), (2 * $page)] | Should -Be 7, 0, 0, 7
        }

        It 'reaches the last page of a file whose length is not a multiple of pages' {
            Skip-OnWindows 'no call takes pages away for good there'
            $path = New-TestFile ("`u{7}" * ($page + 10))
            Set-MemoryMapAdvice (New-MemoryMap $path) Remove -Force -Confirm:$false
            (Get-Content $path -AsByteStream) -ne 0 | Should -BeNullOrEmpty
            (Get-Item -LiteralPath $path).Length | Should -Be ($page + 10)
        }

        It 'reaches all of a small private region' {
            Skip-OnWindows 'no call takes pages away for good there'
            $map = New-MemoryMap -Anonymous -Length 100
            Clear-MappedByte $map -Value 7
            Set-MemoryMapAdvice $map DontNeed -Force -Confirm:$false
            Get-ZeroPage $map | Should -Be @(0)
        }

        It 'warns if the range has no whole page' {
            $map = New-MemoryMap -Anonymous -Length (4 * $page)
            Set-MemoryMapAdvice $map DontNeed -Offset 1 -Length 10 -Force -Confirm:$false -WarningVariable warnings -WarningAction SilentlyContinue
            $warnings | Should -HaveCount 1
            $warnings[0].Message | Should -BeLike '*no whole page*'
        }

        It 'does nothing with -WhatIf' {
            $map = New-MemoryMap -Anonymous -Length (4 * $page)
            Clear-MappedByte $map -Value 7
            Set-MemoryMapAdvice $map DontNeed -Force -WhatIf
            Get-ZeroPage $map | Should -BeNullOrEmpty
        }

        It 'asks before it loses bytes, as its ConfirmImpact is High' {
            [Management.Automation.CommandMetadata]::new((Get-Command Set-MemoryMapAdvice)).ConfirmImpact | Should -Be 'High'

            # A non-interactive host cannot answer.
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
            { Set-MemoryMapAdvice $map Remove -Force -Confirm:$false } | Should -Throw '*-Protection Read*' -ErrorId 'NotWritable,*'
        }
    }

    Context 'a device without an end' {
        It 'loses whole pages within the range only by Remove' {
            Skip-OutsideLinux '/dev/zero as shared memory'
            $map = New-MemoryMap /dev/zero -Length (3 * $page)
            Clear-MappedByte $map -Value 7
            Set-MemoryMapAdvice $map Remove -Offset 100 -Length $page -Force -Confirm:$false
            Find-MappedByte $map -Hex 00 -Count | Should -Be 0
            Set-MemoryMapAdvice $map Remove -Offset 100 -Length (2 * $page + 100) -Force -Confirm:$false
            Find-MappedByte $map -Hex 00 -Count | Should -Be $page
            $map[$page - 1], $map[$page], $map[2 * $page - 1], $map[2 * $page] | Should -Be @(7, 0, 0, 7)
        }
    }
}
