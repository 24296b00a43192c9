using System;

namespace MmapPS.Bytes.Searching;

/// <summary>Finds patterns in bytes. Used by one thread at a time.</summary>
internal abstract class SearchKernel
{
    /// <summary>Adds all matches, also overlapping ones, in order of position, then of pattern.</summary>
    /// <param name="bytes">The bytes; matches lie within.</param>
    /// <param name="limit">Matches start before it.</param>
    /// <param name="matches">Where to add them.</param>
    public abstract void Find(ReadOnlySpan<byte> bytes, int limit, MatchList matches);

    /// <summary>Number of matches that <see cref="Find"/> would add.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="limit">Matches start before it.</param>
    /// <param name="scratch">A list for temporary use.</param>
    public virtual int Count(ReadOnlySpan<byte> bytes, int limit, MatchList scratch)
    {
        scratch.Clear();
        Find(bytes, limit, scratch);
        return scratch.Count;
    }
}
