# The comparisons of README with other tools, for a file of 2 GiB in the page cache. The peers are whole processes, except Format-Hex.
param([string] $Root, [string] $Work)

$path = New-TextFile $Work 'others.txt' 2GB
$patch = Join-Path $Work others.patch
$bytes = Join-Path $Work others.bytes
Set-Content $bytes PATCHED -NoNewline
Set-Content $patch '40000000: 50 41 54 43 48 45 44'

$change = { New-MemoryMap $path | Write-MappedByte -Offset 1GB -Value PATCHED -PassThru | Remove-MemoryMap }
Measure-Program -Tool dd -Name 'Change 7 bytes at 1 GiB, against dd' -Limit 1 -Ours $change -Words "if=$bytes", "of=$path", 'bs=1', "seek=$(1GB)", 'conv=notrunc', 'status=none'
Measure-Program -Tool xxd -Name 'Change 7 bytes at 1 GiB, against xxd -r' -Limit 1 -Ours $change -Words '-r', $patch, $path

$map = New-MemoryMap $path
Measure-Program -Tool bbe -Name 'Replace a text in 2 GiB, against bbe, which writes another file' -Limit 1 -Rounds 3 -Before {
    Write-MappedByte $map -Offset 1GB -Value PATCHED
} -Ours {
    Edit-MappedByte $map -Pattern PATCHED -Replacement CHANGED
} -Words '-e', 's/PATCHED/CHANGED/', '-o', "$path.out", $path
Remove-MemoryMap $map

$look = { New-MemoryMap $path -Protection Read | Format-MappedByte -Offset 1GB -Length 256 | Out-String }
Measure-Program -Tool xxd -Name 'Show 256 bytes at 1 GiB, against xxd' -Limit 1 -Ours $look -Words '-s', "$(1GB)", '-l', '256', $path
Measure-Pair -Name 'Show 256 bytes at 1 GiB, against Format-Hex' -Limit 1 -RatioIsSpeed -Ours $look -Peer { Format-Hex $path -Offset 1GB -Count 256 | Out-String }

$residency = { Measure-MemoryMap $path }
Measure-Program -Tool vmtouch -Name 'Residency of 2 GiB, against vmtouch' -Limit 1 -Ours $residency -Words $path
Measure-Program -Tool fincore -Name 'Residency of 2 GiB, against fincore' -Limit 1 -Ours $residency -Words $path
Remove-Item $path, "$path.out", $patch, $bytes -ErrorAction Ignore
