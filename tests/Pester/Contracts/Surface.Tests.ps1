# The public surface of the module: cmdlets, parameters, types.

BeforeDiscovery {
    # What the module itself reports; the manifest is compared with it below.
    . $PSScriptRoot/../Support/Module.ps1
    $cmdlets = @((Get-Module MmapPS).ExportedCmdlets.Values | ForEach-Object { @{ Name = $_.Name; Verb = $_.Verb; Noun = $_.Noun } })
    $enums = @((Get-Module MmapPS).ImplementingAssembly.GetExportedTypes() | Where-Object { $_.IsEnum } | ForEach-Object { @{ Name = $_.FullName } })
}

BeforeAll {
    . $PSScriptRoot/../Support/Preamble.ps1
    $module = Get-Module MmapPS
    $assembly = $module.ImplementingAssembly
    $commands = Convert-Path $PSScriptRoot/../../../src/MmapPS/Commands

    # Verbs that leave bytes and mappings as they were.
    $harmless = 'Get', 'Read', 'Find', 'Measure', 'Format', 'Wait', 'Use'

    function Get-CmdletType {
        $assembly.GetTypes() | Where-Object { $_.IsDefined([Management.Automation.CmdletAttribute], $false) }
    }

    function Get-CmdletAttribute([type] $Type) {
        [Reflection.CustomAttributeExtensions]::GetCustomAttribute($Type, [Management.Automation.CmdletAttribute], $false)
    }
}

Describe 'The manifest' {
    BeforeAll {
        $manifest = Import-PowerShellDataFile $env:MMAPPS_MODULE
    }

    It 'exports exactly the cmdlets that there are, in order' {
        $there = @(Get-CmdletType | ForEach-Object { $attribute = Get-CmdletAttribute $_; "$($attribute.VerbName)-$($attribute.NounName)" })
        $there.Count | Should -BeGreaterThan 0
        [Array]::Sort($there, [StringComparer]::OrdinalIgnoreCase)
        $listed = @($manifest.CmdletsToExport)
        ($listed -join ' ') | Should -BeExactly ($there -join ' ')
        @($module.ExportedCmdlets.Keys).Count | Should -Be $there.Count
    }

    It 'exports no functions, aliases and variables, and says so' {
        foreach ($key in 'FunctionsToExport', 'AliasesToExport', 'VariablesToExport') {
            $manifest.ContainsKey($key) | Should -BeTrue -Because $key
            @($manifest[$key]).Count | Should -Be 0 -Because $key
        }

        $module.ExportedFunctions.Count | Should -Be 0
        $module.ExportedAliases.Count | Should -Be 0
        $module.ExportedVariables.Count | Should -Be 0
    }

    It 'is for Windows PowerShell 5.1 and PowerShell 7' {
        $manifest.PowerShellVersion | Should -Be '5.1'
        $manifest.CompatiblePSEditions | Should -Be @('Core', 'Desktop')
    }

    It 'has the version of the assembly' {
        $version = [version]$manifest.ModuleVersion
        $assembly.GetName().Version.ToString(3) | Should -BeExactly $version.ToString(3)
    }

    It 'passes Test-ModuleManifest' {
        $tested = Test-ModuleManifest $env:MMAPPS_MODULE -ErrorAction Stop -WarningVariable warned 3> $null
        $warned | Should -BeNullOrEmpty
        @($tested.ExportedCmdlets.Keys).Count | Should -Be @($manifest.CmdletsToExport).Count
        $tested.Description | Should -Not -BeNullOrEmpty
    }

    It 'lists files that are there' {
        $folder = Split-Path $env:MMAPPS_MODULE
        @($manifest.RootModule) + $manifest.FormatsToProcess + $manifest.TypesToProcess | Where-Object { $_ } |
            ForEach-Object { Join-Path $folder $_ | Should -Exist }
    }
}

Describe 'The cmdlet <Name>' -ForEach $cmdlets {
    BeforeAll {
        $command = $module.ExportedCmdlets[$Name]
        $type = $command.ImplementingType
        $file = Join-Path $commands "$Verb$($Noun)Command.cs"
    }

    It 'is a public sealed class with a file of its own, both named after it' {
        $type.IsPublic | Should -BeTrue
        $type.IsSealed | Should -BeTrue
        $type.Name | Should -BeExactly "$Verb$($Noun)Command"
        $file | Should -Exist
        $text = Get-Content $file -Raw
        [regex]::Matches($text, '\[Cmdlet\(').Count | Should -Be 1
        [regex]::Matches($text, '(?m)^(public|internal)\s.*\b(class|struct|enum|interface|record)\s').Count | Should -Be 1
    }

    It 'has an approved verb' {
        (Get-Verb).Verb | Should -Contain $Verb
    }

    It 'declares what it emits' {
        if ($command.Parameters.ContainsKey('PassThru') -or (Select-String 'WriteObject(' $file -SimpleMatch)) {
            $command.OutputType.Count | Should -BeGreaterThan 0
            foreach ($output in $command.OutputType) {
                $output.Type | Should -Not -BeNullOrEmpty -Because $output.Name
            }
        }
        else {
            $command.OutputType.Count | Should -Be 0
        }
    }

    It 'asks before it changes something, and only then' {
        $attribute = Get-CmdletAttribute $type
        $attribute.SupportsShouldProcess | Should -Be ($Verb -notin $harmless)
        # The two of the base class that ask.
        [bool](Select-String '\b(Ask|Change)\(' $file) | Should -Be ($Verb -notin $harmless)
        Select-String 'ShouldProcess(' $file -SimpleMatch | Should -BeNullOrEmpty
    }

    It 'takes its region at position 0, from the pipeline, and as InputObject' {
        $region = $command.Parameters['Region']
        if ($null -eq $region) {
            $Verb | Should -BeIn @('New', 'Get', 'Measure', 'Use')
            return
        }

        $region.Aliases | Should -Contain 'InputObject'
        $region.ParameterType.FullName.TrimEnd('[', ']') | Should -BeExactly 'MmapPS.MappedRegion'
        foreach ($set in $region.ParameterSets.GetEnumerator()) {
            $set.Value.Position | Should -Be 0 -Because $set.Key

            # A patch finds its files without a region.
            $set.Value.IsMandatory | Should -Be ($set.Key -notin 'Undo', 'Patch') -Because $set.Key
        }

        @($region.ParameterSets.Values | Where-Object { $_.ValueFromPipeline }).Count | Should -BeGreaterThan 0
    }

    It 'takes offsets and lengths as 64-bit numbers' {
        foreach ($parameter in 'Offset', 'Length', 'SourceOffset', 'DestinationOffset', 'Address', 'HugePageSize') {
            $found = $command.Parameters[$parameter]
            if ($null -ne $found) {
                $found.ParameterType | Should -BeIn @([long], [Nullable[long]]) -Because $parameter
            }
        }
    }

    It 'names its parameters as others do: in PascalCase, one word for one thing, switches that say what is done' {
        foreach ($parameter in $command.Parameters.Values) {
            $parameter.Name | Should -MatchExactly '^[A-Z][A-Za-z0-9]+$'
            $parameter.Name | Should -Not -BeIn @('File', 'FileName', 'FilePath', 'Size', 'Count64', 'Start', 'Position', 'Map', 'Quantity') -Because "$Name -$($parameter.Name)"
            $parameter.Name | Should -Not -MatchExactly '(?<![su])s$' -Because 'names are singular'
            if ($parameter.ParameterType -eq [bool]) {
                throw "$Name -$($parameter.Name) is a bool and no switch."
            }
        }

        if ($command.Parameters.ContainsKey('LiteralPath')) {
            $command.Parameters['LiteralPath'].Aliases | Should -Contain 'PSPath'
        }
    }

    It 'has a default set that is one of its sets' {
        $default = (Get-CmdletAttribute $type).DefaultParameterSetName
        if ($command.ParameterSets.Count -gt 1) {
            $command.ParameterSets.Name | Should -Contain $default
        }
        else {
            $command.ParameterSets.Count | Should -Be 1
        }
    }
}

Describe 'The public enumeration <Name>' -ForEach $enums {
    BeforeAll {
        $type = $assembly.GetType($Name)
        $values = @([Enum]::GetValues($type) | ForEach-Object { [long]$_ })
    }

    It 'has numbers of its own and not the operating system''s' {
        # 0, 1, 2, 4 ... or 0, 1, 2, 3 ...: kernel counters differ between systems.
        $expected = if ($type.IsDefined([FlagsAttribute], $false)) {
            0
            for ($i = 0; $i -lt $values.Count - 1; $i++) { [long]1 -shl $i }
        }
        else {
            for ($i = 0; $i -lt $values.Count; $i++) { $i }
        }

        ($values -join ' ') | Should -BeExactly ($expected -join ' ')
    }

    It 'has names for people' {
        [Enum]::GetNames($type) -cmatch '_|^[A-Z0-9]{2,}$' | Should -BeNullOrEmpty
    }
}

Describe 'The public types' {
    It 'are what users meet: regions, errors, enumerations, cmdlets' {
        # Two more exist for PowerShell: one called when the module is imported and removed, and one called by the views.
        $ours = [type]'MmapPS.Loading.ModuleLifetime', [type]'MmapPS.Formatting.DisplayText'
        foreach ($type in $assembly.GetExportedTypes() | Where-Object { $_ -notin $ours }) {
            $type.Namespace | Should -BeIn @('MmapPS', 'MmapPS.Commands', 'MmapPS.Commands.Bases') -Because $type.FullName
        }
    }

    It 'have errors that are IOExceptions, for readers of streams' {
        $errors = @($assembly.GetExportedTypes() | Where-Object { [Exception].IsAssignableFrom($_) })
        $errors.Count | Should -BeGreaterThan 0
        foreach ($type in $errors) {
            [IO.IOException].IsAssignableFrom($type) | Should -BeTrue -Because $type.FullName
        }
    }
}
