BeforeAll {
    . $PSScriptRoot/../../Support/Preamble.ps1
}

Describe 'New-MemoryMap' {
    AfterEach {
        Get-MemoryMap | Remove-MemoryMap
    }

    Context 'choosing files' {
        It 'maps all of the file that -Path names' {
            $path = New-RandomFile 10000
            $copy = (Copy-Item $path "$path.copy" -PassThru).FullName
            $map = New-MemoryMap -Path $path
            $map.Path | Should -BeExactly $path
            $map.Length | Should -Be 10000
            (Get-FileHash -InputStream $map.OpenStream()).Hash | Should -Be (Get-FileHash $copy).Hash
        }

        It 'takes the path by position' {
            $path = New-TestFile 'abc'
            (New-MemoryMap $path).Path | Should -BeExactly $path
        }

        It 'takes a path relative to the PowerShell location, which is not the process''s directory' {
            $path = New-TestFile 'abc'
            $name = Split-Path $path -Leaf
            [Environment]::CurrentDirectory | Should -Not -Be "$TestDrive"
            Push-Location $TestDrive
            try {
                (New-MemoryMap "./$name").Path | Should -BeExactly $path
                (New-MemoryMap $name).Path | Should -BeExactly $path
                (New-MemoryMap -LiteralPath $name).Path | Should -BeExactly $path
            }
            finally {
                Pop-Location
            }
        }

        It 'takes a path on a PowerShell drive' {
            $path = New-TestFile 'abc'
            (New-MemoryMap "TestDrive:/$(Split-Path $path -Leaf)").Path | Should -BeExactly $path
        }

        It 'takes a path with the name of the provider' {
            $path = New-TestFile 'abc'
            (New-MemoryMap "Microsoft.PowerShell.Core\FileSystem::$path").Path | Should -BeExactly $path
        }

        It 'makes the path simple' {
            $path = New-TestFile 'abc'
            (New-MemoryMap "$TestDrive/nowhere/../$(Split-Path $path -Leaf)").Path | Should -BeExactly $path
        }

        It 'maps every file that wildcards match' {
            $one = New-TestFile 'one' -Name 'wild-1.bin'
            $two = New-TestFile 'two' -Name 'wild-2.bin'
            $null = New-TestFile 'three' -Name 'tame-3.bin'
            (New-MemoryMap "$TestDrive/wild-*.bin").Path | Should -Be @($one, $two)
            (New-MemoryMap "$TestDrive/wild-[2-9].bin").Path | Should -Be @($two)
        }

        It 'takes -LiteralPath as it is, wildcard characters and all: <name>' -ForEach @(
            @{ Name = 'data[1].bin' }
            @{ Name = 'what?.bin' }
            @{ Name = 'star*.bin' }
            @{ Name = 'tick`.bin' }
            @{ Name = '-dash.bin' }
            @{ Name = 'two words.bin' }
        ) {
            if ($Name -match '[?*]') {
                Skip-OnWindows 'no file has such a name there'
            }

            $path = New-TestFile 'abc' -Name $Name
            (New-MemoryMap -LiteralPath $path).Path | Should -BeExactly $path
        }

        It 'takes wildcard characters that -Path escapes as they are' {
            $path = New-TestFile 'abc' -Name 'escaped[1].bin'
            (New-MemoryMap "$TestDrive/escaped``[1``].bin").Path | Should -BeExactly $path
        }

        It 'takes unicode names' {
            $path = New-TestFile 'abc' -Name "na`u{EF}ve-`u{65E5}`u{672C}-`u{1F600}.bin"
            $map = New-MemoryMap $path
            $map.Path | Should -BeExactly $path
            Write-MappedByte $map -Value 'X'
            Get-FileText $path | Should -BeExactly 'Xbc'
        }

        It 'takes strings from the pipeline' {
            $paths = (New-TestFile 'one'), (New-TestFile 'two')
            ($paths | New-MemoryMap).Path | Should -Be $paths
        }

        It 'takes files from the pipeline' {
            $path = New-TestFile 'abc'
            (Get-Item -LiteralPath $path | New-MemoryMap).Path | Should -BeExactly $path
        }

        It 'takes a file from the pipeline whose name has wildcard characters' {
            $path = New-TestFile 'abc' -Name 'piped[1].bin'
            (Get-Item -LiteralPath $path | New-MemoryMap).Path | Should -BeExactly $path
        }

        It 'takes <property> of objects from the pipeline for a literal path' -ForEach @(
            @{ Property = 'PSPath' }
            @{ Property = 'FullName' }
            @{ Property = 'LiteralPath' }
        ) {
            $path = New-TestFile 'abc' -Name "object-$Property[1].bin"
            ([pscustomobject]@{ $Property = $path } | New-MemoryMap).Path | Should -BeExactly $path
        }

        It 'takes several paths as an argument' {
            $paths = (New-TestFile 'one'), (New-TestFile 'two')
            (New-MemoryMap $paths).Path | Should -Be $paths
        }

        It 'follows a symbolic link' {
            Skip-OnWindows -Wine 'links made on wine 8 lead nowhere'
            $path = New-TestFile 'abc'
            $link = New-Item (Join-Path $TestDrive link.bin) -ItemType SymbolicLink -Value $path
            New-MemoryMap $link.FullName | Write-MappedByte -Value 'X'
            Get-FileText $path | Should -BeExactly 'Xbc'
        }

        It 'maps an empty file to a region without bytes' {
            $map = New-MemoryMap (New-TestFile -Size 0)
            $map.Length | Should -Be 0
            $map.Address | Should -Be 0
            $map.IsOpen | Should -BeTrue
            $map.Read() | Should -HaveCount 0
        }

        It 'maps a file twice as two regions that see each other''s bytes' {
            $path = New-TestFile 'abc'
            $one, $two = $path, $path | New-MemoryMap
            $two.Id | Should -Not -Be $one.Id
            $two.Address | Should -Not -Be $one.Address
            $one[0] = 90
            $two[0] | Should -Be 90
        }
    }

    Context 'files that cannot be mapped' {
        It 'refuses a missing file and says how to make it' {
            $path = Join-Path $TestDrive missing.bin
            $problem = Get-ErrorOf { New-MemoryMap $path }
            $problem.Id | Should -Be 'FileNotFound'
            $problem.Category | Should -Be 'ObjectNotFound'
            $problem.Message | Should -BeLike "*$path*-Create*"
            $problem.Target | Should -BeExactly $path
            $path | Should -Not -Exist
        }

        It 'refuses wildcards that match nothing' {
            { New-MemoryMap "$TestDrive/*.nothing" } | Should -Throw '*[*].nothing*' -ErrorId 'FileNotFound,*'
        }

        It 'goes on after <name>' -ForEach @(
            @{ Name = 'a missing file'; Bad = 'missing.bin'; Id = 'FileNotFound' }
            @{ Name = 'wildcards that match nothing'; Bad = '*.nothing'; Id = 'FileNotFound' }
            @{ Name = 'wildcards in a missing folder'; Bad = 'missing/*.bin'; Id = 'FileNotFound' }
            @{ Name = 'a missing drive'; Bad = 'nosuchdrive:/x'; Id = 'FileNotFound' }
            @{ Name = 'a path of another provider'; Bad = 'env:PATH'; Id = 'NotMappable' }
            @{ Name = 'wildcards of another provider'; Bad = 'env:PAT*'; Id = 'NotMappable' }
            @{ Name = 'a directory'; Bad = '.'; Id = 'NotMappable' }
            @{ Name = 'a name with a null character'; Bad = "null`0.bin"; Id = 'FileNotFound' }
        ) {
            $one = New-TestFile 'one'
            $two = New-TestFile 'two'
            $badPath = if ($Bad -match ':') { $Bad } else { "$TestDrive/$Bad" }
            $maps = @(New-MemoryMap $one, $badPath, $two -ErrorAction SilentlyContinue -ErrorVariable problems)
            $maps.Path | Should -Be @($one, $two)
            $problems | Should -HaveCount 1
            $problems[0].FullyQualifiedErrorId | Should -BeLike "$Id,*"
        }

        It 'goes on in the pipeline after a missing file' {
            $one = New-TestFile 'one'
            $two = New-TestFile 'two'
            $maps = @($one, "$TestDrive/missing.bin", $two | New-MemoryMap -ErrorAction SilentlyContinue -ErrorVariable problems)
            $maps.Path | Should -Be @($one, $two)
            $problems | Should -HaveCount 1
        }

        It 'stops at a missing file with -ErrorAction Stop' {
            $path = New-TestFile 'one'
            { New-MemoryMap "$TestDrive/missing.bin", $path -ErrorAction Stop } | Should -Throw -ErrorId 'FileNotFound,*'
            Get-MemoryMap -Path $path | Should -BeNullOrEmpty
        }

        It 'refuses a directory' {
            { New-MemoryMap $TestDrive } | Should -Throw "*$TestDrive*directory*" -ErrorId 'NotMappable,*'
        }

        It 'refuses a pipe without waiting for its other end' {
            Skip-WithoutProgram mkfifo
            $pipe = Join-Path $TestDrive pipe
            mkfifo $pipe
            { New-MemoryMap $pipe -Protection Read } | Should -Throw "*$pipe is a pipe*" -ErrorId 'NotMappable,*'
        }

        It 'refuses a socket' {
            Skip-OnWindows 'a socket has no file there'
            $path = Join-Path $TestDrive socket
            $socket = [Net.Sockets.Socket]::new('Unix', 'Stream', 'Unspecified')
            try {
                $socket.Bind([Net.Sockets.UnixDomainSocketEndPoint]::new($path))
                { New-MemoryMap $path } | Should -Throw "*$path is a socket*" -ErrorId 'NotMappable,*'
            }
            finally {
                $socket.Dispose()
            }
        }

        It 'refuses a device that offers no memory' {
            Skip-OutsideLinux 'this /dev/null'
            { New-MemoryMap /dev/null -Length 10 } | Should -Throw '*/dev/null*ENODEV*' -ErrorId 'NotMappable,*'
        }

        It 'is asked for advice by a list, never by nothing' {
            { New-MemoryMap -Anonymous -Length 5 -Advice $null } | Should -Throw "*'Advice'*null*"
            (New-MemoryMap -Anonymous -Length 5 -Advice @()).IsOpen | Should -BeTrue
        }

        It 'cannot make a file of /proc longer, which has no length' {
            Skip-OutsideLinux '/proc'
            # Only root may open it for writing.
            $id, $says = if (Test-Root) { 'NotMappable', '/proc/self/maps has no length*' } else { 'AccessDenied', '*/proc/self/maps*' }
            { New-MemoryMap /proc/self/maps -Extend -Length 5 } | Should -Throw $says -ErrorId "$id,*"
        }

        It 'refuses a file of /proc, which has no length' {
            Skip-OutsideLinux '/proc'
            $problem = Get-ErrorOf { New-MemoryMap /proc/self/maps -Protection Read }
            $problem.Id | Should -Be 'NotMappable'
            $problem.Message | Should -Not -BeLike '*-1*'
        }

        It 'names the folder that is missing when a file is to be made in it' {
            $problem = Get-ErrorOf { New-MemoryMap "$TestDrive/nofolder/x.bin" -Create -Length 5 }
            $problem.Id | Should -Be 'FileNotFound'
            $problem.Message | Should -Not -BeLike '*-Create*' -Because '-Create was given'
        }
    }
}
