# A million values through the pipeline, against the time of the engine to pass them through an empty compiled cmdlet.
# The values are bytes: 1..1000000 itself would stop at 256, which is not a byte.
param([string] $Root, [string] $Work)

$values = [object[]]::new(1000000)
for ($i = 0; $i -lt $values.Length; $i++) {
    $values[$i] = $i -band 255
}
$region = New-MemoryMap -Anonymous -Length 1000000

Measure-Pair -Name 'A million values | Write-MappedByte, against an empty cmdlet' -Limit 1.5 -Ours {
    $values | Write-MappedByte -Region $region
} -Peer {
    $values | Test-Nothing
}
Remove-MemoryMap $region
