using System;
using MmapPS.Bytes.Scanning;
using MmapPS.Bytes.Sources;

namespace MmapPS.Bytes.Searching;

/// <summary>Counts matches that start in a chunk.</summary>
internal sealed class CountWorker : SearchWorker<int>
{
    public CountWorker(IByteSource source, ChunkPlan plan, PatternSet patterns)
        : base(source, plan, patterns, backward: false)
    {
    }

    /// <inheritdoc/>
    protected override ChunkResult<int> Search(ReadOnlySpan<byte> bytes, int start, int limit, MappingException? failure) =>
        new(Kernel.Count(bytes, limit, Matches), 0, failure);
}
