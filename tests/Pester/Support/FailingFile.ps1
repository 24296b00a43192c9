# A file of which some bytes cannot be read, on a file system of its own. Dot-source this after Preamble.ps1.

function Find-FailingFileObstacle {
    <#
    .SYNOPSIS
        Says what this machine lacks for such a file, or nothing where it has all.
    #>
    Find-Obstacle -Means 'file systems made by a program' -Root -Tool python3, umount -Path /dev/fuse
}

function Mount-FailingFile {
    <#
    .SYNOPSIS
        Makes the file FOLDER/file; each of its bytes is 5. Returns what Dismount-FailingFile takes.
    .PARAMETER Bad
        What cannot be read, as OFFSET+LENGTH.
    #>
    param([Parameter(Mandatory)][string] $Folder, [Parameter(Mandatory)][long] $Size, [string[]] $Bad = @())

    $null = New-Item $Folder -ItemType Directory
    $start = [Diagnostics.ProcessStartInfo]::new('python3')
    foreach ($argument in @("$PSScriptRoot/failing-file.py", $Folder, "$Size") + $Bad) {
        $start.ArgumentList.Add($argument)
    }

    $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $true
    $server = [Diagnostics.Process]::Start($start)
    if ($server.StandardOutput.ReadLine() -ne 'ready') {
        throw "The file system was not mounted: $($server.StandardError.ReadToEnd())"
    }

    [pscustomobject]@{ Folder = $Folder; Path = Join-Path $Folder file; Server = $server }
}

function Dismount-FailingFile {
    <#
    .SYNOPSIS
        Takes the file system away and waits for its program to end.
    #>
    param($Mount)

    if ($Mount) {
        umount --lazy $Mount.Folder
        $Mount.Server.WaitForExit()
        $Mount.Server.Dispose()
    }
}
