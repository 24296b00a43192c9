# The help's markdown, read without PlatyPS. Dot-source this.

function Get-HelpPath {
    <#
    .SYNOPSIS
        The full path of a file under docs/help.
    #>
    param([string] $Name)

    Join-Path (Convert-Path $PSScriptRoot/../../../docs/help) $Name
}

function Get-PageWithExample {
    <#
    .SYNOPSIS
        The paths of the pages whose examples run: help and README.
    #>
    Get-ChildItem (Get-HelpPath *.md) | Sort-Object Name | ForEach-Object FullName
    Convert-Path $PSScriptRoot/../../../README.md
}

function Get-MarkdownSection {
    <#
    .SYNOPSIS
        Cuts markdown at its headings of a level. Returns Title and Text of each; a # in fenced code is no heading.
    #>
    param([Parameter(Mandatory)] [string] $Markdown, [Parameter(Mandatory)] [int] $Level)

    $mark = '#' * $Level + ' '
    $title = $null
    $text = @()
    $fenced = $false
    foreach ($line in $Markdown -split '\r?\n') {
        if (-not $fenced -and $line.StartsWith($mark)) {
            if ($title) {
                [pscustomobject]@{ Title = $title; Text = ($text -join "`n").Trim() }
            }
            $title = $line.Substring($mark.Length)
            $text = @()
        }
        else {
            $fenced = $fenced -ne $line.StartsWith('```')
            $text += $line
        }
    }
    if ($title) {
        [pscustomobject]@{ Title = $title; Text = ($text -join "`n").Trim() }
    }
}

function Get-MarkdownCode {
    <#
    .SYNOPSIS
        The fenced code in markdown, in order: Code, and the Output that is shown right after it, or $null.
    #>
    param([Parameter(Mandatory)] [string] $Markdown)

    $fences = '(?ms)^```powershell\n(?<code>.*?)\n```$(\n+```Output\n(?<output>.*?)\n```$)?'
    foreach ($match in [regex]::Matches($Markdown.Replace("`r", ''), $fences)) {
        [pscustomobject]@{
            Code   = $match.Groups['code'].Value
            Output = $match.Groups['output'].Success ? $match.Groups['output'].Value : $null
        }
    }
}

function Read-HelpPage {
    <#
    .SYNOPSIS
        A cmdlet's page as an object: Name, Synopsis, Sections by title, Sets, Examples, Parameters.
    #>
    param([Parameter(Mandatory)] [string] $Path)

    $markdown = Get-Content -LiteralPath $Path -Raw
    $sections = @{}
    Get-MarkdownSection $markdown -Level 2 | ForEach-Object { $sections[$_.Title] = $_.Text }
    [pscustomobject]@{
        Name       = Split-Path $Path -LeafBase
        Markdown   = $markdown
        Synopsis   = $sections['SYNOPSIS']
        Sections   = $sections
        Sets       = @((Get-MarkdownSection $sections['SYNTAX'] -Level 3).Title -replace ' \(Default\)$')
        Examples   = @(Get-MarkdownSection $sections['EXAMPLES'] -Level 3 |
                Select-Object Title, Text, @{ Name = 'Code'; Expression = { @(Get-MarkdownCode $_.Text) } })
        Parameters = @(Get-MarkdownSection $sections['PARAMETERS'] -Level 3 | Where-Object Title -Like '-*' |
                ForEach-Object { Read-HelpParameter $_ })
    }
}

function Read-HelpParameter($Section) {
    $null = $Section.Text -match '(?s)\A(?<text>.*?)\s*```yaml\n(?<yaml>.*?)```\s*\z'
    $text = $Matches.text
    $yaml = $Matches.yaml
    $value = { param($key, $in = $yaml) if ($in -match "(?m)^[- ]*$($key): *(.*)$") { $Matches[1].Trim("'") } }
    $list = { param($key) if ($yaml -match "(?m)^$($key):\n((?:- .*\n)+)") { $Matches[1].TrimEnd() -split '\n' -replace '^- ', '' } }
    $sets = [regex]::Match($yaml, '(?ms)^ParameterSets:\n(.*?)^(?=\w)').Groups[1].Value
    [pscustomobject]@{
        Name     = $Section.Title.Substring(1)
        Text     = $text
        Type     = & $value 'Type'
        Default  = & $value 'DefaultValue'
        Aliases  = @(& $list 'Aliases')
        Accepted = @(& $list 'AcceptedValues')
        Globbing = (& $value 'SupportsWildcards') -eq 'true'
        Sets     = @($sets -split '(?m)^(?=- Name:)' | Where-Object { $_ } | ForEach-Object {
                [pscustomobject]@{
                    Name           = & $value 'Name' $_
                    Position       = & $value 'Position' $_
                    Required       = (& $value 'IsRequired' $_) -eq 'true'
                    ByValue        = (& $value 'ValueFromPipeline' $_) -eq 'true'
                    ByPropertyName = (& $value 'ValueFromPipelineByPropertyName' $_) -eq 'true'
                }
            })
    }
}
