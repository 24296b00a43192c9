# A change of a region that is refused or stopped half-way: region, mapping and file agree afterwards, and nobody else's bytes are lost.

BeforeAll {
    . $PSScriptRoot/../Support/Preamble.ps1
}

AfterAll {
    Get-MemoryMap | Remove-MemoryMap
}

Describe 'Resize-MemoryMap -TruncateFile of a file that may not be cut off' {
    BeforeEach {
        $path = Join-Path $TestDrive 'fixed.bin'
        Skip-OnObstacle (Find-Obstacle -Means 'chattr' -Root -Tool chattr)
        $map = New-MemoryMap $path -Length 8MB -Create
    }

    AfterEach {
        Get-MemoryMap | Remove-MemoryMap
        Remove-Item $path -ErrorAction Ignore
    }

    It 'leaves the whole region mapped, so that no write goes into other memory: chattr +<_>' -ForEach 'i', 'a' {
        if ((Invoke-Program 'chattr', "+$_", $path).ExitCode -ne 0) {
            Set-ItResult -Skipped -Because 'this file system has no such files'
        }

        try {
            { Resize-MemoryMap $map 1MB -TruncateFile -ErrorAction Stop } | Should -Throw -ErrorId 'AccessDenied,*'
        }
        finally {
            $null = Invoke-Program 'chattr', "-$_", $path
        }

        $map.Length | Should -Be 8MB
        Get-MappedSize $path | Should -Be 8MB
        $other = New-MemoryMap -Anonymous -Length 1MB -Address ($map.Address + 4MB)
        Write-MappedByte $map -Offset 4MB -Value 'OVERWRITTEN'
        Find-MappedByte $other 'OVERWRITTEN' -Count | Should -Be 0
        Get-FileText $path -Offset 4MB -Count 11 | Should -BeExactly 'OVERWRITTEN'
    }

    It 'leaves a region that would have grown within the file as it was' {
        Resize-MemoryMap $map 1MB
        if ((Invoke-Program 'chattr', '+i', $path).ExitCode -ne 0) {
            Set-ItResult -Skipped -Because 'this file system has no such files'
        }

        try {
            { Resize-MemoryMap $map 2MB -TruncateFile -ErrorAction Stop } | Should -Throw -ErrorId 'AccessDenied,*'
        }
        finally {
            $null = Invoke-Program 'chattr', '-i', $path
        }

        $map.Length, (Get-MappedSize $path), (Get-Item $path).Length | Should -Be @(1MB, 1MB, 8MB)
    }
}

Describe 'A growth that is stopped while another process appends' -Tag Slow -ForEach @{
    Growths = @(
        @{ Name = 'New-MemoryMap -Extend'; Work = 'New-MemoryMap $env:HAZARD_FILE -Extend -Length 64GB' }
        @{ Name = 'New-MemoryMap -Create'; Work = 'New-MemoryMap $env:HAZARD_FILE -Create -Length 64GB'; IsNew = $true }
        @{ Name = 'Resize-MemoryMap'; Work = 'New-MemoryMap $env:HAZARD_FILE | Resize-MemoryMap -Length 64GB' }
        @{ Name = 'Resize-MemoryMap of an offset'; Work = 'New-MemoryMap $env:HAZARD_FILE -Offset 3 -Length 1 | Resize-MemoryMap -Length 64GB' }
    )
} {
    BeforeAll {
        # Each part of the growth takes 20 ms, so that it is still at work when it is stopped.
        $child = Invoke-Hazard -Obstacle (Get-TraceObstacle) -Wrapper (Get-TraceWrapper fallocate /dev/null 'fallocate:delay_enter=20000') -Environment @{
            HAZARD_WORKS = ConvertTo-Json $Growths -Compress; HAZARD_FOLDER = $TestDrive; HAZARD_SUPPORT = Join-Path $PSScriptRoot .. Support
        } -Script @'
. "$env:HAZARD_SUPPORT/LongWork.ps1"
foreach ($work in $env:HAZARD_WORKS | ConvertFrom-Json) {
    $env:HAZARD_FILE = Join-Path $env:HAZARD_FOLDER $work.Name
    if (-not $work.IsNew) { Set-Content $env:HAZARD_FILE "line 1`nline 2`n" -NoNewline }
    $run = Start-Work $work.Work
    Show "$($work.Name) came" { $run.Came }
    3..12 | ForEach-Object { sh -c "echo line $_ >> '$env:HAZARD_FILE'" }
    Show "$($work.Name) running" { -not $run.Result.IsCompleted }
    $run.Shell.Stop()
    Get-MemoryMap | Remove-MemoryMap
}
'@
    }

    It 'keeps what was appended, and the file is no longer than that: <Name>' -ForEach $Growths {
        Skip-OnObstacle $child.Obstacle
        Assert-Survival $child
        $child.Said["$Name came"], $child.Said["$Name running"] | Should -Be @('True', 'True')
        $path = Join-Path $TestDrive $Name
        Get-Content $path -Raw | Should -BeExactly (($IsNew ? 3 : 1)..12 | ForEach-Object { "line $_`n" } | Join-String)
        Get-AllocatedSize $path | Should -BeLessThan 1MB -Because 'the storage behind the end is given back'
    }
}

Describe 'A growth that is refused' {
    It 'keeps what another process appended before it, and gives its storage back' {
        $obstacle = Find-Obstacle -Means 'mounts of a small file system' -Root -Tool mount, umount
        if ($obstacle) {
            Set-ItResult -Skipped -Because $obstacle
        }

        $disk = Join-Path $TestDrive 'small'
        $null = New-Item -ItemType Directory $disk
        try { mount -t tmpfs -o size=8m tmpfs $disk }
        catch { Set-ItResult -Skipped -Because "no tmpfs can be mounted here: $_" }

        try {
            $path = Join-Path $disk 'app.log'
            Set-Content $path 'line 1'
            $map = New-MemoryMap $path
            { Resize-MemoryMap $map 9MB -ErrorAction Stop } | Should -Throw -ErrorId 'NoSpace,*'
            { New-MemoryMap $path -Extend -Length 9MB -ErrorAction Stop } | Should -Throw -ErrorId 'NoSpace,*'
            Add-Content $path 'line 2'
            { Resize-MemoryMap $map 9MB -ErrorAction Stop } | Should -Throw -ErrorId 'NoSpace,*'
            Get-Content $path | Should -Be @('line 1', 'line 2')
            Get-AllocatedSize $path | Should -BeLessThan 64KB
            $map.Length | Should -Be 7
            Remove-MemoryMap $map
        }
        finally {
            umount $disk
        }
    }
}
