using System;
using System.Numerics;
using System.Runtime.InteropServices;
using MmapPS.Bytes.Patterns;

namespace MmapPS.Bytes.Comparing;

/// <summary>Finds where two spans differ and where they agree.</summary>
internal static class SpanDifference
{
    /// <summary>The first index from a start on at which two spans of equal length differ, or their length.</summary>
    public static int NextDifferent(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, int start)
    {
        ref byte leftStart = ref MemoryMarshal.GetReference(left);
        ref byte rightStart = ref MemoryMarshal.GetReference(right);
        int width = Vector<byte>.Count;
        int position = start;
        while (position <= left.Length - width && VectorBytes.Load(ref leftStart, position) == VectorBytes.Load(ref rightStart, position))
        {
            position += width;
        }

        while (position < left.Length && left[position] == right[position])
        {
            position++;
        }

        return position;
    }

    /// <summary>The first index from a start on at which two spans of equal length agree, or their length.</summary>
    public static int NextEqual(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, int start)
    {
        ref byte leftStart = ref MemoryMarshal.GetReference(left);
        ref byte rightStart = ref MemoryMarshal.GetReference(right);
        int width = Vector<byte>.Count;
        int position = start;
        while (position <= left.Length - width
            && !Vector.EqualsAny(VectorBytes.Load(ref leftStart, position), VectorBytes.Load(ref rightStart, position)))
        {
            position += width;
        }

        while (position < left.Length && left[position] != right[position])
        {
            position++;
        }

        return position;
    }
}
