# Names of shared memory, looked at without the module. Dot-source this after Preamble.ps1.

# What the names of this process's specs begin with.
$prefix = "mmapps-spec-$PID-"

function Get-NamePath {
    <#
    .SYNOPSIS
        Where Linux keeps what shm_open makes.
    #>
    param([Parameter(Mandatory)][string] $Name)

    "/dev/shm/$Name"
}

function Test-Name {
    <#
    .SYNOPSIS
        Whether the system has the name.
    #>
    param([Parameter(Mandatory)][string] $Name)

    if ($IsLinux) {
        return Test-Path -LiteralPath (Get-NamePath $Name)
    }

    try {
        [IO.MemoryMappedFiles.MemoryMappedFile]::OpenExisting($Name).Dispose()
        $true
    }
    catch [IO.FileNotFoundException] {
        $false
    }
}

function Remove-Name {
    <#
    .SYNOPSIS
        Unmaps a region and removes its name. On Windows a name goes with its last region.
    #>
    param([Parameter(Mandatory)] $Region)

    Remove-MemoryMap $Region -Unlink:$IsLinux
}

function Clear-Name {
    <#
    .SYNOPSIS
        Unmaps all regions and removes all names of this process's specs.
    #>
    Get-MemoryMap | Remove-MemoryMap
    if ($IsLinux) {
        Get-ChildItem /dev/shm -Filter "$prefix*" | Remove-Item
    }
}

function Get-NameStatus {
    <#
    .SYNOPSIS
        What stat says of the file behind a name: %s is its length, %b blocks of 512 bytes, %a its mode, %u its owner.
    #>
    param([Parameter(Mandatory)][string] $Name, [Parameter(Mandatory)][string] $Format)

    stat -c $Format (Get-NamePath $Name)
}
