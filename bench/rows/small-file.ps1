# The main job on a small file: map, change a byte, make it durable, unmap; against .NET's MemoryMappedFile in the same host.
param([string] $Root, [string] $Work)

$path = Join-Path $Work 'small.bin'
Set-Content $path abc -NoNewline
$bytes = [byte[]] @(100)

Measure-Pair -Name 'New | Write | Sync | Remove, 3-byte file, 200 times, against MemoryMappedFile' -Limit 1.0 -Ours {
    for ($i = 0; $i -lt 200; $i++) {
        New-MemoryMap $path | Write-MappedByte -Offset 1 -Value $bytes -PassThru | Sync-MemoryMap -PassThru | Remove-MemoryMap
    }
} -Peer {
    for ($i = 0; $i -lt 200; $i++) {
        $file = [IO.MemoryMappedFiles.MemoryMappedFile]::CreateFromFile($path)
        $view = $file.CreateViewAccessor()
        $view.Write(1, $bytes[0])
        $view.Flush()
        $view.Dispose()
        $file.Dispose()
    }
}
