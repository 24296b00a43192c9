using System;
using System.Collections.Generic;

namespace MmapPS.Bytes.Scanning;

/// <summary>Skips long holes, which are zeros that need not be read, in a range.</summary>
internal sealed class HoleFilter
{
    private readonly Func<long, long, long> _countZeros;
    private readonly long _step;

    /// <param name="countZeros">Takes a range as offset and length; returns the number of zeros at its start.</param>
    /// <param name="settings">Settings of the work; they say which holes are long.</param>
    public HoleFilter(Func<long, long, long> countZeros, ScanSettings settings)
    {
        _countZeros = countZeros;
        _step = settings.LongHole;
    }

    /// <summary>Bytes by which a part extends into adjacent holes, for matches across a border; default 0.</summary>
    public int Reach { get; init; }

    /// <summary>Called with offset and length of a skipped hole, after the part before it is processed.</summary>
    public Action<long, long>? Hole { get; init; }

    /// <summary>The parts to process, as offset and length, in order. Each is determined when the one before is processed.</summary>
    /// <remarks>
    /// Holes are detected by probing at intervals of a long hole's length, so a hole may need twice that length
    /// to be skipped for certain.
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
