# Paths that lead to no file or to a wrong one, how files are opened, and who may read new files.

BeforeAll {
    . $PSScriptRoot/../Support/Preamble.ps1
}

Describe 'A path' {
    BeforeAll {
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive names)
        'a[b', 'a[x]', 'b' | ForEach-Object { Set-Content -LiteralPath (Join-Path $folder $_) -Value abc -NoNewline }
        Push-Location $folder
    }

    AfterAll {
        Pop-Location
    }

    AfterEach {
        Get-MemoryMap | Remove-MemoryMap
    }

    It '<Name> is an error for itself alone' -ForEach @(
        @{ Name = 'with a bracket that is not closed'; Path = 'a[b'; Message = '*not a valid wildcard pattern*-LiteralPath*' }
        @{ Name = 'of a file whose name is a pattern'; Path = 'a[x]'; Message = 'No file matches a`[x`]*-LiteralPath*' }
        @{ Name = 'with a zero character'; Path = "b`0c"; Message = "'b[?]c' leads to no file*zero character*" }
        @{ Name = 'of a long name'; Path = 'x' * 5000; Message = "*leads to no file*50?? characters*" }
    ) {
        Skip-OnWindows 'a name is wrong for other reasons there'
        $maps = @(New-MemoryMap $Path, 'b' -ErrorVariable problems -ErrorAction SilentlyContinue)
        $maps.Count | Should -Be 1
        $problems | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'FileNotFound,*'
        $problems[0].Exception.Message | Should -BeLike $Message
    }

    It 'with brackets is taken as it is by -LiteralPath' {
        New-MemoryMap -LiteralPath 'a[b', 'a[x]' | Read-MappedByte -Encoding ascii | Should -Be 'abc', 'abc'
    }

    It 'that leads nowhere gives the hint to check it, and to create it only if the cmdlet creates files: <Work>' -ForEach @(
        @{ Work = { Measure-MemoryMap missing } }
        @{ Work = { Set-MemoryMapAdvice missing WillNeed } }
        @{ Work = { Compare-MappedByte $args[0] missing } }
        @{ Work = { Copy-MappedByte -Path missing -Destination $args[0] } }
        @{ Work = { Edit-MappedByte $args[0] -Undo -UndoPath missing } }
    ) {
        $map = New-MemoryMap b
        { & $Work $map } | Should -Throw 'There is no file *missing. Check the path.' -ErrorId 'FileNotFound,*'
        { New-MemoryMap missing } | Should -Throw 'There is no file *missing. Check the path, or create the file with -Create and -Length.'
    }

    It 'with a zero character is nowhere cut there: <Work>' -ForEach @(
        @{ Work = { Compare-MappedByte $args[0] "b`0c" } }
        @{ Work = { Copy-MappedByte $args[0] "b`0c" -Force } }
        @{ Work = { Edit-MappedByte $args[0] x y -UndoPath "b`0c" } }
    ) {
        $map = New-MemoryMap -Anonymous -Length 3
        { & $Work $map } | Should -Throw '*zero character*' -ErrorId 'FileNotFound,*'
    }
}

Describe 'A file that may not be opened' {
    It 'gets a hint that is of use: <Name>' -ForEach @(
        @{ Name = 'neither read nor written'; Mode = '000'; Work = 'New-MemoryMap $env:DENIED'; Said = '*may neither read nor write it*' }
        @{ Name = 'copied to'; Mode = '400'; Work = 'New-MemoryMap -Anonymous -Length 3 | Copy-MappedByte -Destination $env:DENIED -Force'
            Said = '*may not write it. Choose another path*' }
    ) {
        Skip-OnWindows 'permissions are lists of users there, which an administrator passes'
        $path = New-TestFile 'abc'
        chmod $Mode $path
        $child = Invoke-Hazard "Show 'it' { $Work }" -Wrapper (Get-UnprivilegedWrapper) -Environment @{ DENIED = $path }
        $child.Said['it'] | Should -BeLike "!AccessDenied $Said"
        $child.Said['it'] | Should -Not -BeLike '*-Protection*'
    }
}

Describe 'Opening' {
    It 'waits for nothing, and looks at the file that was opened' {
        Skip-WithoutTrace
        $path = New-TestFile 'abc'
        $calls = Invoke-TracedChild -Calls 'open,openat,statx' -Environment @{ OPENED = $path } -Script @'
$map = New-MemoryMap $env:OPENED
Edit-MappedByte $map abc xyz -UndoPath "$env:OPENED.undo"
Edit-MappedByte $map -Undo -UndoPath "$env:OPENED.undo"
Compare-MappedByte $map $env:OPENED -Quiet
Copy-MappedByte $map "$env:OPENED.copy"
Copy-MappedByte -Path $env:OPENED -Destination $map
Measure-MemoryMap $env:OPENED
'@
        $opened = @($calls | Where-Object { $_ -match '^open' -and $_.Contains($path) })
        $opened.Count | Should -BeGreaterOrEqual 7
        $opened | Where-Object { $_ -notmatch 'O_NONBLOCK' } | Should -BeNullOrEmpty
        @($calls -match '^statx\(\d+, ""').Count | Should -BeGreaterOrEqual $opened.Count
    }

    It 'of a pipe or a folder is refused at once: <Work>' -ForEach @(
        @{ Work = { New-MemoryMap $args[1] } }
        @{ Work = { Measure-MemoryMap $args[1] -ErrorAction Stop } }
        @{ Work = { Compare-MappedByte $args[0] $args[1] } }
        @{ Work = { Copy-MappedByte $args[0] $args[1] -Force } }
        @{ Work = { Copy-MappedByte -Path $args[1] -Destination $args[0] } }
        @{ Work = { Edit-MappedByte $args[0] -Undo -UndoPath $args[1] } }
    ) {
        Skip-WithoutProgram mkfifo
        $pipe = Join-Path $TestDrive (New-Guid)
        mkfifo $pipe
        $map = New-MemoryMap -Anonymous -Length 3
        { & $Work $map $pipe } | Should -Throw "$pipe is a pipe*" -ErrorId 'NotMappable,*'
        $problem = Get-ErrorOf { & $Work $map "$TestDrive" }
        $problem.Id | Should -Be 'NotMappable'
        $problem.Message | Should -BeLike "$TestDrive is a directory*"
        Remove-MemoryMap $map
    }
}

Describe 'A file that is made of another''s bytes' {
    It 'may be read by no more users than <Name>' -ForEach @(
        @{ Name = 'a file of its owner alone'; Octal = '600'; Mode = '-rw-------' }
        @{ Name = 'a file of its group'; Octal = '640'; Mode = '-rw-r-----' }
        @{ Name = 'a file of everybody'; Octal = '644'; Mode = '-rw-r--r--' }
    ) {
        Skip-OnWindows 'a file is made as its folder says there'
        $path = New-TestFile 'abc'
        chmod $Octal $path
        $map = New-MemoryMap $path
        Copy-MappedByte $map "$path.copy"
        (Get-Item "$path.copy").UnixMode | Should -BeExactly $Mode
        Edit-MappedByte $map abc xyz -UndoPath "$path.undo"
        (Get-Item "$path.undo").UnixMode | Should -BeExactly '-rw-------'
        Remove-MemoryMap $map
    }

    It 'is readable only by its owner from the start, also if the bytes are secret' {
        Skip-WithoutTrace
        $path = New-TestFile 'abc'
        $calls = Invoke-TracedChild -Calls 'open,openat,write,pwrite64' -Environment @{ OPENED = $path } -Script @'
New-MemoryMap $env:OPENED | Edit-MappedByte -Pattern abc -Replacement xyz -UndoPath "$env:OPENED.undo"
New-MemoryMap -Secret -Length 8 | Copy-MappedByte -Destination "$env:OPENED.secret"
'@
        $calls -match '^open.*\.undo".*O_EXCL.*, 0600\)' | Should -HaveCount 1
        $calls -match '^open.*\.secret".*O_EXCL.*, 0600\)' | Should -HaveCount 1
    }
}
