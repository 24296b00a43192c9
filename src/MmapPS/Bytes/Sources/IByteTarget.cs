using System;

namespace MmapPS.Bytes.Sources;

/// <summary>Bytes to write.</summary>
internal interface IByteTarget
{
    /// <summary>How many bytes there are.</summary>
    long Length { get; }

    /// <summary>Copies bytes in; the range lies within <see cref="Length"/>.</summary>
    /// <exception cref="MappingException">A byte cannot be reached.</exception>
    void Write(long offset, ReadOnlySpan<byte> source);
}
