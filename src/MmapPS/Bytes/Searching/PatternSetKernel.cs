using System;
using System.Collections.Generic;
using System.Linq;

namespace MmapPS.Bytes.Searching;

/// <summary>Finds several patterns, one after the other, while the bytes are in the processor's cache.</summary>
internal sealed class PatternSetKernel : SearchKernel
{
    private readonly SearchKernel[] _kernels;

    public PatternSetKernel(IEnumerable<SearchKernel> kernels) => _kernels = kernels.ToArray();

    /// <inheritdoc/>
    public override void Find(ReadOnlySpan<byte> bytes, int limit, MatchList matches)
    {
        foreach (SearchKernel kernel in _kernels)
        {
            kernel.Find(bytes, limit, matches);
        }

        matches.Sort();
    }

    /// <inheritdoc/>
    public override int Count(ReadOnlySpan<byte> bytes, int limit, MatchList scratch)
    {
        int count = 0;
        foreach (SearchKernel kernel in _kernels)
        {
            count += kernel.Count(bytes, limit, scratch);
        }

        return count;
    }
}
