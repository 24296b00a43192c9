using System.Collections.Generic;

namespace MmapPS.Ranges;

/// <summary>What holds for each part of a region. Any thread may look at it and change it: a change makes a new list.</summary>
internal class RangeMap<T>
    where T : struct
{
    private readonly object _lock = new();

    // Each part starts at its key and reaches to the next; the first starts at 0, the last reaches to the end.
    private volatile List<(long Start, T Value)> _parts;

    /// <param name="value">What holds for all of it at first.</param>
    public RangeMap(T value) => _parts = [(0, value)];

    /// <summary>Whether the same holds for the whole region.</summary>
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

    /// <summary>Sets what holds for a range.</summary>
    /// <param name="start">Where it starts.</param>
    /// <param name="end">Where it ends; <see cref="long.MaxValue"/> for the region's end.</param>
    /// <param name="value">What holds for it.</param>
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

    /// <summary>Forgets what lies behind the region's end; what comes there anew is like the bytes before it.</summary>
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
