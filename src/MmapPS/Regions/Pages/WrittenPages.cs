using System;
using System.Collections.Generic;
using System.Linq;
using MmapPS.Ranges;

namespace MmapPS.Regions.Pages;

/// <summary>
/// The pages that were written through a region and may not be in its file yet. A bit each, so that writes at random cost no
/// more than those in order. Any thread may use it.
/// </summary>
internal sealed class WrittenPages
{
    private const int WordPages = 64;

    // 4 KiB of bits for 128 MiB of small pages.
    private const int BlockPages = 512 * WordPages;

    private readonly long _pageSize;
    private readonly Dictionary<long, ulong[]> _blocks = [];

    /// <param name="pageSize">Bytes of a page.</param>
    public WrittenPages(long pageSize) => _pageSize = pageSize;

    /// <summary>Adds the pages that hold a range.</summary>
    /// <param name="start">Where the range starts, in bytes from the mapping's start.</param>
    /// <param name="length">Its length in bytes.</param>
    public void Add(long start, long length)
    {
        (long first, long end) = PagesAround(start, length);
        lock (_blocks)
        {
            for (long page = first; page < end;)
            {
                if (!_blocks.TryGetValue(page / BlockPages, out ulong[]? block))
                {
                    _blocks[page / BlockPages] = block = new ulong[BlockPages / WordPages];
                }

                long next = Math.Min(end, Alignment.Down(page, WordPages) + WordPages);
                block[page % BlockPages / WordPages] |= Mask(page, next);
                page = next;
            }
        }
    }

    /// <summary>Takes all pages out.</summary>
    /// <returns>They, as ranges of bytes from the mapping's start, ascending and apart from each other.</returns>
    public IReadOnlyList<MemoryRange> Take() => TakePages(0, long.MaxValue / _pageSize);

    /// <summary>Takes out the pages that hold a range.</summary>
    /// <param name="start">Where the range starts, in bytes from the mapping's start.</param>
    /// <param name="length">Its length in bytes.</param>
    /// <returns>Those that were there, as ranges of bytes from the mapping's start, ascending and apart from each other.</returns>
    public IReadOnlyList<MemoryRange> Take(long start, long length)
    {
        (long first, long end) = PagesAround(start, length);
        return TakePages(first, end);
    }

    private static ulong Mask(long from, long to) => ulong.MaxValue >> (int)(WordPages - (to - from)) << (int)(from % WordPages);

    private (long First, long End) PagesAround(long start, long length) =>
        length == 0 ? (0, 0) : (start / _pageSize, Alignment.Up(start + length, _pageSize) / _pageSize);

    private List<MemoryRange> TakePages(long from, long to)
    {
        var taken = new List<MemoryRange>();
        lock (_blocks)
        {
            foreach (long index in _blocks.Keys.OrderBy(key => key).ToList())
            {
                ulong[] block = _blocks[index];
                long end = Math.Min(to, (index + 1) * BlockPages);
                for (long page = Math.Max(from, index * BlockPages); page < end;)
                {
                    long next = Math.Min(end, Alignment.Down(page, WordPages) + WordPages);
                    ref ulong word = ref block[page % BlockPages / WordPages];
                    AddBits(taken, word & Mask(page, next), Alignment.Down(page, WordPages));
                    word &= ~Mask(page, next);
                    page = next;
                }

                if (Array.TrueForAll(block, word => word == 0))
                {
                    _blocks.Remove(index);
                }
            }
        }

        return taken;
    }

    private void AddBits(List<MemoryRange> ranges, ulong bits, long page)
    {
        for (; bits != 0; bits >>= 1, page++)
        {
            if ((bits & 1) == 0)
            {
                continue;
            }

            long start = page * _pageSize;
            int last = ranges.Count - 1;
            if (last >= 0 && ranges[last].End == start)
            {
                ranges[last] = new MemoryRange(ranges[last].Offset, ranges[last].Length + _pageSize);
            }
            else
            {
                ranges.Add(new MemoryRange(start, _pageSize));
            }
        }
    }
}
