# Residency of a 2 GiB file in the page cache, against vmtouch as a whole process.
param([string] $Root, [string] $Work)

$vmtouch = Get-Command vmtouch -CommandType Application -TotalCount 1 -ErrorAction Ignore
if (-not $vmtouch) {
    'Measure-MemoryMap of 2 GiB, against vmtouch: skipped, because vmtouch is not installed.'
    return
}

$path = Join-Path $Work 'measured.bin'
New-MemoryMap $path -Create -Length 2GB | Remove-MemoryMap
Set-MemoryMapAdvice $path PopulateRead
Measure-Pair -Name 'Residency of 2 GiB, by path, against vmtouch as a whole process' -Limit 1.0 -Ours {
    Measure-MemoryMap $path
} -Peer {
    & $vmtouch $path
}

$region = New-MemoryMap $path -Protection Read
Measure-Pair -Name 'Residency of 2 GiB, of a region, against vmtouch as a whole process' -Limit 1.0 -Ours {
    Measure-MemoryMap $region
} -Peer {
    & $vmtouch $path
}
Remove-MemoryMap $region
Remove-Item $path
