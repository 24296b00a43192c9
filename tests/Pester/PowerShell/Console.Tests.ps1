# What a user sees at a terminal: views, an error, what the Tab key offers. Contracts/Views and Contracts/Completion have the details.

BeforeDiscovery {
    . $PSScriptRoot/../Support/Module.ps1
    $commands = (Get-Command -Module MmapPS).Name
}

BeforeAll {
    . $PSScriptRoot/../Support/Preamble.ps1
    . $PSScriptRoot/../Support/Terminal.ps1
}

Describe 'A terminal of <Columns> columns' -ForEach @{ Columns = 80 }, @{ Columns = 120 } {
    BeforeAll {
        if ($IsWindows -or -not (Test-Program python3)) {
            return
        }
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive 'a folder with a long name' 'and one more in it') -Force
        $path = Join-Path $folder 'database-of-everything.db'
        [IO.File]::Create($path).Dispose()
        $environment = @{ SUBJECT = $path; NAME = "mmapps-console-$PID"; NO_COLOR = '1' }
        $run = Invoke-Terminal -Columns $Columns -Environment $environment -Script @'
            $ProgressPreference = 'SilentlyContinue'
            function Show($Name, $Value) { "== $Name $(@($Value).Count)"; $Value | Out-Host }
            New-MemoryMap $env:SUBJECT -Extend -Length 5000000000 | Remove-MemoryMap
            $map = New-MemoryMap $env:SUBJECT -Offset 4 -Length 4000000000
            $removed = New-MemoryMap -Anonymous -Length 3MB -Protection Read
            Remove-MemoryMap $removed
            $named = New-MemoryMap -Name $env:NAME -Length 10MB
            Write-MappedByte $map 'needle and a long text behind it, longer than what a table of eighty columns has room for' -Offset 3999000000
            $late = @{ Region = $map; Offset = 3999000000; Length = 100000 }
            Show region ($map, $removed, $named)
            Show match (Find-MappedByte @late needle -Context 40)
            Show line (Find-MappedByte @late needle -AsLine)
            Show difference (Compare-MappedByte @late $named)
            Show change (Edit-MappedByte @late needle NEEDLE -PassThru)
            Show usage ($map, $named | Measure-MemoryMap)
            Show file (Measure-MemoryMap $env:SUBJECT)
            Show total ($map, $named | Measure-MemoryMap -Total)
            if ($IsLinux) { Show mapping (Get-MemoryMap -ProcessId $PID) }
            if ($IsLinux) { Show name (Get-MemoryMap -Name $env:NAME -All) }
            Show advice (Set-MemoryMapAdvice -TestSupport)
            Show hex (Format-MappedByte $map -Offset 3999000000 -Length 64)
            $numbers = New-MemoryMap -Anonymous -Length 4096
            Write-MappedByte $numbers ([byte[]]@(255) * 4096)
            Show record (Read-MappedValue $numbers -Layout ([ordered]@{ A = 'UInt64'; B = 'Int64'; C = 'UInt32'; D = 'Byte' }) -Count 3)
            Remove-MemoryMap $named -Unlink
            "== errors $($Error.Count)"
'@
        $shown = [ordered]@{}
        foreach ($line in $run.Lines) {
            if ($line -match '^== (\w+) (\d+)$') {
                $name = $Matches[1]
                $shown[$name] = @{ Count = [int]$Matches[2]; Lines = [Collections.Generic.List[string]]::new() }
            }
            # The group header may be a long path.
            elseif ($name -and $line.Trim() -and $line -notmatch '^   Region: ') {
                $shown[$name].Lines.Add($line)
            }
        }
    }

    BeforeEach {
        Skip-WithoutTerminal
    }

    It 'shows everything without an error' {
        $run.ErrorOutput | Should -BeNullOrEmpty
        $run.Lines | Should -Contain '== errors 0'
        $shown.Count | Should -BeGreaterThan 10
    }

    It 'has a row for each object, which it never wraps' {
        foreach ($name in $shown.Keys) {
            $rows = $shown[$name].Lines
            $rows | Where-Object Length -GT $Columns | Should -BeNullOrEmpty -Because $name
            $line = $rows.FindIndex({ $args[0] -match '^[ -]+$' })
            $objects = @($rows | Select-Object -Skip ($line + 1) | Where-Object { $_ -match '^\s*\S+\s+\S' })
            $objects.Count | Should -Be $shown[$name].Count -Because $name
        }
    }

    It 'cuts no number, and a path from its beginning' {
        $paths = 'region', 'usage', 'file', 'mapping' | ForEach-Object { $shown[$_].Lines } | Where-Object { $_ -match '\u2026' }
        $paths | Where-Object { $_ -notmatch '^[^\u2026]* \u2026[^\u2026]{10,}$' } | Should -BeNullOrEmpty
        foreach ($name in 'match', 'line', 'difference', 'change') {
            $shown[$name].Lines[-1] | Should -Match '^ *3999000000 +([\d]+ +)+' -Because $name
        }
        $shown.region.Lines[2] | Should -Match '^ *\d+ File +rw-s Open +3\.7 GiB +4 \u2026[^\u2026]*-of-everything\.db$'
        $shown.record.Lines[-1] | Should -Match '\b18446744073709551615 +-1 +4294967295 +255$'
    }
}

Describe 'An error at a terminal' {
    BeforeAll {
        if (-not $IsWindows -and (Test-Program python3)) {
            $path = New-TestFile 'abc'
            $run = Invoke-Terminal -Raw -Columns 200 -Environment @{ SUBJECT = $path } -Script @'
                $map = New-MemoryMap $env:SUBJECT
                Read-MappedByte $map -Offset 5 -Length 1
                "view: $ErrorView"
                Get-Error | Out-String -Width 190 | Where-Object { $_ -match 'OutOfRange' } | ForEach-Object { 'Get-Error has the id' }
'@
        }
    }

    BeforeEach {
        Skip-WithoutTerminal
    }

    It 'is in colour, with the command and the place in it, the message, and nothing of .NET' {
        $text = $run.Lines -join "`n"
        $text | Should -Match '\e\[31;1mRead-MappedByte: '
        $plain = $text -replace '\e\[[\d;]*m'
        $plain | Should -Match '(?m)^ +3 \|\s+Read-MappedByte \$map -Offset 5 -Length 1$'
        $plain | Should -Match '(?m)^     \| Offset 5 with length 1 is outside of .*, which has 3 bytes\.'
        $plain | Should -Match 'view: ConciseView'
        $plain | Should -Not -Match 'Exception|   at |MmapPS\.Commands'
    }

    It 'has more by Get-Error' {
        $run.Lines | Should -Contain 'Get-Error has the id'
    }
}

Describe 'The Tab key' {
    It 'offers the parameters of <_>' -ForEach $commands {
        $line = "$_ -"
        $offered = (TabExpansion2 $line -cursorColumn $line.Length).CompletionMatches.CompletionText
        $own = (Get-Command $_).Parameters.Values.Where({ -not $_.Attributes.Where({ $_.DontShow }) }).Name
        $own | Where-Object { "-$_" -notin $offered } | Should -BeNullOrEmpty
    }

    It 'completes at a terminal' {
        Skip-WithoutTerminal
        $run = Invoke-Terminal -Interactive -Environment @{ SUBJECT = New-TestFile 'abc' } -Step @(
            'ready> ', "New-MemoryMap `$env:SUBJECT -Sharing Pri`t -Prot`t Read | ForEach-Object { `"is `$(`$_.Mode)`" }`r"
            'is r--p', ''
            'ready> ', "exit 7`r"
        )
        $run.ErrorOutput | Should -BeNullOrEmpty
        $run.ExitCode | Should -Be 7
    }
}
