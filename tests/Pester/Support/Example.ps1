# The examples of help and README: the files that they name, and a process in which they run.
# Dot-source this after HelpPage.ps1.

function Get-ExampleList {
    <#
    .SYNOPSIS
        The examples in a page: those of a cmdlet's page, or else each section with code.
    #>
    param([Parameter(Mandatory)][string] $Path)

    $markdown = [IO.File]::ReadAllText($Path)
    $examples = Get-MarkdownSection $markdown -Level 2 | Where-Object { $_.Title -ceq 'EXAMPLES' }
    $sections = if ($examples) { Get-MarkdownSection $examples.Text -Level 3 } else { Get-MarkdownSection $markdown -Level 2 }
    $number = 0
    foreach ($section in $sections) {
        $code = @(Get-MarkdownCode $section.Text)
        if ($code.Count -gt 0) {
            [pscustomobject]@{ Number = $number++; Title = $section.Title; Code = $code }
        }
    }
}

function Get-MissingCommand {
    <#
    .SYNOPSIS
        The commands that code names and this host does not have, but for the module's own: outside of pwsh those of other modules.
    #>
    param([Parameter(Mandatory)][string[]] $Code)

    $asked = @{}
    foreach ($text in $Code) {
        $tree = [Management.Automation.Language.Parser]::ParseInput($text, [ref]$null, [ref]$null)
        $isCommand = { param($node) $node -is [Management.Automation.Language.CommandAst] }
        foreach ($node in $tree.FindAll($isCommand, $true)) {
            $name = $node.GetCommandName()
            if ($name -and -not $asked.ContainsKey($name)) {
                $asked[$name] = $true
                $there = if ($name -eq 'Start-Job') {
                    # It starts the pwsh that runs it, so the engine alone does not do.
                    [IO.File]::Exists("$PSHOME/pwsh") -or [IO.File]::Exists("$PSHOME/pwsh.exe")
                }
                else {
                    $name -match '-(Mapped|MemoryMap)' -or (Get-Command -Name $name -ErrorAction Ignore)
                }

                if (-not $there) {
                    $name
                }
            }
        }
    }
}

# What each file holds that an example may name.
$exampleFiles = [ordered]@{
    'abc.txt'      = { [Text.Encoding]::ASCII.GetBytes('abc') }
    'app.log'      = {
        $lines = @(
            '10:00:01 INFO started', '10:00:02 ERROR disk full', '10:00:03 WARN slow query'
            '10:00:04 ERROR disk full', '10:00:05 INFO token=secret', ''
        )
        [Text.Encoding]::ASCII.GetBytes($lines -join "`n")
    }
    'disk.img'     = {
        # A boot sector, and the magic and the label in the superblock of an ext4 file system.
        $bytes = [byte[]]::new(1MB)
        $bytes[510], $bytes[511], $bytes[1080], $bytes[1081] = 0x55, 0xAA, 0x53, 0xEF
        $null = [Text.Encoding]::ASCII.GetBytes('rootfs', 0, 6, $bytes, 1144)
        , $bytes
    }
    'app.db'       = {
        # The header of an SQLite database: page size 4096, change counter 42, 16 pages.
        $bytes = [byte[]]::new(64KB)
        $null = [Text.Encoding]::ASCII.GetBytes('SQLite format 3', 0, 15, $bytes, 0)
        $bytes[16], $bytes[18], $bytes[19], $bytes[21], $bytes[22], $bytes[23], $bytes[27], $bytes[31] = 0x10, 1, 1, 64, 32, 32, 42, 16
        , $bytes
    }
    'users.db'     = { , [byte[]]::new(8KB) }
    'firmware.bin' = {
        $bytes = [byte[]]::new(4KB)
        $null = [Text.Encoding]::ASCII.GetBytes('version=1.0.3', 0, 13, $bytes, 256)
        $bytes[1024], $bytes[1025], $bytes[1026], $bytes[1027] = 0xDE, 0xAD, 0xBE, 0xEF
        $bytes[2048], $bytes[2049], $bytes[2050], $bytes[2051] = 0xDE, 0xAD, 0x00, 0xEF
        , $bytes
    }
    'dump.bin'     = { , (& $exampleFiles['firmware.bin']) }
    'points.dat'   = {
        # Records of a number and two coordinates.
        $stream = [IO.MemoryStream]::new()
        $writer = [IO.BinaryWriter]::new($stream)
        foreach ($point in @(1, 0.5, 2), @(2, 1.5, -1), @(3, 3, 0.25)) {
            $writer.Write([uint32]$point[0])
            $writer.Write([float]$point[1])
            $writer.Write([float]$point[2])
        }

        , $stream.ToArray()
    }
    'old.bin'      = { , [byte[]]::new(1KB) }
    'new.bin'      = {
        $bytes = [byte[]]::new(1KB)
        $bytes[16], $bytes[17], $bytes[18], $bytes[19], $bytes[500] = 1, 2, 3, 4, 5
        , $bytes
    }
}

# A pattern of an example that stands for some of the files.
$examplePatterns = @{ '*.db' = 'app.db', 'users.db'; '-Recurse' = 'app.db', 'abc.txt' }

function New-ExampleFile([string] $Folder, [string] $Code) {
    $names = foreach ($name in $exampleFiles.Keys) { if ($Code.Contains($name)) { $name } }
    $names = @($names) + @(foreach ($pattern in $examplePatterns.Keys) { if ($Code.Contains($pattern)) { $examplePatterns[$pattern] } })
    foreach ($name in $names) {
        if ($name) {
            [IO.File]::WriteAllBytes([IO.Path]::Combine($Folder, $name), (& $exampleFiles[$name]))
        }
    }

    if ($Code.Contains('./out/MmapPS')) {
        Copy-Module ([IO.Path]::Combine($Folder, 'out'))
    }
}

# The module's folder, alone in another one.
function Copy-Module([string] $Folder) {
    $module = [IO.Path]::GetDirectoryName($env:MMAPPS_MODULE)
    foreach ($file in [IO.Directory]::GetFiles($module, '*', 'AllDirectories')) {
        $copy = [IO.Path]::Combine($Folder, 'MmapPS', [IO.Path]::GetRelativePath($module, $file))
        $null = [IO.Directory]::CreateDirectory([IO.Path]::GetDirectoryName($copy))
        [IO.File]::Copy($file, $copy)
    }
}

# What a line in the child's output is about: an example's block of code begins, or an example ended so.
$exampleMark = '=====example====='

function Invoke-ExampleList {
    <#
    .SYNOPSIS
        Runs the examples of a page, each in a folder of its own, and prints what happens. For a process of its own.
    #>
    param([Parameter(Mandatory)][string] $Path, [Parameter(Mandatory)][string] $Folder)

    $ErrorActionPreference = 'Stop'

    # What is shown of an example is its output; what warns of it differs from system to system.
    $WarningPreference = 'SilentlyContinue'
    foreach ($example in Get-ExampleList $Path) {
        $all = $example.Code.Code -join "`n"
        $missing = @(Get-MissingCommand $all)
        if ($missing) {
            [Console]::WriteLine("$exampleMark $($example.Number) skipped needs $($missing -join ', '), which this host does not have")
            continue
        }

        $place = [IO.Directory]::CreateDirectory([IO.Path]::Combine($Folder, $example.Number)).FullName
        New-ExampleFile $place $all
        $null = $ExecutionContext.SessionState.Path.SetLocation($place)
        [Environment]::CurrentDirectory = $place
        try {
            & {
                param($exampleNumber, $exampleCode, $exampleMark)
                for ($exampleBlock = 0; $exampleBlock -lt $exampleCode.Count; $exampleBlock++) {
                    [Console]::WriteLine("$exampleMark $exampleNumber block $exampleBlock")
                    . ([scriptblock]::Create($exampleCode[$exampleBlock].Code)) | Out-Default
                }
            } $example.Number $example.Code $exampleMark
            [Console]::WriteLine("$exampleMark $($example.Number) passed")
        }
        catch {
            $id = $_.FullyQualifiedErrorId.Split(',')[0]
            $outcome = if ($id -in 'NotSupported', 'LimitReached') { 'skipped' } else { 'failed' }
            $message = $_.Exception.Message.Replace("`n", ' ')
            [Console]::WriteLine("$exampleMark $($example.Number) $outcome $id`: $message $($_.InvocationInfo.Line)")
        }

        if (Get-Command -Name Remove-MemoryMap -ErrorAction Ignore) {
            Get-MemoryMap | Remove-MemoryMap
        }
    }
}

function Invoke-ExamplePage {
    <#
    .SYNOPSIS
        Runs the examples of a page in another process. Returns by example number its Outcome, Reason, and Output by block.
    #>
    param([Parameter(Mandatory)][string] $Path, [Parameter(Mandatory)][string] $Folder)

    $null = [IO.Directory]::CreateDirectory($Folder)
    $words = @(Get-PowerShellCommand) + '-NoProfile', '-NonInteractive', '-Command', @"
        . '$PSScriptRoot/HelpPage.ps1'
        . '$PSScriptRoot/Example.ps1'
        if (-not [IO.File]::ReadAllText('$Path').Contains('Import-Module ./out')) { Import-Module MmapPS }
        Invoke-ExampleList '$Path' '$Folder'
"@
    # The module is installed for them, as for those who read the help. PowerShell looks through all folders of this path.
    $modules = [IO.Path]::Combine($Folder, 'modules')
    Copy-Module $modules
    $child = Invoke-Program $words -Environment @{ NO_COLOR = '1'; PSModulePath = $modules + [IO.Path]::PathSeparator + $env:PSModulePath }
    $results = @{}
    $block = $null
    foreach ($line in $child.Output.Replace("`r", '').Split("`n")) {
        if ($line -notmatch "^$exampleMark (?<number>\d+) (?<what>\w+) ?(?<rest>.*)$") {
            if ($null -ne $block) {
                $block.Add($line.TrimEnd())
            }

            continue
        }

        $number = [int]$Matches.number
        if (-not $results.ContainsKey($number)) {
            $results[$number] = [pscustomobject]@{ Outcome = 'ended early'; Reason = $child.ErrorOutput; Output = @{} }
        }

        if ($Matches.what -eq 'block') {
            $block = [Collections.Generic.List[string]]::new()
            $results[$number].Output[[int]$Matches.rest] = $block
        }
        else {
            $results[$number].Outcome = $Matches.what
            $results[$number].Reason = $Matches.rest
            $block = $null
        }
    }

    $results
}

function ConvertTo-OutputPattern {
    <#
    .SYNOPSIS
        A regular expression for output as a page shows it, in which <words> stand for what differs from run to run.
    #>
    param([Parameter(Mandatory)][string] $Shown)

    $lines = $Shown.Trim("`n").Split("`n") | ForEach-Object {
        [regex]::Replace([regex]::Escape($_.TrimEnd()), '<[a-z]+(\\ [a-z]+)*>', '.+?')
    }
    '\A' + ($lines -join '\n') + '\z'
}
