namespace MmapPS.Bytes.Scanning;

/// <summary>Processes chunks, one at a time, with its own buffers.</summary>
internal interface IChunkWorker<T>
{
    /// <summary>Processes one chunk.</summary>
    ChunkResult<T> Process(long index);
}
