BeforeAll {
    . $PSScriptRoot/../../Support/Preamble.ps1
}

Describe 'New-MemoryMap' {
    AfterEach {
        Get-MemoryMap | Remove-MemoryMap
    }

    Context 'huge pages' {
        BeforeAll {
            $pool = '/sys/kernel/mm/hugepages/hugepages-2048kB'
            $hasPool = $IsLinux -and (Test-Path $pool)
            $poolBefore = if ($hasPool) { Get-KernelNumber "$pool/nr_hugepages" }

            # Two more free pages than before, or the reason why not.
            $obstacle = if (-not $hasPool) {
                'there is no pool of huge pages of 2 MiB'
            }
            elseif (-not (Test-Root)) {
                'root is needed to enlarge the huge page pool'
            }
            else {
                try {
                    Set-Content "$pool/nr_hugepages" ($poolBefore + 2)
                    if ((Get-KernelNumber "$pool/free_hugepages") -lt 2) {
                        'the kernel found no two free huge pages'
                    }
                }
                catch {
                    "the huge page pool cannot be enlarged: $_"
                }
            }
        }

        AfterAll {
            if ($hasPool -and (Test-Root) -and (Get-KernelNumber "$pool/nr_hugepages") -ne $poolBefore) {
                Get-MemoryMap | Remove-MemoryMap
                Set-Content "$pool/nr_hugepages" $poolBefore
            }
        }

        It 'are what the kernel uses, by <way>' -ForEach @(
            @{ Way = '-HugePageSize'; With = @{ HugePageSize = 2MB } }
            @{ Way = '-HugePageSize with -Option'; With = @{ HugePageSize = 2MB; Option = 'HugePages' } }
            @{ Way = '-Option, in the size that is the system''s'; With = @{ Option = 'HugePages' } }
        ) {
            if ($obstacle) {
                Set-ItResult -Skipped -Because $obstacle
            }

            if (-not $With.HugePageSize -and -not (Select-String -Quiet '^Hugepagesize: +2048 kB' /proc/meminfo)) {
                Set-ItResult -Skipped -Because 'the system''s huge pages are not of 2 MiB'
            }

            $map = New-MemoryMap -Anonymous -Length 4MB @With
            $entry = Get-MapEntry $map.Address
            $entry.VmFlags | Should -Contain 'ht'
            $entry.Size.KernelPageSize | Should -Be 2MB
            $map.PageSize | Should -Be 2MB
            $map.Option.HasFlag([MmapPS.MapOptions]::HugePages) | Should -BeTrue
        }

        It 'can be read and written to the last byte' {
            if ($obstacle) {
                Set-ItResult -Skipped -Because $obstacle
            }

            $map = New-MemoryMap -Anonymous -Length 4MB -HugePageSize 2MB
            Write-MappedByte $map -Value 'end' -Offset (4MB - 3)
            ConvertTo-Visible (Read-MappedByte $map -Offset (4MB - 4)) | Should -BeExactly '\x00end'
            $map[0] = 7
            $map[0] | Should -Be 7
        }

        It 'are taken whole for any length, and given back whole' {
            if ($obstacle) {
                Set-ItResult -Skipped -Because $obstacle
            }

            $free = Get-KernelNumber "$pool/free_hugepages"
            $map = New-MemoryMap -Anonymous -Length 100 -HugePageSize 2MB
            $map.Length | Should -Be 100
            $map[0] = 1
            Get-KernelNumber "$pool/free_hugepages" | Should -Be ($free - 1)
            $entry = Get-MapEntry $map.Address
            $entry.End - $entry.Start | Should -Be 2MB
            Remove-MemoryMap $map
            Get-KernelNumber "$pool/free_hugepages" | Should -Be $free
        }

        It 'that the pool does not have are a limit, and the message says how to get them' {
            if (-not $hasPool) {
                Set-ItResult -Skipped -Because 'there is no pool of huge pages of 2 MiB'
            }

            if ((Get-KernelNumber "$pool/nr_overcommit_hugepages") -ne 0) {
                Set-ItResult -Skipped -Because 'the pool grows by itself here'
            }

            $free = Get-KernelNumber "$pool/free_hugepages"
            $total = Get-KernelNumber "$pool/nr_hugepages"
            $problem = Get-ErrorOf { New-MemoryMap -Anonymous -Length (($free + 1) * 2MB) -HugePageSize 2MB }
            $problem.Id | Should -Be 'LimitReached'
            $problem.Category | Should -Be 'LimitsExceeded'
            $problem.Message | Should -BeLike "*$($free + 1) huge page* of 2097152 bytes*$free free of $total*echo $($total + 1) > $pool/nr_hugepages*"
        }

        It 'of an unsupported size are refused, and the message lists the supported sizes' {
            if (-not $hasPool) {
                Set-ItResult -Skipped -Because 'there is no pool of huge pages of 2 MiB'
            }

            { New-MemoryMap -Anonymous -Length 4MB -HugePageSize 3MB } | Should -Throw '*3145728 bytes*2097152*' -ErrorId 'NotSupported,*'
        }

        It 'are not for ordinary files' {
            { New-MemoryMap (New-TestFile -Size 4MB) -Option HugePages } |
                Should -Throw '*-Option HugePages*-Anonymous*' -ErrorId 'NotSupported,*'
        }

        It 'have a positive size' -ForEach @(
            @{ Size = 0 }
            @{ Size = -1 }
        ) {
            { New-MemoryMap -Anonymous -Length 4MB -HugePageSize $Size } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
        }
    }
}
