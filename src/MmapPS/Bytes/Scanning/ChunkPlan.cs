using System;

namespace MmapPS.Bytes.Scanning;

/// <summary>Splits a range into chunks, numbered from its start or, backward, from its end.</summary>
internal readonly struct ChunkPlan
{
    private readonly long _offset;
    private readonly int _chunkSize;
    private readonly bool _backward;

    public ChunkPlan(long offset, long length, int chunkSize, bool backward = false)
    {
        _offset = offset;
        _chunkSize = chunkSize;
        _backward = backward;
        End = offset + length;
        Count = (length / chunkSize) + (length % chunkSize == 0 ? 0 : 1);
    }

    /// <summary>Bytes that an item of the range counts for in progress; default 1, where the items are bytes.</summary>
    public long ItemSize { get; init; } = 1;

    /// <summary>Offset after the last byte of the range.</summary>
    public long End { get; }

    /// <summary>Number of chunks.</summary>
    public long Count { get; }

    /// <summary>Offset of a chunk.</summary>
    public long OffsetOf(long index) => _offset + ((_backward ? Count - 1 - index : index) * _chunkSize);

    /// <summary>Length of a chunk in bytes.</summary>
    public int LengthOf(long index) => (int)Math.Min(_chunkSize, End - OffsetOf(index));
}
