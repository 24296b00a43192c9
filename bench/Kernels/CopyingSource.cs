using System;
using MmapPS.Bytes.Sources;

namespace MmapPS.Kernels;

/// <summary>Memory that is copied chunk by chunk, like the memory of a file.</summary>
internal sealed class CopyingSource(byte[] bytes) : IByteSource
{
    public long Length => bytes.Length;

    public void Read(long offset, Span<byte> destination) => bytes.AsSpan((int)offset, destination.Length).CopyTo(destination);

    public bool TryLend(long offset, int length, out LentBytes lent)
    {
        lent = default;
        return false;
    }
}
