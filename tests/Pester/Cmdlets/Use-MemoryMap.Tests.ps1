# A region for a script block, which does not outlive it.

BeforeAll {
    . $PSScriptRoot/../Support/Preamble.ps1
    . $PSScriptRoot/../Support/Terminal.ps1
}

Describe 'Use-MemoryMap' {
    BeforeAll {
        $file = New-TestFile 'abcdef'
        $other = New-TestFile 'xyz'
    }

    AfterEach {
        Get-MemoryMap | Should -BeNullOrEmpty
        if ($IsLinux) {
            Select-String -SimpleMatch $TestDrive -LiteralPath /proc/self/maps | Should -BeNullOrEmpty
        }
    }

    It 'maps a file for a script block, and unmaps it' {
        $kept = @(Use-MemoryMap $file -Protection Read {
                param($map)
                (Get-MemoryMap).Path | Should -BeExactly $file
                "$($map.Length) $($map.Protection) $($map.Sharing)" | Should -BeExactly '6 Read Shared'
                $map
            })
        $kept | Should -HaveCount 1
        $kept[0].IsOpen | Should -BeFalse
    }

    It 'maps for reading and writing, shared with others, by default' {
        $copy = New-TestFile 'abc'
        Use-MemoryMap $copy { $args[0][1] = 65 }
        [IO.File]::ReadAllText($copy) | Should -BeExactly 'aAc'
    }

    It 'maps a part, and a private copy' {
        Use-MemoryMap $file -Offset 1 -Length 2 -Sharing Private {
            param($map)
            $map[0] = 65
            Read-MappedByte $map -Encoding ascii
        } | Should -BeExactly 'Ac'
        [IO.File]::ReadAllText($file) | Should -BeExactly 'abcdef'
    }

    It 'takes several files, one after the other: <Work>' -ForEach @(
        @{ Work = { Use-MemoryMap $file, $other $block } }
        @{ Work = { Use-MemoryMap -LiteralPath $file, $other -ScriptBlock $block } }
        @{ Work = { $file, $other | Use-MemoryMap -ScriptBlock $block } }
        @{ Work = { Get-Item $file, $other, $TestDrive | Use-MemoryMap -ScriptBlock $block } }
    ) {
        $block = { param($map) "$($map.Length) $(@(Get-MemoryMap).Count)" }
        & $Work | Should -BeExactly '6 1', '3 1'
    }

    It 'hands on what the block emits as it comes, also streams that are not output' {
        $seen = Use-MemoryMap $file { 1; , (2, 3); Write-Error soft -ErrorAction Continue; Write-Warning careful; 4 } 2>&1 3>&1 |
            ForEach-Object { "$_ $(@(Get-MemoryMap).Count)" }
        $seen | Should -BeExactly '1 1', '2 3 1', 'soft 1', 'careful 1', '4 1'
    }

    It 'runs the block in a scope of its own that sees the caller''s variables, and none of the module' {
        $value = 'caller'
        Use-MemoryMap $file { $value; "[$block$region]"; $value = 'block' } | Should -BeExactly 'caller', '[]'
        $value | Should -BeExactly 'caller'
    }

    It 'runs within the block of another' {
        Use-MemoryMap $file { param($one) Use-MemoryMap $other { param($two) $one.Length + $two.Length } } | Should -Be 9
    }

    It 'unmaps where the block <Name>' -ForEach @(
        @{ Name = 'throws'; Work = { Use-MemoryMap $file { throw 'oops' } }; Error = 'oops' }
        @{ Name = 'calls a member that fails'; Work = { Use-MemoryMap $file { param($map) $map.Read(7, 1) } }; Error = 'Offset 7*' }
        @{ Name = 'has an error with -ErrorAction Stop'; Work = { Use-MemoryMap $file { Get-Item none -ErrorAction Stop } }; Error = '*none*' }
        @{ Name = 'has output that a cmdlet refuses'; Work = { Use-MemoryMap $file { 1 } | ForEach-Object { throw 'no more' } }; Error = 'no more' }
    ) {
        $Work | Should -Throw $Error
    }

    It 'unmaps where the block leaves' {
        Use-MemoryMap $file { 1; return; 2 } | Should -Be 1
        foreach ($i in 1, 2) { Use-MemoryMap $file { break } }
        $i | Should -Be 1
        Use-MemoryMap $file, $other { 1; 2 } | Select-Object -First 1 | Should -Be 1
    }

    It 'does not mind a region that the block has removed' {
        Use-MemoryMap $file { param($map) Remove-MemoryMap $map; 'done' } | Should -BeExactly 'done'
    }

    It 'says what is wrong with a file, and goes on with the next' {
        $lengths = @(Use-MemoryMap "$file.missing", $TestDrive, "$TestDrive/*.none", $file { $args[0].Length } -ErrorVariable problems -ErrorAction SilentlyContinue)
        $lengths | Should -Be 6
        $problems.Exception.Error | Should -Be 'FileNotFound', 'NotMappable', 'FileNotFound'
        $problems[0].Exception.Message | Should -BeLike '* Check the path.'
        { Use-MemoryMap $file -Offset 7 { 'not run' } } | Should -Throw -ErrorId 'OutOfRange,*'
    }

    It 'refuses a pipe' {
        Skip-OnWindows 'there is no pipe with a path like that of a file'
        $pipe = Join-Path $TestDrive pipe
        mkfifo $pipe
        { Use-MemoryMap $pipe { 'not run' } } | Should -Throw -ErrorId 'NotMappable,*'
    }

    It 'maps an empty file as an empty region' {
        Use-MemoryMap (New-TestFile -Size 0) { $args[0].Length } | Should -Be 0
    }

    It 'unmaps after Ctrl+C' {
        Skip-WithoutTerminal
        $interrupt = [string][char]3
        $type = @(
            'ready> ', "Use-MemoryMap `$env:SUBJECT { 'in', 'block' -join '-'; Start-Sleep 100 }`r"
            'in-block', $interrupt
            'ready> ', "'left:', @(Get-MemoryMap).Count -join ' '`r"
            'left: 0', ''
            'ready> ', "exit 7`r"
        )
        $run = Invoke-Terminal '' -Step $type -Interactive -Environment @{ SUBJECT = $file }
        $run.ErrorOutput | Should -BeNullOrEmpty
        $run.ExitCode | Should -Be 7
    }
}

Describe 'A cmdlet that takes files' {
    It 'unmaps its file after Ctrl+C' {
        Skip-WithoutTerminal
        Skip-OnMacOS 'the list of mappings is that of Linux'
        $interrupt = [string][char]3
        $type = @(
            'ready> ', "`$null = Format-MappedByte `$env:SUBJECT`r"
            'of 256.0 GiB', $interrupt
            'ready> ', "'left:', @(Select-String -SimpleMatch `$env:SUBJECT /proc/self/maps).Count -join ' '`r"
            'left: 0', ''
            'ready> ', "exit 7`r"
        )
        $run = Invoke-Terminal '' -Step $type -Interactive -Environment @{ SUBJECT = New-TestFile -Size 256GB }
        $run.ErrorOutput | Should -BeNullOrEmpty
        $run.ExitCode | Should -Be 7
    }
}
