# What the Tab key offers, and which values an error lists.

BeforeDiscovery {
    . $PSScriptRoot/../Support/Module.ps1
}

BeforeAll {
    . $PSScriptRoot/../Support/Preamble.ps1

    function Get-Completion([string] $Text) { (TabExpansion2 $Text).CompletionMatches.CompletionText }
}

AfterAll {
    Get-MemoryMap | Remove-MemoryMap
}

Describe 'Completion' {
    BeforeAll {
        $plain = New-MemoryMap (New-TestFile 'abc' -Name 'plain.db')
        $spaced = New-MemoryMap (New-TestFile 'abc' -Name "it's spaced.db")
        $again = New-MemoryMap (New-TestFile -Name 'gone.db' -Size 1)
        Remove-MemoryMap $again
    }

    It 'of <Text> offers <Offers>' -ForEach @(
        @{ Text = 'New-MemoryMap x -Option Populate,L'; Offers = 'Locked' }
        @{ Text = 'New-MemoryMap x -Option N'; Offers = 'None NoReserve' }
        @{ Text = 'New-MemoryMap x -Sharing '; Offers = 'Private Shared' }
        @{ Text = 'New-MemoryMap x -Protection Read,W'; Offers = 'Write' }
        @{ Text = 'New-MemoryMap x -Advice Popul'; Offers = 'PopulateRead PopulateWrite' }
        @{ Text = 'Set-MemoryMapAdvice -Region $m -Advice Wi'; Offers = 'WillNeed WipeOnFork' }
        @{ Text = 'Read-MappedByte -Encoding u'; Offers = 'utf8 unicode utf32' }
        @{ Text = 'Find-MappedByte -Encoding l'; Offers = 'latin1' }
        @{ Text = 'Write-MappedByte -Encoding big'; Offers = 'bigendianunicode bigendianutf32' }
        @{ Text = 'Protect-MemoryMap $m -Protection E'; Offers = 'Execute' }
    ) {
        Get-Completion $Text | Should -Be ($Offers -split ' ')
    }

    It 'of -Id offers the open regions' {
        $offered = Get-Completion 'Get-MemoryMap -Id '
        $offered | Should -Contain "$($plain.Id)"
        $offered | Should -Contain "$($spaced.Id)"
        $offered | Should -Not -Contain "$($again.Id)"
        (Get-MemoryMap -Id $offered).Count | Should -Be $offered.Count
    }

    It 'of -Path offers the files of open regions, by path and by name, in quotes if needed' {
        Get-Completion "Get-MemoryMap -Path $($plain.Path.Substring(0, $plain.Path.Length - 3))" | Should -Be $plain.Path
        Get-Completion 'Get-MemoryMap -Path pla' | Should -Be $plain.Path
        $quoted = Get-Completion "Get-MemoryMap -Path 'it"
        $quoted | Should -Be "'$($spaced.Path.Replace("'", "''"))'"
        (& ([scriptblock]::Create("Get-MemoryMap -Path $quoted"))).Id | Should -Be $spaced.Id
        Get-Completion 'Get-MemoryMap -Path gone' | Should -Not -Be $again.Path
    }

    It 'of -Region offers what gets an open region: <_>' -ForEach @(
        'Read-MappedByte', 'Write-MappedByte', 'Sync-MemoryMap', 'Set-MemoryMapAdvice', 'Copy-MappedByte', 'Find-MappedByte', 'Remove-MemoryMap'
    ) {
        $offered = Get-Completion "$_ -Region "
        $offered | Should -Contain "(Get-MemoryMap $($plain.Id))"
        $offered | Should -Not -Contain "(Get-MemoryMap $($again.Id))"
        (& ([scriptblock]::Create($offered[0]))) | Should -BeOfType ([MmapPS.MappedRegion])
    }

    It 'of -Name offers shared memory' {
        if ($IsWindows) {
            Set-ItResult -Skipped -Because 'no call lists names there'
        }
        $name = "mmapps-completion-$PID"
        $map = New-MemoryMap -Name $name -Length 10
        try {
            foreach ($command in 'Get-MemoryMap', 'New-MemoryMap') {
                Get-Completion "$command -Name mmapps-comp" | Should -Contain $name -Because $command
            }
        }
        finally {
            Remove-MemoryMap $map -Unlink
        }
    }

    It 'of -ProcessId offers processes, by number and by name' {
        $offered = Get-Completion 'Get-MemoryMap -ProcessId '
        $offered | Should -Contain "$PID"
        Get-Completion "Get-MemoryMap -ProcessId $PID" | Should -Contain "$PID"
        $name = (Get-Process -Id $PID).ProcessName
        Get-Completion "Get-MemoryMap -ProcessId $($name.Substring(0, 4).ToUpperInvariant())" | Should -Contain "$PID"
        Get-Completion 'Get-MemoryMap -ProcessId no-such-process' | Should -BeNullOrEmpty
        $match = (TabExpansion2 "Get-MemoryMap -ProcessId $PID").CompletionMatches | Where-Object CompletionText -EQ "$PID"
        $match.ListItemText | Should -BeExactly "$PID - $name"
    }

    It 'of Remove-MemoryMap offers what is open' {
        Get-Completion 'Remove-MemoryMap -Id ' | Should -Contain "$($plain.Id)"
        Get-Completion 'Remove-MemoryMap -Path pla' | Should -Be $plain.Path
    }

    It 'of a file''s path is PowerShell''s own: <_>' -ForEach @(
        'New-MemoryMap -Path', 'New-MemoryMap -LiteralPath', 'Measure-MemoryMap', 'Set-MemoryMapAdvice -Path',
        'Copy-MappedByte $m -Destination', 'Compare-MappedByte $m -Other', 'Edit-MappedByte $m a b -UndoPath'
    ) {
        $start = $plain.Path.Substring(0, $plain.Path.Length - 3)
        Get-Completion "$_ $start" | Should -Contain $plain.Path
    }
}

Describe 'An error about a value' {
    It 'lists the values of -<Parameter>' -ForEach @(
        @{ Parameter = 'Option'; Call = { New-MemoryMap x -Option Nonsense }; Values = [MmapPS.MapOptions] }
        @{ Parameter = 'Protection'; Call = { New-MemoryMap x -Protection Nonsense }; Values = [MmapPS.MemoryProtection] }
        @{ Parameter = 'Sharing'; Call = { New-MemoryMap x -Sharing Nonsense }; Values = [MmapPS.MapSharing] }
        @{ Parameter = 'Advice'; Call = { Set-MemoryMapAdvice x -Advice Nonsense }; Values = [MmapPS.MemoryAdvice] }
    ) {
        foreach ($name in [Enum]::GetNames($Values)) {
            $Call | Should -Throw "*$name*"
        }
    }

    It 'gives the range of a number' {
        $map = New-MemoryMap (New-TestFile 'abc')
        { Format-MappedByte $map -Width 2000 } | Should -Throw '*2000*1024*'
        { Find-MappedByte $map a -First 0 } | Should -Throw '* 1*'
    }

    It 'gives the names of encodings' {
        { Read-MappedByte $null -Encoding nonsense } | Should -Throw '*nonsense*utf8*'
    }
}
