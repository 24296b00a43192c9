using System;

namespace MmapPS.Bytes.Editing;

/// <summary>Finds zeros that a sparse file need not store.</summary>
internal static class ZeroRuns
{
    /// <summary>Block size of nearly all file systems: bytes that are stored or left out together.</summary>
    public const int BlockSize = 4096;

    private static readonly byte[] s_zeros = new byte[BlockSize];

    /// <summary>Number of leading bytes of one kind: only blocks of zeros, or only other blocks.</summary>
    /// <param name="bytes">The bytes; the last block may be short, and so may the first if they start within one.</param>
    /// <param name="place">Offset of the first byte in the file.</param>
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
