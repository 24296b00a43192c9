using System.Collections.Generic;

namespace MmapPS.Regions;

/// <summary>What holds for each part of a region. Not synchronized.</summary>
internal class RangeMap<T>
    where T : struct
{
    // Each part starts at its key and reaches to the next; the first starts at 0, the last reaches to the end.
    private readonly List<(long Start, T Value)> _parts;

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

        T after = _parts[FindPart(end)].Value;
        int first = FindPart(start);
        if (_parts[first].Start < start)
        {
            first++;
        }

        int last = first;
        while (last < _parts.Count && _parts[last].Start <= end)
        {
            last++;
        }

        _parts.RemoveRange(first, last - first);
        if (end < long.MaxValue)
        {
            _parts.Insert(first, (end, after));
        }

        _parts.Insert(first, (start, value));
        for (int i = _parts.Count - 1; i > 0; i--)
        {
            if (EqualityComparer<T>.Default.Equals(_parts[i].Value, _parts[i - 1].Value))
            {
                _parts.RemoveAt(i);
            }
        }
    }

    /// <summary>Forgets what lies behind the region's end; what comes there anew is like the bytes before it.</summary>
    public void Truncate(long length)
    {
        while (_parts.Count > 1 && _parts[_parts.Count - 1].Start >= length)
        {
            _parts.RemoveAt(_parts.Count - 1);
        }
    }

    /// <summary>The parts of a range, in order.</summary>
    public IEnumerable<(long Start, long End, T Value)> In(long start, long end)
    {
        for (int i = FindPart(start); start < end; i++)
        {
            long partEnd = i + 1 < _parts.Count ? System.Math.Min(end, _parts[i + 1].Start) : end;
            yield return (start, partEnd, _parts[i].Value);
            start = partEnd;
        }
    }

    private int FindPart(long offset)
    {
        int index = _parts.Count - 1;
        while (_parts[index].Start > offset)
        {
            index--;
        }

        return index;
    }
}
