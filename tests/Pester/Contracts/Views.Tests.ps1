# The default display of the module's objects: the text that the host shows, only by the views.

BeforeAll {
    . $PSScriptRoot/../Support/Preamble.ps1

    # A copy of the module with only tables, lists or wide views: a host then shows these by default, without a
    # formatting command.
    function New-ViewModule([string] $Control) {
        $to = Join-Path (New-Item (Join-Path $TestDrive $Control) -ItemType Directory) MmapPS
        Copy-Item (Split-Path $env:MMAPPS_MODULE) $to -Recurse
        $views = Join-Path $to MmapPS.format.ps1xml
        $document = [xml](Get-Content $views -Raw)
        foreach ($view in @($document.SelectNodes("//View[not(${Control}Control)]"))) {
            $null = $view.ParentNode.RemoveChild($view)
        }

        $document.Save($views)
        Join-Path $to MmapPS.psd1
    }

    # What a host shows of each object that the script makes, without spaces at line ends, keyed by the script's headings.
    function Show-View([string] $Control, [hashtable] $Environment = @{}) {
        $file = New-TestFile ('-' * 100 + "first line`nabcdefgh`nthird`e[31m`n" + '-' * 5000) -Name "$Control.db"
        $other = New-TestFile ('-' * 100 + "First line`nabcdefgh`nThird`e[31m`n" + '-' * 5000) -Name "$Control.other"
        $variables = @{ MMAPPS_MODULE = New-ViewModule $Control; VIEW_FILE = $file; VIEW_OTHER = $other } + $Environment
        $child = Invoke-Child -Environment $variables -Script @'
Set-StrictMode -Version 3
function Show([string] $Name, $Value) { "== $Name" | Out-Host; $Value | Out-Host }
$map = New-MemoryMap $env:VIEW_FILE -Offset 4 -Length 5000
$removed = New-MemoryMap -Anonymous -Length 3MB -Protection Read
Remove-MemoryMap $removed
Show region $map
Show removed $removed
Show match (Find-MappedByte $map abcdef -Context 2)
Show line (Find-MappedByte $map third -AsLine -LineNumber)
Show difference (Compare-MappedByte $map $env:VIEW_OTHER -OtherOffset 4 -First 1)
Show change (Edit-MappedByte $map abcd wxyz -PassThru)
Show hash (Get-MappedHash $map -Offset 96 -Length 10 -Algorithm SHA512)
Show statistics (Measure-MappedByte $map -Offset 107 -Length 8)
Show region-usage (Measure-MemoryMap $map)
if (-not $IsWindows) { Show file-usage (Measure-MemoryMap $env:VIEW_FILE) }
Show total (Measure-MemoryMap $map -Total)
Show empty-usage (Measure-MemoryMap (New-MemoryMap -Anonymous -Length 8192))
if ($IsLinux) { Show mapping (Get-MemoryMap -ProcessId $PID -Path $env:VIEW_FILE) }
Show advice (Set-MemoryMapAdvice -TestSupport | Where-Object Advice -EQ WillNeed)

# Objects as they come back from another session: without methods, and empty.
foreach ($type in 'MappedRegion', 'MemoryUsage', 'MemoryUsageTotal', 'ProcessMapping', 'MappedMatch', 'MappedDifference', 'MappedChange', 'MappedHash', 'MappedStatistics') {
    foreach ($prefix in '', 'Deserialized.') {
        $bare = [PSObject]::new()
        foreach ($property in $map.GetType().Assembly.GetType("MmapPS.$type").GetProperties()) {
            $bare.PSObject.Properties.Add([PSNoteProperty]::new($property.Name, $null))
        }

        $bare.PSObject.TypeNames.Insert(0, "${prefix}MmapPS.$type")
        Show "bare $prefix$type" $bare
    }
}

"errors $($Error.Count)" | Out-Host
'@
        $child.ErrorOutput | Should -BeNullOrEmpty
        $text = $child.Output.Replace("`r", '')
        $shown = @{ All = $text; File = $file }
        foreach ($part in $text -split '(?m)^== ' | Where-Object { $_ }) {
            $name, $lines = $part -split "`n"
            $shown[$name.Trim()] = @($lines | ForEach-Object { $_.TrimEnd() } | Where-Object { $_ }) -join "`n"
        }

        $shown
    }
}

Describe 'A table' {
    BeforeAll {
        $shown = Show-View Table
    }

    It 'of a region says what it is, in sizes that people read' {
        # Windows differ in width, and a long path is truncated on the left.
        $head, $line, $row = $shown['region'].Split("`n")
        $head -replace '\s+', ' ' | Should -BeExactly ' Id Kind Mode State Length Offset Path'
        $row | Should -MatchExactly '^ +1 File +rw-s Open +4\.9 KiB +4 +\S+$'
        $row | Should -BeLike "*$(Split-Path -Leaf $shown.File)"
    }

    It 'of a removed region says so' {
        $shown['removed'] | Should -MatchExactly '(?m)^ +2 Anonymous r--p Removed +3\.0 MiB +0$'
    }

    It 'of matches shows their bytes as hexadecimal and as text, under the region' {
        $shown['match'] | Should -MatchExactly ('(?m)^ +Region: ' + [regex]::Escape("$($shown.File) [4, 5000 bytes]") + '$')
        $shown['match'] | Should -MatchExactly '(?m)^ +107 +6 +61 62 63 64 65 66 +abcdef$'
    }

    It 'of matches shows lines with what a terminal would obey taken out' {
        $shown['line'] | Should -MatchExactly '(?m)^ +116 +5 +3 74 68 69 72 64 +third\.\[31m$'
    }

    It 'of differences and changes shows bytes against bytes' {
        $shown['difference'] | Should -MatchExactly '(?m)^ +96 +100 +1 66 +46$'
        $shown['change'] | Should -MatchExactly '(?m)^ +107 +4 61 62 63 64 +77 78 79 7a$'
    }

    It 'of hashes shows all digits, in as many lines as they need' {
        $head, $lines = $shown['hash'] -split "`n" -match '\S' -notmatch 'Region:|^\s*Offset|^[- ]+$'
        $digits = (@($head) + $lines) -replace '^ +96 +10 B SHA512 +' -replace '\s' -join ''
        $expected = [Convert]::ToHexString([Security.Cryptography.SHA512]::HashData([byte[]][char[]]"first line"))
        $digits | Should -BeExactly $expected
    }

    It 'of statistics has a picture' {
        # The change above has made them wxyzefgh.
        $shown['statistics'] | Should -MatchExactly '(?m)^ +107 +8 B +3\.000 \[O{6} {10}\] +0 B +8 B +8$'
    }

    It 'of usage has a picture' {
        if (-not $IsWindows) {
            $shown['file-usage'] | Should -MatchExactly '(?m)^ *5\.0 KiB +5\.0 KiB +100\.0 \[O{24}\] +\S'
        }

        $shown['region-usage'] | Should -BeLike "*$(Split-Path -Leaf $shown.File)"
        $shown['empty-usage'] | Should -MatchExactly '(?m)^ *8\.0 KiB +0 B +0\.0 \[ {24}\] +anonymous '
    }

    It 'of a total has sums' {
        $shown['total'] | Should -MatchExactly '(?m)^ +1 +4\.9 KiB +[\d.]+ K?i?B +[\d.]+ '
    }

    It 'of a process''s mappings shows addresses in hexadecimal' {
        if ($null -eq $shown['mapping']) {
            Set-ItResult -Skipped -Because 'the mappings of processes are looked at on Linux here'
        }

        $shown['mapping'] | Should -MatchExactly '(?m)^ +[0-9a-f]{8,16} +8\.0 KiB rw-s +[\d.]+ K?i?B +[\d.]+ K?i?B +\S'
    }

    It 'of advice is there too' {
        $shown['advice'] | Should -MatchExactly '(?m)^WillNeed +(True|False)$'
    }

    It 'of an object with nothing in it is blank, and no error' {
        $shown['bare MappedRegion'] | Should -MatchExactly '^ +Id Kind'
        $shown['All'] | Should -MatchExactly '(?m)^errors 0$'
        $shown['All'] | Should -Not -MatchExactly '#ERR'
    }

    It 'is plain if NO_COLOR is set' {
        $shown['All'].Contains([char]27) | Should -BeFalse
    }
}

Describe 'A list' {
    BeforeAll {
        $shown = Show-View List
    }

    It 'of a region has all of it' {
        $shown['region'] | Should -MatchExactly '(?m)^Length +: 4\.9 KiB \(5000 bytes\)$'
        $shown['region'] | Should -MatchExactly '(?m)^Address +: 0x[0-9a-f]{6,16}$'
        foreach ($property in [MmapPS.MappedRegion].GetProperties().Name -notmatch '^(Item|IsOpen|Name)$') {
            $shown['region'] | Should -MatchExactly "(?m)^$property +: "
        }
    }

    It 'of a removed region says so' {
        $shown['removed'] | Should -MatchExactly '(?m)^State +: Removed$'
        $shown['removed'] | Should -MatchExactly '(?m)^Address +: 0x0$'
    }

    It 'of a match has what is around it' {
        $shown['match'] | Should -MatchExactly '(?m)^Before +: 65 0a\nBytes +: 61 62 63 64 65 66\nAfter +: 67 68$'
        $shown['line'] | Should -MatchExactly '(?m)^Text +: third\.\[31m$'
    }

    It 'of differences and changes shows bytes against bytes' {
        $shown['difference'] | Should -MatchExactly '(?m)^Bytes +: 66\nOtherBytes +: 46$'
        $shown['change'] | Should -MatchExactly '(?m)^OldBytes +: 61 62 63 64\nBytes +: 77 78 79 7a$'
    }

    It 'of hashes and statistics has all of it' {
        $shown['hash'] | Should -MatchExactly '(?m)^Algorithm +: SHA512\nHash +: [0-9A-F]{40,}'
        foreach ($property in [MmapPS.MappedStatistics].GetProperties().Name -notmatch '^Path$') {
            $shown['statistics'] | Should -MatchExactly "(?m)^$property +: "
        }

        $shown['statistics'] | Should -MatchExactly '(?m)^Entropy +: 3\.000000$'
    }

    It 'of usage has all of it' {
        foreach ($property in [MmapPS.MemoryUsage].GetProperties().Name -notmatch '^(Name)$') {
            $shown['region-usage'] | Should -MatchExactly "(?m)^$property +:"
        }

        $shown['region-usage'] | Should -MatchExactly '(?m)^Residency +: \[[Oo. ]{24}\]$'
    }

    It 'fails for nothing' {
        $shown['All'] | Should -MatchExactly '(?m)^errors 0$'
    }
}

Describe 'A wide view' {
    BeforeAll {
        $shown = Show-View Wide
    }

    It 'has what distinguishes objects' {
        $shown['region'] | Should -BeLike "$($shown.File.Substring(0, 20))*"
        $shown['match'].Trim() | Should -BeExactly '107'
        $shown['difference'].Trim() | Should -BeExactly '96'
        $shown['change'].Trim() | Should -BeExactly '107'
        $shown['hash'].Trim() | Should -MatchExactly '^[0-9A-F]{30}'
        $shown['statistics'].Trim() | Should -BeExactly '[OOOOOO          ]'
        if (-not $IsWindows) {
            $shown['file-usage'] | Should -BeLike "$($shown.File.Substring(0, 20))*"
        }

        $shown['empty-usage'].Trim() | Should -MatchExactly '^anonymous region \d+$'
        $shown['All'] | Should -MatchExactly '(?m)^errors 0$'
    }
}

Describe 'The views' {
    BeforeAll {
        $document = [xml](Get-Content (Join-Path (Split-Path $env:MMAPPS_MODULE) MmapPS.format.ps1xml) -Raw)
    }

    It 'are a table first, a list and a wide one for each type that has any' {
        $controls = @{}
        foreach ($view in $document.SelectNodes('//View')) {
            $control = $view.SelectSingleNode('*[contains(name(), "Control")]').Name
            $controls[$view.ViewSelectedBy.TypeName] += "$control "
        }

        $controls.Count | Should -Be 9
        foreach ($type in $controls.Keys) {
            $controls[$type] | Should -BeExactly 'TableControl ListControl WideControl ' -Because $type
        }
    }

    It 'name properties that there are' {
        foreach ($view in $document.SelectNodes('//View')) {
            $type = [MmapPS.MappedRegion].Assembly.GetType($view.ViewSelectedBy.TypeName, $true)
            $names = @($type.GetProperties().Name) + @((Get-TypeData $type.FullName).Members.Keys)
            foreach ($name in $view.SelectNodes('.//PropertyName')) {
                $names | Should -Contain $name.InnerText -Because $type
            }
        }
    }

    It 'run no script but one property of what cannot fail' {
        foreach ($script in $document.SelectNodes('//ScriptBlock')) {
            $script.InnerText | Should -MatchExactly '^(\$_\.Display(\.InFull)?\.(?<name>\w+)|"\$_")$'
            if ($script.InnerText -cmatch '\.(\w+)$') {
                [MmapPS.Formatting.DisplayText].GetProperty($Matches[1]) | Should -Not -BeNullOrEmpty -Because $script.InnerText
            }
        }
    }

    It 'fit into 80 columns, with room for those that have no width' {
        foreach ($view in $document.SelectNodes('//View[TableControl]')) {
            $columns = @($view.SelectNodes('.//TableColumnHeader'))
            $fixed = 0
            foreach ($column in $columns) {
                $fixed += [int]"0$($column.Width)" + 1
            }

            $free = @($columns | Where-Object { -not $_.Width }).Count
            80 - $fixed | Should -BeGreaterOrEqual (17 * $free) -Because $view.Name
        }
    }

    It 'leave the properties numbers' {
        $usage = Measure-MemoryMap (New-MemoryMap (New-TestFile -Size 10000))
        foreach ($name in 'Offset', 'Length', 'Resident', 'Pages', 'ResidentPages', 'PageSize') {
            $usage.$name | Should -BeOfType ([long])
        }

        $usage.PSObject.Properties | Where-Object { $_.MemberType -ne 'Property' } | Should -BeNullOrEmpty
        "$($usage.ResidentRange)" | Should -Match '^(\d+\+\d+(,\d+\+\d+)*)?$'
    }
}

Describe 'Colour' {
    BeforeAll {
        function Get-Display([hashtable[]] $Property) {
            $Property | ForEach-Object { ([pscustomobject](@{ PSTypeName = 'MmapPS.MappedRegion' } + $_)).Display }
        }

        $noColor = $env:NO_COLOR
        $env:NO_COLOR = ''
    }

    AfterAll {
        $env:NO_COLOR = $noColor
    }

    It 'comes from $PSStyle, and is off for plain text' {
        $rendering = $PSStyle.OutputRendering
        try {
            $PSStyle.OutputRendering = 'Ansi'
            $change, $open, $removed = Get-Display @{ Bytes = [byte[]](1, 2) }, @{ State = 'Open' }, @{ State = 'Removed' }
            $change.NewBytes | Should -BeExactly "$($PSStyle.Foreground.Green)01 02$($PSStyle.Reset)"
            $removed.State | Should -BeExactly "$($PSStyle.Foreground.BrightBlack)Removed$($PSStyle.Reset)"
            $open.State | Should -BeExactly 'Open'
            $PSStyle.OutputRendering = 'PlainText'
            (Get-Display @{ Bytes = [byte[]](1, 2) }).NewBytes | Should -BeExactly '01 02'
        }
        finally {
            $PSStyle.OutputRendering = $rendering
        }
    }

    It 'is off if NO_COLOR is set' {
        $env:NO_COLOR = '1'
        (Get-Display @{ OldBytes = [byte[]](1, 2) }).OldBytes | Should -BeExactly '01 02'
        $env:NO_COLOR = ''
    }
}

Describe 'What a view shows' {
    BeforeAll {
        $path = New-TestFile 'abc'
        $map = New-MemoryMap $path
    }

    AfterAll {
        Remove-MemoryMap *
    }

    It 'is a property of a region: Mode and State' {
        $map.Mode, $map.State | Should -Be @('rw-s', 'Open')
        (Get-MemoryMap $map.Id | Where-Object Mode -Match w).Id | Should -Be $map.Id
        Protect-MemoryMap $map Read
        $map.Mode | Should -BeExactly 'r--s'
        $private = New-MemoryMap $path -Sharing Private -Protection 'Read,Execute'
        $private.Mode | Should -BeExactly 'r-xp'
        Remove-MemoryMap $private
        $private.State | Should -BeExactly 'Removed'
    }

    It 'is a property of a process''s mapping: Mode' {
        Skip-OnMacOS 'its mappings are looked at elsewhere'
        $executable = @(Get-MemoryMap -ProcessId $PID | Where-Object Mode -Match x)
        $executable.Count | Should -BeGreaterThan 0
        $executable | ForEach-Object { $_.Mode | Should -BeExactly $_.Permissions }
    }

    It 'is a property of usage: Residency' {
        $memory = New-MemoryMap -Anonymous -Length 24MB
        Clear-MappedByte $memory -Length 12MB -Value 1
        (Measure-MemoryMap $memory).Residency | Should -BeExactly '[OOOOOOOOOOOO            ]'
        ($memory | Measure-MemoryMap | Where-Object Residency -Match 'O').RegionId | Should -Be $memory.Id
    }

    It 'is in exports as text, and what the views alone need is not: <_>' -ForEach 'Csv', 'Json', 'Get-Member', 'Select-Object' {
        $names = switch ($_) {
            'Csv' { ($map | ConvertTo-Csv)[0] -replace '"' -split ',' }
            'Json' { ($map | ConvertTo-Json -Depth 1 | ConvertFrom-Json).PSObject.Properties.Name }
            'Get-Member' { ($map | Get-Member -MemberType Properties).Name }
            'Select-Object' { ($map | Select-Object -Property *).PSObject.Properties.Name }
        }

        $names | Should -Contain 'Mode'
        $names | Should -Not -Contain 'Display'
        $names | Should -Not -Contain 'HexAddress'
    }

    It 'goes to other sessions by name, all of it but what is hidden: <_>' -ForEach @(
        'MappedRegion', 'MemoryUsage', 'MemoryUsageTotal', 'ProcessMapping', 'MappedMatch', 'MappedDifference', 'MappedChange'
    ) {
        $data = Get-TypeData "MmapPS.$_"
        $data.SerializationMethod | Should -BeExactly 'SpecificProperties'
        $visible = @([MmapPS.MappedRegion].Assembly.GetType("MmapPS.$_").GetProperties().Name) +
            @($data.Members.Keys | Where-Object { $_ -notin 'Display', 'HexAddress', 'Count' })
        $data.PropertySerializationSet.ReferencedProperties | Sort-Object | Should -Be ($visible | Where-Object { $_ -ne 'Item' } | Sort-Object)
    }

    It 'is the same of what comes back from a file' {
        $file = Join-Path $TestDrive 'region.xml'
        $map, (Measure-MemoryMap $map) | Export-Clixml $file
        Get-Content $file -Raw | Should -Not -Match 'Display|HexAddress'
        $back = Import-Clixml $file
        $back[0].PSTypeNames[0] | Should -BeExactly 'Deserialized.MmapPS.MappedRegion'
        ($back[0] | Out-String -Width 200).Trim() | Should -BeExactly ($map | Out-String -Width 200).Trim()
        ($back[1] | Format-List | Out-String).Trim() | Should -BeExactly (Measure-MemoryMap $map | Format-List | Out-String).Trim()
    }

    It 'has addresses in hexadecimal if PowerShell lists objects of several types' {
        Skip-OnMacOS 'its mappings are looked at elsewhere'
        $text = & { Measure-MemoryMap $map; $map; Get-MemoryMap -ProcessId $PID | Where-Object Address -EQ $map.Address } | Out-String -Width 200
        [regex]::Matches($text, "(?m)^HexAddress +: 0x$($map.Address.ToString('x'))\s*$").Count | Should -Be 2
        $text | Should -Not -Match $map.Address
    }

    It 'has one line for each, with the end of a long path: <Width> columns' -ForEach @{ Width = 80 }, @{ Width = 120 } {
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive "$Width" ('a folder with a name ' * 6).Trim())
        $long = Join-Path $folder 'the-end-of-it.db'
        Set-Content -LiteralPath $long -Value abc
        $deep = New-MemoryMap -LiteralPath $long
        $shown = @($deep; Measure-MemoryMap $deep)
        $shown += if ($IsLinux) { Get-MemoryMap -ProcessId $PID -Path $long }
        foreach ($one in $shown) {
            $lines = @($one | Out-String -Width $Width | ForEach-Object Split "`n" | Where-Object { $_.Contains('the-end-of-it') })
            $lines | Should -HaveCount 1
            $lines[0].TrimEnd() | Should -MatchExactly '\u2026[^\u2026]*name/the-end-of-it\.db$'.Replace('/', [regex]::Escape([IO.Path]::DirectorySeparatorChar))
            $lines[0].TrimEnd().Length | Should -BeLessOrEqual $Width
        }
    }
}

Describe 'The views in ConstrainedLanguage' {
    BeforeAll {
        $file = New-TestFile -Name 'constrained.db' -Size 5000
        $child = Invoke-Child -Environment @{ VIEW_FILE = $file } -Script @'
Set-StrictMode -Version 3
$map = New-MemoryMap $env:VIEW_FILE
Write-MappedByte $map abcdef -Offset 100
$usage = Measure-MemoryMap $map
$match = Find-MappedByte $map abcdef
$change = Edit-MappedByte $map abc xyz -PassThru
$mapping = if ($IsLinux) { Get-MemoryMap -ProcessId $PID -Path $env:VIEW_FILE }
$ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'
$map | Out-Host
$usage | Out-Host
$match | Out-Host
$change | Out-Host
$mapping | Out-Host
$map, $usage, $match, $change, $mapping | Where-Object { $_ } | ForEach-Object { $_ | Format-List | Out-Host }
$map | Format-Wide | Out-Host
"language $($ExecutionContext.SessionState.LanguageMode)" | Out-Host
"errors $($Error.Count)" | Out-Host
'@
        $text = $child.Output.Replace("`r", '')
    }

    It 'have what they have elsewhere, and no error' {
        $child.ErrorOutput | Should -BeNullOrEmpty
        $text | Should -MatchExactly '(?m)^language ConstrainedLanguage$'
        $text | Should -MatchExactly '(?m)^errors 0$'
        $text | Should -Not -MatchExactly '#ERR'
        $text | Should -MatchExactly '(?m)^ +1 File +rw-s Open +4\.9 KiB +0 .*constrained\.db$'
        $text | Should -MatchExactly '(?m)^ *4\.9 KiB +[\d.]+ K?i?B +[\d.]+ \[[Oo. ]{24}\] .*constrained\.db$'
        $text | Should -MatchExactly '(?m)^ +100 +6 +61 62 63 64 65 66 +abcdef$'
        $text | Should -MatchExactly '(?m)^ +100 +3 61 62 63 +78 79 7a$'
        $text | Should -MatchExactly '(?m)^Length +: 4\.9 KiB \(5000 bytes\)$'
        if ($IsLinux) {
            $text | Should -MatchExactly '(?m)^ +[0-9a-f]{8,16} +8\.0 KiB rw-s .*constrained\.db$'
        }
    }
}
