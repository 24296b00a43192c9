# Makes the module's package as the PowerShell Gallery has it, its bill of materials and its symbols. Dot-sourced by
# build.ps1, whose functions it uses. docs/design/packaging.md says why it is as it is.

# The entries' time in an archive. A zip has no time before 1980 and no time zone.
$entryTime = [DateTimeOffset]::new(2000, 1, 1, 0, 0, 0, [TimeSpan]::Zero)

# What a package holds besides the module, by the Open Packaging Conventions: an installation leaves it out.
$packageParts = '_rels/', 'package/', '[Content_Types].xml', 'MmapPS.nuspec'

function Get-PackageVersion($Module) {
    $prerelease = $Module.PrivateData.PSData['Prerelease']
    if ($prerelease) { "$($Module.Version)-$prerelease" } else { "$($Module.Version)" }
}

function Get-Sha256([string] $Path) {
    [Convert]::ToHexStringLower([Security.Cryptography.SHA256]::HashData([IO.File]::ReadAllBytes($Path)))
}

# The tags by which the Gallery finds a module and what is in it, as PowerShellGet and PSResourceGet write them.
function Get-PackageTag($Module) {
    $tags = @($Module.Tags) + 'PSModule' + @($Module.CompatiblePSEditions | ForEach-Object { "PSEdition_$_" }) + 'PSIncludes_Cmdlet'
    foreach ($name in $Module.ExportedCmdlets.Keys) {
        $tags += "PSCmdlet_$name", "PSCommand_$name"
    }
    [Linq.Enumerable]::Distinct([string[]]$tags)
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
    $files = [IO.Directory]::GetFiles($modulePath, '*', [IO.SearchOption]::AllDirectories)
    [Array]::Sort($files, [StringComparer]::Ordinal)
    foreach ($file in $files) {
        $writer.WriteStartElement('file')
        $writer.WriteAttributeString('src', $file)
        $writer.WriteAttributeString('target', [IO.Path]::GetRelativePath($modulePath, $file).Replace('\', '/'))
        $writer.WriteEndElement()
    }
    $writer.WriteEndDocument()
    $writer.Dispose()
}

# The NuGet package that an assembly was copied from: its exact version and licence, as the restore of the build has them.
function Get-ComponentOf([string] $Assembly) {
    $name = [IO.Path]::GetFileNameWithoutExtension($Assembly)
    $assets = [Text.Json.Nodes.JsonNode]::Parse([IO.File]::ReadAllText((Get-RepositoryPath 'out/build/obj/MmapPS/project.assets.json')))
    $library = $assets['libraries'].GetEnumerator() | Where-Object { $_.Key -like "$name/*" }
    $folder = $assets['packageFolders'].GetEnumerator() | ForEach-Object { [IO.Path]::Combine($_.Key, "$($library.Value['path'])") } |
        Where-Object { [IO.Directory]::Exists($_) }
    $nuspec = [xml][IO.File]::ReadAllText([IO.Path]::Combine($folder, "$($name.ToLowerInvariant()).nuspec"))
    $version = $library.Key.Split('/')[1]
    [ordered]@{
        type      = 'library'
        'bom-ref' = "pkg:nuget/$name@$version"
        publisher = $nuspec.package.metadata.authors
        name      = $name
        version   = $version
        hashes    = @([ordered]@{ alg = 'SHA-256'; content = Get-Sha256 $Assembly })
        licenses  = @([ordered]@{ license = [ordered]@{ id = $nuspec.package.metadata.license.InnerText } })
        copyright = $nuspec.package.metadata.copyright
        purl      = "pkg:nuget/$name@$version"
    }
}

# CycloneDX 1.6. It has neither a serial number nor a time, which the format leaves open, so that its bytes repeat too.
function Write-BillOfMaterial([string] $Path, [string] $Package, $Module, [string] $Version) {
    $own = [IO.Path]::Combine($modulePath, 'MmapPS.dll')
    $assemblies = [IO.Directory]::GetFiles($modulePath, '*.dll', [IO.SearchOption]::AllDirectories) | Where-Object { $_ -ne $own }
    [Array]::Sort($assemblies, [StringComparer]::Ordinal)
    $components = @($assemblies | ForEach-Object { Get-ComponentOf $_ })
    $license = @([ordered]@{ license = [ordered]@{ id = 'MIT' } })
    $components = @([ordered]@{
            type      = 'library'
            'bom-ref' = 'MmapPS.dll'
            name      = 'MmapPS.dll'
            version   = $Version
            hashes    = @([ordered]@{ alg = 'SHA-256'; content = Get-Sha256 $own })
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
                hashes    = @([ordered]@{ alg = 'SHA-256'; content = Get-Sha256 $Package })
                licenses  = $license
                copyright = $Module.Copyright
                purl      = $subject
            }
        }
        components   = $components
        dependencies = @([ordered]@{ ref = $subject; dependsOn = @($components | ForEach-Object { $_['bom-ref'] }) })
    }
    $options = [Text.Json.JsonSerializerOptions]@{ WriteIndented = $true; NewLine = "`n" }
    $text = [Text.Json.JsonSerializer]::Serialize($bill, [Collections.Specialized.OrderedDictionary], $options)
    [IO.File]::WriteAllText($Path, $text + "`n")
}

# The debug information with all sources in it.
function Write-Symbol([string] $Path) {
    [IO.File]::Delete($Path)
    $archive = [IO.Compression.ZipFile]::Open($Path, [IO.Compression.ZipArchiveMode]::Create)
    $entry = $archive.CreateEntry('MmapPS.pdb')
    $entry.LastWriteTime = $entryTime
    $content = $entry.Open()
    $content.Write([IO.File]::ReadAllBytes([IO.Path]::Combine($binaries, 'MmapPS', 'release', 'MmapPS.pdb')))
    $content.Dispose()
    $archive.Dispose()
}

# The package's path; beside it lie the bill of materials and the symbols.
function Build-Package {
    $module = Test-ModuleManifest $manifest
    $version = Get-PackageVersion $module
    $package = Get-RepositoryPath "out/MmapPS.$version.nupkg"
    Update-Output 'package' $modulePath, 'tools/package.ps1', 'tools/Package' $package {
        $nuspec = Get-RepositoryPath 'out/build/package/MmapPS.nuspec'
        $null = [IO.Directory]::CreateDirectory([IO.Path]::GetDirectoryName($nuspec))
        Write-Nuspec $nuspec $module $version
        Invoke-Dotnet pack (Get-RepositoryPath 'tools/Package') -v quiet --nologo "-p:NuspecFile=$nuspec" "-p:PackageOutputPath=$(Get-RepositoryPath 'out')"
        Write-BillOfMaterial ([IO.Path]::ChangeExtension($package, 'cdx.json')) $package $module $version
        Write-Symbol ([IO.Path]::ChangeExtension($package, 'symbols.zip'))
    }
    $package
}

# Lays the package out as PowerShell installs it, MmapPS/VERSION/, in an empty folder; the path of its manifest.
function Expand-Package([string] $Package) {
    $version = [IO.Path]::GetFileNameWithoutExtension($Package).Substring('MmapPS.'.Length)
    $place = Get-RepositoryPath 'out/installed'
    if ([IO.Directory]::Exists($place)) {
        [IO.Directory]::Delete($place, $true)
    }
    $folder = [IO.Path]::Combine($place, 'MmapPS', $version.Split('-')[0])
    [IO.Compression.ZipFile]::ExtractToDirectory($Package, $folder)
    foreach ($part in $packageParts) {
        $path = [IO.Path]::Combine($folder, $part)
        if ($part.EndsWith('/')) { [IO.Directory]::Delete($path, $true) } else { [IO.File]::Delete($path) }
    }
    [IO.Path]::Combine($folder, 'MmapPS.psd1')
}

# Milliseconds that Import-Module takes in a new process: the median of several.
function Measure-ImportTime([string] $Manifest) {
    $text = "`$clock = [Diagnostics.Stopwatch]::StartNew(); Import-Module '$($Manifest.Replace("'", "''"))'; `$clock.Elapsed.TotalMilliseconds"
    [double[]] $times = foreach ($round in 1..5) { & $env:MMAPPS_HOST -NoProfile -NonInteractive -Command $text }
    [Array]::Sort($times)
    $times[2]
}

function Show-Package([string] $Package, [string] $Manifest) {
    foreach ($suffix in 'nupkg', 'cdx.json', 'symbols.zip') {
        $path = [IO.Path]::ChangeExtension($Package, $suffix)
        [Console]::WriteLine('{0,9:n0} bytes  sha256 {1}  {2}', [IO.FileInfo]::new($path).Length, (Get-Sha256 $path), $path)
    }
    $files = [IO.Directory]::GetFiles([IO.Path]::GetDirectoryName($Manifest), '*', [IO.SearchOption]::AllDirectories)
    $size = [Linq.Enumerable]::Sum([long[]]@($files | ForEach-Object { [IO.FileInfo]::new($_).Length }))
    [Console]::WriteLine('installed: {0:n0} bytes in {1} files', $size, $files.Length)
    [Console]::WriteLine('import: {0:n0} ms, median of 5 new processes', (Measure-ImportTime $Manifest))
}
