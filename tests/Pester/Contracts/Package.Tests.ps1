# The package of ./build.sh package: its files, its metadata, and that it is reproducible.

BeforeAll {
    . $PSScriptRoot/../Support/Module.ps1
    . $PSScriptRoot/../Support/Child.ps1
    $root = [IO.Path]::GetFullPath("$PSScriptRoot/../../..")

    function Read-Manifest([string] $Path) {
        $tree = [Management.Automation.Language.Parser]::ParseFile($Path, [ref]$null, [ref]$null)
        $tree.EndBlock.Statements[0].PipelineElements[0].Expression.SafeGetValue()
    }

    # The bytes of an entry.
    function Read-Entry([string] $Archive, [string] $Name) {
        $zip = [IO.Compression.ZipFile]::OpenRead($Archive)
        $content = $zip.GetEntry($Name).Open()
        $bytes = [IO.MemoryStream]::new()
        $content.CopyTo($bytes)
        $content.Dispose()
        $zip.Dispose()
        , $bytes.ToArray()
    }

    function Get-Hash([byte[]] $Bytes) {
        [Convert]::ToHexString([Security.Cryptography.SHA256]::HashData($Bytes))
    }

    # The module's files in a new folder, in PowerShell's own layout of modules; returns the folder for PSModulePath.
    function Expand-Module {
        $place = [IO.Path]::Combine("$TestDrive", [IO.Path]::GetRandomFileName())
        [IO.Compression.ZipFile]::ExtractToDirectory($package, [IO.Path]::Combine($place, 'MmapPS', $manifest.ModuleVersion))
        $place
    }

    $package = $env:MMAPPS_PACKAGE
    if ($package) {
        $zip = [IO.Compression.ZipFile]::OpenRead($package)
        $entries = @($zip.Entries | ForEach-Object { [PSCustomObject]@{ Name = $_.FullName; Time = $_.LastWriteTime.DateTime } })
        $zip.Dispose()
        $manifest = Read-Manifest ([IO.Path]::Combine($root, 'MmapPS.psd1'))
        $metadata = ([xml][Text.Encoding]::UTF8.GetString((Read-Entry $package 'MmapPS.nuspec')).TrimStart([char]0xFEFF)).package.metadata
    }
}

Describe 'The package' {
    BeforeEach {
        if (-not $package) {
            Set-ItResult -Skipped -Because 'no package is under test; ./build.sh test --package makes one'
        }
    }

    It 'has exactly these files' {
        $names = [string[]]@($entries.Name)
        [Array]::Sort($names, [StringComparer]::Ordinal)
        $names | Should -BeExactly @(
            'Desktop/System.Buffers.dll'
            'Desktop/System.Memory.dll'
            'Desktop/System.Numerics.Vectors.dll'
            'Desktop/System.Runtime.CompilerServices.Unsafe.dll'
            'LICENSE'
            'MmapPS.dll'
            'MmapPS.format.ps1xml'
            'MmapPS.nuspec'
            'MmapPS.psd1'
            'MmapPS.types.ps1xml'
            'System.IO.Hashing.dll'
            'THIRD-PARTY-NOTICES.txt'
            '[Content_Types].xml'
            '_rels/.rels'
            'en-US/MmapPS.dll-Help.xml'
            'en-US/about_MmapPS.help.txt'
            'en-US/about_MmapPS_Hazards.help.txt'
            'en-US/about_MmapPS_Sharing.help.txt'
            'package/services/metadata/core-properties/nuget.psmdcp'
        )
    }

    It 'is named after the version in the manifest' {
        [IO.Path]::GetFileName($package) | Should -BeExactly "MmapPS.$($manifest.ModuleVersion).nupkg"
        $metadata.id | Should -BeExactly 'MmapPS'
        $metadata.version | Should -BeExactly $manifest.ModuleVersion
    }

    It 'says what the manifest says' {
        $metadata.authors | Should -BeExactly $manifest.Author
        $metadata.owners | Should -BeExactly $manifest.CompanyName
        $metadata.description | Should -BeExactly $manifest.Description
        $metadata.copyright | Should -BeExactly $manifest.Copyright
        $metadata.licenseUrl | Should -BeExactly $manifest.PrivateData.PSData.LicenseUri
        $metadata.requireLicenseAcceptance | Should -BeExactly 'false'
    }

    It 'has the tags by which the Gallery finds modules and commands, each once' {
        $tags = $metadata.tags.Split(' ')
        [Linq.Enumerable]::Count([Linq.Enumerable]::Distinct([string[]]$tags)) | Should -Be $tags.Length
        $expected = @($manifest.PrivateData.PSData.Tags) + 'PSModule' + 'PSIncludes_Cmdlet' + 'PSEdition_Core' + 'PSEdition_Desktop' +
            @($manifest.CmdletsToExport | ForEach-Object { "PSCmdlet_$_"; "PSCommand_$_" })
        foreach ($tag in $expected) {
            $tags | Should -Contain $tag
        }
    }

    It 'has this version''s part of the changelog as release notes, in the manifest too' {
        $lines = [IO.File]::ReadAllLines([IO.Path]::Combine($root, 'CHANGELOG.md'))
        $heads = @($lines -like '## *')
        $head = @($heads -like "## ?$($manifest.ModuleVersion)?*") + @($heads -like '## ?Unreleased?*')
        $start = [Array]::IndexOf($lines, $head[0]) + 1
        $end = $start
        while ($end -lt $lines.Length -and -not $lines[$end].StartsWith('## ')) {
            $end++
        }
        $notes = ($lines[$start..($end - 1)] -join "`n").Trim()
        $notes | Should -Not -BeNullOrEmpty
        $metadata.releaseNotes.Replace("`r", '') | Should -BeExactly $notes
        $installed = Read-Manifest ([IO.Path]::Combine((Expand-Module), 'MmapPS', $manifest.ModuleVersion, 'MmapPS.psd1'))
        $installed.PrivateData.PSData.ReleaseNotes | Should -BeExactly $notes
    }

    It 'has a manifest that PowerShell finds nothing wrong with' {
        $path = [IO.Path]::Combine((Expand-Module), 'MmapPS', $manifest.ModuleVersion, 'MmapPS.psd1')
        $module = Test-ModuleManifest $path -ErrorVariable problems -WarningVariable warnings -ErrorAction SilentlyContinue
        $problems | Should -BeNullOrEmpty
        $warnings | Should -BeNullOrEmpty
        $module.ExportedCmdlets.Count | Should -Be $manifest.CmdletsToExport.Count
    }

    It 'installs into a clean folder, where the module is found by name and changes a file' {
        $place = Expand-Module
        Set-Content TestDrive:/abc.txt abc -NoNewline
        # Within the process: PowerShell puts the user's folder, which may have a module of this name, before its initial path.
        $result = Invoke-Program @(Get-PowerShellCommand; '-NoProfile', '-NonInteractive', '-Command', @'
            $env:PSModulePath = $env:PLACE
            Import-Module MmapPS
            New-MemoryMap $env:SUBJECT | Write-MappedByte -Offset 1 -Value d -PassThru | Remove-MemoryMap -Sync
            [Console]::WriteLine((Get-Module MmapPS).ModuleBase)
'@) -Environment @{ PLACE = $place; SUBJECT = Join-Path $TestDrive abc.txt; NO_COLOR = '1' }
        $result.ErrorOutput | Should -BeNullOrEmpty
        $result.ExitCode | Should -Be 0
        $result.Output.Trim() | Should -BeExactly (Join-Path $place MmapPS $manifest.ModuleVersion)
        Get-Content TestDrive:/abc.txt | Should -BeExactly 'adc'
    }

    It 'is installed by Install-PSResource from a folder, is imported by name in a new process, and goes by Uninstall-PSResource' -Tag Slow {
        $repository = New-Item TestDrive:/repository -ItemType Directory
        Copy-Item $package $repository
        Set-Content TestDrive:/abc.txt abc -NoNewline
        # Another home folder, except on Windows, where no variable sets the folder of the user's modules.
        $user = (New-Item TestDrive:/user -ItemType Directory).FullName
        $result = Invoke-Program @(Get-PowerShellCommand; '-NoProfile', '-NonInteractive', '-Command', @'
            $ErrorActionPreference = 'Stop'
            $ProgressPreference = 'SilentlyContinue'
            if (Get-InstalledPSResource MmapPS -ErrorAction Ignore) {
                [Console]::WriteLine('it is installed already')
                exit
            }
            Register-PSResourceRepository MmapPSSpecs -Uri $env:REPOSITORY -Trusted
            try {
                Install-PSResource MmapPS -Repository MmapPSSpecs -Scope CurrentUser -Prerelease
                $powerShell, $words = $env:POWERSHELL_WORDS -split '\|'
                & $powerShell @words -NoProfile -NonInteractive -Command {
                    $map = New-MemoryMap $env:SUBJECT
                    Write-MappedByte $map -Offset 1 -Value d
                    Remove-MemoryMap $map -Sync
                    [Console]::WriteLine((Get-Module MmapPS).Version)
                }
                Uninstall-PSResource MmapPS
                [Console]::WriteLine("left: $(Get-Module MmapPS -ListAvailable)")
            }
            finally {
                Unregister-PSResourceRepository MmapPSSpecs
            }
'@) -Environment @{
            REPOSITORY       = $repository.FullName
            SUBJECT          = Join-Path $TestDrive abc.txt
            POWERSHELL_WORDS = @(Get-PowerShellCommand) -join '|'
            HOME             = $user
            XDG_DATA_HOME    = $null
            PSModulePath     = $null
            NO_COLOR         = '1'
        }
        if ($result.Output -match 'it is installed already') {
            Set-ItResult -Skipped -Because 'this user has the module installed'
        }
        $result.ErrorOutput | Should -BeNullOrEmpty
        $result.ExitCode | Should -Be 0
        $result.Output.Trim() -split '\r?\n' | Should -Be $manifest.ModuleVersion, 'left:'
        Get-Content TestDrive:/abc.txt | Should -BeExactly 'adc'
    }

    It 'comes with a bill of materials that has each assembly with its hash, and the package''s own' {
        $bill = [Text.Json.Nodes.JsonNode]::Parse([IO.File]::ReadAllText([IO.Path]::ChangeExtension($package, 'cdx.json')))
        "$($bill['bomFormat']) $($bill['specVersion'])" | Should -BeExactly 'CycloneDX 1.6'
        "$($bill['metadata']['component']['hashes'][0]['content'])" | Should -BeExactly (Get-Hash ([IO.File]::ReadAllBytes($package)))
        $assemblies = @($entries.Name | Where-Object { $_ -like '*.dll' })
        $assemblies.Count | Should -BeGreaterThan 1
        $listed = @($bill['components'].GetEnumerator() | ForEach-Object { "$($_['hashes'][0]['content'])" })
        $listed.Count | Should -Be $assemblies.Count
        foreach ($name in $assemblies) {
            $listed | Should -Contain (Get-Hash (Read-Entry $package $name)) -Because $name
        }
        foreach ($component in $bill['components'].GetEnumerator()) {
            "$($component['version'])" | Should -Match '^\d+\.\d+\.\d+' -Because "$($component['name'])"
            "$($component['licenses'][0]['license']['id'])" | Should -BeExactly 'MIT' -Because "$($component['name'])"
        }
    }

    It 'comes with the symbols of its assembly' {
        $library = [Reflection.PortableExecutable.PEReader]::new([IO.MemoryStream]::new((Read-Entry $package 'MmapPS.dll')))
        $record = $library.ReadDebugDirectory() | Where-Object { $_.Type -eq 'CodeView' }
        $wanted = $library.ReadCodeViewDebugDirectoryData($record).Guid
        $symbols = Read-Entry ([IO.Path]::ChangeExtension($package, 'symbols.zip')) 'MmapPS.pdb'
        $reader = [Reflection.Metadata.MetadataReaderProvider]::FromPortablePdbStream([IO.MemoryStream]::new($symbols)).GetMetadataReader()
        # The first 16 bytes of a symbol file's id are the number in the assembly.
        [guid]::new([byte[]]@($reader.DebugMetadataHeader.Id)[0..15]) | Should -Be $wanted
    }

    It 'names no folder of the machine that made it' {
        $entries.Count | Should -BeGreaterThan 0
        foreach ($name in $entries.Name) {
            [Text.Encoding]::Latin1.GetString((Read-Entry $package $name)).Contains($root) | Should -BeFalse -Because $name
        }
    }

    It 'has one time for all entries, which is not the time of the build' {
        foreach ($entry in $entries) {
            $entry.Time | Should -Be ([DateTime]'2000-01-01') -Because $entry.Name
        }
    }

    It 'has the same bytes when it is made in another folder, and so have its companions' -Tag Slow {
        if (-not (Test-Path (Join-Path $root out build package))) {
            Set-ItResult -Skipped -Because 'the package was made elsewhere'
            return
        }
        if (-not ($env:PATH.Split([IO.Path]::PathSeparator) | Where-Object { [IO.File]::Exists([IO.Path]::Combine($_, 'dotnet')) })) {
            Set-ItResult -Skipped -Because 'there is no dotnet here to make it again'
            return
        }
        $copy = [IO.Path]::Combine("$TestDrive", 'another', 'place')
        # out is not searched: a prefix of wine in it has links that lead back here.
        $folders = @([IO.Directory]::GetDirectories($root) | Where-Object { [IO.Path]::GetFileName($_) -notin 'out', '.git' })
        $files = [IO.Directory]::GetFiles($root) + @($folders | ForEach-Object { [IO.Directory]::GetFiles($_, '*', 'AllDirectories') })
        foreach ($file in $files | Where-Object { [IO.Path]::GetFileName($_) -ne '.git' }) {
            $target = [IO.Path]::Combine($copy, [IO.Path]::GetRelativePath($root, $file))
            $null = [IO.Directory]::CreateDirectory([IO.Path]::GetDirectoryName($target))
            [IO.File]::Copy($file, $target)
        }
        $build = @(Get-PowerShellCommand) + '-NoProfile', '-NonInteractive', '-File', "$copy/build.ps1", 'package'
        $result = Invoke-Program $build -Environment @{ MMAPPS_MODULE = $null; MMAPPS_PACKAGE = $null }
        $result.ExitCode | Should -Be 0 -Because $result.ErrorOutput
        foreach ($suffix in 'nupkg', 'cdx.json', 'symbols.zip') {
            $here = [IO.Path]::ChangeExtension($package, $suffix)
            $there = [IO.Path]::Combine($copy, 'out', [IO.Path]::GetFileName($here))
            Get-Hash ([IO.File]::ReadAllBytes($there)) | Should -BeExactly (Get-Hash ([IO.File]::ReadAllBytes($here))) -Because $suffix
        }
    }
}
