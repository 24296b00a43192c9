using System.Collections.Generic;
using System.Linq;
using CsCheck;
using MmapPS.Bytes.Scanning;

namespace MmapPS.Unit.Bytes.Support;

/// <summary>Bytes that alternate with holes.</summary>
internal sealed class SparseBytes
{
    /// <summary>Data of few different bytes between short and long holes.</summary>
    public static readonly Gen<SparseBytes> Generator =
        Gen.Select(Gen.OneOf<byte>(0, (byte)'a', (byte)'b').Array[0, 12], Gen.Int[0, 120]).Array[0, 6].Select(parts => new SparseBytes(parts));

    /// <summary>Settings for which a hole of a few bytes is long.</summary>
    public static readonly Gen<ScanSettings> Settings =
        Gen.Select(Gen.Int[1, 70], Gen.Int[1, 4], Gen.Int[1, 40]).Select((chunkSize, threads, hole) =>
            new ScanSettings { ChunkSize = chunkSize, Threads = threads, ParallelFrom = 0, LongHole = hole });

    private readonly List<(long Offset, long Length)> _holes = [];

    private SparseBytes((byte[] Data, int Hole)[] parts)
    {
        var bytes = new List<byte>();
        foreach ((byte[] data, int hole) in parts)
        {
            bytes.AddRange(data);
            _holes.Add((bytes.Count, hole));
            bytes.AddRange(Enumerable.Repeat((byte)0, hole));
        }

        Bytes = [.. bytes];
    }

    /// <summary>The bytes, including those of the holes.</summary>
    public byte[] Bytes { get; }

    /// <summary>A source that reports the holes.</summary>
    public ArraySource ToSource() => new(Bytes) { Holes = _holes };
}
