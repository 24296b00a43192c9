# Every way to a region's bytes that a user has: each uses $map, $at and $count. Children of Invoke-Hazard run them; specs need the names.

$HazardReads = [ordered]@{
    'Read-MappedByte'           = { Read-MappedByte $map $at $count }
    'Read-MappedByte -Encoding' = { [Text.Encoding]::GetEncoding(28591).GetBytes((Read-MappedByte $map $at $count -Encoding latin1)) }
    'Read()'                    = { $map.Read($at, $count) }
    'Read(buffer)'              = { $bytes = [byte[]]::new($count); $map.Read($at, $bytes, 0, $count); $bytes }
    'stream Read'               = { $bytes = [byte[]]::new($count); $s = $map.OpenStream(); $s.Position = $at; $null = $s.Read($bytes, 0, $count); $bytes }
    'stream ReadByte'           = { $s = $map.OpenStream(); $s.Position = $at; $s.ReadByte() }
    'indexer'                   = { $map[$at] }
    'indexer with a list'       = { $map[@($at)] }
}

# These go on to the region's end.
$HazardReadsToEnd = [ordered]@{
    'hash of the stream' = { $s = $map.OpenStream(); $s.Position = $at; [Security.Cryptography.SHA256]::Create().ComputeHash($s) }
    'Get-MappedHash'     = { (Get-MappedHash $map $at).Hash }
    'Measure-MappedByte' = { (Measure-MappedByte $map $at -BlockSize 4096).Entropy }
    'stream CopyTo'      = { $s = $map.OpenStream(); $s.Position = $at; $s.CopyTo([IO.MemoryStream]::new()) }
}

$HazardWrites = [ordered]@{
    'Write-MappedByte'               = { Write-MappedByte $map ([byte[]]@(77) * $count) -Offset $at }
    'Write-MappedByte -Hex'          = { Write-MappedByte $map -Hex ("4d" * $count) -Offset $at }
    'pipeline into Write-MappedByte' = { [byte[]]@(77) * $count | Write-MappedByte $map -Offset $at }
    'Write()'                        = { $map.Write($at, [byte[]]@(77) * $count) }
    'Write(buffer)'                  = { $map.Write($at, [byte[]]@(0) + [byte[]]@(77) * $count, 1, $count) }
    'stream Write'                   = { $s = $map.OpenStream(); $s.Position = $at; $s.Write([byte[]]@(77) * $count, 0, $count) }
    'stream WriteByte'               = { $s = $map.OpenStream(); $s.Position = $at; $s.WriteByte(77) }
    'indexer'                        = { $map[$at] = 77 }
}

# Those that reach one byte whatever $count is.
$HazardSingle = 'stream ReadByte', 'stream WriteByte', 'indexer', 'indexer with a list'
