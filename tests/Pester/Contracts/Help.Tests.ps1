# The help's markdown, the MAML that is made of it, and the cmdlets say the same; Get-Help shows it.

BeforeDiscovery {
    . $PSScriptRoot/../Support/Module.ps1
    . $PSScriptRoot/../Support/HelpPage.ps1
    $cmdlets = @((Get-Module MmapPS).ExportedCmdlets.Keys | ForEach-Object { @{ Name = $_ } })
    $topics = @([IO.Directory]::GetFiles((Get-HelpPath), 'about_*.md') |
            ForEach-Object { @{ Name = [IO.Path]::GetFileNameWithoutExtension($_) } })
}

BeforeAll {
    . $PSScriptRoot/../Support/Module.ps1
    . $PSScriptRoot/../Support/HelpPage.ps1
    . $PSScriptRoot/../../../tools/HelpText.ps1
    $module = Get-Module MmapPS
    $built = [IO.Path]::Combine([IO.Path]::GetDirectoryName($env:MMAPPS_MODULE), 'en-US')
    $common = [Management.Automation.Internal.CommonParameters].GetProperties().Name
    $maml = @(([xml][IO.File]::ReadAllText((Get-HelpPath 'en-US/MmapPS.dll-Help.xml'))).DocumentElement.ChildNodes)

    # One line of words, as text reads whatever wraps it.
    function ConvertTo-Line([string] $Text) {
        [regex]::Replace($Text, '\s+', ' ').Trim()
    }

    function Get-ParagraphText($Node) {
        ConvertTo-Line (@($Node.ChildNodes | ForEach-Object InnerText) -join ' ')
    }

    # Where a parameter stands in each of its sets, as one line.
    function Format-SetList($Sets) {
        $lines = @($Sets | ForEach-Object {
                "$($_.Name) position=$($_.Position) required=$($_.Required) value=$($_.ByValue) property=$($_.ByPropertyName)"
            })
        [Array]::Sort($lines, [StringComparer]::Ordinal)
        $lines -join '; '
    }

    function Get-SetList($Parameter) {
        foreach ($set in $Parameter.ParameterSets.GetEnumerator()) {
            [pscustomobject]@{
                Name           = if ($set.Key -eq '__AllParameterSets') { '(All)' } else { $set.Key }
                Position       = if ($set.Value.Position -lt 0) { 'Named' } else { "$($set.Value.Position)" }
                Required       = $set.Value.IsMandatory
                ByValue        = $set.Value.ValueFromPipeline
                ByPropertyName = $set.Value.ValueFromPipelineByPropertyName
            }
        }
    }

    # What a parameter is where it is left out: the property of a new cmdlet object. What has no text stands as nothing.
    function Get-DefaultText($Command, $Parameter) {
        if (@($Parameter.ParameterSets.Values | Where-Object { -not $_.IsMandatory }).Count -eq 0) {
            return ''
        }

        if ($Parameter.ParameterType -eq [switch]) {
            return 'False'
        }

        $value = $Command.ImplementingType.GetProperty($Parameter.Name).GetValue([Activator]::CreateInstance($Command.ImplementingType))
        if ($value -is [Text.UTF8Encoding]) { 'utf8' } elseif ($value -is [array]) { '' } else { "$value" }
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
        $path = Get-HelpPath "$Name.md"
        $page = if ([IO.File]::Exists($path)) { Read-HelpPage $path }
        $own = @($command.Parameters.Values | Where-Object { $_.Name -notin $common })
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
        (@($page.Sets) -join ' ') | Should -BeExactly (@($command.ParameterSets | ForEach-Object Name) -join ' ')
        $default = ($command.ParameterSets | Where-Object IsDefault).Name
        if ($command.ParameterSets.Count -gt 1) {
            $page.Sections['SYNTAX'] | Should -MatchExactly "(?m)^### $default \(Default\)$"
        }
    }

    It 'has the cmdlet''s parameters, with their types, aliases, sets, positions and pipeline input' {
        $written = @($page.Parameters.Name)
        $real = @($own.Name)
        [Array]::Sort($real, [StringComparer]::OrdinalIgnoreCase)
        ($written -join ' ') | Should -BeExactly ($real -join ' ')
        foreach ($parameter in $page.Parameters) {
            $real = $command.Parameters[$parameter.Name]
            $parameter.Text | Should -Not -BeNullOrEmpty -Because $parameter.Name
            $parameter.Type | Should -BeExactly $real.ParameterType.ToString() -Because $parameter.Name
            ($parameter.Aliases -join ' ') | Should -BeExactly ($real.Aliases -join ' ') -Because $parameter.Name
            (Format-SetList $parameter.Sets) | Should -BeExactly (Format-SetList (Get-SetList $real)) -Because $parameter.Name
            $globbing = @($real.Attributes | Where-Object { $_ -is [Management.Automation.SupportsWildcardsAttribute] }).Count -gt 0
            $parameter.Globbing | Should -Be $globbing -Because $parameter.Name
        }
    }

    It 'has the defaults and the values that the cmdlet has' {
        foreach ($parameter in $page.Parameters) {
            $real = $command.Parameters[$parameter.Name]
            "$($parameter.Default)" | Should -BeExactly (Get-DefaultText $command $real) -Because $parameter.Name
            ($parameter.Accepted -join ' ') | Should -BeExactly (@(Get-EnumName $real.ParameterType) -join ' ') -Because $parameter.Name
            foreach ($range in $real.Attributes | Where-Object { $_ -is [Management.Automation.ValidateRangeAttribute] }) {
                # What 64 bits hold is no bound that anybody meets.
                foreach ($bound in $range.MinRange, $range.MaxRange) {
                    if ($bound -ne [long]::MaxValue) {
                        $parameter.Text | Should -MatchExactly "\b$bound\b" -Because $parameter.Name
                    }
                }
            }

            foreach ($name in Get-EnumName $real.ParameterType) {
                if ($parameter.Name -ne 'Advice' -or $Name -eq 'Set-MemoryMapAdvice') {
                    $parameter.Text | Should -MatchExactly "\b$name\b" -Because $parameter.Name
                }
            }

            $sets = @(Get-SetList $real)
            $ways = @(
                if ($sets.ByValue -contains $true) { 'by value' }
                if ($sets.ByPropertyName -contains $true) { 'by property name' }
            ) -join ' and '
            if ($ways) {
                $parameter.Text | Should -BeLike "*Pipeline input: $ways."
            }
            else {
                $parameter.Text | Should -Not -BeLike '*Pipeline input*'
            }

            if ($real.Name -in 'Offset', 'Length', 'OtherOffset', 'DestinationOffset', 'Address', 'HugePageSize', 'Stride') {
                $parameter.Text | Should -MatchExactly 'bytes|address' -Because $parameter.Name
                $parameter.Text | Should -MatchExactly '\b[01] or more|Default: 0' -Because $parameter.Name
            }
        }
    }

    It 'names what it takes from the pipeline and what it emits' {
        $inputs = @($own | Where-Object { @(Get-SetList $_ | Where-Object { $_.ByValue -or $_.ByPropertyName }).Count -gt 0 } |
                ForEach-Object { $_.ParameterType.ToString() -replace '^System\.Nullable`1\[(.+)\]$', '$1' })
        $written = @((Get-MarkdownSection $page.Sections['INPUTS'] -Level 3).Title)
        foreach ($type in $inputs) {
            $written | Should -Contain $type
        }

        foreach ($type in $written) {
            $inputs | Should -Contain $type
        }

        $outputs = @($command.OutputType | ForEach-Object Name)
        $written = @((Get-MarkdownSection $page.Sections['OUTPUTS'] -Level 3).Title)
        foreach ($type in $outputs) {
            $written | Should -Contain $type
        }

        foreach ($type in $written) {
            $(if ($outputs) { $outputs } else { 'None' }) | Should -Contain $type
        }
    }

    It 'has three examples or more, numbered, that name the cmdlet' {
        $page.Examples.Count | Should -BeGreaterOrEqual 3
        for ($i = 0; $i -lt $page.Examples.Count; $i++) {
            $page.Examples[$i].Title | Should -MatchExactly "^Example $($i + 1): \w"
            ($page.Examples[$i].Code.Code -join "`n") | Should -BeLike "*$Name*"
        }
    }

    It 'has links that lead to pages' {
        $links = [regex]::Matches($page.Sections['RELATED LINKS'], '(?m)^- \[(.+)\]\((.+)\)$')
        $links.Count | Should -BeGreaterThan 0
        foreach ($link in $links) {
            $link.Groups[2].Value | Should -BeExactly "$($link.Groups[1].Value).md"
            [IO.File]::Exists((Get-HelpPath $link.Groups[2].Value)) | Should -BeTrue -Because $link.Value
        }
    }

    It 'is the same in MAML' {
        $entry | Should -Not -BeNullOrEmpty
        Get-ParagraphText $entry.details.description | Should -BeExactly $page.Synopsis
        Get-ParagraphText $entry.description | Should -BeExactly (ConvertTo-Line $page.Sections['DESCRIPTION'])
        Get-ParagraphText $entry.alertSet.alert | Should -BeExactly (ConvertTo-Line $page.Sections['NOTES'])
        @($entry.syntax.syntaxItem).Count | Should -Be $page.Sets.Count
        $links = [regex]::Matches($page.Sections['RELATED LINKS'], '\[(.+)\]') | ForEach-Object { $_.Groups[1].Value }
        (@($entry.relatedLinks.navigationLink.linkText) -join ' ') | Should -BeExactly ($links -join ' ')
    }

    It 'has the same parameters in MAML' {
        $nodes = @($entry.parameters.parameter)
        ($nodes.name -join ' ') | Should -BeExactly ($page.Parameters.Name -join ' ')
        for ($i = 0; $i -lt $nodes.Count; $i++) {
            $parameter = $page.Parameters[$i]
            Get-ParagraphText $nodes[$i].description | Should -BeExactly (ConvertTo-Line $parameter.Text)
            $nodes[$i].type.name | Should -BeExactly ($parameter.Type -replace '^System\.Nullable`1\[(.+)\]$', '$1')
            "$($nodes[$i].defaultValue)" | Should -BeExactly "$($parameter.Default)" -Because $parameter.Name
            $required = if ($parameter.Sets.Required -contains $false) { 'false' } else { 'true' }
            $nodes[$i].required | Should -BeExactly $required -Because $parameter.Name
            $parameter.Sets.Position | Should -Contain $nodes[$i].position -Because $parameter.Name
            $nodes[$i].globbing | Should -Be "$($parameter.Globbing)" -Because $parameter.Name
            $ways = @(
                if ($parameter.Sets.ByValue -contains $true) { 'ByValue' }
                if ($parameter.Sets.ByPropertyName -contains $true) { 'ByPropertyName' }
            ) -join ', '
            $nodes[$i].pipelineInput | Should -BeExactly $(if ($ways) { "true ($ways)" } else { 'false' }) -Because $parameter.Name
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
        @($help.examples.example).Count | Should -Be $page.Examples.Count
        $shown = @((Get-Help -Name $Name -Parameter *).name)
        [Array]::Sort($shown, [StringComparer]::OrdinalIgnoreCase)
        ($shown -join ' ') | Should -BeExactly ($page.Parameters.Name -join ' ')
    }
}

Describe 'The topic <Name>' -ForEach $topics {
    It 'is the same as text, which Get-Help shows' {
        $text = [IO.File]::ReadAllText((Get-HelpPath "en-US/$Name.help.txt"))
        $text | Should -BeExactly (ConvertTo-HelpText ([IO.File]::ReadAllText((Get-HelpPath "$Name.md"))))
        (Get-Help -Name $Name) -join '' | Should -BeLike "*$Name*"
    }

    It 'has lines that fit, but for code' {
        foreach ($line in [IO.File]::ReadAllLines((Get-HelpPath "en-US/$Name.help.txt"))) {
            if (-not $line.StartsWith('        ')) {
                $line.Length | Should -BeLessOrEqual 80 -Because $line
            }
        }
    }
}

Describe 'The help' {
    It 'has no page of a cmdlet that is not there' {
        foreach ($path in [IO.Directory]::GetFiles((Get-HelpPath), '*-*.md')) {
            $module.ExportedCmdlets.Keys | Should -Contain ([IO.Path]::GetFileNameWithoutExtension($path))
        }

        $maml.Count | Should -Be $module.ExportedCmdlets.Count
    }

    It 'is in the built module' {
        $files = [IO.Directory]::GetFiles((Get-HelpPath 'en-US'))
        $files.Count | Should -BeGreaterThan 1
        foreach ($file in $files) {
            $copy = [IO.Path]::Combine($built, [IO.Path]::GetFileName($file))
            [IO.File]::ReadAllText($copy) | Should -BeExactly ([IO.File]::ReadAllText($file)) -Because $copy
        }
    }
}
