using System.Collections.Generic;

namespace MmapPS.Regions;

/// <summary>What may be done with each part of a region. Not synchronized: changed only while nobody uses the region.</summary>
internal sealed class ProtectionMap
{
    // Each part starts at its key and reaches to the next; the first starts at 0, the last reaches to the end.
    private readonly List<(long Start, MemoryProtection Protection)> _parts;

    public ProtectionMap(MemoryProtection protection) => _parts = [(0, protection)];

    /// <summary>What may be done with some of the region at least.</summary>
    public MemoryProtection Union
    {
        get
        {
            MemoryProtection union = MemoryProtection.None;
            foreach ((_, MemoryProtection protection) in _parts)
            {
                union |= protection;
            }

            return union;
        }
    }

    /// <summary>Whether the whole region has the same.</summary>
    public bool IsUniform => _parts.Count == 1;

    /// <summary>Sets the protection of a range.</summary>
    /// <param name="start">Where it starts.</param>
    /// <param name="end">Where it ends; <see cref="long.MaxValue"/> for the region's end.</param>
    /// <param name="protection">What may be done.</param>
    public void Set(long start, long end, MemoryProtection protection)
    {
        if (start >= end)
        {
            return;
        }

        MemoryProtection after = _parts[FindPart(end)].Protection;
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

        _parts.Insert(first, (start, protection));
        for (int i = _parts.Count - 1; i > 0; i--)
        {
            if (_parts[i].Protection == _parts[i - 1].Protection)
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

    /// <summary>The first place in a range where something needed is not allowed, or null.</summary>
    public long? FindDenied(ByteRange range, MemoryProtection needed)
    {
        long end = range.Offset + range.Length;
        for (int i = FindPart(range.Offset); range.Length > 0 && i < _parts.Count && _parts[i].Start < end; i++)
        {
            if ((_parts[i].Protection & needed) != needed)
            {
                return System.Math.Max(range.Offset, _parts[i].Start);
            }
        }

        return null;
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
