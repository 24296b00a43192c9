using System;
using MmapPS.Bytes.Scanning;
using MmapPS.Bytes.Sources;

namespace MmapPS.Bytes.Searching;

/// <summary>Returns the matches that start in a chunk, in the form of <see cref="MatchList"/>.</summary>
internal sealed class FindWorker : SearchWorker<ArraySegment<long>>
{
    public FindWorker(IByteSource source, ChunkPlan plan, PatternSet patterns, bool backward)
        : base(source, plan, patterns, backward)
    {
    }

    /// <inheritdoc/>
    protected override ChunkResult<ArraySegment<long>> Search(ReadOnlySpan<byte> bytes, int start, int limit, MappingException? failure)
    {
        Matches.Clear();
        Kernel.Find(bytes, limit, Matches);
        Matches.RemoveBefore(start);
        if (Backward)
        {
            Matches.SortBackward();
        }

        return new ChunkResult<ArraySegment<long>>(Matches.Lend(), Matches.Count, failure);
    }
}
