# A sandbox that forbids the copies of memory which the module likes best.

. $PSScriptRoot/../Support/HazardWays.ps1
$reads = @($HazardReads.Keys)
$readsToEnd = @($HazardReadsToEnd.Keys)
$writes = @($HazardWrites.Keys)
$rangedWrites = @($writes | Where-Object { $_ -notin $HazardSingle })

BeforeAll {
    . $PSScriptRoot/../Support/Hazard.ps1
    . $PSScriptRoot/../Support/HazardWays.ps1
    . $PSScriptRoot/../Support/HazardSandbox.ps1
    $page = [Environment]::SystemPageSize
    $end = $page + 100
    $obstacle = Find-Obstacle -Means 'process_vm_readv, and a filter that refuses it' -Tool python3
    if (-not $obstacle) {
        # Proof that the trap closes: without a filter this call succeeds.
        try { $null = Invoke-Tool python3 @((Get-SandboxWrapper 1)[1..9] + 'true') }
        catch { $obstacle = "no seccomp filter can be set here: $_" }
    }
}

Describe 'A sandbox that answers <Name> to process_vm_readv and process_vm_writev' -ForEach @(
    @{ Name = 'EPERM'; Errno = 1 }
    @{ Name = 'ENOSYS'; Errno = 38 }
) {
    BeforeAll {
        if ($obstacle) {
            return
        }

        $probe = 'import ctypes; libc = ctypes.CDLL(None, use_errno=True); b = ctypes.create_string_buffer(8); v = (ctypes.c_void_p * 2)(ctypes.addressof(b), 8); print([(f(__import__("os").getpid(), v, 1, v, 1, 0), ctypes.get_errno()) for f in (libc.process_vm_readv, libc.process_vm_writev)])'
        $words = @(Get-SandboxWrapper $Errno) + @('python3', '-c', $probe)
        $refused = (Invoke-Tool $words[0] $words[1..($words.Count - 1)]).Trim()

        $child = Invoke-Hazard -Wrapper @(Get-SandboxWrapper $Errno) -Environment @{ HAZARD_FILE = "$TestDrive/sandbox" } -Script ((@(Get-WayText) + @'
$good = [byte[]](1..251)
foreach ($kind in 'shared', 'private', 'unreserved') {
    $path = "$env:HAZARD_FILE.$kind"
    $bytes = [byte[]]::new(3 * $page)
    for ($i = 0; $i -lt $bytes.Length; $i++) { $bytes[$i] = 1 + $i % 251 }
    [IO.File]::WriteAllBytes($path, $bytes)
    $map = switch ($kind) {
        shared { New-MemoryMap $path }
        private { New-MemoryMap $path -Sharing Private }
        unreserved { New-MemoryMap -Anonymous -Length (3 * $page) -Option NoReserve }
    }
    if ($kind -eq 'unreserved') { $map.Write(0, $bytes) }
    Show "$kind whole" { [Linq.Enumerable]::SequenceEqual($map.Read(), $bytes) }
    $at = $page - 3
    $count = 6
    foreach ($way in $reads.GetEnumerator()) { Show "$kind good read $($way.Key)" $way.Value }
    foreach ($way in $writes.GetEnumerator()) {
        $map.Write($page - 5, [byte[]](1..10))
        Show "$kind good write $($way.Key)" { & $way.Value; $map.Read($page - 5, 10) }
    }
    if ($kind -eq 'unreserved') { continue }
    $file = [IO.FileStream]::new($path, 'Open', 'Write', 'ReadWrite')
    $file.SetLength($page + 100)
    $at = 2 * $page
    $count = 1
    foreach ($way in @($reads.GetEnumerator()) + @($readsToEnd.GetEnumerator())) { Show "$kind gone read $($way.Key)" $way.Value }
    foreach ($way in $writes.GetEnumerator()) { Show "$kind gone write $($way.Key)" $way.Value }
    $at = 2 * $page - 10
    $count = 20
    foreach ($way in $writes.GetEnumerator()) { Show "$kind across write $($way.Key)" $way.Value }
    Show "$kind good after fault" { $map.Read($page + 50, 3) }
    $file.SetLength(3 * $page)
    $file.Dispose()
    Show "$kind regrown" { $map[2 * $page] = 7; $map[2 * $page], $map[2 * $page + 1] }
}
Show 'long' {
    $map = New-MemoryMap -Anonymous -Length 5000001 -Option NoReserve
    $bytes = [byte[]]::new(5000000)
    [Random]::new(1).NextBytes($bytes)
    $map.Write(1, $bytes)
    [Linq.Enumerable]::SequenceEqual($map.Read(1, 5000000), $bytes)
}
'@) -join "`n")
    }

    BeforeEach {
        if ($obstacle) {
            Set-ItResult -Skipped -Because $obstacle
        }
    }

    It 'is in force' {
        $refused | Should -BeExactly "[(-1, $Errno), (-1, $Errno)]"
    }

    It 'leaves the session alive' {
        $child.ExitCode | Should -Be 0 -Because $child.ErrorOutput
        $child.Said['end'] | Should -Be 'reached'
        foreach ($kind in 'shared', 'private', 'unreserved') {
            $child.Said["$kind whole"] | Should -BeExactly 'True' -Because $kind
        }

        $child.Said['long'] | Should -BeExactly 'True'
    }

    It 'lets bytes be read across pages by <_>' -ForEach $reads {
        $length = if ($_ -in $HazardSingle) { 1 } else { 6 }
        $expected = @(for ($i = 0; $i -lt $length; $i++) { Get-PatternByte ($page - 3 + $i) }) -join ' '
        foreach ($kind in 'shared', 'private', 'unreserved') {
            $child.Said["$kind good read $_"] | Should -BeExactly $expected -Because $kind
        }
    }

    It 'lets bytes be written across pages by <_>' -ForEach $writes {
        $expected = if ($_ -in $HazardSingle) { '1 2 77 4 5 6 7 8 9 10' } else { '1 2 77 77 77 77 77 77 9 10' }
        foreach ($kind in 'shared', 'private', 'unreserved') {
            $child.Said["$kind good write $_"] | Should -BeExactly $expected -Because $kind
        }
    }

    It 'makes a fault the same error to <_>' -ForEach ($reads + $readsToEnd) {
        foreach ($kind in 'shared', 'private') {
            $child.Said["$kind gone read $_"] | Should -BeLike "!PageFault | *read offset $(2 * $page) of *has $end bytes now*"
        }
    }

    It 'makes a fault the same error of a write by <_>' -ForEach $writes {
        foreach ($kind in 'shared', 'private') {
            $child.Said["$kind gone write $_"] | Should -BeLike "!PageFault | *write offset $(2 * $page) of *has $end bytes now*"
        }
    }

    It 'writes as far as it comes and says how far by <_>' -ForEach $rangedWrites {
        $child.Said["private across write $_"] | Should -BeLike "!PageFault | *write offset $(2 * $page) of * 10 of 20 bytes were written*"
    }

    It 'gives good bytes after a fault, and those of a file that has grown again' {
        foreach ($kind in 'shared', 'private') {
            $child.Said["$kind good after fault"] | Should -BeExactly "$(Get-PatternByte ($page + 50)) $(Get-PatternByte ($page + 51)) $(Get-PatternByte ($page + 52))"
            $child.Said["$kind regrown"] | Should -BeExactly '7 0'
        }
    }
}
