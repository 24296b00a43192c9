using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using MmapPS.Bytes.Sources;

namespace MmapPS.Unit.Bytes.Support;

/// <summary>The bytes of an array, optionally with a bad range.</summary>
internal sealed class ArraySource : IByteSource, IByteTarget, IByteLender
{
    private int _reads;
    private int _lent;

    public ArraySource(byte[] bytes) => Bytes = bytes;

    public byte[] Bytes { get; }

    /// <summary>No byte can be read from here on, up to <see cref="FaultEnd"/>.</summary>
    public long FaultAt { get; set; } = long.MaxValue;

    /// <summary>Bytes can be read again from here on; default none.</summary>
    public long FaultEnd { get; init; } = long.MaxValue;

    /// <summary>Offsets and lengths of holes.</summary>
    public IReadOnlyList<(long Offset, long Length)> Holes { get; init; } = [];

    public bool IsDirect { get; init; }

    public int Reads => _reads;

    /// <summary>Number of loans that are not returned.</summary>
    public int Lent => _lent;

    public long Length => Bytes.Length;

    public void Read(long offset, Span<byte> destination)
    {
        Interlocked.Increment(ref _reads);
        ReadOnlySpan<byte> bytes = Bytes.AsSpan((int)offset, destination.Length);
        int reachable = offset >= FaultEnd ? destination.Length : (int)Math.Clamp(FaultAt - offset, 0, destination.Length);
        bytes[..reachable].CopyTo(destination);
        if (reachable < destination.Length)
        {
            throw new PageFaultException($"No byte at {offset + reachable}.");
        }
    }

    public bool TryLend(long offset, int length, out LentBytes bytes)
    {
        bytes = IsDirect ? new LentBytes(Bytes.AsSpan((int)offset, length), this) : default;
        Interlocked.Add(ref _lent, IsDirect ? 1 : 0);
        return IsDirect;
    }

    public long CountZeros(long offset, long length) => Holes
        .Where(hole => hole.Offset <= offset && offset < hole.Offset + hole.Length)
        .Select(hole => Math.Min(length, hole.Offset + hole.Length - offset))
        .FirstOrDefault();

    public void TakeBack() => Interlocked.Decrement(ref _lent);

    public void Write(long offset, ReadOnlySpan<byte> source)
    {
        int reachable = (int)Math.Clamp(FaultAt - offset, 0, source.Length);
        source[..reachable].CopyTo(Bytes.AsSpan((int)offset));
        if (reachable < source.Length)
        {
            throw new PageFaultException($"No byte at {offset + reachable}.");
        }
    }
}
