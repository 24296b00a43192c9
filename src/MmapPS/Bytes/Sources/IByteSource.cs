using System;

namespace MmapPS.Bytes.Sources;

/// <summary>A readable sequence of bytes. All members are thread-safe.</summary>
internal interface IByteSource
{
    /// <summary>Number of bytes.</summary>
    long Length { get; }

    /// <summary>Copies bytes out; the range lies within <see cref="Length"/>.</summary>
    /// <exception cref="MappingException">A byte cannot be read; the bytes before it have been copied.</exception>
    void Read(long offset, Span<byte> destination);

    /// <summary>
    /// Lends bytes without a copy, if they are in memory that can neither fault nor be unmapped until they are returned. The
    /// borrower returns them soon, and does not use any source in the meantime.
    /// </summary>
    bool TryLend(long offset, int length, out LentBytes bytes);

    /// <summary>Number of bytes at the start of a range that are known to be zero without reading them.</summary>
    long CountZeros(long offset, long length);
}
