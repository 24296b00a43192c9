<#
.SYNOPSIS
Makes the module's package for the PowerShell Gallery, its bill of materials and its symbols.
.DESCRIPTION
The same sources give the same bytes. docs/design/packaging.md gives the reasons. Returns its files, its hash, and
the folder with the installed layout.
#>
[CmdletBinding()]
param()

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
. $PSScriptRoot/common.ps1
Build-Project src/MmapPS
$modulePath = Join-Path $root out MmapPS
$manifest = Join-Path $modulePath MmapPS.psd1

# The time of all entries in an archive. A zip has no time before 1980 and no time zone.
$entryTime = [DateTimeOffset]::new(2000, 1, 1, 0, 0, 0, [TimeSpan]::Zero)

# Files of a package besides the module, by the Open Packaging Conventions; an installation omits them.
$packageParts = '_rels/', 'package/', '[Content_Types].xml', 'MmapPS.nuspec'

function Get-PackageVersion($Module) {
    $prerelease = $Module.PrivateData.PSData['Prerelease']
    if ($prerelease) { "$($Module.Version)-$prerelease" } else { "$($Module.Version)" }
}

# The module's files in byte order, which is the same everywhere.
function Get-OrderedFile([string] $Filter) {
    $files = [string[]](Get-ChildItem $modulePath -Recurse -File -Filter $Filter).FullName
    [Array]::Sort($files, [StringComparer]::Ordinal)
    $files
}

# The tags by which the Gallery finds a module and its contents, in the format of PowerShellGet and PSResourceGet.
function Get-PackageTag($Module) {
    $tags = @($Module.Tags) + 'PSModule' + @($Module.CompatiblePSEditions | ForEach-Object { "PSEdition_$_" }) + 'PSIncludes_Cmdlet'
    foreach ($name in $Module.ExportedCmdlets.Keys) {
        $tags += "PSCmdlet_$name", "PSCommand_$name"
    }
    $tags | Select-Object -Unique
}

function Write-Nuspec([string] $Path, $Module, [string] $Version) {
    $settings = [Xml.XmlWriterSettings]::new()
    $settings.Indent = $true
    $settings.NewLineChars = "`n"
    $writer = [Xml.XmlWriter]::Create($Path, $settings)
    $writer.WriteStartElement('package', 'http://schemas.microsoft.com/packaging/2011/08/nuspec.xsd')
    $writer.WriteStartElement('metadata')
    $facts = [ordered]@{
        id                       = $Module.Name
        version                  = $Version
        authors                  = $Module.Author
        owners                   = $Module.CompanyName
        requireLicenseAcceptance = 'false'
        licenseUrl               = $Module.LicenseUri
        projectUrl               = $Module.ProjectUri
        description              = $Module.Description
        releaseNotes             = $Module.ReleaseNotes
        copyright                = $Module.Copyright
        tags                     = (Get-PackageTag $Module) -join ' '
    }
    foreach ($fact in $facts.GetEnumerator()) {
        if ($fact.Value) {
            $writer.WriteElementString($fact.Key, "$($fact.Value)")
        }
    }
    $writer.WriteEndElement()
    $writer.WriteStartElement('files')
    foreach ($file in Get-OrderedFile *) {
        $writer.WriteStartElement('file')
        $writer.WriteAttributeString('src', $file)
        $writer.WriteAttributeString('target', [IO.Path]::GetRelativePath($modulePath, $file).Replace('\', '/'))
        $writer.WriteEndElement()
    }
    $writer.WriteEndDocument()
    $writer.Dispose()
}

# The NuGet package of an assembly: its exact version and licence, from the restore of the build.
function Get-ComponentOf([string] $Assembly) {
    $name = Split-Path $Assembly -LeafBase
    $assets = Get-Content (Join-Path $root out build obj MmapPS project.assets.json) -Raw | ConvertFrom-Json -AsHashtable
    $library = $assets.libraries.GetEnumerator() | Where-Object Key -Like "$name/*"
    $nuspec = $assets.packageFolders.Keys | ForEach-Object { Join-Path $_ $library.Value.path "$($name.ToLowerInvariant()).nuspec" } |
        Where-Object { Test-Path $_ } | Select-Object -First 1
    $nuspec = [xml](Get-Content $nuspec -Raw)
    $version = $library.Key.Split('/')[1]
    [ordered]@{
        type      = 'library'
        'bom-ref' = "pkg:nuget/$name@$version"
        publisher = $nuspec.package.metadata.authors
        name      = $name
        version   = $version
        hashes    = @([ordered]@{ alg = 'SHA-256'; content = (Get-FileHash $Assembly).Hash })
        licenses  = @([ordered]@{ license = [ordered]@{ id = $nuspec.package.metadata.license.InnerText } })
        copyright = $nuspec.package.metadata.copyright
        purl      = "pkg:nuget/$name@$version"
    }
}

# CycloneDX 1.6, without serial number and time, which are optional, so that its bytes are reproducible.
function Write-BillOfMaterial([string] $Path, [string] $Package, $Module, [string] $Version) {
    $own = Join-Path $modulePath MmapPS.dll
    $assemblies = Get-OrderedFile *.dll | Where-Object { $_ -ne $own }
    $components = @($assemblies | ForEach-Object { Get-ComponentOf $_ })
    $license = @([ordered]@{ license = [ordered]@{ id = 'MIT' } })
    $components = @([ordered]@{
            type      = 'library'
            'bom-ref' = 'MmapPS.dll'
            name      = 'MmapPS.dll'
            version   = $Version
            hashes    = @([ordered]@{ alg = 'SHA-256'; content = (Get-FileHash $own).Hash })
            licenses  = $license
        }) + $components
    $subject = "pkg:nuget/MmapPS@$Version"
    $bill = [ordered]@{
        bomFormat    = 'CycloneDX'
        specVersion  = '1.6'
        version      = 1
        metadata     = [ordered]@{
            component = [ordered]@{
                type      = 'library'
                'bom-ref' = $subject
                publisher = $Module.CompanyName
                name      = $Module.Name
                version   = $Version
                hashes    = @([ordered]@{ alg = 'SHA-256'; content = (Get-FileHash $Package).Hash })
                licenses  = $license
                copyright = $Module.Copyright
                purl      = $subject
            }
        }
        components   = $components
        dependencies = @([ordered]@{ ref = $subject; dependsOn = @($components | ForEach-Object { $_['bom-ref'] }) })
    }
    Set-Content $Path (($bill | ConvertTo-Json -Depth 8).ReplaceLineEndings("`n") + "`n") -NoNewline
}

# The debug information with all sources.
function Write-Symbol([string] $Path) {
    Remove-Item $Path -ErrorAction Ignore
    $archive = [IO.Compression.ZipFile]::Open($Path, 'Create')
    $entry = $archive.CreateEntry('MmapPS.pdb')
    $entry.LastWriteTime = $entryTime
    $content = $entry.Open()
    $content.Write([IO.File]::ReadAllBytes((Join-Path $root out build bin MmapPS release MmapPS.pdb)))
    $content.Dispose()
    $archive.Dispose()
}

# Lays the package out as PowerShell installs it, MmapPS/VERSION/, in an empty folder; returns the path of its manifest.
function Expand-Package([string] $Package, [string] $Version) {
    $place = Join-Path $root out installed
    Remove-Item $place -Recurse -Force -ErrorAction Ignore
    $folder = Join-Path $place MmapPS $Version.Split('-')[0]
    [IO.Compression.ZipFile]::ExtractToDirectory($Package, $folder)
    $packageParts | ForEach-Object { Remove-Item -LiteralPath (Join-Path $folder $_) -Recurse -Force }
    Join-Path $folder MmapPS.psd1
}

$module = Test-ModuleManifest $manifest
$version = Get-PackageVersion $module
$package = Join-Path $root out "MmapPS.$version.nupkg"
$bill = [IO.Path]::ChangeExtension($package, 'cdx.json')
$symbols = [IO.Path]::ChangeExtension($package, 'symbols.zip')
$nuspec = Join-Path $root out build package MmapPS.nuspec
$null = New-Item (Split-Path $nuspec) -ItemType Directory -Force
Write-Nuspec $nuspec $module $version
Invoke-Dotnet pack (Join-Path $root tools Package) "-p:NuspecFile=$nuspec" "-p:PackageOutputPath=$(Join-Path $root out)"
Write-BillOfMaterial $bill $package $module $version
Write-Symbol $symbols

$installed = Expand-Package $package $version
[pscustomobject]@{
    Package   = $package
    Sha256    = (Get-FileHash $package).Hash
    Bill      = $bill
    Symbols   = $symbols
    Installed = $installed
    Size      = (Get-ChildItem (Split-Path $installed) -Recurse -File | Measure-Object Length -Sum).Sum
}
