# The examples of help and README: the files that they name, and processes in which they run as at a prompt.
# Dot-source this after Preamble.ps1 and HelpPage.ps1.

function Get-Example {
    <#
    .SYNOPSIS
        The examples of a page: Page, Number, Title and Code. A cmdlet's page has a section of them; elsewhere each section with code is one.
    #>
    param([Parameter(Mandatory)] [string] $Path)

    $markdown = Get-Content -LiteralPath $Path -Raw
    $examples = Get-MarkdownSection $markdown -Level 2 | Where-Object Title -CEQ 'EXAMPLES'
    $sections = if ($examples) { Get-MarkdownSection $examples.Text -Level 3 } else { Get-MarkdownSection $markdown -Level 2 }
    $number = 0
    foreach ($section in $sections) {
        $code = @(Get-MarkdownCode $section.Text)
        if ($code) {
            [pscustomobject]@{ Page = Split-Path $Path -LeafBase; Number = ++$number; Title = $section.Title; Code = $code }
        }
    }
}

# What the files hold that examples name: text, or bytes at offsets in a file of a size.
$exampleFiles = [ordered]@{
    'abc.txt'      = 'abc'
    'app.log'      = @'
10:00:01 INFO started
10:00:02 ERROR disk full
10:00:03 WARN slow query
10:00:04 ERROR disk full
10:00:05 INFO token=secret

'@.Replace("`r", '')
    # A boot sector, and the magic and the label in the superblock of an ext4 file system.
    'disk.img'     = @{ Size = 1MB; 510 = 0x55, 0xAA; 1080 = 0x53, 0xEF; 1144 = 'rootfs' }
    # The header of an SQLite database: page size 4096, change counter 42, 16 pages.
    'app.db'       = @{ Size = 64KB; 0 = 'SQLite format 3'; 16 = 0x10, 0, 1, 1, 0, 64, 32, 32, 0, 0, 0, 42, 0, 0, 0, 16 }
    'users.db'     = @{ Size = 8KB }
    'firmware.bin' = @{ Size = 4KB; 256 = 'version=1.0.3'; 1024 = 0xDE, 0xAD, 0xBE, 0xEF; 2048 = 0xDE, 0xAD, 0x00, 0xEF }
    'dump.bin'     = @{ Size = 4KB; 256 = 'version=1.0.3'; 1024 = 0xDE, 0xAD, 0xBE, 0xEF; 2048 = 0xDE, 0xAD, 0x00, 0xEF }
    # Records of a number and two coordinates: (1, 0.5, 2), (2, 1.5, -1), (3, 3, 0.25).
    'points.dat'   = @{
        Size = 36
        0    = 1, 0, 0, 0, 0, 0, 0, 0x3F, 0, 0, 0, 0x40
        12   = 2, 0, 0, 0, 0, 0, 0xC0, 0x3F, 0, 0, 0x80, 0xBF
        24   = 3, 0, 0, 0, 0, 0, 0x40, 0x40, 0, 0, 0x80, 0x3E
    }
    'old.bin'      = @{ Size = 1KB }
    'new.bin'      = @{ Size = 1KB; 16 = 1, 2, 3, 4; 500 = , 5 }
}

# What an example may say in place of files' names.
$examplePatterns = @{ '*.db' = 'app.db', 'users.db'; '-Recurse' = 'app.db', 'abc.txt' }

function New-ExampleFile([string] $Folder, [string] $Code) {
    $names = @($exampleFiles.Keys | Where-Object { $Code.Contains($_) })
    $names += $examplePatterns.Keys | Where-Object { $Code.Contains($_) } | ForEach-Object { $examplePatterns[$_] }
    foreach ($name in $names | Select-Object -Unique) {
        $content = $exampleFiles[$name]
        $path = Join-Path $Folder $name
        if ($content -is [string]) {
            Set-Content $path $content -NoNewline
            continue
        }
        $bytes = [byte[]]::new($content.Size)
        foreach ($offset in $content.Keys | Where-Object { $_ -is [int] }) {
            $part = $content[$offset]
            $part = $part -is [string] ? [Text.Encoding]::ASCII.GetBytes($part) : [byte[]]$part
            $part.CopyTo($bytes, $offset)
        }
        [IO.File]::WriteAllBytes($path, $bytes)
    }
}

# The module's folder, alone in another one.
function Copy-Module([string] $Folder) {
    $null = New-Item $Folder -ItemType Directory -Force
    Copy-Item (Split-Path $env:MMAPPS_MODULE) (Join-Path $Folder MmapPS) -Recurse
}

# What a line in the child's output is about: which example, and that a block of its code begins, or how the example ended.
$exampleMark = '=====example====='

function Invoke-ExampleList {
    <#
    .SYNOPSIS
        Runs the examples of pages, each in a folder of its own, and prints what a user would see. For a process of its own.
    .DESCRIPTION
        They run in a new session, in which nothing is set, and no try block is around them, so that an error ends no more and no less
        than at a prompt. Errors are printed among the output.
    #>
    param([Parameter(Mandatory)] [string[]] $Path, [Parameter(Mandatory)] [string] $Folder)

    $session = [runspacefactory]::CreateRunspace($Host)
    $session.Open()
    foreach ($example in $Path | ForEach-Object { Get-Example $_ }) {
        $mark = "$exampleMark $($example.Page) $($example.Number)"
        # README's run in one folder that is empty at first, as its reader is told; help's in a folder each, with the files they name.
        if ($example.Page -eq 'README') {
            $place = New-Item (Join-Path $Folder README) -ItemType Directory -Force
        }
        else {
            $place = New-Item (Join-Path $Folder "$($example.Page)-$($example.Number)") -ItemType Directory
            New-ExampleFile $place ($example.Code.Code -join "`n")
        }
        [Environment]::CurrentDirectory = $place
        $shell = [powershell]::Create($session).AddScript({
                param([string[]] $exampleCode, $exampleMark)

                Set-Location ([Environment]::CurrentDirectory)
                for ($exampleBlock = 0; $exampleBlock -lt $exampleCode.Count; $exampleBlock++) {
                    [Console]::WriteLine("$exampleMark block $exampleBlock")
                    # Warnings are left out: they differ from system to system.
                    . ([scriptblock]::Create($exampleCode[$exampleBlock])) 2>&1 3>$null | ForEach-Object {
                        if ($_ -isnot [Management.Automation.ErrorRecord]) {
                            $_
                        }
                        else {
                            if ($_.FullyQualifiedErrorId -match '^(NotSupported|LimitReached),') {
                                [Console]::WriteLine("$exampleMark skipped $($_.Exception.Message.ReplaceLineEndings(' '))")
                            }
                            ($_ | Out-String).TrimEnd()
                        }
                    } | Out-Default
                }
                [Console]::WriteLine("$exampleMark passed")
                if (Get-Module MmapPS) {
                    Get-MemoryMap | Remove-MemoryMap
                }
            }, $true).AddArgument($example.Code.Code).AddArgument($mark)
        try {
            $null = $shell.Invoke()
        }
        catch {
            [Console]::WriteLine("$mark failed $($_.Exception.Message.ReplaceLineEndings(' '))")
        }
    }
}

function Invoke-ExamplePage {
    <#
    .SYNOPSIS
        Runs the examples of pages in another process. Returns by page and number Outcome, Reason, and what each block of code printed.
    #>
    param([Parameter(Mandatory)] [string[]] $Path)

    $folder = Join-Path $TestDrive (New-Guid)
    # The module is installed for them, as for those who read the help.
    $modules = Join-Path $folder modules
    Copy-Module $modules
    $list = ($Path | ForEach-Object { "'$_'" }) -join ','
    $child = Invoke-Program (@(Get-PowerShellCommand) + '-NoProfile', '-NonInteractive', '-Command', @"
        . '$PSScriptRoot/HelpPage.ps1'
        . '$PSScriptRoot/Example.ps1'
        Invoke-ExampleList $list '$folder'
"@) -Environment @{ NO_COLOR = '1'; PSModulePath = $modules + [IO.Path]::PathSeparator + $env:PSModulePath }

    $results = @{}
    foreach ($example in $Path | ForEach-Object { Get-Example $_ }) {
        $results["$($example.Page) $($example.Number)"] = [pscustomobject]@{
            Outcome = 'ended early'
            Reason  = $child.ErrorOutput
            Output  = @($example.Code | ForEach-Object { , [Collections.Generic.List[string]]::new() })
        }
    }
    $block = $null
    foreach ($line in $child.Output -split '\r?\n') {
        if ($line -match "^$exampleMark (?<name>\S+ \d+) (?<what>\w+) ?(?<rest>.*)$") {
            $result = $results[$Matches.name]
            if ($Matches.what -eq 'block') {
                $block = $result.Output[$Matches.rest]
            }
            elseif ($result.Outcome -ne 'skipped') {
                $result.Outcome, $result.Reason = $Matches.what, $Matches.rest
            }
        }
        elseif ($null -ne $block) {
            $block.Add($line.TrimEnd())
        }
    }
    $results
}

function ConvertTo-OutputPattern {
    <#
    .SYNOPSIS
        A regular expression for output as a page shows it, in which <words> stand for what differs from run to run.
    #>
    param([Parameter(Mandatory)] [string] $Shown)

    $lines = $Shown.Trim("`n") -split "`n" | ForEach-Object { [regex]::Escape($_.TrimEnd()) -replace '<[a-z]+(\\ [a-z]+)*>', '.+?' }
    '\A' + ($lines -join '\n') + '\z'
}
