# A sandbox that forbids the copies of memory which the module likes best.

BeforeAll {
    . $PSScriptRoot/../Support/Preamble.ps1
    . $PSScriptRoot/../Support/HazardWays.ps1
    . $PSScriptRoot/../Support/HazardSandbox.ps1
    $end = $page + 100
    $obstacle = Find-Obstacle -Means 'process_vm_readv, and a filter that refuses it' -Tool python3 -Trap {
        # Whether a filter can be set at all.
        $wrapper = Get-SandboxWrapper 1
        & $wrapper[0] $wrapper[1..9] true
    }
    $reads = @($HazardReads.Keys)
    $readsToEnd = @($HazardReadsToEnd.Keys)
    $writes = @($HazardWrites.Keys)
}

Describe 'A sandbox that answers <Name> to process_vm_readv and process_vm_writev' -ForEach @(
    @{ Name = 'EPERM'; Errno = 1 }
    @{ Name = 'ENOSYS'; Errno = 38 }
) {
    BeforeAll {
        $wrapper = Get-SandboxWrapper $Errno
        # What both calls answer in the sandbox: result and errno.
        $probe = @'
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
buffer = ctypes.create_string_buffer(8)
part = (ctypes.c_void_p * 2)(ctypes.addressof(buffer), 8)
print([(call(os.getpid(), part, 1, part, 1, 0), ctypes.get_errno()) for call in (libc.process_vm_readv, libc.process_vm_writev)])
'@
        $refused = if (-not $obstacle) { (Invoke-Program ($wrapper + @('python3', '-c', $probe))).Output.Trim() }
        $environment = @{ HAZARD_FILE = Join-Path $TestDrive sandbox }
        $child = Invoke-Hazard -Obstacle $obstacle -Wrapper $wrapper -Environment $environment -Script @'
foreach ($kind in 'shared', 'private', 'unreserved') {
    $path = "$env:HAZARD_FILE.$kind"
    [byte[]]$bytes = foreach ($i in 0..(3 * $page - 1)) { 1 + $i % 251 }
    Set-Content $path $bytes -AsByteStream
    $map = switch ($kind) {
        shared { New-MemoryMap $path }
        private { New-MemoryMap $path -Sharing Private }
        unreserved { New-MemoryMap -Anonymous -Length (3 * $page) -Option NoReserve }
    }
    if ($kind -eq 'unreserved') { $map.Write(0, $bytes) }
    Show "$kind whole" { [Linq.Enumerable]::SequenceEqual($map.Read(), $bytes) }
    $at = $page - 3
    $count = 6
    Show-Way "$kind good read" $HazardReads
    foreach ($way in $HazardWrites.GetEnumerator()) {
        $map.Write($page - 5, [byte[]](1..10))
        Show "$kind good write $($way.Key)" { & $way.Value; $map.Read($page - 5, 10) }
    }
    if ($kind -eq 'unreserved') { continue }
    Set-FileLength $path ($page + 100)
    $at = 2 * $page
    $count = 1
    Show-Way "$kind gone read" $HazardReads, $HazardReadsToEnd
    Show-Way "$kind gone write" $HazardWrites
    $at = $page + 90
    $count = 20
    Show-Way "$kind across write" $HazardWrites
    Show "$kind good after fault" { $map.Read($page + 50, 3) }
    Set-FileLength $path (3 * $page)
    Show "$kind regrown" { $map[2 * $page] = 7; $map[2 * $page], $map[2 * $page + 1] }
}
Show 'long' {
    $map = New-MemoryMap -Anonymous -Length 5000001 -Option NoReserve
    $bytes = [byte[]]::new(5000000)
    [Random]::new(1).NextBytes($bytes)
    $map.Write(1, $bytes)
    [Linq.Enumerable]::SequenceEqual($map.Read(1, 5000000), $bytes)
}
'@
    }

    BeforeEach {
        Skip-OnObstacle $child.Obstacle
    }

    It 'is in force' {
        $refused | Should -BeExactly "[(-1, $Errno), (-1, $Errno)]"
    }

    It 'leaves the session alive' {
        Assert-Survival $child
        foreach ($kind in 'shared', 'private', 'unreserved') {
            $child.Said["$kind whole"] | Should -BeExactly 'True' -Because $kind
        }

        $child.Said['long'] | Should -BeExactly 'True'
    }

    It 'lets bytes be read across pages in every way' {
        $expected = 0..5 | ForEach-Object { Get-PatternByte ($page - 3 + $_) }
        foreach ($kind in 'shared', 'private', 'unreserved') {
            Assert-Said $child "$kind good read" ($reads | Where-Object { $_ -notin $HazardSingle }) "$expected"
            Assert-Said $child "$kind good read" ($reads | Where-Object { $_ -in $HazardSingle }) "$($expected[0])"
        }
    }

    It 'lets bytes be written across pages in every way' {
        foreach ($kind in 'shared', 'private', 'unreserved') {
            Assert-Said $child "$kind good write" ($writes | Where-Object { $_ -notin $HazardSingle }) '1 2 77 77 77 77 77 77 9 10'
            Assert-Said $child "$kind good write" ($writes | Where-Object { $_ -in $HazardSingle }) '1 2 77 4 5 6 7 8 9 10'
        }
    }

    It 'makes a fault the same error to every use' {
        foreach ($kind in 'shared', 'private') {
            Assert-Said $child "$kind gone read" ($reads + $readsToEnd) "!PageFault | *read offset $(2 * $page) of *has $end bytes now*"
            Assert-Said $child "$kind gone write" $writes "!PageFault | *write offset $(2 * $page) of *has $end bytes now*"
        }
    }

    It 'writes as far as it comes and says how far' {
        Assert-Said $child 'private across write' ($writes | Where-Object { $_ -notin $HazardSingle }) (
            "!PageFault | *write offset $end of * 10 of 20 bytes were written*")
    }

    It 'gives good bytes after a fault, and those of a file that has grown again' {
        foreach ($kind in 'shared', 'private') {
            $child.Said["$kind good after fault"] | Should -BeExactly "$(Get-PatternByte ($page + 50)) $(Get-PatternByte ($page + 51)) $(Get-PatternByte ($page + 52))"
            $child.Said["$kind regrown"] | Should -BeExactly '7 0'
        }
    }
}
