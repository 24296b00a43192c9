BeforeAll {
    . $PSScriptRoot/../../Support/Preamble.ps1
    . $PSScriptRoot/../../Support/HugePages.ps1
}

Describe 'Resize-MemoryMap' {
    AfterEach {
        Get-MemoryMap | Remove-MemoryMap
    }

    Context 'what cannot be resized' {
        It 'is <name>' -ForEach @(
            @{ Name = 'a device'; Make = { New-MemoryMap /dev/zero -Length 10000 }; Says = '*/dev/zero is a device*' }
            @{ Name = 'a device, private'; Make = { New-MemoryMap /dev/zero -Length 10000 -Sharing Private }; Says = '*/dev/zero is a device*' }
            @{ Name = 'secret memory'; Make = { New-MemoryMap -Anonymous -Secret -Length 10000 }; Says = '*secret*' }
        ) {
            if ($Name -like '*device*') {
                Skip-OutsideLinux '/dev/zero'
            }

            Skip-OnMacOS 'there is no secret memory'
            Skip-OnWindows -Wine 'wine 8 cannot keep memory out of dumps'

            $map = & $Make
            foreach ($length in 20000, 5000) {
                $problem = Get-ErrorOf { Resize-MemoryMap $map $length }
                $problem.Id | Should -Be 'NotSupported'
                $problem.Category | Should -Be 'NotImplemented'
                $problem.Message | Should -BeLike $Says
            }

            $map.Length | Should -Be 10000
            $map[9999] = 1
            $map[9999] | Should -Be 1
        }

        It 'is memory of huge pages: <name>' -ForEach @(
            @{ Name = 'grown'; Length = 3MB }
            @{ Name = 'shrunk'; Length = 1MB }
        ) {
            try {
                $pool = Open-HugePagePool
                $map = New-MemoryMap -Anonymous -Length 2MB -HugePageSize 2MB
                $map[5] = 5
                { Resize-MemoryMap $map $Length } | Should -Throw '*huge pages*' -ErrorId 'NotSupported,*'
                $map.Length, $map[5] | Should -Be @(2MB, 5)
            }
            finally {
                Close-HugePagePool $pool
            }
        }

        It 'is -TruncateFile on memory without a file' {
            $map = New-MemoryMap -Anonymous -Length 100
            { Resize-MemoryMap $map 10 -TruncateFile } | Should -Throw -ErrorId 'NotSupported,*'
            $map.Length | Should -Be 100
        }

        It 'is a region of parts, which differ in <name>, and it is as before' -ForEach @(
            @{ Name = 'protection'; Change = { Protect-MemoryMap $map -Length $page -Protection Read } }
            @{ Name = 'locking'; Change = { Lock-MemoryMap $map -Length $page } }
        ) {
            if ($Name -eq 'locking') {
                Skip-OutsideLinux 'parts that differ in locking'
            }

            $map = New-MemoryMap -Anonymous -Length (3 * $page)
            $map[-1] = 3
            . $Change
            { Resize-MemoryMap $map (9 * $page) } | Should -Throw '*parts*different*Make them alike*' -ErrorId 'NotSupported,*'
            $map.Length, $map[-1] | Should -Be @((3 * $page), 3)
        }

        It 'refuses a region that was removed' {
            $map = New-MemoryMap (New-TestFile 'abc')
            Remove-MemoryMap $map
            { Resize-MemoryMap $map 5 } | Should -Throw -ErrorId 'RegionClosed,*'
            Get-FileText $map.Path | Should -BeExactly 'abc'
        }

        It 'names RLIMIT_MEMLOCK when it is locked and may not be longer: <name>' -ForEach @(
            @{ Name = 'by option'; Make = '$map = New-MemoryMap -Anonymous -Length 4096 -Option Locked' }
            @{ Name = 'since'; Make = '$map = New-MemoryMap -Anonymous -Length 4096; Lock-MemoryMap $map' }
        ) {
            Skip-WithoutProgram prlimit
            $wrapper = @(Get-UnprivilegedWrapper) + 'prlimit', "--memlock=$(16 * $page)"
            $child = Invoke-Child -Wrapper $wrapper ($Make + '
                $map[0] = 5
                try { Resize-MemoryMap $map 1000000 -ErrorAction Stop } catch { [Console]::WriteLine("$($_.FullyQualifiedErrorId.Split(",")[0]) $_") }
                [Console]::WriteLine("$($map.Length) $($map[0])")')
            $child.ExitCode | Should -Be 0 -Because $child.ErrorOutput
            $child.Output | Should -BeLike "LimitReached*1000000 bytes*RLIMIT_MEMLOCK*$(16 * $page) bytes*`n4096 5*"
        }
    }

    Context 'protection' {
        It 'goes on into what is new, and is forgotten with what is cut off' {
            $map = New-MemoryMap -Anonymous -Length (2 * $page)
            Protect-MemoryMap $map -Offset $page -Protection Read
            Resize-MemoryMap $map $page
            "$($map.Protection)" | Should -BeExactly 'Read, Write'
            Resize-MemoryMap $map (4 * $page)
            $map[-1] = 1
            $map[-1] | Should -Be 1
            Protect-MemoryMap $map -Protection Read
            Resize-MemoryMap $map (8 * $page)
            { $map[-1] = 1 } | Should -Throw -ErrorId NotWritable
            (Get-MapEntry ($map.Address + 7 * $page)).Permissions | Should -BeLike 'r--*'
        }
    }
}
