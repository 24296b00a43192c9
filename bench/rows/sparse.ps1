# Searching a file of 5 GiB that is one hole except for its last bytes, against grep, which also skips holes.
param([string] $Root, [string] $Work)

$path = Join-Path $Work 'sparse.bin'
$map = New-MemoryMap $path -Create -Length 5GB
Clear-MappedByte $map -Deallocate
Write-MappedByte $map "needle`n" -Offset (5GB - 7)
Measure-Program -Tool grep -Name 'Find, 5 GiB of a hole, against grep -F' -Limit 1 -Ours { Find-MappedByte $map needle -Count } -Words '-c', '-a', '-F', 'needle', $path
Remove-MemoryMap $map
Remove-Item $path
