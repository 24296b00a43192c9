# Hashing 1 GiB in the page cache by blocks of 1 MiB, against sha256sum of the same file as a whole process, and against openssl,
# which has the code that .NET calls: what remains there is the gain of a second core.
param([string] $Root, [string] $Work)

$path = New-TextFile $Work 'hash.bin' 1GB
$map = New-MemoryMap $path -Protection Read
Measure-Program -Tool sha256sum -Name 'SHA256 of 1 GiB by blocks of 1 MiB, against sha256sum of the whole' -Limit 1.8 -Ours { Get-MappedHash $map -BlockSize 1MB } -Words $path
Measure-Program -Tool openssl -Name 'SHA256 of 1 GiB by blocks of 1 MiB, against openssl dgst of the whole' -Limit 1.5 -Ours { Get-MappedHash $map -BlockSize 1MB } -Words dgst, '-sha256', $path
Remove-MemoryMap $map
Remove-Item $path
