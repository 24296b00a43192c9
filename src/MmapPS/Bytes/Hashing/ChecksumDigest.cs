using System;
using System.IO.Hashing;
using MmapPS.Bytes.Scanning;

namespace MmapPS.Bytes.Hashing;

/// <summary>Fast checksums that detect damage, not forgery; by System.IO.Hashing.</summary>
internal sealed class ChecksumDigest : IBlockDigest<byte[]>
{
    private readonly NonCryptographicHashAlgorithm _algorithm;
    private readonly bool _littleEndian;

    private ChecksumDigest(NonCryptographicHashAlgorithm algorithm, bool littleEndian = false)
    {
        _algorithm = algorithm;
        _littleEndian = littleEndian;
    }

    /// <summary>CRC-32 of ISO 3309, as a number: the highest digit first, as other tools show it.</summary>
    public static ChecksumDigest Crc32() => new(new Crc32(), littleEndian: true);

    /// <summary>XXH3 with 64 bits and the seed 0.</summary>
    public static ChecksumDigest XxHash3() => new(new XxHash3());

    /// <inheritdoc/>
    public void Append(byte[] bytes, int start, int count) => _algorithm.Append(bytes.AsSpan(start, count));

    /// <inheritdoc/>
    public byte[] Finish()
    {
        byte[] hash = _algorithm.GetHashAndReset();
        if (_littleEndian)
        {
            Array.Reverse(hash);
        }

        return hash;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
