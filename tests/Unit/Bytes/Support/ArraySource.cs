using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using MmapPS.Bytes.Sources;

namespace MmapPS.Unit.Bytes.Support;

/// <summary>Bytes of an array, with a bad byte where wanted.</summary>
internal sealed class ArraySource : IByteSource, IByteTarget, IByteLender
{
    private int _reads;
    private int _lent;

    public ArraySource(byte[] bytes) => Bytes = bytes;

    public byte[] Bytes { get; }

    /// <summary>From here on no byte can be reached, up to <see cref="FaultEnd"/>.</summary>
    public long FaultAt { get; set; } = long.MaxValue;

    /// <summary>From here on bytes can be reached again; default none.</summary>
    public long FaultEnd { get; init; } = long.MaxValue;

    /// <summary>Where holes are, by offset and length.</summary>
    public IReadOnlyList<(long Offset, long Length)> Holes { get; init; } = [];

    public bool IsDirect { get; init; }

    public int Reads => _reads;

    /// <summary>How many times bytes were lent and not given back.</summary>
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
