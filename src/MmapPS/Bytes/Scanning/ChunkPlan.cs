using System;

namespace MmapPS.Bytes.Scanning;

/// <summary>A range cut into chunks, which are counted from its start or, backward, from its end.</summary>
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

    /// <summary>Behind the last byte of the range.</summary>
    public long End { get; }

    /// <summary>How many chunks there are.</summary>
    public long Count { get; }

    /// <summary>Where a chunk starts.</summary>
    public long OffsetOf(long index) => _offset + ((_backward ? Count - 1 - index : index) * _chunkSize);

    /// <summary>How many bytes a chunk has.</summary>
    public int LengthOf(long index) => (int)Math.Min(_chunkSize, End - OffsetOf(index));
}
