using System;

namespace MmapPS.Bytes.Editing;

/// <summary>Finds zeros that a sparse file need not store.</summary>
internal static class ZeroRuns
{
    /// <summary>Bytes that a file system stores or leaves out together, nearly everywhere.</summary>
    public const int BlockSize = 4096;

    private static readonly byte[] s_zeros = new byte[BlockSize];

    /// <summary>How many of the first bytes are alike: all blocks of zeros, or all blocks that are not.</summary>
    /// <param name="bytes">The bytes; the last block may be short, and the first where they start within one.</param>
    /// <param name="place">The first one's place in the file.</param>
    /// <param name="isZero">Whether they are zeros.</param>
    public static int Measure(ReadOnlySpan<byte> bytes, long place, out bool isZero)
    {
        int end = Math.Min(BlockSize - (int)(place % BlockSize), bytes.Length);
        isZero = IsZero(bytes.Slice(0, end));
        while (end < bytes.Length)
        {
            int next = Math.Min(end + BlockSize, bytes.Length);
            if (IsZero(bytes.Slice(end, next - end)) != isZero)
            {
                break;
            }

            end = next;
        }

        return end;
    }

    private static bool IsZero(ReadOnlySpan<byte> block) => block.SequenceEqual(s_zeros.AsSpan(0, block.Length));
}
