<#
.SYNOPSIS
Makes what Get-Help reads, docs/help/en-US, of the markdown in docs/help.
.DESCRIPTION
The about topics need nothing but this script. The cmdlets' pages are turned into MAML by Microsoft.PowerShell.PlatyPS in
pwsh; where these are missing the committed MAML stays as it is. The same markdown gives the same bytes.
.PARAMETER Source
The folder of the markdown.
.PARAMETER Module
The built module's manifest, which the pages are compared with.
#>
param(
    [Parameter(Mandatory)][string] $Source,
    [Parameter(Mandatory)][string] $Module
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
. $PSScriptRoot/HelpText.ps1

$target = [IO.Path]::Combine($Source, 'en-US')
$null = [IO.Directory]::CreateDirectory($target)

# Writes a file unless it says the same already, and tells which.
function Update-File([string] $Path, [string] $Text) {
    $name = [IO.Path]::GetFileName($Path)
    if ([IO.File]::Exists($Path) -and [IO.File]::ReadAllText($Path) -ceq $Text) {
        [Console]::WriteLine("$name is up to date.")
        return
    }
    [IO.File]::WriteAllText($Path, $Text)
    [Console]::WriteLine("$name was made anew.")
}

# Says what a page and its cmdlet disagree about: names, types, aliases, and where a parameter stands in each set.
function Test-Page($Page, $Command) {
    $text = { param($p) '{0} {1} [{2}] {3}' -f $p.Name, $p.Type, ($p.Aliases -join ','), (($p.ParameterSets | ForEach-Object {
        "$($_.Name):$($_.Position):$($_.IsRequired):$($_.ValueFromPipeline):$($_.ValueFromPipelineByPropertyName)" }) -join ' ') }
    $written = @($Page.Parameters | ForEach-Object { & $text $_ })
    $real = @($Command.Parameters | ForEach-Object { & $text $_ })
    $written | Where-Object { $_ -cnotin $real } | ForEach-Object { "the page has:   $_" }
    $real | Where-Object { $_ -cnotin $written } | ForEach-Object { "the cmdlet has: $_" }
}

# PlatyPS puts an example's code with its fences into the introduction, between characters that no console shows, and a link
# without an address before the others. It leaves defaults out, and pipeline input out of the syntax, and says of a
# parameter what holds in one of its sets.
function Edit-Maml([string] $Text, $Help) {
    $document = [Xml.Linq.XDocument]::Parse($Text)
    $maml = [Xml.Linq.XNamespace] 'http://schemas.microsoft.com/maml/2004/10'
    $command = [Xml.Linq.XNamespace] 'http://schemas.microsoft.com/maml/dev/command/2004/10'
    $dev = [Xml.Linq.XNamespace] 'http://schemas.microsoft.com/maml/dev/2004/10'
    foreach ($example in @($document.Descendants($command + 'example'))) {
        $parts = @($example.Element($maml + 'introduction').Elements() | ForEach-Object Value | Where-Object { $_ -ne [char] 0x80 })
        $sections = @{ introduction = @(); code = ''; remarks = @() }
        foreach ($part in $parts) {
            if ($part -notmatch '(?s)\A```(?<kind>\w+)\n(?<body>.*)\n```\z') {
                $sections[$(if ($sections.code) { 'remarks' } else { 'introduction' })] += $part
            }
            elseif (-not $sections.code) {
                $sections.code = $Matches.body
            }
            else {
                $sections.remarks += $Matches.body
            }
        }
        foreach ($name in 'introduction', 'remarks') {
            $space = if ($name -eq 'remarks') { $dev } else { $maml }
            $paragraphs = @($sections[$name] | ForEach-Object { [Xml.Linq.XElement]::new($maml + 'para', $_) })
            $example.Element($space + $name).ReplaceNodes($paragraphs)
        }
        # The paragraph without text keeps the next title apart.
        $example.Element($dev + 'remarks').Add([Xml.Linq.XElement]::new($maml + 'para'))
        $example.Element($dev + 'code').SetValue($sections.code)
    }
    foreach ($link in @($document.Descendants($maml + 'navigationLink'))) {
        if ($link.Element($maml + 'uri').Value) {
            $link.Element($maml + 'uri').SetValue('')
        }
        else {
            $link.Remove()
        }
    }
    foreach ($page in $document.Root.Elements()) {
        $name = $page.Element($command + 'details').Element($command + 'name').Value
        $pipelineInput = @{}
        foreach ($parameter in $page.Element($command + 'parameters').Elements()) {
            $written = ($Help | Where-Object Title -EQ $name).Parameters | Where-Object Name -EQ $parameter.Element($maml + 'name').Value
            $pipelineInput[$written.Name] = $parameter.Attribute('pipelineInput').Value
            $parameter.SetAttributeValue('required', $(if ($written.ParameterSets.IsRequired -contains $false) { 'false' } else { 'true' }))
            $type = $parameter.Element($dev + 'type')
            foreach ($element in @($parameter.Elements($command + 'parameterValue')) + $type.Element($maml + 'name')) {
                $element.SetValue(($element.Value -replace '^System\.Nullable`1\[(.+)\]$', '$1'))
            }
            $type.AddAfterSelf([Xml.Linq.XElement]::new($dev + 'defaultValue', "$($written.DefaultValue)"))
        }
        foreach ($parameter in @($page.Element($command + 'syntax').Descendants($command + 'parameter'))) {
            $parameter.SetAttributeValue('pipelineInput', $pipelineInput[$parameter.Element($maml + 'name').Value])
        }
    }
    "<?xml version=`"1.0`" encoding=`"utf-8`"?>`n" + $document.ToString().Replace("`r`n", "`n") + "`n"
}

foreach ($topic in [IO.Directory]::GetFiles($Source, 'about_*.md')) {
    $name = [IO.Path]::GetFileNameWithoutExtension($topic)
    Update-File ([IO.Path]::Combine($target, "$name.help.txt")) (ConvertTo-HelpText ([IO.File]::ReadAllText($topic)))
}

$platyps = Get-Module -ListAvailable -Name Microsoft.PowerShell.PlatyPS
if (-not $platyps) {
    [Console]::WriteLine('Microsoft.PowerShell.PlatyPS is not here, so the committed MAML is used as it is.')
    exit 0
}

# PlatyPS reads properties that are not there.
Set-StrictMode -Off
$platyps[0] | Import-Module
Import-Module $Module
$pages = [IO.Directory]::GetFiles($Source, '*-*.md')
[Array]::Sort($pages, [StringComparer]::Ordinal)
$different = 0
$help = foreach ($path in $pages) {
    $page = Import-MarkdownCommandHelp -Path $path
    $problems = @(Test-Page $page (New-CommandHelp -CommandInfo (Get-Command -Name $page.Title)))
    $different += $problems.Count
    $problems | ForEach-Object { [Console]::WriteLine("$($page.Title): $_") }
    $page
}
$folder = [IO.Directory]::CreateTempSubdirectory('mmapps-help').FullName
try {
    $made = Export-MamlCommandHelp -CommandHelp $help -OutputFolder $folder
    Update-File ([IO.Path]::Combine($target, $made.Name)) (Edit-Maml ([IO.File]::ReadAllText($made.FullName)) $help)
}
finally {
    [IO.Directory]::Delete($folder, $true)
}
exit [int]($different -gt 0)
