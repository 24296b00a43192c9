# Behaviour that is special on Windows. docs/design/platforms.md has the list.

$advice = 'Normal', 'Random', 'Sequential', 'WillNeed', 'DontNeed', 'Free', 'Remove', 'Cold', 'PageOut', 'PopulateRead', 'PopulateWrite', 'HugePage',
    'NoHugePage', 'Collapse', 'Mergeable', 'Unmergeable', 'DontDump', 'DoDump', 'DontFork', 'DoFork', 'WipeOnFork', 'KeepOnFork', 'GuardInstall', 'GuardRemove',
    'DontNeedLocked', 'NoReuse', 'Evict'

BeforeAll {
    . $PSScriptRoot/../Support/Preamble.ps1
}

Describe 'Windows' {
    BeforeEach {
        if (-not $IsWindows) {
            Set-ItResult -Skipped -Because 'this is about Windows'
        }
    }

    AfterEach {
        Get-MemoryMap | Remove-MemoryMap
    }

    It 'has views at multiples of 64 KiB, which users need not know' {
        $path = New-RandomFile 200000
        $map = New-MemoryMap $path -Offset 70001 -Length 1000
        $map.Address % 65536 | Should -Be (70001 % 65536)
        (Get-MapEntry $map.Address).Start % 65536 | Should -Be 0
        $map[0] | Should -Be (Get-Content $path -AsByteStream -Raw)[70001]
    }

    It 'refuses <option> for <what>, and says what would serve' -ForEach @(
        @{ Option = 'GrowsDown'; What = 'memory'; Make = { New-MemoryMap -Anonymous -Length 5000 -Option GrowsDown }; Serves = 'length that you need' }
        @{ Option = 'Sync'; What = 'a file'; Make = { New-MemoryMap (New-TestFile 'abc') -Option Sync }; Serves = 'Sync-MemoryMap' }
        @{ Option = 'NoReserve'; What = 'memory'; Make = { New-MemoryMap -Anonymous -Length 5000 -Option NoReserve }; Serves = '-Sharing Shared' }
        @{ Option = 'NoReserve'; What = 'a private file'; Make = { New-MemoryMap (New-TestFile 'abc') -Sharing Private -Option NoReserve }; Serves = '-Sharing Shared' }
        @{ Option = 'HugePages'; What = 'a file'; Make = { New-MemoryMap (New-TestFile 'abc') -Option HugePages }; Serves = '-Anonymous' }
        @{ Option = '-HugePageSize'; What = 'a size that is not there'; Make = { New-MemoryMap -Anonymous -Length 4MB -HugePageSize 3MB }; Serves = '2097152' }
    ) {
        $Make | Should -Throw "*$Serves*" -ErrorId 'NotSupported,*'
        Get-MemoryMap | Should -BeNullOrEmpty
    }

    It 'reserves nothing for a shared file, so NoReserve is granted' {
        (New-MemoryMap (New-TestFile 'abc') -Option NoReserve)[1] | Should -Be 98
    }

    It 'gives huge pages, or names the privilege that is missing' {
        try {
            (New-MemoryMap -Anonymous -Length 3MB -Option HugePages -ErrorAction Stop).PageSize | Should -BeGreaterThan 4096
        }
        catch {
            $_.FullyQualifiedErrorId | Should -BeLike 'LimitReached,*'
            $_.Exception.Message | Should -BeLike '*SeLockMemoryPrivilege*secpol.msc*'
        }
    }

    It 'maps no devices and no pipes' {
        { New-MemoryMap -LiteralPath '\\.\NUL' } | Should -Throw -ErrorId 'NotMappable,*'
        { New-MemoryMap -LiteralPath '\\.\pipe\mmapps' } | Should -Throw -ErrorId 'NotMappable,*'
    }

    It 'ignores the case of file names' {
        $map = New-MemoryMap (New-TestFile 'abc' -Name 'Case.bin')
        (Get-MemoryMap -Path 'cASE.*').Id | Should -Be $map.Id
    }

    It 'truncates no file that is mapped' {
        $path = New-TestFile 'abcdef'
        $map = New-MemoryMap $path
        $file = [IO.FileStream]::new($path, 'Open', 'ReadWrite', 'ReadWrite, Delete')
        try {
            { $file.SetLength(1) } | Should -Throw
        }
        finally {
            $file.Dispose()
        }

        $map[5] | Should -Be 102
    }

    It 'cuts a file off with Resize-MemoryMap -TruncateFile, unless another region has it' {
        $path = New-TestFile 'abcdef'
        $map = New-MemoryMap $path
        $other = New-MemoryMap $path
        { Resize-MemoryMap $map 2 -TruncateFile } | Should -Throw -ErrorId 'NotSupported,*'
        $map.Length | Should -Be 6
        $map[5] | Should -Be 102
        Remove-MemoryMap $other
        Resize-MemoryMap $map 2 -TruncateFile
        $map.Length | Should -Be 2
        Get-FileText $path | Should -BeExactly 'ab'
    }

    It 'syncs a region that may not be written' {
        $map = New-MemoryMap (New-TestFile 'abc') -Protection Read
        Sync-MemoryMap $map -PassThru | Should -Not -BeNullOrEmpty
    }

    It 'refuses to give a view more than it was mapped with' {
        $map = New-MemoryMap (New-TestFile 'abc') -Protection Read
        { Protect-MemoryMap $map -Protection Read, Write } | Should -Throw '*Map it again*' -ErrorId 'AccessDenied,*'
    }

    It 'protects and gives back memory' {
        $map = New-MemoryMap -Anonymous -Length 8192
        $map[4096] = 5
        Protect-MemoryMap $map -Offset 4096 -Length 4096 -Protection None
        (Get-MapEntry ($map.Address + 4096)).Permissions | Should -BeExactly '---p'
        (Get-MapEntry $map.Address).Permissions | Should -BeExactly 'rw-p'
        { $map[4096] } | Should -Throw -ErrorId NotReadable
        Protect-MemoryMap $map -Protection Read, Write
        $map[4096] | Should -Be 5
    }

    It 'grows memory, which keeps its bytes' {
        $map = New-MemoryMap -Anonymous -Length 5000
        Write-MappedByte $map -Value 'end' -Offset 4997
        Resize-MemoryMap $map 3MB
        Read-MappedByte $map -Offset 4997 -Length 3 -Encoding ascii | Should -BeExactly 'end'
        $map[-1] | Should -Be 0
        Resize-MemoryMap $map 4998
        $map.Length | Should -Be 4998
        [char]$map[-1] | Should -BeExactly ([char]'e')
    }

    It 'locks and unlocks a range' {
        $map = New-MemoryMap -Anonymous -Length 100000
        Lock-MemoryMap $map -Offset 5000 -Length 10000
        Unlock-MemoryMap $map
        { Lock-MemoryMap $map -OnFault } | Should -Throw -ErrorId 'NotSupported,*'
    }

    It 'reports correctly which advice it supports: <_>' -ForEach $advice {
        $known = (Set-MemoryMapAdvice -TestSupport | Where-Object Advice -EQ $_).Supported
        $map = if ($_ -eq 'Free') { New-MemoryMap -Anonymous -Length 100000 } else { New-MemoryMap (New-RandomFile 100000) }
        $problem = Get-ErrorOf { Set-MemoryMapAdvice $map $_ -Force -Confirm:$false }
        if ($known) {
            $problem | Should -BeNullOrEmpty
        }
        else {
            $problem.Id | Should -Be 'NotSupported'
            $problem.Message | Should -Match "Windows has no call for advice $_ on .*\. [A-Z].*\.$" -Because 'it says what would serve'
        }
    }

    It 'gives <advice> on pages, and their bytes stay' -ForEach @(
        @{ Advice = 'Cold'; Make = { New-MemoryMap $path } }
        @{ Advice = 'Cold'; Make = { New-MemoryMap $path -Sharing Private } }
        @{ Advice = 'DontNeed'; Make = { New-MemoryMap $path } }
        @{ Advice = 'DontNeed'; Make = { New-MemoryMap -Anonymous -Sharing Shared -Length 100000 } }
    ) {
        $path = New-RandomFile 100000
        $map = & $Make
        $map.Write(5000, [byte[]](1, 2, 3))
        $before = $map.Read()
        (Measure-MemoryMap $map).Percent | Should -Be 100
        Set-MemoryMapAdvice $map $Advice
        if (-not $env:WINEPREFIX) {
            # VirtualUnlock removes nothing from the working set on wine 8.
            (Measure-MemoryMap $map).Resident | Should -Be 0
        }

        Assert-Byte $map.Read() $before
    }

    It 'unlocks nothing by advice' {
        Skip-OnWindows -Wine 'wine 8 does not tell which pages are locked'
        $map = New-MemoryMap (New-RandomFile 100000)
        Lock-MemoryMap $map
        { Set-MemoryMapAdvice $map Cold } | Should -Throw -ErrorId 'NotSupported,*'
        (Measure-MemoryMap $map).Locked | Should -Be 100000
    }

    It 'does not guess which pages of a file are in memory, nor drop them' {
        $path = New-TestFile 'abc'
        { Measure-MemoryMap $path } | Should -Throw "*$path*Map the file*RAMMap*" -ErrorId 'NotSupported,*'
        { Set-MemoryMapAdvice $path Evict } | Should -Throw -ErrorId 'NotSupported,*'
    }

    It 'refuses to write a file that is marked read-only, and says how to map it' {
        Skip-OnWindows -Wine 'root passes below wine'
        $path = New-TestFile 'abc'
        Set-ItemProperty $path IsReadOnly $true
        try {
            { New-MemoryMap $path } | Should -Throw "*$path*-Protection Read*" -ErrorId 'AccessDenied,*'
            (New-MemoryMap $path -Protection Read)[0] | Should -Be 97
        }
        finally {
            Get-MemoryMap | Remove-MemoryMap
            Set-ItemProperty $path IsReadOnly $false
        }
    }

    It 'reads a file ahead by its path, from any offset on' {
        $path = New-RandomFile 300000
        Set-MemoryMapAdvice $path WillNeed -Offset 70001 -Length 200000 -ErrorAction Stop
        Set-MemoryMapAdvice $path PopulateRead -ErrorAction Stop
        Get-MemoryMap | Should -BeNullOrEmpty
    }

    It 'refuses names of lengths that cannot be: <length>' -ForEach @(
        @{ Length = [long]::MaxValue; Id = 'OutOfRange' }
        @{ Length = 1PB; Id = 'LimitReached' }
    ) {
        { New-MemoryMap -Name "mmapps-spec-$PID" -Length $Length } | Should -Throw -ErrorId "$Id,*"
    }

    Context 'shared memory by name' {
        It 'is the same to every process that knows the name' {
            $name = "mmapps-spec-$PID"
            $map = New-MemoryMap -Name $name -Length 10000
            $map[9999] = 7
            $child = Invoke-Child -Environment @{ NAME = $name } -Script '$map = New-MemoryMap -Name $env:NAME -Length 10000; [Console]::Write("$($map.Length) $($map[9999])"); $map[0] = 9'
            $child.Output | Should -BeExactly '10000 7'
            $map[0] | Should -Be 9
        }

        It 'has a length in whole pages if -Length is left out' {
            $null = New-MemoryMap -Name "mmapps-spec-$PID" -Length 10000
            (New-MemoryMap -Name "mmapps-spec-$PID").Length | Should -Be 12288
            { New-MemoryMap -Name "mmapps-spec-$PID" -Length 20000 } | Should -Throw -ErrorId 'LengthMismatch,*'
        }

        It 'goes with its last region' {
            New-MemoryMap -Name "mmapps-spec-$PID" -Length 10 | Remove-MemoryMap
            { New-MemoryMap -Name "mmapps-spec-$PID" } | Should -Throw -ErrorId 'FileNotFound,*'
        }
    }
}
