# What the hazard specs share: child processes that report what became of each step, and the tools that set traps.
# Preamble.ps1 dot-sources this.

. $PSScriptRoot/Child.ps1
. $PSScriptRoot/Platform.ps1

function Invoke-Hazard {
    <#
    .SYNOPSIS
        Runs script text in a child process and returns its ExitCode, ErrorOutput and what each step Said.
    .DESCRIPTION
        The text has what HazardChild.ps1 defines. Show NAME { STEP } runs a step: Said[NAME] is then its result (bytes as decimals
        with blanks between), or '!ErrorId | message'. Said['end'] is 'reached' when the text ran to its end.
    .PARAMETER Obstacle
        What Find-Obstacle says. Where there is one, nothing runs; Skip-OnObstacle $child.Obstacle then ends each test.
    #>
    param(
        [Parameter(Mandatory)][string] $Script,
        [string[]] $Wrapper = @(),
        [hashtable] $Environment = @{},
        [string] $Obstacle
    )

    $said = @{}
    if ($Obstacle) {
        return [pscustomobject]@{ Obstacle = $Obstacle; Said = $said }
    }

    $text = ". '$PSScriptRoot/HazardChild.ps1'", $Script, "Show 'end' { 'reached' }" -join "`n"
    $child = Invoke-Child -Script $text -Wrapper $Wrapper -Environment $Environment
    foreach ($line in $child.Output -split '\r?\n') {
        $name, $result = $line -split ' = ', 2
        if ($null -ne $result) {
            $said[$name] = $result
        }
    }

    [pscustomobject]@{ Obstacle = ''; ExitCode = $child.ExitCode; Said = $said; Output = $child.Output; ErrorOutput = $child.ErrorOutput }
}

function Assert-Survival {
    <#
    .SYNOPSIS
        A child of Invoke-Hazard has run its script to the end.
    #>
    param([Parameter(Mandatory)] $Child)

    $Child.ExitCode | Should -Be 0 -Because $Child.ErrorOutput
    $Child.Said['end'] | Should -Be 'reached' -Because $Child.ErrorOutput
}

function Assert-Said {
    <#
    .SYNOPSIS
        Each of several steps said what a wildcard pattern wants. Those that did not are shown.
    .PARAMETER Name
        What the names of the steps begin with.
    .PARAMETER Ways
        What they end with, as Show-Way makes them of the names in HazardWays.ps1.
    #>
    param([Parameter(Mandatory)] $Child, [string] $Name, [Parameter(Mandatory)][string[]] $Ways, [Parameter(Mandatory)][AllowEmptyString()][string] $Like)

    $unlike = foreach ($way in $Ways) {
        $said = $Child.Said["$Name $way"]
        if ($said -cnotlike $Like) {
            "$Name ${way}: $said"
        }
    }

    $unlike | Should -BeNullOrEmpty -Because "each is like $Like"
}

function New-PatternFile {
    <#
    .SYNOPSIS
        Makes a file whose bytes are 1 to 251 over and over, so that neither a zero nor another page's byte looks right.
    #>
    param([string] $Path, [int] $Length)

    [byte[]]$bytes = foreach ($i in 1..$Length) { 1 + ($i - 1) % 251 }
    Set-Content $Path $bytes -AsByteStream
}

function Get-PatternByte([long] $Offset) {
    [byte](1 + $Offset % 251)
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
    .PARAMETER Trap
        What sets the trap where nothing is missing. Where it fails, its error is the obstacle. Remove-Trap undoes it.
    #>
    param([Parameter(Mandatory)][string] $Means, [switch] $Root, [string[]] $Tool, [string[]] $Path, [scriptblock] $Trap = {})

    if (-not $IsLinux) {
        return "only Linux has $Means"
    }

    if ($Root -and -not (Test-Root)) {
        return 'only root may set this trap'
    }

    foreach ($name in $Tool) {
        if (-not (Test-Program $name)) {
            return "$name is not on this machine"
        }
    }

    foreach ($name in $Path) {
        if (-not (Test-Path $name)) {
            return "this kernel has no $name"
        }
    }

    try { & $Trap 2>&1 | ForEach-Object { $said += "$_ " } }
    catch { "this machine does not let the trap be set: $said$_" }
}

function Remove-Trap {
    <#
    .SYNOPSIS
        Detaches loop devices from images and unmounts folders, as far as there are any.
    #>
    param([string[]] $Image, [string[]] $Mount)

    if (-not $IsLinux) {
        return
    }

    foreach ($file in $Image) {
        $device = if (Test-Path $file) { Get-LoopDevice $file }
        if ($device) {
            losetup --detach $device
        }
    }

    foreach ($folder in $Mount) {
        if (Get-Content /proc/self/mounts | Where-Object { ($_ -split ' ')[1] -eq $folder }) {
            umount $folder
        }
    }
}

function Get-LoopDevice {
    <#
    .SYNOPSIS
        The loop device of an image.
    #>
    param([Parameter(Mandatory)][string] $Image)

    (losetup --associated $Image --noheadings --output NAME).Trim()
}

function Skip-OnObstacle {
    <#
    .SYNOPSIS
        Ends the test that calls it as skipped where there is an obstacle.
    #>
    param([string] $Obstacle)

    if ($Obstacle) {
        Set-ItResult -Skipped -Because $Obstacle
    }
}
