using System;

namespace MmapPS.Content.Editing;

/// <summary>Finds zeros that a sparse file need not store.</summary>
internal static class ZeroRuns
{
    /// <summary>Bytes that a file system stores or leaves out together, nearly everywhere.</summary>
    public const int BlockSize = 4096;

    private static readonly byte[] s_zeros = new byte[BlockSize];

    /// <summary>How many of the first bytes are alike: all blocks of zeros, or all blocks that are not.</summary>
    /// <param name="bytes">The bytes, from the start of a block on; the last block may be short.</param>
    /// <param name="isZero">Whether they are zeros.</param>
    public static int Measure(ReadOnlySpan<byte> bytes, out bool isZero)
    {
        isZero = IsZeroBlock(bytes, 0);
        int end = Math.Min(BlockSize, bytes.Length);
        while (end < bytes.Length && IsZeroBlock(bytes, end) == isZero)
        {
            end = Math.Min(end + BlockSize, bytes.Length);
        }

        return end;
    }

    private static bool IsZeroBlock(ReadOnlySpan<byte> bytes, int start)
    {
        ReadOnlySpan<byte> block = bytes.Slice(start, Math.Min(BlockSize, bytes.Length - start));
        return block.SequenceEqual(s_zeros.AsSpan(0, block.Length));
    }
}
