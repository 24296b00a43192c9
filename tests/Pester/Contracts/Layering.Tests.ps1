# The architecture, read off the sources: which layer may know what.

BeforeDiscovery {
    $layers = @(
        @{ Layer = 'Native'; Forbidden = 'Regions', 'Content', 'Commands', 'Parameters' }
        @{ Layer = 'Content'; Forbidden = 'Native', 'Regions', 'Commands', 'Parameters' }
        @{ Layer = 'Errors'; Forbidden = 'Native', 'Regions', 'Content', 'Commands', 'Parameters' }
        @{ Layer = 'Resources'; Forbidden = 'Native', 'Regions', 'Content', 'Commands', 'Parameters' }
        @{ Layer = 'Regions'; Forbidden = 'Commands', 'Parameters' }
        @{ Layer = 'Parameters'; Forbidden = @('Commands') }
    )
}

BeforeAll {
    $source = [IO.Path]::GetFullPath("$PSScriptRoot/../../../src/MmapPS")

    function Get-Source([string] $Folder = '') {
        [IO.Directory]::GetFiles([IO.Path]::Combine($source, $Folder), '*.cs', 'AllDirectories') |
            Where-Object { $_ -notmatch '[\\/](bin|obj)[\\/]' }
    }

    # Lines of code, as FILE:LINE TEXT, that match; comments may say what they like.
    function Find-Code([string[]] $Files, [string] $Pattern) {
        foreach ($file in $Files) {
            $number = 0
            foreach ($line in [IO.File]::ReadAllLines($file)) {
                $number++
                if ($line -notmatch '^\s*//' -and $line -cmatch $Pattern) {
                    "$($file.Substring($source.Length + 1)):$number $($line.Trim())"
                }
            }
        }
    }
}

Describe 'The layer <Layer>' -ForEach $layers {
    It 'has sources' {
        @(Get-Source $Layer).Count | Should -BeGreaterThan 0
    }

    It 'knows no layer above it: <_>' -ForEach $Forbidden {
        Find-Code (Get-Source $Layer) "\bMmapPS\.$_\b" | Should -BeNullOrEmpty
    }
}

Describe 'PowerShell' {
    It 'is unknown to <_>' -ForEach 'Native', 'Regions', 'Content', 'Errors', 'Resources' {
        Find-Code (Get-Source $_) 'System\.Management\.Automation' | Should -BeNullOrEmpty
    }

    It 'is unknown to the public types of the root namespace' {
        $files = [IO.Directory]::GetFiles($source, '*.cs')
        $files.Length | Should -BeGreaterThan 0
        Find-Code $files 'System\.Management\.Automation' | Should -BeNullOrEmpty
    }

    It 'is known to Commands, so that this way of looking finds it' {
        Find-Code (Get-Source 'Commands') 'System\.Management\.Automation' | Should -Not -BeNullOrEmpty
    }
}

Describe 'The operating system' {
    It 'is called from Native only' {
        $outside = Get-Source | Where-Object { -not $_.StartsWith([IO.Path]::Combine($source, 'Native') + [IO.Path]::DirectorySeparatorChar) }
        Find-Code $outside 'DllImport|LibraryImport|\bextern\b|GetLastWin32Error|NativeLibrary' | Should -BeNullOrEmpty
    }

    It 'is called there, so that this way of looking finds it' {
        Find-Code (Get-Source 'Native') 'DllImport' | Should -Not -BeNullOrEmpty
    }

    It 'is imported by private functions, which a checked wrapper hides' {
        Find-Code (Get-Source 'Native') '\b(public|internal|protected)\b.*\bextern\b' | Should -BeNullOrEmpty
    }

    It 'is asked for by name in the systems'' own folders only' {
        $outside = Get-Source | Where-Object { $_ -notmatch '[\\/]Native[\\/]' }
        Find-Code $outside '/proc/|/sys/|LinuxConstants|\bMmapPS\.Native\.(Linux|Unix|Windows|MacOS)\b' | Should -BeNullOrEmpty
    }
}

Describe 'Every source file' {
    It 'is named after a type that it declares' {
        $wrong = foreach ($file in Get-Source) {
            # A type that is spread over topics has a file a topic: Type.Topic.cs.
            $name = [IO.Path]::GetFileName($file).Split('.')[0]
            if ([IO.File]::ReadAllText($file) -cnotmatch "\b(class|struct|enum|interface|record|record struct|delegate \S+)\s+$name\b" -and
                $name -cnotin 'MemberExceptions', 'AssemblyInfo', 'GlobalUsings') {
                $file
            }
        }

        $wrong | Should -BeNullOrEmpty
    }

    It 'is finished' {
        # Put together here, because this file is searched too.
        $words = 'TO' + 'DO', 'FIX' + 'ME', 'HA' + 'CK', 'XX' + 'X', 'NotImplemented' + 'Exception'
        $root = [IO.Path]::GetFullPath("$PSScriptRoot/../../..")
        $files = foreach ($folder in 'src', 'tests', 'tools', 'bench', 'samples') {
            if ([IO.Directory]::Exists("$root/$folder")) {
                [IO.Directory]::GetFiles("$root/$folder", '*', 'AllDirectories') | Where-Object { $_ -match '\.(cs|ps1|psd1|sh|ps1xml|csproj)$' -and $_ -notmatch '[\\/](bin|obj)[\\/]' }
            }
        }

        @($files).Count | Should -BeGreaterThan 50
        $found = foreach ($file in $files) {
            if ([IO.File]::ReadAllText($file) -cmatch "\b($($words -join '|'))\b") {
                "$file has $($Matches[0])"
            }
        }

        $found | Should -BeNullOrEmpty
    }

    It 'has lines of at most 140 characters' {
        $long = foreach ($file in Get-Source) {
            $number = 0
            foreach ($line in [IO.File]::ReadAllLines($file)) {
                $number++
                if ($line.Length -gt 140) {
                    "${file}:$number"
                }
            }
        }

        $long | Should -BeNullOrEmpty
    }

    It 'documents the public types it declares' {
        $declared = 0
        $bare = foreach ($file in Get-Source) {
            $lines = [IO.File]::ReadAllLines($file)
            for ($i = 0; $i -lt $lines.Length; $i++) {
                if ($lines[$i] -cmatch '^\s*public\s+((sealed|abstract|static|readonly|partial|unsafe)\s+)*(class|struct|enum|interface|record)\b') {
                    $declared++
                    $above = $i - 1
                    while ($above -ge 0 -and $lines[$above] -notmatch '^\s*(///|$)') {
                        $above--
                    }

                    if ($above -lt 0 -or $lines[$above] -notmatch '^\s*///') {
                        "${file}:$($i + 1)"
                    }
                }
            }
        }

        $declared | Should -BeGreaterThan 10
        $bare | Should -BeNullOrEmpty
    }
}

Describe 'Every page of the design' {
    It 'has no marks that a merge left' {
        $design = [IO.Path]::GetFullPath("$PSScriptRoot/../../../docs/design")
        $marked = foreach ($file in [IO.Directory]::GetFiles($design, '*.md')) {
            if ([IO.File]::ReadAllText($file) -cmatch '(?m)^(<{7}|={7}|>{7})( |$)') {
                $file
            }
        }

        $marked | Should -BeNullOrEmpty
    }
}
