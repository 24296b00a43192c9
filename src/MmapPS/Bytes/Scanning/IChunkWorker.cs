namespace MmapPS.Bytes.Scanning;

/// <summary>Works on chunks, one at a time; owns the buffers for it.</summary>
internal interface IChunkWorker<T>
{
    /// <summary>Does the work on one chunk.</summary>
    ChunkResult<T> Process(long index);
}
