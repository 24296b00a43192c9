using System;
using MmapPS.Bytes.Scanning;

namespace MmapPS.Bytes.Measuring;

/// <summary>Counts how often each byte value occurs.</summary>
internal sealed class HistogramDigest<T> : IBlockDigest<T>
{
    private const int Values = 256;

    // Tables in turn: an increment waits for the one before it if both are of the same byte.
    private const int Tables = 4;

    private readonly int[] _counts = new int[Values * Tables];
    private readonly long[] _sums = new long[Values];
    private readonly Func<long[], T> _finish;

    /// <param name="finish">Makes the result of the counts, which are overwritten later.</param>
    public HistogramDigest(Func<long[], T> finish) => _finish = finish;

    /// <inheritdoc/>
    public void Append(byte[] bytes, int start, int count)
    {
        ReadOnlySpan<byte> part = bytes.AsSpan(start, count);
        int[] counts = _counts;
        int at = 0;
        for (; at <= part.Length - Tables; at += Tables)
        {
            counts[part[at]]++;
            counts[Values + part[at + 1]]++;
            counts[(2 * Values) + part[at + 2]]++;
            counts[(3 * Values) + part[at + 3]]++;
        }

        for (; at < part.Length; at++)
        {
            counts[part[at]]++;
        }
    }

    /// <inheritdoc/>
    public T Finish()
    {
        for (int value = 0; value < Values; value++)
        {
            _sums[value] = (long)_counts[value] + _counts[Values + value] + _counts[(2 * Values) + value] + _counts[(3 * Values) + value];
        }

        Array.Clear(_counts, 0, _counts.Length);
        return _finish(_sums);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
