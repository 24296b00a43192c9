# Copying a region of 2 GiB in the page cache to a new file, against cp; deleting the copies is not timed.
param([string] $Root, [string] $Work)

$path = New-TextFile $Work 'copy.txt' 2GB
$copy = Join-Path $Work 'copy.out'
$map = New-MemoryMap $path
Measure-Program -Tool cp -Name 'Copy, 2 GiB, region to new file, against cp' -Limit 1 -Before { Remove-Item $copy -ErrorAction Ignore } -Ours { Copy-MappedByte $map $copy } -Words $path, $copy
Remove-MemoryMap $map
Remove-Item $copy, $path
