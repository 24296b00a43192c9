# Replacing 1,000 matches in 2 GiB in the page cache, there and back, against Python's mmap, perl -0pi and sed -i. The last two
# write the file again; they have their own file, so that the region's file stays as it is.
param([string] $Root, [string] $Work)

function New-EditFile([string] $Name) {
    $path = New-TextFile $Work $Name 2GB
    $map = New-MemoryMap $path
    for ($i = 0; $i -lt 1000; $i++) {
        Write-MappedByte $map 'place-to-edit' -Offset ($i * 2MB + 1000)
    }
    Remove-MemoryMap $map
    $path
}

$path = New-EditFile 'edit.txt'
$map = New-MemoryMap $path
$ours = {
    if (Find-MappedByte $map 'place-to-edit' -First 1) { Edit-MappedByte $map 'place-to-edit' 'place-edited!' }
    else { Edit-MappedByte $map 'place-edited!' 'place-to-edit' }
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
$name = 'Edit, 1,000 places in 2 GiB, against'
Measure-Program -Tool python3 -Name "$name a loop in Python" -Limit 5 -Ours $ours -Words '-c', $python, $path
$rewritten = New-EditFile 'rewritten.txt'
Measure-Program -Tool perl -Name "$name perl -0pi" -Limit 5 -Rounds 3 -Ours $ours -Words '-0pi', '-e', 's/place-to-edit/place-edited!/g or s/place-edited!/place-to-edit/g', $rewritten
Measure-Program -Tool sed -Name "$name sed -i" -Limit 5 -Rounds 3 -Ours $ours -Words '-i', 's/place-to-edit/place-edited!/;t;s/place-edited!/place-to-edit/', $rewritten
Remove-MemoryMap $map
Remove-Item $path, $rewritten
