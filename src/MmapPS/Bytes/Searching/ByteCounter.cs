using System;
using System.Numerics;
using System.Runtime.InteropServices;
using MmapPS.Bytes.Patterns;

namespace MmapPS.Bytes.Searching;

/// <summary>Counts occurrences of a byte.</summary>
internal static class ByteCounter
{
    /// <summary>Number of bytes that have a value under a mask.</summary>
    public static int Count(ReadOnlySpan<byte> bytes, byte value, byte mask = 0xFF)
    {
        var values = new Vector<byte>(value);
        var masks = new Vector<byte>(mask);
        ref byte start = ref MemoryMarshal.GetReference(bytes);
        int width = Vector<byte>.Count;
        int count = 0;
        int position = 0;
        while (position <= bytes.Length - width)
        {
            // Each element can count to 255 before the sum.
            Vector<byte> counts = Vector<byte>.Zero;
            int stop = (int)Math.Min(bytes.Length - width, position + (254L * width));
            for (; position <= stop; position += width)
            {
                counts -= Vector.Equals(VectorBytes.Load(ref start, position) & masks, values);
            }

            count += Sum(counts);
        }

        for (; position < bytes.Length; position++)
        {
            count += (bytes[position] & mask) == value ? 1 : 0;
        }

        return count;
    }

    private static int Sum(Vector<byte> counts)
    {
        Vector.Widen(counts, out Vector<ushort> low, out Vector<ushort> high);
        return Vector.Dot(low + high, Vector<ushort>.One);
    }
}
