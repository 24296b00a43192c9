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
New-MemoryMap $env:VERBOSE_FILE -Offset 4096 -Length 20000 -Option Populate -Verbose 4>&1 | ForEach-Object { if ($_ -is [MmapPS.MappedRegion]) { $map = $_ } else { $_ | Keep } }
Write-MappedByte $map -Value changed
Sync-MemoryMap $map -Verbose 4>&1 | Keep
Protect-MemoryMap $map 0 4096 -Protection Read -Verbose 4>&1 | Keep
Protect-MemoryMap $map -Protection Read, Write -Verbose 4>&1 | Keep
Lock-MemoryMap $map 4096 4096 -Verbose 4>&1 | Keep
Unlock-MemoryMap $map 4096 4096 -Verbose 4>&1 | Keep
Set-MemoryMapAdvice $map Sequential -Verbose 4>&1 | Keep
Measure-MemoryMap $map -Verbose 4>&1 | Keep
New-MemoryMap -Anonymous -Length 8192 | Measure-MemoryMap -Verbose 4>&1 | Keep
Clear-MappedByte $map 4096 4096 -Deallocate -Verbose 4>&1 | Keep
Resize-MemoryMap $map 60000 -Verbose 4>&1 | Keep
Remove-MemoryMap $map -Verbose 4>&1 | Keep
[IO.File]::WriteAllLines($env:VERBOSE_LOG, $said)
'@
    $calls = 'mmap', 'munmap', 'mremap', 'msync', 'mprotect', 'mlock', 'munlock', 'madvise', 'mincore', 'fallocate', 'fadvise64'
    $log = New-TestFile
    $environment = @{ VERBOSE_FILE = New-TestFile -Size 50000; VERBOSE_LOG = $log }

    # What both say alike: one blank before the result, the C library's names, no answers of mincore, flags in one order.
    function ConvertTo-Call([string] $Line) {
        $call = $Line -replace '\)\s+= ', ') = ' -replace ' = (-1 \w+|\w+) .*$', ' = $1'
        $call = $call -replace '^fadvise64', 'posix_fadvise'
        $call = $call -replace '^(mincore\(\w+, \d+), .*(\) = .*)$', '$1$2'
        [regex]::Replace($call, '[A-Z_]+(\|[A-Z_]+)+', {
                $flags = $args[0].Value.Split('|')
                [Array]::Sort($flags, [StringComparer]::Ordinal)
                $flags -join '|'
            })
    }

    if ($onLinux) {
        $traced = @(Invoke-TracedChild $work -Calls $calls -Environment $environment | ForEach-Object { ConvertTo-Call $_ })
    }

    if (-not $traced) {
        $null = Invoke-Child $work -Environment $environment
    }

    $said = [IO.File]::ReadAllLines($log)
}

Describe 'Verbose lines' {
    It 'are the calls that strace saw, argument by argument: <_>' -ForEach @(
        'mmap', 'munmap', 'mremap', 'msync', 'mprotect', 'mlock', 'munlock', 'madvise', 'mincore', 'fallocate', 'posix_fadvise'
    ) {
        Skip-OutsideLinux 'strace'
        Skip-WithoutTrace
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
}
