# Verbose lines show the system calls that were made. strace says which were.

BeforeAll {
    . $PSScriptRoot/../Support/Module.ps1
    . $PSScriptRoot/../Support/Files.ps1
    . $PSScriptRoot/../Support/Child.ps1
    . $PSScriptRoot/../Support/Platform.ps1
    . $PSScriptRoot/../Support/Kernel.ps1
    $onLinux = [OperatingSystem]::IsLinux()

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
if ([OperatingSystem]::IsLinux()) { Lock-MemoryMap $map -OnFault -Verbose 4>&1 | Keep }
Unlock-MemoryMap $map
Set-MemoryMapAdvice $map Sequential -Verbose 4>&1 | Keep
Measure-MemoryMap $map -Verbose 4>&1 | Keep
New-MemoryMap -Anonymous -Length 8192 | Measure-MemoryMap -Verbose 4>&1 | Keep
if (-not [OperatingSystem]::IsWindows()) {
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
Remove-MemoryMap $map -Unlink:(-not [OperatingSystem]::IsWindows()) -Verbose 4>&1 | Keep
New-MemoryMap -Anonymous -Secret -Length 4096 -Verbose 4>&1 | KeepMap
Remove-MemoryMap $map -Verbose 4>&1 | Keep
[IO.File]::WriteAllLines($env:VERBOSE_LOG, $said)
'@
    $calls = @(
        'mmap', 'munmap', 'mremap', 'msync', 'mprotect', 'mlock', 'mlock2', 'munlock', 'madvise', 'mincore', 'fallocate', 'fadvise64'
        'openat', 'close', 'statx', 'flock', 'fcntl', 'ftruncate', 'fdatasync', 'sync_file_range', 'copy_file_range', 'unlink', 'memfd_secret'
    )

    # Not every strace knows the younger calls by name.
    $known = @($calls | Where-Object { (Test-Program strace) -and (Invoke-Program 'strace', '-e', "trace=$_", '-o', '/dev/null', 'true').ExitCode -eq 0 })
    $largeFile = [Runtime.InteropServices.RuntimeInformation]::ProcessArchitecture -eq 'Arm64' ? '0x20000' : '0x8000'
    $log = New-TestFile
    $environment = @{ VERBOSE_FILE = New-TestFile -Size 50000; VERBOSE_LOG = $log }

    # What both say alike: one blank before the result, the C library's names, no answers, flags in one order.
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

    if ($onLinux) {
        $traced = @(Invoke-TracedChild $work -Calls $known -Environment $environment | ForEach-Object { ConvertTo-Call $_ })
    }

    if (-not $traced) {
        $null = Invoke-Child $work -Environment $environment
    }

    $said = [IO.File]::ReadAllLines($log)
}

Describe 'Verbose lines' {
    It 'are the calls that strace saw, argument by argument: <_>' -ForEach @(
        'mmap', 'munmap', 'mremap', 'msync', 'mprotect', 'mlock', 'mlock2', 'munlock', 'madvise', 'mincore', 'fallocate', 'posix_fadvise'
        'open', 'close', 'statx', 'flock', 'fcntl', 'ftruncate', 'fdatasync', 'sync_file_range', 'copy_file_range'
        'shm_open', 'shm_unlink', 'memfd_secret'
    ) {
        Skip-OutsideLinux 'strace'
        Skip-WithoutTrace
        if ($_ -cin $calls -and $_ -cnotin $known) {
            Set-ItResult -Skipped -Because "this strace does not know $_"
        }

        $own = @(foreach ($line in $said) { if ($line.StartsWith("$_(")) { ConvertTo-Call $line } })
        $own.Count | Should -BeGreaterThan 0
        foreach ($call in $own) {
            $traced | Should -Contain $call
        }
    }

    It 'name flags as the headers do' {
        Skip-OutsideLinux 'these flags'
        @($said -clike 'mmap(NULL, *, PROT_READ|PROT_WRITE, MAP_SHARED*, *, 0x1000) = 0x*').Count | Should -BeGreaterThan 0 -Because ($said -join "`n")
        @($said -cmatch '^msync\(0x[0-9a-f]+, \d+, MS_SYNC\) = 0$').Count | Should -Be 1
        @($said -cmatch '^madvise\(0x[0-9a-f]+, \d+, MADV_SEQUENTIAL\) = 0$').Count | Should -Be 1
    }

    It 'show failures by their names' {
        Skip-OutsideLinux 'this error'
        $lines = @(New-MemoryMap -Anonymous -Length 1PB -Option NoReserve -Verbose -ErrorAction SilentlyContinue 4>&1 | ForEach-Object { "$_" })
        @($lines -cmatch '^mmap\(NULL, 1125899906842624, PROT_READ\|PROT_WRITE, .*MAP_NORESERVE.*\) = -1 ENOMEM$').Count | Should -Be 1
    }

    It 'are none without -Verbose, and none of what others do further down the pipeline' {
        $lines = @(New-MemoryMap -Anonymous -Length 4096 -Verbose 4>&1 | ForEach-Object { if ($_ -is [MmapPS.MappedRegion]) { $_ | Remove-MemoryMap } else { "$_" } })
        @($lines -match '^(munmap|VirtualFree)').Count | Should -Be 0
        @(New-MemoryMap -Anonymous -Length 4096 4>&1).Count | Should -Be 1
        Get-MemoryMap | Remove-MemoryMap
    }

    It 'come on every system' {
        @($said -match '^\w+\(.*\) = ').Count | Should -BeGreaterThan 4 -Because ($said -join "`n")
    }

    It 'tell <_> on Windows' -ForEach @(
        'CreateFileW', 'CloseHandle', 'CreateFileMappingW', 'MapViewOfFileEx', 'UnmapViewOfFile', 'VirtualAlloc', 'VirtualFree'
        'VirtualQuery', 'VirtualProtect', 'VirtualLock', 'VirtualUnlock', 'FlushViewOfFile', 'FlushFileBuffers', 'PrefetchVirtualMemory'
        'SetFileInformationByHandle', 'K32QueryWorkingSetEx'
    ) {
        if (-not [OperatingSystem]::IsWindows()) {
            Set-ItResult -Skipped -Because 'this is about Windows'
        }

        @($said -cmatch "^$_\(.*\) = ").Count | Should -BeGreaterThan 0 -Because ($said -join "`n")
    }
}

Describe 'Every native function' {
    BeforeAll {
        $native = [IO.Path]::GetFullPath("$PSScriptRoot/../../../src/MmapPS/Native")

        # Told by nobody, and why.
        $silent = @{
            # Bytes on their way, a call for each part of them or each write: as many lines as there are megabytes.
            'Unix/Calls/Pread.cs'                = 'copies'
            'Linux/Calls/ProcessVm.cs'           = 'copies'
            'Linux/Calls/PipeCopier.cs'          = 'copies'
            'Windows/Calls/ReadFile.cs'          = 'copies'
            'Windows/Calls/ReadProcessMemory.cs' = 'copies'
            'Unix/Calls/Lseek.cs'                = 'asked before each write'
            'Windows/Calls/GetFileSize.cs'       = 'asked before each write'
            'Unix/Calls/GetRLimit.cs'            = 'asked before each write'

            # About the process or the machine, and not about what the user named.
            'Unix/Calls/ProcessId.cs'            = 'own number'
            'Unix/Calls/UserId.cs'               = 'own user'
            'MacOS/Calls/Confstr.cs'             = 'where names are kept'
            'Windows/Calls/GetSystemInfo.cs'     = 'page size'
            'Windows/Calls/GetLargePageMinimum.cs' = 'page size'
            'Windows/Calls/GetFileType.cs'       = 'what was opened'
        }

        $imports = foreach ($file in [IO.Directory]::GetFiles($native, '*.cs', 'AllDirectories')) {
            if ([IO.File]::ReadAllText($file).Contains('[DllImport(')) {
                $file.Substring($native.Length + 1).Replace('\', '/')
            }
        }
    }

    It 'is told in verbose lines, or stands in the short list of those that are not' {
        @($imports).Count | Should -BeGreaterThan 50
        $untold = @($imports | Where-Object { -not $silent[$_] -and -not [IO.File]::ReadAllText("$native/$_").Contains('NativeTrace.Listener?.Invoke(') })
        $untold | Should -BeNullOrEmpty
    }

    It 'stands in that list only where it is not told' {
        @($silent.Keys | Where-Object { $_ -cnotin $imports -or [IO.File]::ReadAllText("$native/$_").Contains('NativeTrace') }) | Should -BeNullOrEmpty
    }
}
