# Preparing 256 MiB of anonymous memory for writing, against a write to every page of it.
param([string] $Root, [string] $Work)

$length = 256MB
$pages = [int]($length / [Environment]::SystemPageSize)
$page = [Environment]::SystemPageSize

Measure-Pair -Name 'Populate 256 MiB at mapping, against a write to each page of it' -Limit 1.0 -Rounds 5 -Ours {
    New-MemoryMap -Anonymous -Length $length -Option Populate | Remove-MemoryMap
} -Peer {
    $region = New-MemoryMap -Anonymous -Length $length
    for ($i = 0; $i -lt $pages; $i++) {
        $region[$i * $page] = 1
    }
    Remove-MemoryMap $region
}

# The same without a script's loop: one large write, which the kernel does page by page.
$bytes = [byte[]]::new($length)
Measure-Pair -Name 'Populate 256 MiB by advice, against one write over all of it' -Limit 1.0 -Ours {
    New-MemoryMap -Anonymous -Length $length -Advice PopulateWrite | Remove-MemoryMap
} -Peer {
    $region = New-MemoryMap -Anonymous -Length $length
    $region.Write(0, $bytes)
    Remove-MemoryMap $region
}
