# Pipelines in PowerShell: stopped early, from Get-ChildItem, in other runspaces, with questions.

BeforeAll {
    . $PSScriptRoot/../Support/Preamble.ps1
    . $PSScriptRoot/../Support/Cache.ps1
    . $PSScriptRoot/../Support/Terminal.ps1
}

AfterAll {
    Get-MemoryMap | Remove-MemoryMap
}

Describe 'Select-Object -First' {
    It 'stops at once what reads a file: <_>' -ForEach @(
        'Find-MappedByte $map x', 'Find-MappedByte $map -Hex 00', 'Format-MappedByte $map', 'Read-MappedValue $map Int32 -All', 'Compare-MappedByte $map $same'
    ) {
        Skip-WithoutProgram vmtouch
        $path = New-TestFile -Size 1GB
        $map = New-MemoryMap $path
        $same = New-MemoryMap (New-TestFile -Size 1GB) -Protection Read
        Write-MappedByte $map x -Offset 5
        & ([scriptblock]::Create("`$map, `$same = `$args; $_")) $map $same | Select-Object -First 1 | Should -Not -BeNullOrEmpty
        # The kernel reads ahead, and so do the threads of a search.
        Get-CachedSize $path | Should -BeLessThan 64MB
    }
}

Describe 'Get-ChildItem' {
    It 'gives New-MemoryMap files of any name, and an error for each object that is not a file' {
        $folder = New-Item (Join-Path $TestDrive 'a folder [1]') -ItemType Directory
        $names = 'plain.db', 'with [brackets].db', "it's `$HOME.db"
        foreach ($name in $names) {
            Set-Content -LiteralPath (Join-Path $folder $name) $name -NoNewline
        }
        $null = New-Item (Join-Path $folder inner) -ItemType Directory
        $maps = Get-ChildItem -LiteralPath $folder | New-MemoryMap -ErrorVariable problems -ErrorAction SilentlyContinue
        $maps.Path | Sort-Object | Should -Be ($names | ForEach-Object { Join-Path $folder $_ } | Sort-Object)
        $maps | Read-MappedByte -Encoding ascii | Sort-Object | Should -Be ($names | Sort-Object)
        $problems.FullyQualifiedErrorId | Should -BeLike 'NotMappable,*'
    }
}

Describe 'Other runspaces' {
    It 'share a region by ForEach-Object -Parallel' {
        $map = New-MemoryMap -Anonymous -Length 800
        0..7 | ForEach-Object -Parallel {
            Import-Module $using:env:MMAPPS_MODULE
            $part = $_
            (100 * $part)..(100 * $part + 99) | ForEach-Object { Write-MappedByte $using:map -Offset $_ -Value $part }
        }
        $bytes = Read-MappedByte $map
        0..799 | Where-Object { $bytes[$_] -ne [Math]::Floor($_ / 100) } | Should -BeNullOrEmpty
    }

    It 'share a region by Start-ThreadJob, and each sees what the other writes' {
        $map = New-MemoryMap -Anonymous -Length 10
        Write-MappedByte $map 'from here'
        Start-ThreadJob {
            Import-Module $using:env:MMAPPS_MODULE
            Read-MappedByte $using:map -Length 9 -Encoding ascii
            Write-MappedByte $using:map 'from a job'
        } | Receive-Job -Wait -AutoRemoveJob -ErrorAction Stop | Should -BeExactly 'from here'
        Read-MappedByte $map -Encoding ascii | Should -BeExactly 'from a job'
    }
}

Describe '-Confirm' {
    BeforeAll {
        $path = New-TestFile 'abcdefgh'
        $question = 'default is "Y"'
        if (-not $IsWindows -and (Test-Program python3)) {
            $run = Invoke-Terminal -Environment @{ SUBJECT = $path } -Columns 200 -Step @(
                $question, "n`r"
                $question, "y`r"
                $question, "a`r"
                $question, "l`r"
            ) -Script @'
                $map = New-MemoryMap $env:SUBJECT
                Write-MappedByte $map X -Confirm
                Write-MappedByte $map X -Offset 1 -Confirm
                $map | Find-MappedByte -Pattern c, d | Clear-MappedByte -Value 45 -Confirm
                $map | Find-MappedByte -Pattern e, f | Clear-MappedByte -Value 45 -Confirm
                "left: $(Read-MappedByte $map -Encoding ascii)"
'@
        }
    }

    BeforeEach {
        Skip-WithoutTerminal
    }

    It 'asks at a terminal, and obeys the answers: no, yes, yes to all, no to all' {
        $run.ErrorOutput | Should -BeNullOrEmpty
        $run.ExitCode | Should -Be 0
        $run.Lines | Should -Contain 'left: aX--efgh'
    }

    It 'asks with the file, the offset and the length' {
        $asked = $run.Lines -match '^Performing the operation'
        $asked.Count | Should -Be 4
        $asked[1] | Should -BeLike "*Write*$path, offset 1, length 1*"
        $asked[2] | Should -BeLike "*Fill*$path, offset 2, length 1*"
    }
}
