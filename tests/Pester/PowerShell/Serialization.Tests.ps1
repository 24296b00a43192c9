# Every output object of a cmdlet, through PowerShell's own files and back. Contracts/Csv has the cells of Export-Csv.

BeforeDiscovery {
    . $PSScriptRoot/../Support/Module.ps1
    # A new type needs a maker below.
    $types = (Get-Command -Module MmapPS).OutputType.Type | Where-Object { $_.Namespace -eq 'MmapPS' } | Sort-Object Name -Unique |
        ForEach-Object { @{ Type = $_.Name } }
    $types += @{ Type = 'PSObject' }
    $forms = @{ Form = 'JSON' }, @{ Form = 'CLIXML' }
}

BeforeAll {
    . $PSScriptRoot/../Support/Preamble.ps1

    $name = "mmapps-serialization-$PID"
    $path = New-TestFile ('one, "two" three' + '-' * 9000)
    $map = New-MemoryMap $path -Offset 1 -Length 9000
    $other = New-MemoryMap (New-TestFile ('one, "Two" three' + '-' * 9000)) -Offset 1 -Length 9000
    $named = New-MemoryMap -Name $name -Length 4096
    $layout = [ordered]@{
        Byte = 'Byte'; Int8 = 'Int8'; Int16 = 'Int16'; UInt32 = 'UInt32'; Int64 = 'Int64'; UInt64 = 'UInt64'; Half = 'Half'; Single = 'Single'
        Double = 'Double'; Int128 = 'Int128'; UInt128 = 'UInt128'; Guid = 'Guid'; Text = 'Latin1[5]'; Bytes = 'Byte[4]'; Numbers = 'UInt64[2]'
    }
    $make = @{
        MappedRegion        = { $map; $named; New-MemoryMap -Anonymous -Length 5000 -Protection Read }
        MappedMatch         = { Find-MappedByte $map two -Context 3; Find-MappedByte $map three -AsLine -LineNumber }
        MappedDifference    = { Compare-MappedByte $map $other }
        MappedChange        = { Edit-MappedByte $other Two 'tWo' -PassThru }
        MappedHash          = { Get-MappedHash $map -BlockSize 5000 }
        MappedStatistics    = { Measure-MappedByte $map -BlockSize 5000 }
        MemoryUsage         = { $map, $named | Measure-MemoryMap }
        MemoryUsageTotal    = { $map, $named | Measure-MemoryMap -Total }
        ProcessMapping      = { if (-not $IsMacOS) { Get-MemoryMap -ProcessId $PID | Select-Object -First 20 } }
        SharedMemoryName    = { if ($IsLinux) { Get-MemoryMap -Name $name -All } }
        MemoryAdviceSupport = { Set-MemoryMapAdvice -TestSupport }
        PSObject            = {
            $numbers = New-MemoryMap -Anonymous -Length 8192
            # Numbers with their highest bit set, and others.
            Write-MappedByte $numbers ([byte[]](1..255 * 9))
            Read-MappedValue $numbers -Layout $layout -Offset 200 -Count 9
        }
    }

    function Export-Object([object[]] $InputObject, [string] $Form, [string] $File) {
        switch ($Form) {
            CSV { $InputObject | Export-Csv $File; Import-Csv $File }
            JSON { $InputObject | ConvertTo-Json -Depth 3 -WarningAction Stop | Set-Content $File; Get-Content $File -Raw | ConvertFrom-Json }
            CLIXML { $InputObject | Export-Clixml $File; Import-Clixml $File }
        }
    }

    # The value that contains all of another value: the same text, for a list the texts of its items.
    function ConvertTo-Plain($Value) {
        if ($Value -is [MmapPS.HexBytes] -or $Value -is [array] -or $Value -is [Collections.ArrayList]) {
            ($Value | ForEach-Object { "$_" }) -join ' '
        }
        else {
            "$Value"
        }
    }

    function Assert-Same($Back, $Object) {
        foreach ($property in $Object.PSObject.Properties | Where-Object Name -NotIn $unknown) {
            $was, $is = $property.Value, $Back.($property.Name)
            if ($was -is [MmapPS.MappedRegion]) {
                Assert-Same $is $was
            }
            elseif ($was -is [MmapPS.MemoryRangeList]) {
                ($is | ForEach-Object { "$($_.Offset)+$($_.Length)" }) -join ',' | Should -BeExactly "$was" -Because $property.Name
            }
            # JSON has no types: enumeration values are numbers, and a 32-bit number comes back with 64 bits.
            elseif ($was -is [enum] -or $was -is [datetime] -or $was -is [single]) {
                $is -as $was.GetType() | Should -Be $was -Because $property.Name
            }
            elseif ($null -eq $was) {
                $is | Should -BeNullOrEmpty -Because $property.Name
            }
            else {
                ConvertTo-Plain $is | Should -BeExactly (ConvertTo-Plain $was) -Because $property.Name
            }
        }
    }
}

AfterAll {
    if ($IsLinux) {
        Remove-MemoryMap $named -Unlink
    }
    Get-MemoryMap | Remove-MemoryMap
}

Describe 'A <Type>' -ForEach $types {
    BeforeAll {
        $objects = @(& $make[$Type])
    }

    BeforeEach {
        $make.Keys | Should -Contain $Type
        if (-not $objects -and -not $IsLinux) {
            Set-ItResult -Skipped -Because "this system lists no $Type"
        }
        $objects.Count | Should -BeGreaterThan 0
    }

    It 'comes back from <Form> with all that it says' -ForEach $forms {
        # Numbers that ConvertTo-Json does not support.
        $unknown = $Form -eq 'JSON' ? @('Half', 'Int128', 'UInt128') : @()
        $file = Join-Path $TestDrive "$Type.$Form"
        $back = @(Export-Object $objects $Form $file)
        $back.Count | Should -Be $objects.Count
        for ($i = 0; $i -lt $objects.Count; $i++) {
            Assert-Same $back[$i] $objects[$i]
        }

        # Neither the bytes of a region nor the memory at its address.
        (Get-Item $file).Length | Should -BeLessThan 80000
    }

    It 'is text at the depth limit of JSON' {
        $objects[0] | ConvertTo-Json -Depth 0 -WarningAction SilentlyContinue | Should -Not -BeNullOrEmpty
        ($objects[0] | ConvertTo-Json -Depth 1 -WarningAction SilentlyContinue | ConvertFrom-Json).PSObject.Properties.Name | Sort-Object |
            Should -Be ($objects[0].PSObject.Properties.Name | Sort-Object)
    }
}

Describe 'Numbers of 16 and 128 bits' {
    It 'survive JSON as the types of numbers that it knows' {
        $numbers = New-MemoryMap -Anonymous -Length 4096
        Write-MappedByte $numbers -Hex '00 7b ff ff ff ff ff ff ff ff ff ff ff ff ff ff ff 7f'
        $record = Read-MappedValue $numbers -Layout ([ordered]@{ Half = 'Half'; Int128 = 'Int128' })
        $back = $record | Select-Object @{ n = 'Half'; e = { [single]$_.Half } }, @{ n = 'Int128'; e = { [bigint]$_.Int128 } } |
            ConvertTo-Json | ConvertFrom-Json
        $back.Half | Should -Be 57344
        $back.Int128 | Should -Be ([bigint]::Pow(2, 127) - 1)
    }
}

Describe 'What comes back from <Form>' -ForEach ($forms + @{ Form = 'CSV' }) {
    It 'binds a match''s range beside the region that is given' {
        $match = Export-Object (Find-MappedByte $map two) $Form (Join-Path $TestDrive match)
        $match | Read-MappedByte -Region $map -Encoding ascii | Should -BeExactly 'two'
        $match | Read-MappedValue UInt16BE -Region $map | Should -Be 0x7477
        $match | Format-MappedByte -Region $map | Should -BeLike '*two*'
    }

    It 'says what stood before a change' {
        $scratch = New-MemoryMap (New-TestFile 'one two three')
        $change = Export-Object (Edit-MappedByte $scratch two TWO -PassThru) $Form (Join-Path $TestDrive change)
        $old = $Form -eq 'CSV' ? @{ Hex = $change.OldBytes } : @{ Value = $change.OldBytes }
        Write-MappedByte $scratch -Offset $change.Offset @old
        Read-MappedByte $scratch -Encoding ascii | Should -BeExactly 'one two three'
    }

    It 'binds usage to what takes a file''s ranges' {
        $usage = Export-Object (Measure-MemoryMap $map) $Form (Join-Path $TestDrive usage)
        $usage | Set-MemoryMapAdvice -Advice WillNeed -ErrorVariable problems
        $problems | Should -BeNullOrEmpty
        Set-MemoryMapAdvice $path -Range $usage.ResidentRange -Advice WillNeed -ErrorVariable problems
        $problems | Should -BeNullOrEmpty
    }

    It 'is refused as a region, with a reason' {
        $region = Export-Object $map $Form (Join-Path $TestDrive region)
        $problem = { $region | Read-MappedByte -ErrorAction Stop } | Should -Throw -PassThru
        $problem.Exception.Message | Should -BeLike '*Region*'
    }
}
