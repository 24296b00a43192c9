# What the hazard specs share: child processes that report what became of each step, and the tools that set traps.
# Dot-source this in a file's BeforeAll:  . $PSScriptRoot/../Support/Hazard.ps1

. $PSScriptRoot/Child.ps1
. $PSScriptRoot/Platform.ps1

function Invoke-Hazard {
    <#
    .SYNOPSIS
        Runs script text in a child process and returns its ExitCode, ErrorOutput and what each step Said.
    .DESCRIPTION
        In the text, Show NAME { STEP } runs a step. Said[NAME] is then its result (bytes as decimals with blanks
        between), or '!ErrorId | message'. Said['end'] is 'reached' when the text ran to its end.
    #>
    param(
        [Parameter(Mandatory)][string] $Script,
        [string[]] $Wrapper = @(),
        [hashtable] $Environment = @{}
    )

    $prelude = @'
$ErrorActionPreference = 'Stop'
$page = [Environment]::SystemPageSize
function Show([string] $Name, [scriptblock] $Work) {
    try { $said = ' = ' + ((& $Work) -join ' ') }
    catch { $said = ' = !' + $_.FullyQualifiedErrorId.Split(',')[0] + ' | ' + $_.Exception.Message.Replace("`n", ' ') }
    [Console]::WriteLine($Name + $said)
}
'@
    $prelude += if ($IsWindows) {
        @"

. '$PSScriptRoot/WindowsKernel.ps1'
function Count-Map([string] `$Text) { Get-MapCount ([IO.Path]::GetFullPath(`$Text) + '*') }
"@
    }
    else {
        @'

function Count-Map([string] $Text) {
    @([IO.File]::ReadLines('/proc/self/maps') | Where-Object { $_.Contains($Text) }).Count
}
'@
    }

    $child = Invoke-Child -Script "$prelude`n$Script`nShow 'end' { 'reached' }" -Wrapper $Wrapper -Environment $Environment
    $said = @{}
    foreach ($line in $child.Output.Replace("`r", '').Split("`n")) {
        $at = $line.IndexOf(' = ')
        if ($at -gt 0) {
            $said[$line.Substring(0, $at)] = $line.Substring($at + 3)
        }
    }

    [pscustomobject]@{ ExitCode = $child.ExitCode; Said = $said; Output = $child.Output; ErrorOutput = $child.ErrorOutput }
}

function New-PatternFile {
    <#
    .SYNOPSIS
        Makes a file whose bytes are 1 to 251 over and over, so that neither a zero nor another page's byte looks right.
    #>
    param([string] $Path, [long] $Length)

    $bytes = [byte[]]::new($Length)
    for ($i = 0; $i -lt $Length; $i++) {
        $bytes[$i] = Get-PatternByte $i
    }

    [IO.File]::WriteAllBytes($Path, $bytes)
}

function Get-PatternByte([long] $Offset) {
    [byte](1 + $Offset % 251)
}

function Find-Tool {
    <#
    .SYNOPSIS
        The full path of a program on PATH, or nothing.
    #>
    param([string] $Name)

    foreach ($folder in $env:PATH.Split([IO.Path]::PathSeparator)) {
        $path = [IO.Path]::Combine($folder, $Name)
        if ([IO.File]::Exists($path)) {
            return $path
        }
    }
}

function Invoke-Tool {
    <#
    .SYNOPSIS
        Runs a program and returns what it printed; its failure is an exception with what it said.
    #>
    param([Parameter(Mandatory)][string] $Name, [string[]] $Arguments = @())

    $start = [Diagnostics.ProcessStartInfo]::new($Name)
    foreach ($argument in $Arguments) {
        $start.ArgumentList.Add($argument)
    }

    $start.UseShellExecute = $false
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $true
    $process = [Diagnostics.Process]::Start($start)
    try {
        $output = $process.StandardOutput.ReadToEndAsync()
        $errorOutput = $process.StandardError.ReadToEndAsync()
        $process.WaitForExit()
        if ($process.ExitCode -ne 0) {
            throw "$Name $($Arguments -join ' ') exited with $($process.ExitCode): $($errorOutput.Result)"
        }

        $output.Result
    }
    finally {
        $process.Dispose()
    }
}

function Find-Obstacle {
    <#
    .SYNOPSIS
        Says what this machine lacks for a test, or nothing where it has all.
    .PARAMETER Means
        What of Linux the hazard is made with.
    .PARAMETER Root
        The test changes the machine and undoes it.
    .PARAMETER Tool
        Programs that the test runs.
    .PARAMETER Path
        Files of the kernel that the test uses.
    #>
    param([Parameter(Mandatory)][string] $Means, [switch] $Root, [string[]] $Tool = @(), [string[]] $Path = @())

    if (-not $IsLinux) {
        return "only Linux has $Means"
    }

    if ($Root -and (Get-UserId) -ne 0) {
        return 'only root may set this trap'
    }

    foreach ($name in $Tool) {
        if (-not (Find-Tool $name)) {
            return "$name is not on this machine"
        }
    }

    foreach ($name in $Path) {
        if (-not [IO.File]::Exists($name) -and -not [IO.Directory]::Exists($name)) {
            return "this kernel has no $name"
        }
    }
}

function Get-UserId {
    foreach ($line in [IO.File]::ReadAllLines('/proc/self/status')) {
        if ($line -match '^Uid:\s+\d+\s+(\d+)') {
            return [int]$Matches[1]
        }
    }
}
