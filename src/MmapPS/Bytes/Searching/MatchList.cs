using System;
using System.Buffers;

namespace MmapPS.Bytes.Searching;

/// <summary>
/// Matches in a chunk: one number each, the position in its upper and the pattern in its lower half, so that numbers sort like
/// matches. Reused from chunk to chunk.
/// </summary>
internal sealed class MatchList
{
    private long[] _items = new long[256];

    /// <summary>Number of matches.</summary>
    public int Count { get; private set; }

    /// <summary>The matches.</summary>
    public Span<long> Items => _items.AsSpan(0, Count);

    /// <summary>Position of a match in its chunk.</summary>
    public static int PositionOf(long item) => (int)(item >> 32);

    /// <summary>Pattern of a match.</summary>
    public static int PatternOf(long item) => (int)item;

    /// <summary>Adds a match.</summary>
    public void Add(int position, int pattern)
    {
        if (Count == _items.Length)
        {
            Array.Resize(ref _items, _items.Length * 2);
        }

        _items[Count++] = ((long)position << 32) | (uint)pattern;
    }

    /// <summary>Removes all matches.</summary>
    public void Clear() => Count = 0;

    /// <summary>Removes matches before a position.</summary>
    public void RemoveBefore(int position)
    {
        if (position > 0)
        {
            long[] kept = Array.FindAll(Items.ToArray(), item => PositionOf(item) >= position);
            kept.CopyTo(_items, 0);
            Count = kept.Length;
        }
    }

    /// <summary>Sorts by position, then by pattern.</summary>
    public void Sort() => Array.Sort(_items, 0, Count);

    /// <summary>Sorts by descending position, then by pattern.</summary>
    public void SortBackward()
    {
        Flip();
        Sort();
        Flip();
    }

    /// <summary>A copy of the matches; call <see cref="Release"/> after use.</summary>
    public ArraySegment<long> Lend()
    {
        if (Count == 0)
        {
            return new ArraySegment<long>([]);
        }

        // If nearly every byte matches, a new array for each chunk would keep the garbage collector busy.
        long[] items = ArrayPool<long>.Shared.Rent(Count);
        Items.CopyTo(items);
        return new ArraySegment<long>(items, 0, Count);
    }

    /// <summary>Takes back the array of <see cref="Lend"/>.</summary>
    public static void Release(ArraySegment<long> items)
    {
        if (items.Count > 0)
        {
            ArrayPool<long>.Shared.Return(items.Array!);
        }
    }

    // Only the positions change sign, so the patterns keep their order.
    private void Flip()
    {
        foreach (ref long item in Items)
        {
            item = ((long)-PositionOf(item) << 32) | (uint)PatternOf(item);
        }
    }
}
