using System;

namespace MmapPS.Bytes.Searching;

/// <summary>Finds patterns in bytes at hand. Used by one thread at a time.</summary>
internal abstract class SearchKernel
{
    /// <summary>Adds all matches, overlapping ones too, in order of their place and then of their pattern.</summary>
    /// <param name="bytes">The bytes; matches lie within.</param>
    /// <param name="limit">Matches start before it.</param>
    /// <param name="matches">Where to add them.</param>
    public abstract void Find(ReadOnlySpan<byte> bytes, int limit, MatchList matches);

    /// <summary>How many matches <see cref="Find"/> would add.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="limit">Matches start before it.</param>
    /// <param name="scratch">Lent to the count.</param>
    public virtual int Count(ReadOnlySpan<byte> bytes, int limit, MatchList scratch)
    {
        scratch.Clear();
        Find(bytes, limit, scratch);
        return scratch.Count;
    }
}
