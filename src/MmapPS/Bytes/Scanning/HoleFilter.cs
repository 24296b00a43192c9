using System;
using System.Collections.Generic;

namespace MmapPS.Bytes.Scanning;

/// <summary>Leaves long holes, which are zeros that need not be read, out of a range.</summary>
internal sealed class HoleFilter
{
    private readonly Func<long, long, long> _countZeros;
    private readonly long _step;

    /// <param name="countZeros">How many bytes of a range, given by offset and length, are zeros from its start on.</param>
    /// <param name="settings">How the range is worked on; says which holes are long.</param>
    public HoleFilter(Func<long, long, long> countZeros, ScanSettings settings)
    {
        _countZeros = countZeros;
        _step = settings.LongHole;
    }

    /// <summary>Bytes that a part reaches into the holes beside it, for what lies across a border; default 0.</summary>
    public int Reach { get; init; }

    /// <summary>Told of offset and length of what is left out, after the part before it is done.</summary>
    public Action<long, long>? Hole { get; init; }

    /// <summary>The parts, given by offset and length, in order. Each is looked for when the one before is done.</summary>
    /// <remarks>
    /// A hole is met by looking at places that are so far apart as a long hole reaches, so it may have twice that length before it
    /// is left out for sure.
    /// </remarks>
    public IEnumerable<(long Offset, long Length)> Filter(long offset, long length)
    {
        long end = offset + length;
        long start = offset;
        for (long at = offset; end - at >= _step; at += _step)
        {
            long zeros = _countZeros(at, end - at);
            if (zeros < _step + (2L * Reach))
            {
                continue;
            }

            long from = at;
            if (at > start)
            {
                from += Reach;
                yield return (start, from - start);
            }

            start = at + zeros - Reach;
            Hole?.Invoke(from, start - from);
            at = start - _step;
        }

        if (start < end)
        {
            yield return (start, end - start);
        }
    }
}
