using System.Collections.Generic;

namespace MmapPS.Ranges;

/// <summary>A value for each part of a region. Thread-safe: a change makes a new list.</summary>
internal class RangeMap<T>
    where T : struct
{
    private readonly object _lock = new();

    // Each part starts at its key and ends at the next key; the first starts at 0, the last ends at the region's end.
    private volatile List<(long Start, T Value)> _parts;

    /// <param name="value">The initial value of the whole region.</param>
    public RangeMap(T value) => _parts = [(0, value)];

    /// <summary>Whether the whole region has one value.</summary>
    public bool IsUniform => _parts.Count == 1;

    /// <summary>The values of all parts.</summary>
    protected IEnumerable<T> Values
    {
        get
        {
            foreach ((_, T value) in _parts)
            {
                yield return value;
            }
        }
    }

    /// <summary>Sets the value of a range.</summary>
    /// <param name="start">Start of the range.</param>
    /// <param name="end">End of the range; <see cref="long.MaxValue"/> for the region's end.</param>
    /// <param name="value">The value.</param>
    public void Set(long start, long end, T value)
    {
        if (start >= end)
        {
            return;
        }

        lock (_lock)
        {
            List<(long Start, T Value)> parts = [.. _parts];
            T after = parts[FindPart(parts, end)].Value;
            int first = FindPart(parts, start);
            if (parts[first].Start < start)
            {
                first++;
            }

            int last = first;
            while (last < parts.Count && parts[last].Start <= end)
            {
                last++;
            }

            parts.RemoveRange(first, last - first);
            if (end < long.MaxValue)
            {
                parts.Insert(first, (end, after));
            }

            parts.Insert(first, (start, value));
            for (int i = parts.Count - 1; i > 0; i--)
            {
                if (EqualityComparer<T>.Default.Equals(parts[i].Value, parts[i - 1].Value))
                {
                    parts.RemoveAt(i);
                }
            }

            _parts = parts;
        }
    }

    /// <summary>Removes parts past the region's end; if the region grows again, new bytes get the value of the bytes before.</summary>
    public void Truncate(long length)
    {
        lock (_lock)
        {
            List<(long Start, T Value)> parts = [.. _parts];
            while (parts.Count > 1 && parts[parts.Count - 1].Start >= length)
            {
                parts.RemoveAt(parts.Count - 1);
            }

            _parts = parts;
        }
    }

    /// <summary>The parts of a range, in order.</summary>
    public IEnumerable<(long Start, long End, T Value)> In(long start, long end)
    {
        List<(long Start, T Value)> parts = _parts;
        for (int i = FindPart(parts, start); start < end; i++)
        {
            long partEnd = i + 1 < parts.Count ? System.Math.Min(end, parts[i + 1].Start) : end;
            yield return (start, partEnd, parts[i].Value);
            start = partEnd;
        }
    }

    private static int FindPart(List<(long Start, T Value)> parts, long offset)
    {
        int index = parts.Count - 1;
        while (parts[index].Start > offset)
        {
            index--;
        }

        return index;
    }
}
