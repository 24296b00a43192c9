# Whole numbers as parameters: fractions are refused, never rounded, and sizes are accepted in the format of the module's output.

BeforeAll {
    . $PSScriptRoot/../Support/Preamble.ps1
    $common = [Management.Automation.PSCmdlet]::CommonParameters

    # Every parameter that is a whole number, as cmdlet and name.
    $numbers = @(foreach ($command in Get-Command -Module MmapPS -CommandType Cmdlet) {
        foreach ($parameter in $command.Parameters.Values | Where-Object Name -NotIn $common) {
            $type = if ($parameter.ParameterType.IsArray) { $parameter.ParameterType.GetElementType() } else { $parameter.ParameterType }
            $type = [Nullable]::GetUnderlyingType($type) ?? $type
            if (-not $type.IsEnum -and [Type]::GetTypeCode($type) -in [TypeCode[]]('Byte', 'Int16', 'Int32', 'Int64', 'UInt32', 'UInt64')) {
                [PSCustomObject]@{ Command = $command.Name; Name = $parameter.Name }
            }
        }
    })
}

Describe 'A parameter that is a whole number' {
    AfterEach {
        Get-MemoryMap | Remove-MemoryMap
    }

    It 'refuses a fraction, of which its error has the digits' {
        $numbers.Count | Should -BeGreaterThan 30
        foreach ($number in $numbers) {
            foreach ($value in 1.5, '1.5', [single]-0.5, 2.5d, '0.3 KiB') {
                $options = @{ $number.Name = $value }
                $problem = Get-ErrorOf { & $number.Command @options }
                $problem.Id | Should -BeExactly 'ParameterArgumentTransformationError' -Because "$($number.Command) -$($number.Name) $value"
                $problem.Message | Should -BeLike "*'$value' is not a whole 64-bit number*" -Because "$($number.Command) -$($number.Name)"
            }
        }
    }

    It 'refuses text that is not a number, and a number past 64 bits' {
        foreach ($value in 'x', '', '4 XB', '8 EiB', [uint64]::MaxValue, [double]::NaN) {
            $problem = Get-ErrorOf { New-MemoryMap -Anonymous -Length $value }
            $problem.Id | Should -BeExactly 'ParameterArgumentTransformationError' -Because $value
            $problem.Message | Should -BeLike "*'$value' is not a whole 64-bit number*4KB*" -Because $value
        }
    }

    It 'takes <Value> for <Expected>' -ForEach @(
        @{ Value = '4KiB'; Expected = 4096 }
        @{ Value = '4 KB'; Expected = 4096 }
        @{ Value = '4.0 KiB (4096 bytes)'; Expected = 4096 }
        @{ Value = '1.5 mib'; Expected = 1572864 }
        @{ Value = '0x1000'; Expected = 4096 }
        @{ Value = 4096.0; Expected = 4096 }
        @{ Value = '1e4'; Expected = 10000 }
    ) {
        (New-MemoryMap -Anonymous -Length $Value).Length | Should -Be $Expected
    }

    It 'takes a size wherever a length or an offset is asked for' {
        $path = New-RandomFile 20000
        $bytes = Get-Content $path -AsByteStream -Raw
        $map = New-MemoryMap $path -Offset '4 KiB' -Length '8KiB'
        $map.Offset, $map.Length | Should -Be 4096, 8192
        $map[0] | Should -Be $bytes[4096]
        (Read-MappedByte $map -Offset '1KB' -Length '2 B') | Should -Be $bytes[5120, 5121]
        Read-MappedValue $map Byte '1 KiB' | Should -Be $bytes[5120]
        (Find-MappedByte $map -Hex '??' -Offset '1 KiB' -First '1').Offset | Should -Be 1024
        Compare-MappedByte $map $path -OtherOffset '4 KiB' -Length '8 KiB' -Quiet | Should -BeTrue
        Copy-MappedByte $map $map -Length '1 KiB' -DestinationOffset '4 KiB'
        $map.Read(4096, 1024) | Should -Be $map.Read(0, 1024)
        Clear-MappedByte $map -Length '1 KiB'
        $map.Read(0, 1024) | Should -Be ([byte[]]::new(1024))
        Protect-MemoryMap $map -Offset '0 B' -Length '4 KiB' -Protection Read
        Set-MemoryMapAdvice $map WillNeed -Offset '4 KiB' -Length '4 KiB'
        # Windows does not resize a region in parts.
        Protect-MemoryMap $map -Protection Read, Write
        Resize-MemoryMap $map '4 KiB'
        $map.Length | Should -Be 4096
    }

    It 'takes a size from the property of a match' {
        $map = New-MemoryMap (New-TestFile 'abcdef')
        [PSCustomObject]@{ Region = $map; Offset = '0x2'; Length = '3 B' } | Read-MappedByte -Encoding ascii | Should -BeExactly 'cde'
        [PSCustomObject]@{ Region = $map; Offset = 2.0; Length = [decimal]3 } | Write-MappedByte -Value XYZ
        Read-MappedByte $map -Encoding ascii | Should -BeExactly 'abXYZf'
    }

    # Without the property the default range would be used: the region's start, or all of it.
    It 'does not leave out a property that is <Value>' -ForEach @(
        @{ Value = 1.5 }
        @{ Value = '1,5' }
        @{ Value = $null }
        @{ Value = @(1, 2) }
        @{ Value = [timespan]::Zero }
    ) {
        $map = New-MemoryMap (New-TestFile 'abcdef')
        foreach ($match in [PSCustomObject]@{ Region = $map; Offset = $Value; Length = 1 }, [PSCustomObject]@{ Region = $map; Offset = 1; Length = $Value }) {
            foreach ($command in @(
                    { $match | Read-MappedByte }
                    { $match | Clear-MappedByte }
                    { $match | Format-MappedByte }
                    { $match | Write-MappedByte -Value X }
                    { $match | Write-MappedValue -Type Byte -Value 1 }
                    { $match | Copy-MappedByte -Destination $map -DestinationOffset 3 }
                    { $match | Protect-MemoryMap -Protection None }
                )) {
                (Get-ErrorOf $command).Id | Should -BeExactly 'ParameterArgumentTransformationError' -Because "$match $command"
            }
        }

        (Get-ErrorOf { [PSCustomObject]@{ Region = $map; Offset = $Value } | Read-MappedValue -Type Byte }).Id |
            Should -BeExactly 'ParameterArgumentTransformationError'
        Read-MappedByte $map -Encoding ascii | Should -BeExactly 'abcdef'
    }

    It 'lets other objects of the pipeline be for another parameter' {
        @(Get-Process -Id $PID | Get-MemoryMap).Count | Should -BeGreaterThan 10
        $map = New-MemoryMap (New-TestFile 'abcdef')
        ($map.Id | Get-MemoryMap).Id | Should -Be $map.Id
        { 1.5 | Get-MemoryMap } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*'
    }
}
