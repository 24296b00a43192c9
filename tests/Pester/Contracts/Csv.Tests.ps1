# The module's objects in a CSV file: one column per property, whose text contains the whole value.

BeforeDiscovery {
    $types = @(
        @{ Type = 'MappedRegion' }
        @{ Type = 'MappedMatch' }
        @{ Type = 'MappedDifference' }
        @{ Type = 'MappedChange' }
        @{ Type = 'MemoryUsage' }
        @{ Type = 'MemoryUsageTotal' }
        @{ Type = 'ProcessMapping' }
        @{ Type = 'SharedMemoryName' }
        @{ Type = 'MemoryAdviceSupport' }
    )
}

BeforeAll {
    . $PSScriptRoot/../Support/Preamble.ps1

    $name = "mmapps-csv-$PID"
    $map = New-MemoryMap (New-TestFile 'one, "two" three') -Offset 0
    $other = New-MemoryMap (New-TestFile 'One, "two" threE')
    $named = New-MemoryMap -Name $name -Length 4096
    $objects = @{
        MappedRegion        = @($map, $named, (New-MemoryMap -Anonymous -Length 5000))
        MappedMatch         = @(Find-MappedByte $map 'two' -Context 3) + @(Find-MappedByte $map 'three' -AsLine -LineNumber)
        MappedDifference    = @(Compare-MappedByte $map $other)
        MappedChange        = @(Edit-MappedByte $map one ONE -PassThru)
        MemoryUsage         = @($map, $named | Measure-MemoryMap)
        MemoryUsageTotal    = @($map, $named | Measure-MemoryMap -Total)
        # One of each mode, with a path and without.
        ProcessMapping      = @(Get-MemoryMap -ProcessId $PID | Sort-Object Mode, { [bool]$_.Path } -Unique)
        SharedMemoryName    = @(if (-not $IsWindows) { Get-MemoryMap -Name $name -All })
        MemoryAdviceSupport = @(Set-MemoryMapAdvice -TestSupport)
    }

    # The text that Export-Csv writes for a value; empty for no value.
    function ConvertTo-Cell($Value) {
        if ($null -ne $Value) {
            $Value.ToString()
        }
    }

    # The value of a text, for a property of this type.
    function ConvertFrom-Cell([string] $Text, [type] $Type) {
        if ($Type -eq [MmapPS.HexBytes]) {
            $bytes = [byte[]]@($Text.Split(' ', [StringSplitOptions]::RemoveEmptyEntries) | ForEach-Object { [Convert]::ToByte($_, 16) })
            return , $bytes
        }

        if ($Type -eq [MmapPS.MemoryRangeList]) {
            return , [MmapPS.MemoryRangeList]::Parse($Text)
        }

        if ($Type -eq [bool]) {
            return [bool]::Parse($Text)
        }

        [Management.Automation.LanguagePrimitives]::ConvertTo($Text, $Type, [cultureinfo]::InvariantCulture)
    }

    function Skip-WithoutObject([string] $Type) {
        if (-not $objects[$Type] -and $IsWindows) {
            Set-ItResult -Skipped -Because "Windows lists no $Type"
        }
    }

    $before = [cultureinfo]::CurrentCulture
    [cultureinfo]::CurrentCulture = [cultureinfo]::InvariantCulture
}

AfterAll {
    [cultureinfo]::CurrentCulture = $before
    $named | Remove-MemoryMap -Unlink:(-not $IsWindows)
    Get-MemoryMap | Remove-MemoryMap
}

Describe 'A <Type> in a CSV file' -ForEach $types {
    BeforeAll {
        $seen = @($objects[$Type])
    }

    It 'has columns without names of types' {
        Skip-WithoutObject $Type
        $seen.Count | Should -BeGreaterThan 0
        foreach ($object in $seen) {
            $object.GetType().FullName | Should -BeExactly "MmapPS.$Type"
            foreach ($property in $object.PSObject.Properties) {
                ConvertTo-Cell $property.Value | Should -Not -Match '^(System|MmapPS)\.\S*$' -Because $property.Name
            }
        }
    }

    It 'has values that their texts say again' {
        Skip-WithoutObject $Type
        foreach ($object in $seen) {
            foreach ($property in $object.PSObject.Properties | Where-Object Name -NE 'Region') {
                $value = $property.Value
                if ($null -ne $value) {
                    $cell = ConvertTo-Cell $value
                    $again = ConvertFrom-Cell $cell $value.GetType()
                    if ($value -is [MmapPS.HexBytes]) {
                        $again -join ' ' | Should -BeExactly ($value -join ' ') -Because "$($property.Name) is $cell"
                        continue
                    }

                    # CSV has times in seconds, like those of every other file.
                    ConvertTo-Cell $again | Should -BeExactly $cell -Because $property.Name
                }
            }
        }
    }

    It 'has numbers as they are' {
        Skip-WithoutObject $Type
        foreach ($property in $seen[0].PSObject.Properties) {
            if ($property.Value -is [ValueType] -and $property.Value -isnot [enum] -and $property.Value -isnot [bool] -and $property.Value -isnot [datetime]) {
                ConvertTo-Cell $property.Value | Should -Match '^\d+(\.\d+)?$' -Because $property.Name
            }
        }
    }

    It 'is what ConvertTo-Csv makes of it' {
        Skip-WithoutObject $Type
        $rows = @($seen | ConvertTo-Csv -NoTypeInformation | ConvertFrom-Csv)
        $rows.Count | Should -Be $seen.Count
        for ($i = 0; $i -lt $rows.Count; $i++) {
            foreach ($property in $seen[$i].PSObject.Properties) {
                "$($rows[$i].($property.Name))" | Should -BeExactly "$(ConvertTo-Cell $property.Value)" -Because $property.Name
            }
        }
    }
}

Describe 'The region of a match, a difference and a change in a CSV file' {
    It 'is identified by its file, offset and length' {
        foreach ($owner in 'MappedMatch', 'MappedDifference', 'MappedChange') {
            ConvertTo-Cell @($objects[$owner])[0].Region | Should -BeExactly "$($map.Path) [0, 16 bytes]"
        }
    }
}

Describe 'Bytes of a match' {
    BeforeAll {
        $bytes = @(Find-MappedByte $map 'two')[0].Bytes
    }

    It 'are hexadecimal as text' {
        $bytes.ToString() | Should -BeExactly '74 77 6f'
        (Find-MappedByte $map -Hex $bytes.ToString()).Offset | Should -Be 6
    }

    It 'are numbers to all else' {
        $bytes[0], $bytes[-1], $bytes.Length, $bytes.Count | Should -Be @(0x74, 0x6f, 3, 3)
        $bytes -join ' ' | Should -BeExactly '116 119 111'
        $bytes | Where-Object { $_ -eq 119 } | Should -HaveCount 1
        $bytes[0] -is [byte] | Should -BeTrue
    }

    It 'can be used as an array of bytes' {
        [Text.Encoding]::ASCII.GetString($bytes) | Should -BeExactly 'two'
        [BitConverter]::ToString($bytes) | Should -BeExactly '74-77-6F'
        [Convert]::ToBase64String($bytes) | Should -BeExactly 'dHdv'
        [BitConverter]::ToUInt16($bytes, 0) | Should -Be 0x7774
        $array = [byte[]]$bytes
        $array.Length | Should -Be 3
        $path = New-TestFile 'x'
        [IO.File]::WriteAllBytes($path, $bytes)
        Get-FileText $path | Should -BeExactly 'two'
    }

    It 'serve the cmdlets as one value' {
        @(Find-MappedByte $map $bytes).Offset | Should -Be 6
        $target = New-MemoryMap -Anonymous -Length 8
        Write-MappedByte $target $bytes
        Write-MappedByte $target $bytes -Offset 4 -Expect @(0, 0, 0)
        Read-MappedByte $target -Encoding ascii | Should -BeExactly "two`0two`0"
        Write-MappedByte $target $bytes -Expect $bytes -ErrorAction Stop
        (Edit-MappedByte $target $bytes ([byte[]](49, 50, 51)) -PassThru | ForEach-Object { $_.Bytes.ToString() }) | Should -Be @('31 32 33', '31 32 33')
    }

    It 'stay as they are whatever is done with what they give out' {
        $array = [byte[]]$bytes
        $array[0] = 0
        $bytes.ToArray()[0] | Should -Be 0x74
        $bytes[0] | Should -Be 0x74
    }
}
