# Shared memory by name: New-MemoryMap -Name, Get-MemoryMap -Name [-All], Remove-MemoryMap -Unlink.

BeforeAll {
    . $PSScriptRoot/../../Support/Preamble.ps1
    . $PSScriptRoot/../../Support/Names.ps1
}

Describe 'Memory with a name' {
    BeforeEach {
        $name = $prefix + (New-Guid)
    }

    AfterEach {
        Clear-Name
    }

    Context 'traps' {
        BeforeEach {
            Skip-OutsideLinux 'files in the place of names'
        }

        It 'follows no link that has the name, <how>' -ForEach @(
            @{ How = 'to make it'; With = @{ Length = 3 } }
            @{ How = 'to open it'; With = @{} }
            @{ How = 'to read it'; With = @{ Protection = 'Read' } }
        ) {
            $target = New-TestFile 'abc'
            $null = New-Item (Get-NamePath $name) -ItemType SymbolicLink -Value $target
            { New-MemoryMap -Name $name @With } | Should -Throw "*'$name'*link*" -ErrorId 'AccessDenied,*'
            Get-FileText $target | Should -BeExactly 'abc'
            Get-MemoryMap -Name $name -All | Should -BeNullOrEmpty
        }

        It 'makes no file through a link that leads nowhere' {
            $target = Join-Path $TestDrive nowhere
            $null = New-Item (Get-NamePath $name) -ItemType SymbolicLink -Value $target
            { New-MemoryMap -Name $name -Length 3 } | Should -Throw -ErrorId 'AccessDenied,*'
            $target | Should -Not -Exist
        }

        It 'refuses what belongs to somebody else, <how>, even if it may be opened' -ForEach @(
            @{ How = 'with -Length'; With = @{ Length = 5 } }
            @{ How = 'without'; With = @{} }
            @{ How = 'for reading'; With = @{ Protection = 'Read' } }
        ) {
            Skip-WithoutRoot 'give a file to somebody else'
            Set-Content (Get-NamePath $name) trap! -NoNewline
            chmod 666 (Get-NamePath $name)
            chown 65534 (Get-NamePath $name)
            { New-MemoryMap -Name $name @With } | Should -Throw "*'$name'*belongs to*user*" -ErrorId 'AccessDenied,*'
            Get-FileText (Get-NamePath $name) | Should -BeExactly 'trap!'
            Get-MapCount (Get-NamePath $name) | Should -Be 0
            Get-MemoryMap -Name $name -All | Should -BeNullOrEmpty
        }

        It 'does not wait for the other end of a pipe that has the name' {
            Skip-WithoutProgram mkfifo
            mkfifo (Get-NamePath $name)
            foreach ($with in @{}, @{ Length = 5 }, @{ Protection = 'Read' }) {
                { New-MemoryMap -Name $name @with } | Should -Throw "*'$name'*pipe*another name*" -ErrorId 'AccessDenied,*'
            }

            Get-MemoryMap -Name $name -All | Should -BeNullOrEmpty
        }

        It 'refuses a folder in the name''s place' {
            $null = New-Item (Get-NamePath $name) -ItemType Directory
            try {
                (Get-ErrorOf { New-MemoryMap -Name $name -Length 5 }).Id | Should -Match '^(AccessDenied|shm_open\.(EISDIR|EINVAL))$'
            }
            finally {
                Remove-Item (Get-NamePath $name)
            }
        }
    }

    Context 'another process' {
        BeforeAll {
            # It makes a name with a permissive umask and ends by itself, or is killed while it works.
            $shared, $left = "${prefix}shared", "${prefix}left"
            $map = New-MemoryMap -Name $shared -Length 10000
            Write-MappedByte $map 'from here' -Offset 5000
            $words = @{ Environment = @{ SHARED = $shared; LEFT = $left } }
            if ($IsLinux) {
                $words.Wrapper = 'sh', '-c', 'umask 0; exec "$@"', 'sh'
            }

            $child = Invoke-Hazard @words @'
$map = New-MemoryMap -Name $env:SHARED -Length 10000
Show length { $map.Length }
Show read { Read-MappedByte $map 5000 9 -Encoding ascii }
Show write { Write-MappedByte $map 'from there' -Offset 9990 }
Show left { New-MemoryMap -Name $env:LEFT -Length 5 | Write-MappedByte -Value hello }
if ($IsLinux) { Stop-Process -Id $PID -Force }
'@
            $written = Read-MappedByte $map 9990 10 -Encoding ascii
            if ($IsLinux) {
                $listed = (Get-MemoryMap -Name "$prefix*" -All).Name | Sort-Object
                $mode = Get-NameStatus $left '%a'
                $kept = Read-MappedByte (New-MemoryMap -Name $left) -Encoding ascii
            }

            Clear-Name
        }

        It 'sees and writes the same bytes' {
            $child.Said.length | Should -Be 10000 -Because $child.ErrorOutput
            $child.Said.read | Should -BeExactly 'from here'
            $written | Should -BeExactly 'from there'
        }

        It 'leaves the memory there when it ends, even killed, and its name is listed with -All' {
            Skip-OnWindows 'a name goes with its last region there'
            $child.ExitCode | Should -Be 137
            $kept | Should -BeExactly 'hello'
            $listed | Should -Be @($left, $shared)
        }

        It 'makes a name with mode 0600, with a generous umask too' {
            Skip-OnWindows 'a name has no mode there'
            $mode | Should -BeExactly '600'
        }
    }

    It 'has the length of the first opener for the second' {
        # Eight threads race for each of 50 names; the system sees eight openers.
        $start = [Threading.Barrier]::new(8)
        $maps = 0..7 | ForEach-Object -ThrottleLimit 8 -Parallel {
            Import-Module $using:env:MMAPPS_MODULE
            $index = $_
            ($using:start).SignalAndWait()
            1..50 | ForEach-Object {
                $map = New-MemoryMap -Name "$using:name-$_" -Length 100000 -ErrorAction Stop
                $map[$index] = $index + 1
                $map
            }
        }
        $start.Dispose()
        $maps | Should -HaveCount 400
        $maps | ForEach-Object Length | Select-Object -Unique | Should -Be 100000
        foreach ($round in 1..50) {
            (New-MemoryMap -Name "$name-$round").Read(0, 8) -join ' ' | Should -Be '1 2 3 4 5 6 7 8'
        }
    }
}
