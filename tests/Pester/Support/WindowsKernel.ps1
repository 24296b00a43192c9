# What Windows itself says of this process's memory: VirtualQuery, GetMappedFileName and QueryWorkingSetEx, called without
# the module. Kernel.ps1 dot-sources this on Windows, in place of what it reads from /proc. What wine does not say of locks,
# the Linux below it does.

. $PSScriptRoot/WindowsOracle.ps1

function Get-MemoryArea {
    <#
    .SYNOPSIS
        The pages around an address that are alike, by VirtualQuery: Allocation, First (what it was mapped with), Start, End, State, Protect,
        Type; or nothing past the end.
    #>
    param([Parameter(Mandatory)][long] $Address)

    $information = [byte[]]::new(48)
    if ($oracle::VirtualQuery($Address, $information, 48) -ne 0) {
        $start = [BitConverter]::ToInt64($information, 0)
        [pscustomobject]@{
            Allocation = [BitConverter]::ToInt64($information, 8)
            First      = [BitConverter]::ToUInt32($information, 16)
            Start      = $start
            End        = $start + [BitConverter]::ToInt64($information, 24)
            State      = [BitConverter]::ToUInt32($information, 32)
            Protect    = [BitConverter]::ToUInt32($information, 36)
            Type       = [BitConverter]::ToUInt32($information, 40)
        }
    }
}

# The path of the file behind an address. Windows has it from a device on, wine from a drive.
function Get-MappedFile([long] $Address) {
    $buffer = [byte[]]::new(2048)
    $length = $oracle::K32GetMappedFileNameW(-1, $Address, $buffer, 1024)
    $path = [Text.Encoding]::Unicode.GetString($buffer, 0, 2 * $length)
    if ($path.StartsWith('\??\')) {
        return $path.Substring(4)
    }

    foreach ($drive in [IO.DriveInfo]::GetDrives()) {
        $letter = $drive.Name.TrimEnd('\')
        $length = $oracle::QueryDosDeviceW($letter, $buffer, 1024)
        $device = [Text.Encoding]::Unicode.GetString($buffer, 0, 2 * $length).Split("`0")[0]
        if ($device -and $path.StartsWith($device + '\', 'OrdinalIgnoreCase')) {
            return $letter + $path.Substring($device.Length)
        }
    }

    $path
}

# Bytes of the pages of which QueryWorkingSetEx says all of some bits: 1 is Valid, 0x400000 Locked.
function Get-WorkingSetSize([long] $Start, [long] $End, [long] $Bits) {
    $pages = [long[]]::new(2 * ($End - $Start) / 4096)
    for ($i = 0; $i -lt $pages.Length; $i += 2) {
        $pages[$i] = $Start + $i * 2048
    }

    $null = $oracle::K32QueryWorkingSetEx(-1, $pages, 8 * $pages.Length)
    $size = 0
    for ($i = 1; $i -lt $pages.Length; $i += 2) {
        if (($pages[$i] -band $Bits) -eq $Bits) {
            $size += 4096
        }
    }

    $size
}

# Where the Linux below wine has what it tells of this process: the one that maps a file that nobody else knows.
function Get-HostFolder {
    if (-not $script:hostFolder) {
        $name = [IO.Path]::GetRandomFileName()
        $path = [IO.Path]::Combine([IO.Path]::GetTempPath(), $name)
        [IO.File]::WriteAllText($path, $name)
        $file = [IO.MemoryMappedFiles.MemoryMappedFile]::CreateFromFile($path)
        $view = $file.CreateViewAccessor()
        try {
            foreach ($folder in [IO.Directory]::GetDirectories('\\?\unix\proc') -match '\\\d+$') {
                try {
                    if ([IO.File]::ReadAllText("$folder\maps").Contains($name)) {
                        $script:hostFolder = $folder
                    }
                }
                catch {
                    # Another user's, or it has ended.
                    continue
                }
            }
        }
        finally {
            $view.Dispose()
            $file.Dispose()
            [IO.File]::Delete($path)
        }
    }

    $script:hostFolder
}

function Test-LockedPage([long] $Address) {
    if (-not $env:WINEPREFIX) {
        return (Get-WorkingSetSize $Address ($Address + 4096) 0x400001) -gt 0
    }

    $inside = $false
    foreach ($line in [IO.File]::ReadAllLines("$(Get-HostFolder)\smaps")) {
        if ($line -cmatch '^([0-9a-f]+)-([0-9a-f]+) ') {
            $inside = [Convert]::ToInt64($Matches[1], 16) -le $Address -and $Address -lt [Convert]::ToInt64($Matches[2], 16)
        }
        elseif ($inside -and $line.StartsWith('VmFlags:')) {
            return $line.Split(' ') -ccontains 'lo'
        }
    }

    $false
}

function Get-LockedSize {
    <#
    .SYNOPSIS
        Bytes of regions that this process has locked in memory.
    #>
    if ($env:WINEPREFIX) {
        foreach ($line in [IO.File]::ReadAllLines("$(Get-HostFolder)\status")) {
            if ($line -match '^VmLck:\s+(\d+) kB') {
                return [long]$Matches[1] * 1024
            }
        }
    }

    # All other memory together would take seconds.
    $locked = 0
    foreach ($map in Get-MemoryMap) {
        if ($map.Length) {
            $locked += Get-WorkingSetSize ($map.Address - $map.Address % 4096) ($map.Address + $map.Length + 4095 - ($map.Address + $map.Length + 4095) % 4096) 0x400001
        }
    }

    $locked
}

function Get-MapEntry {
    <#
    .SYNOPSIS
        The allocation that an address lies in, or nothing where nothing is: Start, End, Permissions (as in rw-p), Path,
        Size.Rss, and VmFlags, in which 'lo' says that the page at the address is locked.
    .DESCRIPTION
        Of a view that may not be written nothing tells whether it is shared.
    #>
    param([Parameter(Mandatory)][long] $Address)

    $area = Get-MemoryArea $Address
    if ($area.State -ne 0x1000) { # MEM_COMMIT
        return
    }

    $start = $area.Allocation
    $end = $area.End
    while (($next = Get-MemoryArea $end) -and $next.State -eq 0x1000 -and $next.Allocation -eq $start) {
        $end = $next.End
    }

    $rights = switch ($area.Protect -band 0xFF) { 1 { '---' } 2 { 'r--' } 4 { 'rw-' } 8 { 'rw-' } 0x10 { '--x' } 0x20 { 'r-x' } 0x40 { 'rwx' } 0x80 { 'rwx' } }
    $shared = $area.Type -eq 0x40000 -and ($area.First -band 0x88) -eq 0 # MEM_MAPPED, and no PAGE_WRITECOPY
    [pscustomobject]@{
        Start       = $start
        End         = $end
        Permissions = $rights + $(if ($shared) { 's' } else { 'p' })
        Path        = Get-MappedFile $start
        Size        = @{ Rss = Get-WorkingSetSize $start $end 1; KernelPageSize = 4096 }
        VmFlags     = @(if (Test-LockedPage $Address) { 'lo' })
    }
}

# The parts of views of a file, in each of which pages are alike.
function Get-FileArea([string] $Path) {
    $at = 0
    while ($area = Get-MemoryArea $at) {
        if ($area.Type -eq 0x40000 -and (Get-MappedFile $area.Start) -like $Path) {
            $area
        }

        $at = $area.End
    }
}

function Get-MapCount {
    <#
    .SYNOPSIS
        How many views of a file this process has. Wildcards stand for more than one file.
    #>
    param([Parameter(Mandatory)][string] $Path)

    @(Get-FileArea $Path | Where-Object { $_.Start -eq $_.Allocation }).Count
}

function Get-MappedSize {
    <#
    .SYNOPSIS
        Bytes that this process has mapped of a file.
    #>
    param([Parameter(Mandatory)][string] $Path)

    $size = 0
    Get-FileArea $Path | ForEach-Object { $size += $_.End - $_.Start }
    $size
}
