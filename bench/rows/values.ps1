# A million records of 32 bytes as objects, against Python's struct.iter_unpack, with a dict for each.
param([string] $Root, [string] $Work)

$count = 1000000
$path = New-TextFile $Work 'values.bin' 32MB
$map = New-MemoryMap $path -Protection Read
$layout = [ordered]@{ Magic = 'UInt32BE'; Name = 'Latin1[16]'; Size = 'UInt64BE'; Flags = 'Int32BE' }
$python = 'import mmap,struct,sys
f=open(sys.argv[1],"rb")
m=mmap.mmap(f.fileno(),0,access=mmap.ACCESS_READ)
names=("Magic","Name","Size","Flags")
for record in struct.iter_unpack(">I16sQi",memoryview(m)[:32000000]):
    dict(zip(names,record))'
Measure-Program -Tool python3 -Name "Records, $count of 4 fields, against Python struct.iter_unpack to dicts" -Limit 1 -Ours {
    Read-MappedValue $map -Layout $layout -Count $count > $null
} -Words '-c', $python, $path
$numbers = 'import mmap,struct,sys
f=open(sys.argv[1],"rb")
m=mmap.mmap(f.fileno(),0,access=mmap.ACCESS_READ)
for number, in struct.iter_unpack(">Q",memoryview(m)[:8000000]):
    pass'
Measure-Program -Tool python3 -Name "Numbers, $count of 64 bits, against Python struct.iter_unpack" -Limit 1 -Ours {
    Read-MappedValue $map UInt64BE -Count $count > $null
} -Words '-c', $numbers, $path
Remove-MemoryMap $map
Remove-Item $path
