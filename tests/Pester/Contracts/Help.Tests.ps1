# The help's markdown, the MAML made from it, and the cmdlets agree; Get-Help shows it.

BeforeDiscovery {
    . $PSScriptRoot/../Support/Preamble.ps1
    . $PSScriptRoot/../Support/HelpPage.ps1
    $cmdlets = (Get-Command -Module MmapPS).Name | ForEach-Object { @{ Name = $_ } }
    $topics = (Get-ChildItem (Get-HelpPath about_*.md)).BaseName | ForEach-Object { @{ Name = $_ } }
}

BeforeAll {
    . $PSScriptRoot/../Support/Preamble.ps1
    . $PSScriptRoot/../Support/HelpPage.ps1
    . $PSScriptRoot/../../../tools/HelpText.ps1
    $module = Get-Module MmapPS
    $common = [Management.Automation.Internal.CommonParameters].GetProperties().Name
    $maml = ([xml](Get-Content (Get-HelpPath en-US/MmapPS.dll-Help.xml) -Raw)).DocumentElement.ChildNodes

    # One line of words, independent of line breaks.
    function ConvertTo-Line([string] $Text) {
        ($Text -replace '\s+', ' ').Trim()
    }

    function Get-ParagraphText($Node) {
        ConvertTo-Line (@($Node.ChildNodes | ForEach-Object InnerText) -join ' ')
    }

    # The position of a parameter in each of its sets, as one line.
    function Format-SetList($Sets) {
        ($Sets | ForEach-Object {
            "$($_.Name) position=$($_.Position) required=$($_.Required) value=$($_.ByValue) property=$($_.ByPropertyName)"
        } | Sort-Object) -join '; '
    }

    function Get-SetList($Parameter) {
        foreach ($set in $Parameter.ParameterSets.GetEnumerator()) {
            [pscustomobject]@{
                Name           = $set.Key -eq '__AllParameterSets' ? '(All)' : $set.Key
                Position       = $set.Value.Position -lt 0 ? 'Named' : "$($set.Value.Position)"
                Required       = $set.Value.IsMandatory
                ByValue        = $set.Value.ValueFromPipeline
                ByPropertyName = $set.Value.ValueFromPipelineByPropertyName
            }
        }
    }

    # A parameter's default: the property of a new cmdlet object; empty if it has no text.
    function Get-DefaultText($Command, $Parameter) {
        if (-not ($Parameter.ParameterSets.Values | Where-Object IsMandatory -EQ $false)) {
            return ''
        }

        if ($Parameter.ParameterType -eq [switch]) {
            return 'False'
        }

        $value = $Command.ImplementingType.GetProperty($Parameter.Name).GetValue([Activator]::CreateInstance($Command.ImplementingType))
        if ($value -is [Text.UTF8Encoding]) { 'utf8' } elseif ($value -is [array]) { '' } else { "$value" }
    }

    # What -Parameter may be, where it is one of a few names.
    function Get-ValueName($Parameter) {
        $set = $Parameter.Attributes | Where-Object { $_ -is [Management.Automation.ValidateSetAttribute] }
        $set ? $set.ValidValues : (Get-EnumName $Parameter.ParameterType)
    }

    function Get-EnumName([type] $Type) {
        $plain = [Nullable]::GetUnderlyingType($Type)
        $plain = if ($plain) { $plain } elseif ($Type.IsArray) { $Type.GetElementType() } else { $Type }
        if ($plain.IsEnum) {
            [Enum]::GetNames($plain)
        }
    }
}

Describe 'The help of <Name>' -ForEach $cmdlets {
    BeforeAll {
        $command = $module.ExportedCmdlets[$Name]
        $page = if (Test-Path (Get-HelpPath "$Name.md")) { Read-HelpPage (Get-HelpPath "$Name.md") }
        $own = $command.Parameters.Values | Where-Object Name -NotIn $common
        $entry = $maml | Where-Object { $_.details.name -ceq $Name }
    }

    It 'has a page, with nothing left to fill in' {
        $page | Should -Not -BeNullOrEmpty
        $page.Markdown | Should -Not -Match '\{\{'
        $page.Synopsis | Should -Not -BeNullOrEmpty
        foreach ($section in 'SYNTAX', 'DESCRIPTION', 'EXAMPLES', 'PARAMETERS', 'INPUTS', 'OUTPUTS', 'NOTES', 'RELATED LINKS') {
            $page.Sections[$section] | Should -Not -BeNullOrEmpty -Because $section
        }
    }

    It 'has the cmdlet''s parameter sets' {
        $page.Sets -join ' ' | Should -BeExactly ($command.ParameterSets.Name -join ' ')
        if ($command.ParameterSets.Count -gt 1) {
            $page.Sections['SYNTAX'] | Should -MatchExactly "(?m)^### $($command.DefaultParameterSet) \(Default\)$"
        }
    }

    It 'has the cmdlet''s parameters, with their types, aliases, sets, positions and pipeline input' {
        $written = foreach ($parameter in $page.Parameters) {
            "$($parameter.Name) $($parameter.Type) [$($parameter.Aliases)] globbing=$($parameter.Globbing) $(Format-SetList $parameter.Sets)"
        }
        $real = foreach ($parameter in $own | Sort-Object Name) {
            $globbing = $parameter.Attributes.TypeId -contains [Management.Automation.SupportsWildcardsAttribute]
            "$($parameter.Name) $($parameter.ParameterType.ToString()) [$($parameter.Aliases)] globbing=$globbing $(Format-SetList (Get-SetList $parameter))"
        }
        $written -join "`n" | Should -BeExactly ($real -join "`n")
        $page.Parameters | Where-Object { -not $_.Text } | Should -BeNullOrEmpty
    }

    It 'has the defaults and the values that the cmdlet has' {
        $written = $page.Parameters | ForEach-Object { "$($_.Name) default=$($_.Default) values=$($_.Accepted)" }
        $real = $own | Sort-Object Name | ForEach-Object { "$($_.Name) default=$(Get-DefaultText $command $_) values=$(Get-ValueName $_)" }
        $written -join "`n" | Should -BeExactly ($real -join "`n")
    }

    It 'says of each parameter what may be given, and how by pipeline' {
        foreach ($parameter in $page.Parameters) {
            $real = $command.Parameters[$parameter.Name]
            $sets = Get-SetList $real
            $ways = @(
                if ($sets.ByValue -contains $true) { 'by value' }
                if ($sets.ByPropertyName -contains $true) { 'by property name' }
            ) -join ' and '
            $patterns = @(
                if ($ways) { "Pipeline input: $ways\.$" } else { '^((?!Pipeline input).)*$' }
                $ranges = $real.Attributes | Where-Object { $_ -is [Management.Automation.ValidateRangeAttribute] }
                # The largest 64-bit number is not a real limit.
                $ranges.MinRange, $ranges.MaxRange -ne [long]::MaxValue | Where-Object { $null -ne $_ } | ForEach-Object { "\b$_\b" }
                if ($parameter.Name -ne 'Advice' -or $Name -eq 'Set-MemoryMapAdvice') {
                    Get-ValueName $real | ForEach-Object { "\b$_\b" }
                }
                if ($real.Name -in 'Offset', 'Length', 'OtherOffset', 'DestinationOffset', 'Address', 'HugePageSize', 'Stride') {
                    'bytes|address'
                    '\b[01] or more|Default: 0'
                }
            )
            $patterns | Where-Object { $parameter.Text -cnotmatch "(?s)$_" } | Should -BeNullOrEmpty -Because $parameter.Name
        }
    }

    It 'names what it takes from the pipeline and what it emits' {
        $inputs = $own | Where-Object { Get-SetList $_ | Where-Object { $_.ByValue -or $_.ByPropertyName } } |
            ForEach-Object { $_.ParameterType.ToString() -replace '^System\.Nullable`1\[(.+)\]$', '$1' } | Sort-Object -Unique
        (Get-MarkdownSection $page.Sections['INPUTS'] -Level 3).Title | Sort-Object | Should -Be $inputs
        $outputs = $command.OutputType.Count ? $command.OutputType.Name : 'None'
        (Get-MarkdownSection $page.Sections['OUTPUTS'] -Level 3).Title | Sort-Object | Should -Be ($outputs | Sort-Object -Unique)
    }

    It 'has three examples or more, numbered, that name the cmdlet' {
        $page.Examples.Count | Should -BeGreaterOrEqual 3
        for ($i = 0; $i -lt $page.Examples.Count; $i++) {
            $page.Examples[$i].Title | Should -MatchExactly "^Example $($i + 1): \w"
            $page.Examples[$i].Code.Code -join "`n" | Should -BeLike "*$Name*"
        }
    }

    It 'has links that lead to pages' {
        $links = [regex]::Matches($page.Sections['RELATED LINKS'], '(?m)^- \[(.+)\]\((.+)\)$')
        $links.Count | Should -BeGreaterThan 0
        foreach ($link in $links) {
            $link.Groups[2].Value | Should -BeExactly "$($link.Groups[1].Value).md"
            Get-HelpPath $link.Groups[2].Value | Should -Exist
        }
    }

    It 'is the same in MAML' {
        $entry | Should -Not -BeNullOrEmpty
        Get-ParagraphText $entry.details.description | Should -BeExactly $page.Synopsis
        Get-ParagraphText $entry.description | Should -BeExactly (ConvertTo-Line $page.Sections['DESCRIPTION'])
        Get-ParagraphText $entry.alertSet.alert | Should -BeExactly (ConvertTo-Line $page.Sections['NOTES'])
        @($entry.syntax.syntaxItem).Count | Should -Be $page.Sets.Count
        $links = [regex]::Matches($page.Sections['RELATED LINKS'], '\[(.+)\]') | ForEach-Object { $_.Groups[1].Value }
        $entry.relatedLinks.navigationLink.linkText -join ' ' | Should -BeExactly ($links -join ' ')
    }

    It 'has the same parameters in MAML' {
        $made = foreach ($node in $entry.parameters.parameter) {
            $node.name, $node.type.name, "default=$($node.defaultValue)", "required=$($node.required)", "globbing=$($node.globbing)",
            "input=$($node.pipelineInput)", (Get-ParagraphText $node.description) -join ' '
        }
        $written = foreach ($parameter in $page.Parameters) {
            $ways = @(
                if ($parameter.Sets.ByValue -contains $true) { 'ByValue' }
                if ($parameter.Sets.ByPropertyName -contains $true) { 'ByPropertyName' }
            ) -join ', '
            $parameter.Name, ($parameter.Type -replace '^System\.Nullable`1\[(.+)\]$', '$1'), "default=$($parameter.Default)",
            "required=$($parameter.Sets.Required -notcontains $false)", "globbing=$($parameter.Globbing)",
            "input=$($ways ? "true ($ways)" : 'false')", (ConvertTo-Line $parameter.Text) -join ' '
        }
        $made -join "`n" | Should -Be ($written -join "`n")
        foreach ($node in $entry.parameters.parameter) {
            ($page.Parameters | Where-Object Name -CEQ $node.name).Sets.Position | Should -Contain $node.position -Because $node.name
        }
    }

    It 'has the same examples in MAML' {
        $nodes = @($entry.examples.example)
        $nodes.Count | Should -Be $page.Examples.Count
        for ($i = 0; $i -lt $nodes.Count; $i++) {
            $nodes[$i].title.Trim('-', ' ') | Should -BeExactly $page.Examples[$i].Title
            $nodes[$i].code.Replace("`r", '') | Should -BeExactly $page.Examples[$i].Code[0].Code
            $all = ConvertTo-Line (($page.Examples[$i].Text -replace '(?m)^```\w*$', ''))
            $shown = "$(Get-ParagraphText $nodes[$i].introduction) $($nodes[$i].code) $(Get-ParagraphText $nodes[$i].remarks)"
            ConvertTo-Line $shown | Should -BeExactly $all
        }
    }

    It 'is what Get-Help shows' {
        $help = Get-Help -Name $Name -Full
        $help.Synopsis | Should -BeExactly $page.Synopsis
        $help.examples.example | Should -HaveCount $page.Examples.Count
        ((Get-Help -Name $Name -Parameter *).name | Sort-Object) -join ' ' | Should -BeExactly ($page.Parameters.Name -join ' ')
    }

    It 'has examples that Get-Help prints with each line of code on a line of its own' {
        $printed = (Get-Help $Name -Examples | Out-String -Width 1000) -split '\r?\n' | ForEach-Object Trim
        foreach ($example in $page.Examples) {
            $printed | Should -Contain "--------- $($example.Title) ---------"
            ($example.Code[0].Code -split '\n').Trim() | Where-Object { $_ -cnotin $printed } | Should -BeNullOrEmpty
        }
    }
}

Describe 'The topic <Name>' -ForEach $topics {
    BeforeAll {
        $text = Get-Content (Get-HelpPath "en-US/$Name.help.txt") -Raw
    }

    It 'is the same as text, which Get-Help shows' {
        $text | Should -BeExactly (ConvertTo-HelpText (Get-Content (Get-HelpPath "$Name.md") -Raw))
        Get-Help $Name | Out-String | Should -BeLike "*$Name*"
    }

    It 'has lines that fit, but for code' {
        $text -split '\n' | Where-Object { $_.Length -gt 80 -and -not $_.StartsWith('        ') } | Should -BeNullOrEmpty
    }
}

Describe 'The help' {
    It 'has no page of a cmdlet that is not there' {
        (Get-ChildItem (Get-HelpPath *-*.md)).BaseName | Sort-Object | Should -Be ($module.ExportedCmdlets.Keys | Sort-Object)
        $maml | Should -HaveCount $module.ExportedCmdlets.Count
    }

    It 'is in the built module' {
        $files = Get-ChildItem (Get-HelpPath en-US)
        $files.Count | Should -BeGreaterThan 1
        foreach ($file in $files) {
            $copy = Join-Path (Split-Path $env:MMAPPS_MODULE) en-US $file.Name
            (Get-FileHash $copy).Hash | Should -BeExactly (Get-FileHash $file).Hash -Because $copy
        }
    }
}
