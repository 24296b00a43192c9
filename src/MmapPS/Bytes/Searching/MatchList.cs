using System;
using System.Buffers;

namespace MmapPS.Bytes.Searching;

/// <summary>
/// Matches within a chunk: a number each, the place in its upper and the pattern in its lower half, so that numbers sort as
/// matches do. Kept from chunk to chunk.
/// </summary>
internal sealed class MatchList
{
    private long[] _items = new long[256];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>The matches.</summary>
    public Span<long> Items => _items.AsSpan(0, Count);

    /// <summary>The place of a match in its chunk.</summary>
    public static int PositionOf(long item) => (int)(item >> 32);

    /// <summary>The pattern of a match.</summary>
    public static int PatternOf(long item) => (int)item;

    /// <summary>Takes a match.</summary>
    public void Add(int position, int pattern)
    {
        if (Count == _items.Length)
        {
            Array.Resize(ref _items, _items.Length * 2);
        }

        _items[Count++] = ((long)position << 32) | (uint)pattern;
    }

    /// <summary>Forgets all.</summary>
    public void Clear() => Count = 0;

    /// <summary>Forgets matches at places before one.</summary>
    public void RemoveBefore(int position)
    {
        if (position > 0)
        {
            long[] kept = Array.FindAll(Items.ToArray(), item => PositionOf(item) >= position);
            kept.CopyTo(_items, 0);
            Count = kept.Length;
        }
    }

    /// <summary>Orders by place, then by pattern.</summary>
    public void Sort() => Array.Sort(_items, 0, Count);

    /// <summary>Orders by place from the last to the first, then by pattern.</summary>
    public void SortBackward()
    {
        Flip();
        Sort();
        Flip();
    }

    /// <summary>A copy of the matches, for <see cref="Release"/> once it is used.</summary>
    public ArraySegment<long> Lend()
    {
        if (Count == 0)
        {
            return new ArraySegment<long>([]);
        }

        // Where nearly every byte matches, a new array for each chunk would keep the garbage collector busy.
        long[] items = ArrayPool<long>.Shared.Rent(Count);
        Items.CopyTo(items);
        return new ArraySegment<long>(items, 0, Count);
    }

    /// <summary>Takes back what <see cref="Lend"/> has given.</summary>
    public static void Release(ArraySegment<long> items)
    {
        if (items.Count > 0)
        {
            ArrayPool<long>.Shared.Return(items.Array!);
        }
    }

    // Only the places change sign, so the patterns keep their order.
    private void Flip()
    {
        foreach (ref long item in Items)
        {
            item = ((long)-PositionOf(item) << 32) | (uint)PatternOf(item);
        }
    }
}
