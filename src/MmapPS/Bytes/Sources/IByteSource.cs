using System;

namespace MmapPS.Bytes.Sources;

/// <summary>Bytes to read. All members may be called from several threads at once.</summary>
internal interface IByteSource
{
    /// <summary>How many bytes there are.</summary>
    long Length { get; }

    /// <summary>Copies bytes out; the range lies within <see cref="Length"/>.</summary>
    /// <exception cref="MappingException">A byte cannot be reached; those before it have been copied.</exception>
    void Read(long offset, Span<byte> destination);

    /// <summary>
    /// Lends the bytes themselves, where they are in memory that can neither fault nor go away until they are given back. Who
    /// has them gives them back soon, and uses no source meanwhile.
    /// </summary>
    bool TryLend(long offset, int length, out LentBytes bytes);

    /// <summary>How many bytes of a range are known, without being read, to be zeros from its start on.</summary>
    long CountZeros(long offset, long length);
}
