# What users expect of every cmdlet: pipelines, -WhatIf, errors. Hazards/LongWork has progress and Ctrl+C.

BeforeDiscovery {
    . $PSScriptRoot/../Support/Module.ps1
    $changing = Get-Command -Module MmapPS -ParameterName WhatIf | ForEach-Object { @{ Name = $_.Name } }
}

BeforeAll {
    . $PSScriptRoot/../Support/Preamble.ps1
}

Describe 'The pipeline' {
    AfterEach {
        Get-MemoryMap | Remove-MemoryMap
    }

    It 'binds a match''s range to Protect-MemoryMap' {
        $map = New-MemoryMap -Anonymous -Length 1MB
        Write-MappedByte $map -Offset 500000 -Value here
        Find-MappedByte $map here | Protect-MemoryMap -Protection Read
        { $map[500000] = 1 } | Should -Throw -ErrorId NotWritable
        $map[0] = 1
        $map[-1] = 1
    }

    It 'binds a match''s range, and a region''s whole range, to <Work>' -ForEach @(
        @{ Work = { $input | Sync-MemoryMap -WhatIf } }
        @{ Work = { $input | Lock-MemoryMap -WhatIf } }
        @{ Work = { $input | Unlock-MemoryMap -WhatIf } }
        @{ Work = { $input | Protect-MemoryMap -Protection Read -WhatIf } }
        @{ Work = { $input | Clear-MappedByte -WhatIf } }
    ) {
        $map = New-MemoryMap (New-TestFile -Size 100000) -Offset 10 -Length 50000
        Write-MappedByte $map -Offset 30000 -Value here
        Get-WhatIfText { Find-MappedByte $map here | & $Work } | Should -BeLike "*$($map.Path), offset 30000, length 4*"
        Get-WhatIfText { $map | & $Work } | Should -BeLike "*$($map.Path), offset 0, length 50000*"
    }

    It 'binds files by their properties' {
        $file = [IO.FileInfo](New-TestFile 'abcdef')
        $byPath = [PSCustomObject]@{ PSPath = $file.FullName }
        foreach ($item in $file, $byPath) {
            ($item | New-MemoryMap).Path | Should -BeExactly $file.FullName
            if (-not $IsWindows) {
                ($item | Measure-MemoryMap).Path | Should -BeExactly $file.FullName
            }

            $item | Set-MemoryMapAdvice -Advice WillNeed
            $target = New-MemoryMap -Anonymous -Length 6
            $item | Copy-MappedByte -Destination $target
            Read-MappedByte $target -Encoding ascii | Should -BeExactly 'abcdef'
        }
    }

    It 'takes files as objects where it takes paths' {
        $file = [IO.FileInfo](New-TestFile 'abcdef')
        $map = New-MemoryMap $file.FullName
        Compare-MappedByte $map $file -Quiet | Should -BeTrue
        $copy = [IO.FileInfo](Join-Path $TestDrive (New-Guid))
        $map | Copy-MappedByte -Destination $copy -PassThru | Should -BeOfType ([IO.FileInfo])
        Get-Content $copy -Raw | Should -BeExactly 'abcdef'
    }

    It 'binds a property Region' {
        $holder = [PSCustomObject]@{ Region = New-MemoryMap (New-TestFile 'abc'); Other = 1 }
        $holder | Read-MappedByte -Offset 0 -Length 1 -Encoding ascii | Should -BeExactly 'a'
        ($holder | Sync-MemoryMap -Offset 0 -Length 1 -PassThru) | Should -Be $holder.Region
        ($holder | Measure-MemoryMap).RegionId | Should -Be $holder.Region.Id
        ($holder | Find-MappedByte -Pattern a).Offset | Should -Be 0
        $holder | Remove-MemoryMap
        $holder.Region.IsOpen | Should -BeFalse
    }
}

Describe '-WhatIf' {
    BeforeAll {
        $file = New-TestFile ('a' * 9000)
        $before = (Get-Item $file).LastWriteTimeUtc
        $map = New-MemoryMap $file
        $range = @{ Offset = 5; Length = 10; WhatIf = $true }
        $ways = @{
            'New-MemoryMap'       = { New-MemoryMap $file @range }
            'Clear-MappedByte'    = { Clear-MappedByte $map @range }
            'Compare-MappedByte'  = { Compare-MappedByte $map $map -OtherOffset 5 -PatchPath "$file.patch" @range }
            'Copy-MappedByte'     = { Copy-MappedByte $map $map -Length 10 -DestinationOffset 5 -WhatIf }
            'Edit-MappedByte'     = { Edit-MappedByte $map ('a' * 10) ('b' * 10) -Offset 5 -First 1 -WhatIf }
            'Lock-MemoryMap'      = { Lock-MemoryMap $map @range }
            'Unlock-MemoryMap'    = { Unlock-MemoryMap $map @range }
            'Protect-MemoryMap'   = { Protect-MemoryMap $map -Protection Read @range }
            'Remove-MemoryMap'    = { Remove-MemoryMap $map -WhatIf }
            'Resize-MemoryMap'    = { Resize-MemoryMap $map 10 -WhatIf }
            'Set-MemoryMapAdvice' = { Set-MemoryMapAdvice $map -Advice WillNeed @range }
            'Sync-MemoryMap'      = { Sync-MemoryMap $map @range }
            'Write-MappedByte'    = { Write-MappedByte $map ('b' * 10) -Offset 5 -WhatIf }
            'Write-MappedValue'   = { Write-MappedValue $map -Type 'Byte[10]' -Value ([byte[]]::new(10)) -Offset 5 -WhatIf }
        }
    }

    AfterAll {
        Get-MemoryMap | Remove-MemoryMap
    }

    It 'of <Name> names the file, the offset and the length, and does nothing else' -ForEach $changing {
        $said = @(Get-WhatIfText $ways[$Name])
        $said | Should -HaveCount 1
        $said[0] | Should -BeLike "*$file*"
        $range = switch ($Name) {
            New-MemoryMap { '' }
            { $_ -in 'Remove-MemoryMap', 'Resize-MemoryMap' } { 'offset 0, length 9000' }
            default { 'offset 5, length 10' }
        }
        $said[0] | Should -BeLikeExactly "*$range*"
        "$($map.IsOpen) $($map.Length) $($map.Protection)" | Should -BeExactly 'True 9000 Read, Write'
        Get-Content $file -Raw | Should -BeExactly ('a' * 9000)
        (Get-Item $file).LastWriteTimeUtc | Should -Be $before
        Get-MemoryMap | Should -HaveCount 1
    }
}

Describe '-PassThru' {
    It 'hands on what a cmdlet was given, and nothing comes without it: <Work>' -ForEach @(
        @{ Work = { Clear-MappedByte $map @passThru } }
        @{ Work = { Copy-MappedByte $other $map @passThru } }
        @{ Work = { Sync-MemoryMap $map @passThru } }
        @{ Work = { Protect-MemoryMap $map -Protection Read, Write @passThru } }
        @{ Work = { Lock-MemoryMap $map @passThru } }
        @{ Work = { Unlock-MemoryMap $map @passThru } }
        @{ Work = { Resize-MemoryMap $map 3 @passThru } }
        @{ Work = { Set-MemoryMapAdvice $map WillNeed @passThru } }
        @{ Work = { Write-MappedByte $map x @passThru } }
    ) {
        $map = New-MemoryMap (New-TestFile 'abc')
        $other = New-MemoryMap (New-TestFile 'xyz')
        $passThru = @{}
        & $Work | Should -BeNullOrEmpty
        $passThru = @{ PassThru = $true }
        $handed = @(& $Work)
        $handed | Should -HaveCount 1
        $handed[0] | Should -Be $map
    }
}

Describe 'Errors' {
    It 'are for one object of many, collected by -ErrorVariable and silenced by -ErrorAction' {
        $missing = Join-Path $TestDrive 'missing'
        $maps = @((New-TestFile 'a'), $missing, (New-TestFile 'b') | New-MemoryMap -ErrorVariable caught -ErrorAction SilentlyContinue)
        $maps.Count | Should -Be 2
        $caught.Count | Should -Be 1
        $caught[0].FullyQualifiedErrorId | Should -BeLike 'FileNotFound,*'
        $caught[0].TargetObject | Should -Be $missing
        Remove-MemoryMap $maps[0]
        $read = @($maps | Read-MappedByte -Encoding ascii -ErrorVariable +caught -ErrorAction Ignore)
        $read | Should -Be 'b'
    }

    It 'end the statement with -ErrorAction Stop' {
        $maps = [Collections.Generic.List[object]]::new()
        { (Join-Path $TestDrive missing), (New-TestFile 'b') | New-MemoryMap -ErrorAction Stop | ForEach-Object { $maps.Add($_) } } |
            Should -Throw -ErrorId 'FileNotFound,*'
        $maps.Count | Should -Be 0
    }
}
