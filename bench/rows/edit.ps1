# Replacing 1,000 places in 2 GiB in the page cache, there and back, against Python's mmap.
param([string] $Root, [string] $Work)

$path = New-TextFile $Work 'edit.txt' 2GB
$map = New-MemoryMap $path
for ($i = 0; $i -lt 1000; $i++) {
    Write-MappedByte $map 'place-to-edit' -Offset ($i * 2MB + 1000)
}

$python = 'import mmap,sys
f=open(sys.argv[1],"r+b")
m=mmap.mmap(f.fileno(),0)
a,b=b"place-to-edit",b"place-edited!"
if m.find(a)<0: a,b=b,a
i=m.find(a)
while i>=0:
    m[i:i+len(b)]=b
    i=m.find(a,i+len(b))'
$ours = {
    if (Find-MappedByte $map 'place-to-edit' -First 1) { Edit-MappedByte $map 'place-to-edit' 'place-edited!' }
    else { Edit-MappedByte $map 'place-edited!' 'place-to-edit' }
}
Measure-Program -Tool python3 -Name 'Edit, 1,000 places in 2 GiB, against a loop in Python' -Limit 5 -Ours $ours -Words '-c', $python, $path
Remove-MemoryMap $map
[IO.File]::Delete($path)
