# A small file system of its own for a test. Dot-source this after Preamble.ps1.

function Mount-SmallFileSystem {
    <#
    .SYNOPSIS
        Mounts a tmpfs of 1 MiB under TestDrive and returns its folder, or ends the test as skipped. Dismount-SmallFileSystem undoes it.
    .PARAMETER Option
        More options of the mount.
    #>
    param([string[]] $Option)

    Skip-WithoutRoot 'mount a small file system'
    $folder = (New-Item (Join-Path $TestDrive (New-Guid)) -ItemType Directory).FullName
    $mount = Invoke-Program 'mount', '-t', 'tmpfs', '-o', (@('size=1m') + $Option -join ','), 'none', $folder
    if ($mount.ExitCode -ne 0) {
        Set-ItResult -Skipped -Because "no file system may be mounted here: $($mount.ErrorOutput.Trim())"
    }

    $folder
}

function Dismount-SmallFileSystem {
    <#
    .SYNOPSIS
        Unmaps all regions and unmounts the file system.
    #>
    param([string] $Folder)

    if ($Folder) {
        Get-MemoryMap | Remove-MemoryMap
        (Invoke-Program 'umount', $Folder).ExitCode | Should -Be 0
    }
}
