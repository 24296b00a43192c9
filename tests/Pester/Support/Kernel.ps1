# What the kernel itself says of a process's memory.

. $PSScriptRoot/Platform.ps1

function Get-MapEntry {
    <#
    .SYNOPSIS
        The entry of /proc/PID/smaps that an address lies in, or nothing where no mapping is.
    .DESCRIPTION
        Start, End, Permissions (as in rw-p), FileOffset, Path, Size (bytes of each field, such as $entry.Size.Rss),
        and VmFlags, an array of two letters each. The kernel joins neighbouring private anonymous mappings of the same
        kind into one entry, so exact sizes want a file, a shared mapping, or an address away from all others.
    #>
    param([Parameter(Mandatory)][long] $Address, [string] $ProcessId = 'self')

    Skip-OutsideLinux '/proc/self/smaps'
    # Many lines, often: Get-Content takes ten times as long.
    $entry = $null
    foreach ($line in [IO.File]::ReadAllLines("/proc/$ProcessId/smaps")) {
        if ($line -cmatch '^([0-9a-f]+)-([0-9a-f]+) (\S{4}) ([0-9a-f]+) \S+ \d+ *(.*)$') {
            if ($entry) {
                break
            }

            $start = [Convert]::ToUInt64($Matches[1], 16)
            $end = [Convert]::ToUInt64($Matches[2], 16)
            if ($start -le $Address -and $Address -lt $end) {
                $entry = [pscustomobject]@{
                    Start       = $start
                    End         = $end
                    Permissions = $Matches[3]
                    FileOffset  = [Convert]::ToInt64($Matches[4], 16)
                    Path        = $Matches[5]
                    Size        = @{}
                    VmFlags     = @()
                }
            }
        }
        elseif ($entry -and $line -match '^(\w+): +(\d+) kB$') {
            $entry.Size[$Matches[1]] = [long]$Matches[2] * 1024
        }
        elseif ($entry -and $line.StartsWith('VmFlags:')) {
            $entry.VmFlags = $line.Substring(8).Trim().Split(' ')
        }
    }

    $entry
}

function Get-MapCount {
    <#
    .SYNOPSIS
        How many mappings of a file this process has.
    #>
    param([Parameter(Mandatory)][string] $Path)

    Skip-OutsideLinux '/proc/self/maps'
    @([IO.File]::ReadAllLines('/proc/self/maps').Where{ $_.EndsWith(" $Path") }).Count
}

function Get-MappedSize {
    <#
    .SYNOPSIS
        Bytes that the kernel has mapped of a file in this process.
    #>
    param([Parameter(Mandatory)][string] $Path)

    Skip-OutsideLinux '/proc/self/maps'
    $size = 0
    foreach ($line in [IO.File]::ReadAllLines('/proc/self/maps')) {
        if ($line.EndsWith(" $Path")) {
            $from, $to = $line.Split(' ')[0].Split('-')
            $size += [Convert]::ToInt64($to, 16) - [Convert]::ToInt64($from, 16)
        }
    }

    $size
}

function Get-LockedSize {
    <#
    .SYNOPSIS
        Bytes that this process has locked in memory (VmLck).
    #>
    Skip-OutsideLinux 'a count of what is locked in /proc/self/status'
    [long](Select-String '^VmLck:\s+(\d+) kB' /proc/self/status).Matches[0].Groups[1].Value * 1KB
}

function Get-KernelNumber {
    <#
    .SYNOPSIS
        The number that a file of /proc or /sys holds.
    #>
    param([Parameter(Mandatory)][string] $Path)

    Skip-OutsideLinux $Path
    [long](Get-Content $Path)
}

function Invoke-TracedChild {
    <#
    .SYNOPSIS
        Runs script text in a child under strace and returns the lines of the system calls that were asked for.
    .DESCRIPTION
        Nothing is returned where this system does not let processes be traced; Skip-WithoutTrace then ends each test.
    .PARAMETER Inject
        What is done to a call, as strace's inject= takes it.
    #>
    param(
        [Parameter(Mandatory)][string] $Script,
        [Parameter(Mandatory)][string[]] $Calls,
        [string[]] $Inject,
        [hashtable] $Environment = @{}
    )

    if ((Get-TraceObstacle)) {
        return
    }

    $log = Join-Path $TestDrive (New-Guid)
    $child = Invoke-Child $Script -Wrapper (Get-TraceWrapper $Calls $log $Inject) -Environment $Environment
    if ($child.ExitCode -ne 0) {
        throw "The traced child exited with $($child.ExitCode): $($child.Output) $($child.ErrorOutput)"
    }

    Join-TraceLine (Get-Content $log)
}

function Get-TraceWrapper {
    <#
    .SYNOPSIS
        The words before a command that write its calls to a log. The kernel stops the program at these calls alone.
    .PARAMETER Inject
        What is done to a call, as strace's inject= takes it; more of them for different calls.
    #>
    param([Parameter(Mandatory)][string[]] $Calls, [Parameter(Mandatory)][string] $Log, [string[]] $Inject)

    'strace', '-f', '--seccomp-bpf', '-e', "trace=$($Calls -join ',')", '-o', $Log
    foreach ($what in $Inject) {
        '-e', "inject=$what"
    }
}

function Join-TraceLine {
    <#
    .SYNOPSIS
        The lines of strace -f without process ids, calls that another thread interrupted whole again, where they began.
    #>
    param([Parameter(Mandatory)][AllowEmptyCollection()][string[]] $Lines)

    $whole = [Collections.Generic.List[string]]::new()
    $unfinished = @{}
    foreach ($line in $Lines) {
        $thread, $text = $line -split ' +', 2
        if ($text -match '^<\.\.\. \w+ resumed>(.*)$') {
            $whole[$unfinished[$thread]] += $Matches[1]
            continue
        }

        if ($text.EndsWith(' <unfinished ...>')) {
            $text = $text -replace ' <unfinished \.\.\.>$'
            $unfinished[$thread] = $whole.Count
        }

        $whole.Add($text)
    }

    # The result stands in a column of its own.
    $whole -replace '\) += ', ') = '
}

function Get-TraceObstacle {
    <#
    .SYNOPSIS
        Why processes cannot be traced here, or an empty string where they can.
    #>
    $script:traceObstacle ??= if ($IsWindows) {
        'Windows has no strace'
    }
    elseif (-not (Test-Program strace)) {
        'strace is not installed'
    }
    elseif ((Invoke-Program 'strace', '-o', '/dev/null', 'true').ExitCode -ne 0) {
        'strace may not trace here'
    }
    else {
        ''
    }

    $script:traceObstacle
}

function Skip-WithoutTrace {
    <#
    .SYNOPSIS
        Ends the test that calls it as skipped where processes cannot be traced.
    #>
    $obstacle = Get-TraceObstacle
    if ($obstacle) {
        Set-ItResult -Skipped -Because $obstacle
    }
}

if ($IsWindows) {
    . $PSScriptRoot/WindowsKernel.ps1
}
