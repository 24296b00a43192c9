using System;

namespace MmapPS.Bytes.Sources;

/// <summary>A writable sequence of bytes.</summary>
internal interface IByteTarget
{
    /// <summary>Number of bytes.</summary>
    long Length { get; }

    /// <summary>Copies bytes in; the range lies within <see cref="Length"/>.</summary>
    /// <exception cref="MappingException">A byte cannot be written.</exception>
    void Write(long offset, ReadOnlySpan<byte> source);
}
