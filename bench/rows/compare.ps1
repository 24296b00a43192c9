# Comparing equal ranges of 2 GiB in the page cache, against cmp.
param([string] $Root, [string] $Work)

$left = New-TextFile $Work 'left.txt' 2GB
$right = New-TextFile $Work 'right.txt' 2GB
$map = New-MemoryMap $left
$second = New-MemoryMap $right
Measure-Program -Tool cmp -Name 'Compare, 2 GiB, equal, against cmp' -Limit 3 -Ours { Compare-MappedByte $map -Other $second } -Words $left, $right
$map, $second | Remove-MemoryMap
Remove-Item $left, $right
