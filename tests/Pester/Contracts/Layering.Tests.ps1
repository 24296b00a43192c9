# The architecture, checked in the sources: which room may use which. docs/design/architecture.md draws it.

BeforeDiscovery {
    # Rooms of src/MmapPS from the ground up. A room uses types of its own room and of the layers below, but of no other room of its layer.
    $floors = @(
        @('Polyfills', 'Terms', 'Errors', 'Work')
        @('Resources')
        @('Ranges', 'Bytes')
        @('Native')
        @('Regions')
        @('Results')
        @('Scripting')
        @('Parameters', 'Formatting', 'Loading')
        @('Commands')
    )
    $rooms = for ($floor = 0; $floor -lt $floors.Count; $floor++) {
        foreach ($room in $floors[$floor]) {
            @{ Room = $room; Forbidden = @($floors[$floor..($floors.Count - 1)] | ForEach-Object { $_ } | Where-Object { $_ -ne $room }) }
        }
    }
    $withoutPowerShell = $floors[0..5] | ForEach-Object { $_ }
}

BeforeAll {
    $source = Join-Path $PSScriptRoot .. .. .. src MmapPS | Resolve-Path | Select-Object -ExpandProperty Path

    function Get-Source([string] $Room = '') {
        Get-ChildItem (Join-Path $source $Room) -Recurse -File -Filter *.cs | Where-Object FullName -NotMatch '[\\/](bin|obj)[\\/]'
    }

    # Matching lines of code, as FILE:LINE TEXT; comments are ignored.
    function Find-Code([IO.FileInfo[]] $File, [string] $Pattern) {
        $File | Select-String $Pattern -CaseSensitive | Where-Object Line -NotMatch '^\s*//' | ForEach-Object {
            '{0}:{1} {2}' -f [IO.Path]::GetRelativePath($source, $_.Path), $_.LineNumber, $_.Line.Trim()
        }
    }

    # The public types of a room. Their namespace is always MmapPS, so it does not show their room.
    function Get-VisibleType([string] $Room) {
        Get-Source $Room | Select-String '^public (?:\w+ )*(?:class|struct|enum|record) (\w+)' | ForEach-Object { $_.Matches[0].Groups[1].Value }
    }
}

Describe 'The source' {
    It 'has these rooms and no other, and no file outside of them' -ForEach @{ Rooms = $rooms.Room } {
        Get-ChildItem $source -Directory | Where-Object Name -NotIn bin, obj | ForEach-Object Name | Sort-Object | Should -Be ($Rooms | Sort-Object)
        (Get-ChildItem $source -File).Name | Should -Be 'MmapPS.csproj'
    }
}

Describe 'The room <Room>' -ForEach ($rooms | Where-Object { $_.Forbidden }) {
    It 'knows nothing of <_>' -ForEach $Forbidden {
        $types = Get-VisibleType $_
        $pattern = "\bMmapPS\.$_\b" + ($types ? "|(?<![.\w])($($types -join '|'))\b" : '')
        Find-Code (Get-Source $Room) $pattern | Should -BeNullOrEmpty
    }
}

Describe 'PowerShell' {
    It 'is unknown to <_>' -ForEach $withoutPowerShell {
        Find-Code (Get-Source $_) 'System\.Management\.Automation' | Should -BeNullOrEmpty
    }

    It 'is known to Commands, so that this way of looking finds it' {
        Find-Code (Get-Source Commands) 'System\.Management\.Automation' | Should -Not -BeNullOrEmpty
    }
}

Describe 'The operating system' {
    BeforeAll {
        $outside = Get-Source | Where-Object FullName -NotMatch '[\\/]MmapPS[\\/]Native[\\/]'
        $calls = Get-Source Native | Where-Object FullName -Match '[\\/]Calls[\\/]'
    }

    It 'is called from Native only' {
        Find-Code $outside 'DllImport|LibraryImport|\bextern\b|GetLastWin32Error|NativeLibrary' | Should -BeNullOrEmpty
    }

    It 'is called there, so that this way of looking finds it' {
        Find-Code $calls 'DllImport' | Should -Not -BeNullOrEmpty
    }

    It 'is imported by private functions, which a checked wrapper hides' {
        Find-Code (Get-Source Native) '\b(public|internal|protected)\b.*\bextern\b' | Should -BeNullOrEmpty
    }

    It 'is asked for by name in the systems'' own folders only' {
        Find-Code $outside '/proc/|/sys/|LinuxConstants|\bMmapPS\.Native\.(Linux|Unix|Windows|MacOS)\b' | Should -BeNullOrEmpty
    }

    It 'has calls that know no platform' {
        Find-Code $calls '\b(Memory|Unix|Linux|MacOS|Windows)Platform\b' | Should -BeNullOrEmpty
    }

    It 'has systems that know no other system: <System>' -ForEach @(
        @{ System = 'Unix' }, @{ System = 'Linux' }, @{ System = 'MacOS' }, @{ System = 'Windows' }
    ) {
        $others = 'Linux', 'MacOS', 'Windows', 'Unix' | Where-Object { $_ -ne $System -and -not ($_ -eq 'Unix' -and $System -ne 'Windows') }
        Find-Code (Get-Source (Join-Path Native $System)) "\bMmapPS\.Native\.($($others -join '|'))\b" | Should -BeNullOrEmpty
    }
}

Describe 'Every source file' {
    It 'is named after a type that it declares' {
        Get-Source | Where-Object {
            # A type with several topics has a file for each: Type.Topic.cs.
            $name = $_.Name.Split('.')[0]
            $name -cnotin 'MemberExceptions', 'AssemblyInfo', 'GlobalUsings' -and
            (Get-Content $_ -Raw) -cnotmatch "\b(class|struct|enum|interface|record|record struct|delegate \S+)\s+$name\b"
        } | Should -BeNullOrEmpty
    }

    It 'is finished' {
        # Concatenated here, because this file is searched, too.
        $words = 'TO' + 'DO', 'FIX' + 'ME', 'HA' + 'CK', 'XX' + 'X', 'NotImplemented' + 'Exception'
        $files = 'src', 'tests', 'tools', 'bench', 'samples' |
            ForEach-Object { Get-ChildItem (Join-Path $PSScriptRoot .. .. .. $_) -Recurse -File -Include *.cs, *.ps1, *.psd1, *.sh, *.ps1xml, *.csproj } |
            Where-Object FullName -NotMatch '[\\/](bin|obj)[\\/]'

        @($files).Count | Should -BeGreaterThan 50
        $files | Select-String "\b($($words -join '|'))\b" -CaseSensitive | Should -BeNullOrEmpty
    }

    It 'has lines of at most 140 characters' {
        Get-Source | Select-String '^.{141}' | Should -BeNullOrEmpty
    }

    It 'documents the public types it declares' {
        $declared = 0
        $bare = foreach ($file in Get-Source) {
            $lines = Get-Content $file
            for ($i = 0; $i -lt $lines.Length; $i++) {
                if ($lines[$i] -cmatch '^\s*public\s+((sealed|abstract|static|readonly|partial|unsafe)\s+)*(class|struct|enum|interface|record)\b') {
                    $declared++
                    $above = $i - 1
                    while ($above -ge 0 -and $lines[$above] -notmatch '^\s*(///|$)') {
                        $above--
                    }

                    if ($above -lt 0 -or $lines[$above] -notmatch '^\s*///') {
                        "$($file):$($i + 1)"
                    }
                }
            }
        }

        $declared | Should -BeGreaterThan 10
        $bare | Should -BeNullOrEmpty
    }
}
