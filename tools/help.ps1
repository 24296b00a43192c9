<#
.SYNOPSIS
Makes what Get-Help reads, docs/help/en-US, from the markdown in docs/help.
.DESCRIPTION
The about topics become text, and the cmdlets' pages become MAML, which needs Microsoft.PowerShell.PlatyPS. The same markdown gives
the same bytes. Differences between a page and its cmdlet are printed, and the exit code is then 1.
.PARAMETER Source
The folder of the markdown.
.PARAMETER Module
The manifest of the built module, to compare the pages with.
#>
param(
    [Parameter(Mandatory)] [string] $Source,
    [Parameter(Mandatory)] [string] $Module
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
. $PSScriptRoot/HelpText.ps1

$namespaces = @{
    maml    = 'http://schemas.microsoft.com/maml/2004/10'
    command = 'http://schemas.microsoft.com/maml/dev/command/2004/10'
    dev     = 'http://schemas.microsoft.com/maml/dev/2004/10'
}

# Writes a file if its text has changed, and prints whether it did.
function Update-File([string] $Path, [string] $Text) {
    if ((Test-Path $Path) -and (Get-Content $Path -Raw) -ceq $Text) {
        "$(Split-Path $Path -Leaf) is up to date."
    }
    else {
        Set-Content $Path $Text -NoNewline
        "$(Split-Path $Path -Leaf) was made."
    }
}

# Prints the differences between a page and its cmdlet: names, types, aliases, and the position of a parameter in each set.
function Compare-Page($Page, $Command) {
    $lists = foreach ($help in $Page, $Command) {
        , @(foreach ($parameter in $help.Parameters) {
                $sets = $parameter.ParameterSets | ForEach-Object {
                    $_.Name, $_.Position, $_.IsRequired, $_.ValueFromPipeline, $_.ValueFromPipelineByPropertyName -join ':'
                }
                "$($parameter.Name) $($parameter.Type) [$($parameter.Aliases -join ',')] $sets"
            })
    }
    Compare-Object $lists[0] $lists[1] -CaseSensitive | ForEach-Object {
        "$($Page.Title): the $($_.SideIndicator -eq '<=' ? 'page' : 'cmdlet') has $($_.InputObject)"
    }
}

function Add-Element($Parent, [string] $Name, [string] $Text) {
    $element = $Parent.OwnerDocument.CreateElement($Name, $namespaces[$Name.Split(':')[0]])
    if ($Text) {
        $element.InnerText = $Text
    }
    $null = $Parent.AppendChild($element)
}

function Set-Paragraph($Parent, [string[]] $Text) {
    $Parent.IsEmpty = $true
    $Text | ForEach-Object { Add-Element $Parent maml:para $_ }
}

# PlatyPS puts an example's code with its fences into the introduction, between invisible characters.
function Repair-Example($Example) {
    $introduction = @()
    $code = $null
    $remarks = @()
    foreach ($part in @($Example.introduction.ChildNodes.InnerText) -ne [char]0x80) {
        $isCode = $part -match '(?s)\A```(?<kind>\w+)\n(?<body>.*)\n```\z'
        if ($isCode -and -not $code) {
            $code = $Matches.body
        }
        elseif ($code) {
            $remarks += $isCode ? $Matches.body : $part
        }
        else {
            $introduction += $part
        }
    }
    # Get-Help prints the code directly after the introduction: a blank line at its end separates them.
    if ($introduction) {
        $introduction[-1] += "`n`n"
    }
    Set-Paragraph $Example.introduction $introduction
    $Example['dev:code'].InnerText = $code
    # The empty paragraph separates the next example's title.
    Set-Paragraph $Example['dev:remarks'] ($remarks + '')
}

# PlatyPS omits defaults, omits pipeline input in the syntax, and describes a parameter as it is in one of its sets.
function Repair-Parameter($Command, $Page) {
    $pipelineInput = @{}
    foreach ($parameter in $Command['command:parameters'].ChildNodes) {
        $written = $Page.Parameters | Where-Object Name -EQ $parameter['maml:name'].InnerText
        $pipelineInput[$written.Name] = $parameter.pipelineInput
        $parameter.required = $written.ParameterSets.IsRequired -contains $false ? 'false' : 'true'
        foreach ($type in @($parameter['command:parameterValue']) + $parameter['dev:type']['maml:name'] | Where-Object { $_ }) {
            $type.InnerText = $type.InnerText -replace '^System\.Nullable`1\[(.+)\]$', '$1'
        }
        Add-Element $parameter dev:defaultValue $written.DefaultValue
    }
    foreach ($parameter in $Command['command:syntax'].GetElementsByTagName('command:parameter')) {
        $parameter.SetAttribute('pipelineInput', $pipelineInput[$parameter['maml:name'].InnerText])
    }
}

# PlatyPS puts a link without an address before the others, and uses names of pages as addresses.
function Repair-Link($Command) {
    foreach ($link in @($Command.GetElementsByTagName('maml:navigationLink'))) {
        if ($link['maml:uri'].InnerText) {
            $link['maml:uri'].InnerText = ''
        }
        else {
            $null = $link.ParentNode.RemoveChild($link)
        }
    }
}

function Repair-Maml([string] $Text, $Page) {
    $document = [xml]$Text
    foreach ($command in $document.DocumentElement.ChildNodes) {
        $command.GetElementsByTagName('command:example') | ForEach-Object { Repair-Example $_ }
        Repair-Parameter $command ($Page | Where-Object Title -EQ $command['command:details']['command:name'].InnerText)
        Repair-Link $command
    }
    $made = [IO.StringWriter]::new()
    $writer = [Xml.XmlWriter]::Create($made, [Xml.XmlWriterSettings]@{ Indent = $true; NewLineChars = "`n"; OmitXmlDeclaration = $true })
    $document.Save($writer)
    "<?xml version=`"1.0`" encoding=`"utf-8`"?>`n$made`n"
}

$target = New-Item (Join-Path $Source en-US) -ItemType Directory -Force
foreach ($topic in Get-ChildItem (Join-Path $Source about_*.md)) {
    Update-File (Join-Path $target "$($topic.BaseName).help.txt") (ConvertTo-HelpText (Get-Content $topic -Raw))
}

if (-not (Get-Module Microsoft.PowerShell.PlatyPS -ListAvailable)) {
    [Console]::Error.WriteLine('The cmdlets'' help is made by Microsoft.PowerShell.PlatyPS, which is not installed. ' +
        'Install it: Install-PSResource Microsoft.PowerShell.PlatyPS')
    exit 1
}

# PlatyPS reads properties that do not exist.
Set-StrictMode -Off
Import-Module Microsoft.PowerShell.PlatyPS, $Module
$pages = Get-ChildItem (Join-Path $Source *-*.md) | Sort-Object Name | ForEach-Object { Import-MarkdownCommandHelp $_ }
$problems = $pages | ForEach-Object { Compare-Page $_ (New-CommandHelp (Get-Command $_.Title)) }
$folder = Join-Path ([IO.Path]::GetTempPath()) (New-Guid)
try {
    $made = Export-MamlCommandHelp $pages -OutputFolder $folder
    Update-File (Join-Path $target $made.Name) (Repair-Maml (Get-Content $made -Raw) $pages)
}
finally {
    Remove-Item $folder -Recurse
}
$problems
exit [int][bool]$problems
