# Cmdlets that take files in place of regions: how files are given, mapped one after the other, and let go.

BeforeAll {
    . $PSScriptRoot/../Support/Preamble.ps1

    # The mappings of the files of this folder, as the kernel lists them.
    function Get-MappingOfTest {
        if ($IsLinux) {
            Select-String -SimpleMatch $TestDrive -LiteralPath /proc/self/maps
        }
    }
}

AfterAll {
    Get-MemoryMap | Remove-MemoryMap
}

Describe 'A cmdlet that reads takes files' {
    BeforeAll {
        $folder = (New-Item -ItemType Directory (Join-Path $TestDrive reading)).FullName
        foreach ($name in 'a.bin', 'b.bin', 'c[1].bin') {
            [IO.File]::WriteAllBytes([IO.Path]::Combine($folder, $name), [byte[]](1, 2, 3, 0xDE, 0xAD, 6, 0xDE, 0xAD))
        }
        $null = New-Item -ItemType Directory (Join-Path $folder sub.bin)
        $ways = [ordered]@{
            'Find-MappedByte'    = @{ Arguments = @{ Hex = 'de ad'; Count = $true }; Result = '2' }
            'Read-MappedByte'    = @{ Arguments = @{ Length = 2 }; Result = '1 2' }
            'Format-MappedByte'  = @{ Arguments = @{ Length = 2 }; Result = '00000000 *01 02*' }
            'Read-MappedValue'   = @{ Arguments = @{ Type = 'UInt16BE'; Offset = 3 }; Result = '57005' }
            'Get-MappedHash'     = @{ Arguments = @{ Offset = 1; Length = 2 }; Result = '*.bin, offset 1, length 2' }
            'Measure-MappedByte' = @{ Arguments = @{ Offset = 1; Length = 2 }; Result = '*.bin, offset 1, length 2' }
        }
        Push-Location $folder
    }

    AfterAll {
        Pop-Location
    }

    AfterEach {
        Get-MemoryMap | Should -BeNullOrEmpty
        Get-MappingOfTest | Should -BeNullOrEmpty
    }

    It '<_> by position, by path, with wildcards, as objects, from the pipeline' -ForEach @(
        'Find-MappedByte', 'Read-MappedByte', 'Format-MappedByte', 'Read-MappedValue', 'Get-MappedHash', 'Measure-MappedByte'
    ) {
        $arguments = $ways[$_].Arguments
        $file = Get-Item a.bin
        $given = [ordered]@{
            position    = { & $_ ./a.bin @arguments }
            path        = { & $_ -Path a.bin @arguments }
            object      = { & $_ $file @arguments }
            literal     = { & $_ -LiteralPath 'c[1].bin' @arguments }
            alias       = { & $_ -LP 'c[1].bin' @arguments }
            text        = { 'a.bin' | & $_ @arguments }
            'literally' = { 'c[1].bin' | & $_ @arguments }
            piped       = { $file | & $_ @arguments }
            property    = { [pscustomobject]@{ PSPath = $file.FullName } | & $_ @arguments }
        }
        foreach ($way in $given.Keys) {
            "$(. $given[$way] | ForEach-Object { "$_" })" | Should -BeLike $ways[$_].Result -Because $way
        }

        @(& $_ *.bin @arguments -ErrorAction SilentlyContinue) | Should -HaveCount 3
        @(Get-ChildItem | & $_ @arguments -ErrorAction Stop) | Should -HaveCount 3
    }

    It '<_> and says what is wrong with one, and goes on with the next' -ForEach @(
        'Find-MappedByte', 'Read-MappedByte', 'Format-MappedByte', 'Read-MappedValue', 'Get-MappedHash', 'Measure-MappedByte'
    ) {
        $arguments = $ways[$_].Arguments
        $results = @('missing', 'sub.bin', '*.none', 'a.bin' | & $_ @arguments -ErrorVariable problems -ErrorAction SilentlyContinue)
        "$($results | ForEach-Object { "$_" })" | Should -BeLike $ways[$_].Result
        $problems.Exception.Error | Should -Be 'FileNotFound', 'NotMappable', 'FileNotFound'
        $problems[0].TargetObject | Should -BeExactly (Join-Path $folder missing)
    }

    It 'that are empty' {
        $empty = New-TestFile -Size 0
        Find-MappedByte $empty -Pattern x -Count | Should -Be 0
        (Read-MappedByte $empty).Length | Should -Be 0
        Format-MappedByte $empty | Should -BeNullOrEmpty
        { Read-MappedValue $empty Byte } | Should -Throw -ErrorId 'OutOfRange,*'
    }

    It 'but no pipe, and does not wait for its writer' {
        Skip-OnWindows 'there is no pipe with a path like that of a file'
        $pipe = Join-Path $TestDrive pipe
        mkfifo $pipe
        { Find-MappedByte $pipe x } | Should -Throw '*pipe, which cannot be mapped*' -ErrorId 'NotMappable,*'
    }

    It 'and regions in one pipeline' {
        $map = New-MemoryMap a.bin -Protection Read
        try {
            $read = @($map, (Get-Item b.bin), 'c[1].bin' | Read-MappedByte -Length 1)
            $read | Should -HaveCount 3
        }
        finally {
            Remove-MemoryMap $map
        }
    }

    It 'of which one is mapped at a time' {
        Skip-OnWindows 'the kernel''s list is that of Linux'
        Skip-OnMacOS 'the kernel''s list is that of Linux'
        $mapped = Get-ChildItem *.bin | Find-MappedByte -Hex 'de ad' | Format-MappedByte | ForEach-Object { @(Get-MappingOfTest).Count }
        $mapped | Should -HaveCount 6
        $mapped | Should -Be (@(1) * 6)
    }

    It 'and lets go of one where the pipeline ends early' {
        Find-MappedByte a.bin -Hex 'de ad' | Select-Object -First 1 | ForEach-Object Offset | Should -Be 3
        { Find-MappedByte a.bin -Hex 'de ad' | ForEach-Object { throw 'enough' } } | Should -Throw 'enough'
    }

    It 'and emits matches that bind by their path once the file is unmapped' {
        $found = @(Get-ChildItem a.bin, b.bin | Find-MappedByte -Hex 'de ad')
        $found.Path | Should -Be (@("$folder/a.bin", "$folder/a.bin", "$folder/b.bin", "$folder/b.bin") | ForEach-Object { Convert-Path $_ })
        $found.Region.IsOpen | Should -Not -Contain $true
        ($found | Read-MappedByte | ForEach-Object { "$_" }) | Should -Be (@('222 173') * 4)
        $found | Format-MappedByte | Should -HaveCount 4
        $found | Read-MappedValue -Type UInt16BE | Should -Be (@(57005) * 4)
        @($found | Find-MappedByte -Hex ad).Count | Should -Be 8
    }

    It 'but a match in a region that the user removed is refused, as before' {
        $map = New-MemoryMap a.bin -Protection Read
        $found = @(Find-MappedByte $map -Hex 'de ad')
        Remove-MemoryMap $map
        { $found | Read-MappedByte -ErrorAction Stop } | Should -Throw -ErrorId 'RegionClosed,*'
    }

    It 'but a match of one binds to no cmdlet that needs a region to stay' {
        $found = Find-MappedByte a.bin -Hex 'de ad'
        { $found | Lock-MemoryMap -ErrorAction Stop } | Should -Throw -ErrorId 'RegionClosed,*'
    }
}

Describe 'A cmdlet that changes bytes takes files' {
    BeforeEach {
        $file = New-TestFile 'abcabc'
        $other = New-TestFile 'xyzxyz'

        function Get-Text {
            "$([IO.File]::ReadAllText($file)) $([IO.File]::ReadAllText($other))"
        }
    }

    AfterEach {
        Get-MemoryMap | Should -BeNullOrEmpty
        Get-MappingOfTest | Should -BeNullOrEmpty
    }

    It '<Name>, makes the change durable before it unmaps, and emits the file' -ForEach @(
        @{ Name = 'Clear-MappedByte'; Work = { Clear-MappedByte $file -Offset 1 -Length 2 -Value '-' @more }; Text = 'a--abc xyzxyz' }
        @{ Name = 'Write-MappedByte'; Work = { Write-MappedByte $file 'Q' -Offset 1 @more }; Text = 'aQcabc xyzxyz' }
        @{ Name = 'Write-MappedByte -Hex'; Work = { Write-MappedByte $file -Hex 51 @more }; Text = 'Qbcabc xyzxyz' }
        @{ Name = 'Write-MappedByte, a stream'; Work = { 'Q', 'R' | Write-MappedByte $file -Offset 1 @more }; Text = 'aQRabc xyzxyz' }
        @{ Name = 'Write-MappedValue'; Work = { Write-MappedValue $file UInt16BE 0x5152 -Offset 1 @more }; Text = 'aQRabc xyzxyz' }
        @{ Name = 'Write-MappedValue, a stream'; Work = { 81, 82 | Write-MappedValue $file -Type Byte @more }; Text = 'QRcabc xyzxyz' }
        @{ Name = 'Edit-MappedByte'; Work = { Edit-MappedByte $file bc QR @more }; Text = 'aQRaQR xyzxyz' }
        @{ Name = 'Edit-MappedByte -Hex'; Work = { Edit-MappedByte $file -Hex 62 -ReplacementHex 51 @more }; Text = 'aQcaQc xyzxyz' }
        @{ Name = 'Sync-MemoryMap'; Work = { Sync-MemoryMap $file @more }; Text = 'abcabc xyzxyz' }
    ) {
        $more = @{ PassThru = $true; Verbose = $true }
        $said = @(& $Work 4>&1)
        Get-Text | Should -BeExactly $Text
        $emitted = @($said | Where-Object { $_ -isnot [Management.Automation.VerboseRecord] })
        $emitted[0] -is [IO.FileInfo] ? $emitted[0].FullName : $emitted[0].Path | Should -BeExactly $file
        if ($IsLinux) {
            $calls = @($said -match '^(msync|munmap)\(' | ForEach-Object { "$_".Split('(')[0] })
            $calls -join ' ' | Should -BeLike 'msync*munmap'
            @($calls -eq 'msync') | Should -HaveCount 1
        }
    }

    It '<Name> from the pipeline, one after the other' -ForEach @(
        @{ Name = 'Clear-MappedByte'; Work = { $input | Clear-MappedByte -Value '-' }; Text = '------ ------' }
        @{ Name = 'Write-MappedByte'; Work = { $input | Write-MappedByte -Value 'Q' }; Text = 'Qbcabc Qyzxyz' }
        @{ Name = 'Write-MappedByte -Hex'; Work = { $input | Write-MappedByte -Hex 51 }; Text = 'Qbcabc Qyzxyz' }
        @{ Name = 'Write-MappedValue'; Work = { $input | Write-MappedValue -Type Byte -Value 81 }; Text = 'Qbcabc Qyzxyz' }
        @{ Name = 'Edit-MappedByte'; Work = { $input | Edit-MappedByte -Pattern b, y -Replacement Q }; Text = 'aQcaQc xQzxQz' }
    ) {
        $before = Get-Text
        Get-Item $file, $other | & $Work
        Get-Text | Should -BeExactly $Text
        [IO.File]::WriteAllText($file, 'abcabc')
        [IO.File]::WriteAllText($other, 'xyzxyz')
        Get-Text | Should -BeExactly $before
        $file, $other | & $Work
        Get-Text | Should -BeExactly $Text
    }

    It 'and matches in files: <Name>' -ForEach @(
        @{ Name = 'Clear-MappedByte'; Work = { $input | Clear-MappedByte -Value '-' }; Text = 'a-ca-c x-zx-z' }
        @{ Name = 'Write-MappedByte'; Work = { $input | Write-MappedByte -Value 'Q' }; Text = 'aQcaQc xQzxQz' }
        @{ Name = 'Write-MappedValue'; Work = { $input | Write-MappedValue -Type Byte -Value 81 }; Text = 'aQcaQc xQzxQz' }
    ) {
        # While the search goes on, and after it.
        Get-Item $file, $other | Find-MappedByte -Pattern b, y | & $Work
        Get-Text | Should -BeExactly $Text
        [IO.File]::WriteAllText($file, 'abcabc')
        [IO.File]::WriteAllText($other, 'xyzxyz')
        $found = @(Get-Item $file, $other | Find-MappedByte -Pattern b, y)
        $found | & $Work
        Get-Text | Should -BeExactly $Text
    }

    It 'and makes a change durable also where the pipeline ends early' {
        Skip-OnWindows 'the calls are those of Linux'
        Skip-OnMacOS 'the calls are those of Linux'
        $found = @(Find-MappedByte $file b)
        $calls = @($found | Clear-MappedByte -Value '-' -PassThru -Verbose 4>&1 | Where-Object { "$_" -match '^(msync|munmap)\(' })
        $calls | Should -HaveCount 2
        $null = $found | Clear-MappedByte -Value '+' -PassThru | Select-Object -First 1
        Get-Text | Should -BeExactly 'a+ca-c xyzxyz'
    }

    It '-WhatIf asks for each file and changes none: <Name>' -ForEach @(
        @{ Name = 'Clear-MappedByte'; Work = { Clear-MappedByte $file, $other -WhatIf } }
        @{ Name = 'Write-MappedByte'; Work = { Write-MappedByte $file, $other Q -WhatIf } }
        @{ Name = 'Write-MappedValue'; Work = { Write-MappedValue $file, $other Byte 81 -WhatIf } }
        @{ Name = 'Edit-MappedByte'; Work = { Edit-MappedByte $file, $other -Pattern c, z -Replacement Q -First 1 -WhatIf } }
        @{ Name = 'Sync-MemoryMap'; Work = { Sync-MemoryMap $file, $other -WhatIf } }
    ) {
        $said = @(Get-WhatIfText $Work)
        $said | Should -HaveCount 2
        $said[0] | Should -BeLike "*$file, offset*"
        $said[1] | Should -BeLike "*$other, offset*"
        Get-Text | Should -BeExactly 'abcabc xyzxyz'
    }

    It 'but a stream of values goes to one only' {
        { 1, 2 | Write-MappedByte $file, $other } | Should -Throw '*not a list*' -ErrorId 'NotSupported,*'
        { 1, 2 | Write-MappedByte $TestDrive } | Should -Throw '*directory*' -ErrorId 'NotMappable,*'
        { 1, 2 | Write-MappedValue "$file.missing" -Type Byte } | Should -Throw -ErrorId 'FileNotFound,*'
        Get-Text | Should -BeExactly 'abcabc xyzxyz'
    }

    It 'but not as the value to write where that was forgotten: <Name>' -ForEach @(
        @{ Name = 'Write-MappedByte'; Work = { $input | Write-MappedByte } }
        @{ Name = 'Write-MappedValue'; Work = { $input | Write-MappedValue -Type Byte } }
    ) {
        { $file | & $Work } | Should -Throw '*Give -Value*' -ErrorId 'NotSupported,*'
        { Get-Item $file | & $Work } | Should -Throw '*Give -Value*' -ErrorId 'NotSupported,*'
        Get-Text | Should -BeExactly 'abcabc xyzxyz'
    }

    It 'and leaves none mapped after an error: <Name>' -ForEach @(
        @{ Name = 'Clear-MappedByte'; Work = { Clear-MappedByte $file -Offset 7 } }
        @{ Name = 'Write-MappedByte'; Work = { Write-MappedByte $file 'abcdefg' } }
        @{ Name = 'Write-MappedValue'; Work = { Write-MappedValue $file UInt64 1 } }
        @{ Name = 'Edit-MappedByte'; Work = { Edit-MappedByte $file b c -Offset 7 } }
        @{ Name = 'Sync-MemoryMap'; Work = { Sync-MemoryMap $file -Offset 7 } }
    ) {
        { & $Work } | Should -Throw -ErrorId 'OutOfRange,*'
        Get-MappingOfTest | Should -BeNullOrEmpty
    }

    It 'and undoes what Edit-MappedByte did to several' {
        $undo = Join-Path $TestDrive (New-Guid)
        Edit-MappedByte $file, $other -Pattern b, y -Replacement Q -UndoPath $undo
        Get-Text | Should -BeExactly 'aQcaQc xQzxQz'
        Edit-MappedByte -Undo -UndoPath $undo
        Get-Text | Should -BeExactly 'abcabc xyzxyz'
    }
}

Describe 'Compare-MappedByte takes files' {
    It 'by two paths, a path and a region, from the pipeline' {
        $one, $two = (New-TestFile 'abc'), (New-TestFile 'aXc')
        (Compare-MappedByte $one $two).Offset | Should -Be 1
        Compare-MappedByte -LiteralPath $one $two -Quiet | Should -BeFalse
        Get-Item $one, $two | Compare-MappedByte -Other $one -Quiet | Should -Be $true, $false
        $map = New-MemoryMap $two
        Compare-MappedByte $one $map -Quiet | Should -BeFalse
        Remove-MemoryMap $map
        { Compare-MappedByte "$one.missing" $two } | Should -Throw -ErrorId 'FileNotFound,*'
        $copy = Join-Path $TestDrive (New-Guid)
        Compare-MappedByte $two $one | Copy-MappedByte -Destination $copy
        [IO.File]::ReadAllText($copy) | Should -BeExactly 'X'
    }
}
