# Searching 2 GiB in the page cache: against whole processes of rg and grep, and Python's mmap.find.
param([string] $Root, [string] $Work)

$path = New-TextFile $Work 'find.txt' 2GB
$map = New-MemoryMap $path
$absent = 'Zyxwvut9876'
$rare = 'a needle that stands once'
Write-MappedByte $map $rare -Offset (2GB - 1000)

$python = 'import mmap,sys
f=open(sys.argv[1],"rb")
m=mmap.mmap(f.fileno(),0,access=mmap.ACCESS_READ)
m.find(sys.argv[2].encode())'
foreach ($case in @{ Kind = 'absent'; Text = $absent }, @{ Kind = 'rare'; Text = $rare }) {
    $text = $case.Text
    Measure-Program -Tool rg -Name "Find, 2 GiB, pattern $($case.Kind), against rg --mmap -F" -Limit 1 -Ours { Find-MappedByte $map $text -Count } -Words '--mmap', '-c', '-a', '-F', $text, $path
    Measure-Program -Tool grep -Name "Find, 2 GiB, pattern $($case.Kind), against grep -F" -Limit 4 -Ours { Find-MappedByte $map $text -Count } -Words '-c', '-a', '-F', $text, $path
    Measure-Program -Tool python3 -Name "Find, 2 GiB, pattern $($case.Kind), against Python mmap.find" -Limit 4 -Ours { Find-MappedByte $map $text -Count } -Words '-c', $python, $path, $text
}

Measure-Program -Tool rg -Name 'Find -IgnoreCase, 2 GiB, absent, against rg -i' -Limit 1 -Ours { Find-MappedByte $map $absent -IgnoreCase -Count } -Words '--mmap', '-c', '-a', '-i', '-F', $absent, $path
Measure-Program -Tool grep -Name 'Find -Hex with wildcards, 2 GiB, absent, against grep -P' -Limit 1 -Ours { Find-MappedByte $map -Hex '5a 79 ?? 77 7?' -Count } -Words '-c', '-a', '-P', 'Zy.w[p-z]', $path
$line = 'INFO'
Measure-Program -Tool rg -Name "Find -Count, $(Find-MappedByte $map $line -Count) matches, against rg -c -o" -Limit 1 -Ours { Find-MappedByte $map $line -Count } -Words '--mmap', '-c', '-o', '-a', '-F', $line, $path
Remove-MemoryMap $map
Remove-Item $path
