# Verbose lines show the system calls that were made. strace shows which were made.

BeforeAll {
    . $PSScriptRoot/../Support/Preamble.ps1

    $work = @'
$said = [Collections.Generic.List[string]]::new()
filter Keep { $said.Add("$_") }
$map = $null
filter KeepMap { if ($_ -is [MmapPS.MappedRegion]) { $script:map = $_ } else { $_ | Keep } }
New-MemoryMap $env:VERBOSE_FILE -Offset 4096 -Length 20000 -Option Populate -Verbose 4>&1 | KeepMap
Write-MappedByte $map -Value changed
Sync-MemoryMap $map -Verbose 4>&1 | Keep
Protect-MemoryMap $map 0 4096 -Protection Read -Verbose 4>&1 | Keep
Protect-MemoryMap $map -Protection Read, Write -Verbose 4>&1 | Keep
Lock-MemoryMap $map 4096 4096 -Verbose 4>&1 | Keep
Unlock-MemoryMap $map 4096 4096 -Verbose 4>&1 | Keep
if ($IsLinux) { Lock-MemoryMap $map -OnFault -Verbose 4>&1 | Keep }
Unlock-MemoryMap $map
Set-MemoryMapAdvice $map Sequential -Verbose 4>&1 | Keep
Measure-MemoryMap $map -Verbose 4>&1 | Keep
New-MemoryMap -Anonymous -Length 8192 | Measure-MemoryMap -Verbose 4>&1 | Keep
if (-not $IsWindows) {
    Measure-MemoryMap $env:VERBOSE_FILE -Verbose 4>&1 | Keep
    Set-MemoryMapAdvice -Path $env:VERBOSE_FILE -Advice Evict -Verbose -WarningAction SilentlyContinue 4>&1 | Keep
}

Copy-MappedByte $map -Destination "$env:VERBOSE_FILE.copy" -Verbose 4>&1 | Keep
Sync-MemoryMap $map -Async -Verbose 4>&1 | Keep
Clear-MappedByte $map 4096 4096 -Deallocate -Verbose -WarningAction SilentlyContinue 4>&1 | Keep
Resize-MemoryMap $map 60000 -Verbose 4>&1 | Keep
Resize-MemoryMap $map 30000 -TruncateFile -Verbose 4>&1 | Keep
Remove-MemoryMap $map -Verbose 4>&1 | Keep
New-MemoryMap -Name "verbose$PID" -Length 8192 -Verbose 4>&1 | KeepMap
Remove-MemoryMap $map -Unlink:(-not $IsWindows) -Verbose 4>&1 | Keep
New-MemoryMap -Anonymous -Secret -Length 4096 -Verbose 4>&1 | KeepMap
Remove-MemoryMap $map -Verbose 4>&1 | Keep
$said | Set-Content $env:VERBOSE_LOG
'@
    $calls = @(
        'mmap', 'munmap', 'mremap', 'msync', 'mprotect', 'mlock', 'mlock2', 'munlock', 'madvise', 'mincore', 'fallocate', 'fadvise64'
        'openat', 'close', 'statx', 'flock', 'fcntl', 'ftruncate', 'fdatasync', 'sync_file_range', 'copy_file_range', 'unlink', 'memfd_secret'
    )

    # Not every strace knows the newer calls by name; it names the first one that it does not know.
    $known = $calls
    while (-not (Get-TraceObstacle) -and
        (Invoke-Program 'strace', '-e', "trace=$($known -join ',')", '-o', '/dev/null', 'true').ErrorOutput -match "invalid system call '(\w+)'") {
        $known = $known -ne $Matches[1]
    }

    $largeFile = [Runtime.InteropServices.RuntimeInformation]::ProcessArchitecture -eq 'Arm64' ? '0x20000' : '0x8000'
    $log = New-TestFile
    $environment = @{ VERBOSE_FILE = New-TestFile -Size 50000; VERBOSE_LOG = $log }

    # The common form of both: one space before the result, the C library's names, no output arguments, flags in one order.
    function ConvertTo-Call([string] $Line) {
        $call = $Line -replace '\)\s+= ', ') = ' -replace ' = (-1 \w+|\w+) .*$', ' = $1'
        $call = $call -replace '^fadvise64', 'posix_fadvise'
        $call = $call -replace '^(mincore\(\w+, \d+), .*(\) = .*)$', '$1$2'
        $call = $call -replace '^(statx\(.*), (\{.*\}|0x\w+)\) = ', '$1, ...) = ' -creplace 'AT_STATX_SYNC_AS_STAT\|'
        $call = $call -replace '^openat\(AT_FDCWD, "/dev/shm/(.*)\|O_NOFOLLOW\|O_CLOEXEC', 'shm_open("/$1'
        $call = $call -replace '^openat\(AT_FDCWD, ', 'open(' -replace '^unlink\("/dev/shm', 'shm_unlink("'
        $call = $call -creplace '\bO_LARGEFILE\b', $largeFile
        [regex]::Replace($call, '\b[A-Z_]+(\|\w+)+', {
                $flags = $args[0].Value.Split('|')
                [Array]::Sort($flags, [StringComparer]::Ordinal)
                $flags -join '|'
            })
    }

    # PowerShell makes thousands of calls at its start; ours begin when the file is opened.
    $traced = [Collections.Generic.HashSet[string]]::new()
    if (Get-TraceObstacle) {
        $null = Invoke-Child $work -Environment $environment
    }
    else {
        $lines = Invoke-TracedChild $work -Calls $known -Environment $environment
        $first = [Array]::FindIndex($lines, [Predicate[string]] { $args[0].Contains($environment.VERBOSE_FILE) })
        $lines | Select-Object -Skip $first | ForEach-Object { $null = $traced.Add((ConvertTo-Call $_)) }
    }

    $said = Get-Content $log
}

Describe 'Verbose lines' {
    It 'are the calls that strace saw, argument by argument: <_>' -ForEach @(
        'mmap', 'munmap', 'mremap', 'msync', 'mprotect', 'mlock', 'mlock2', 'munlock', 'madvise', 'mincore', 'fallocate', 'posix_fadvise'
        'open', 'close', 'statx', 'flock', 'fcntl', 'ftruncate', 'fdatasync', 'sync_file_range', 'copy_file_range'
        'shm_open', 'shm_unlink', 'memfd_secret'
    ) {
        Skip-OutsideLinux 'strace'
        Skip-WithoutTrace
        $name = $_
        if ($name -cin $calls -and $name -cnotin $known) {
            Set-ItResult -Skipped -Because "this strace does not know $name"
        }

        $own = $said | Where-Object { $_.StartsWith("$name(") } | ForEach-Object { ConvertTo-Call $_ }
        $own | Should -Not -BeNullOrEmpty
        $own | Where-Object { -not $traced.Contains($_) } | Should -BeNullOrEmpty -Because 'strace saw all of them'
    }

    It 'name flags as the headers do' {
        Skip-OutsideLinux 'these flags'
        $said -clike 'mmap(NULL, *, PROT_READ|PROT_WRITE, MAP_SHARED*, *, 0x1000) = 0x*' | Should -Not -BeNullOrEmpty -Because ($said -join "`n")
        $said -cmatch '^msync\(0x[0-9a-f]+, \d+, MS_SYNC\) = 0$' | Should -HaveCount 1
        $said -cmatch '^madvise\(0x[0-9a-f]+, \d+, MADV_SEQUENTIAL\) = 0$' | Should -HaveCount 1
    }

    It 'show failures by their names' {
        Skip-OutsideLinux 'this error'
        $lines = New-MemoryMap -Anonymous -Length 1PB -Option NoReserve -Verbose -ErrorAction SilentlyContinue 4>&1 | ForEach-Object { "$_" }
        @($lines) -cmatch "^mmap\(NULL, $(1PB), PROT_READ\|PROT_WRITE, .*MAP_NORESERVE.*\) = -1 ENOMEM$" | Should -HaveCount 1
    }

    It 'are none without -Verbose, and none of what others do further down the pipeline' {
        $lines = New-MemoryMap -Anonymous -Length 4096 -Verbose 4>&1 | ForEach-Object {
            if ($_ -is [MmapPS.MappedRegion]) { $_ | Remove-MemoryMap } else { "$_" }
        }
        $lines | Where-Object { $_ -match '^(munmap|VirtualFree)' } | Should -BeNullOrEmpty
        New-MemoryMap -Anonymous -Length 4096 4>&1 | Should -HaveCount 1
        Get-MemoryMap | Remove-MemoryMap
    }

    It 'show that a file is closed again: <Name>' -ForEach @(
        @{ Name = 'Edit-MappedByte -UndoPath'; Work = { Edit-MappedByte $map b x -UndoPath $new @told } }
        @{ Name = 'Edit-MappedByte -Undo'; Work = { Edit-MappedByte $map b x -UndoPath $new; Edit-MappedByte $map -Undo -UndoPath $new @told } }
        @{ Name = 'Edit-MappedByte -Undo without a region'; Work = { Edit-MappedByte $map b x -UndoPath $new; Edit-MappedByte -Undo -UndoPath $new @told } }
        @{ Name = 'Compare-MappedByte -PatchPath'; Work = { Compare-MappedByte $map (New-TestFile 'axc') -PatchPath $new @told } }
        @{ Name = 'Copy-MappedByte to a file'; Work = { Copy-MappedByte $map $new @told } }
        @{ Name = 'Copy-MappedByte from a file'; Work = { Copy-MappedByte -Path (New-TestFile 'xyz') -Destination $map @told } }
    ) {
        $map = New-MemoryMap (New-TestFile 'abc')
        $new = Join-Path $TestDrive (New-Guid)
        $told = @{ Verbose = $true }
        $lines = @(& $Work 4>&1 | ForEach-Object { "$_" })
        $opened = @($lines -cmatch '^(open|CreateFileW)\(.*\) = (?!-1)')
        $opened.Count | Should -BeGreaterThan 0

        # On Windows other handles than those of files are closed, too.
        $closed = @($lines -cmatch '^(close|CloseHandle)\(').Count
        $closed | Should -BeGreaterOrEqual $opened.Count -Because ($lines -join "`n")
        Remove-MemoryMap $map
    }

    It 'come on every system' {
        ($said -match '^\w+\(.*\) = ').Count | Should -BeGreaterThan 4 -Because ($said -join "`n")
    }

    It 'show <_> on Windows' -ForEach @(
        'CreateFileW', 'CloseHandle', 'CreateFileMappingW', 'MapViewOfFileEx', 'UnmapViewOfFile', 'VirtualAlloc', 'VirtualFree'
        'VirtualQuery', 'VirtualProtect', 'VirtualLock', 'VirtualUnlock', 'FlushViewOfFile', 'FlushFileBuffers', 'PrefetchVirtualMemory'
        'SetFileInformationByHandle', 'K32QueryWorkingSetEx'
    ) {
        if (-not $IsWindows) {
            Set-ItResult -Skipped -Because 'this is about Windows'
        }

        $said -cmatch "^$_\(.*\) = " | Should -Not -BeNullOrEmpty -Because ($said -join "`n")
    }
}

Describe 'Every native function' {
    BeforeAll {
        $native = Resolve-Path "$PSScriptRoot/../../../src/MmapPS/Native"

        # Calls that are not traced, and why.
        $silent = @{
            # Bytes in transfer, a call for each part or each write: as many lines as there are megabytes.
            'Unix/Calls/Pread.cs'                = 'copies'
            'Linux/Calls/ProcessVm.cs'           = 'copies'
            'Linux/Calls/PipeCopier.cs'          = 'copies'
            'Windows/Calls/ReadFile.cs'          = 'copies'
            'Windows/Calls/ReadProcessMemory.cs' = 'copies'
            'Unix/Calls/Lseek.cs'                = 'asked before each write'
            'Windows/Calls/GetFileSize.cs'       = 'asked before each write'
            'Unix/Calls/GetRLimit.cs'            = 'asked before each write'

            # Queries about the process or the machine, not about what the user named.
            'Unix/Calls/ProcessId.cs'            = 'own number'
            'Unix/Calls/UserId.cs'               = 'own user'
            'MacOS/Calls/Confstr.cs'             = 'where names are kept'
            'Windows/Calls/GetSystemInfo.cs'     = 'page size'
            'Windows/Calls/GetLargePageMinimum.cs' = 'page size'
            'Windows/Calls/GetFileType.cs'       = 'what was opened'
        }

        # The text of each file that imports functions.
        $imports = @{}
        Get-ChildItem $native -Recurse -File -Filter *.cs | Where-Object { Select-String '[DllImport(' $_ -SimpleMatch -Quiet } | ForEach-Object {
            $imports[[IO.Path]::GetRelativePath($native, $_).Replace('\', '/')] = Get-Content $_ -Raw
        }
    }

    It 'is shown in verbose lines, or is in the short list of those that are not' {
        $imports.Count | Should -BeGreaterThan 50
        $imports.Keys | Where-Object { -not $silent[$_] -and -not $imports[$_].Contains('NativeTrace.Listener?.Invoke(') } | Should -BeNullOrEmpty
    }

    It 'is in that list only if it is not shown' {
        $silent.Keys | Where-Object { $_ -cnotin $imports.Keys -or $imports[$_].Contains('NativeTrace') } | Should -BeNullOrEmpty
    }
}
