using System.Numerics;
using System.Runtime.CompilerServices;

namespace MmapPS.Bytes.Patterns;

/// <summary>Reads vectors from bytes, and finds their set elements.</summary>
internal static class VectorBytes
{
    /// <summary>The bytes from a reference on; the caller makes sure that they exist.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<byte> Load(ref byte start, int offset) =>
        Unsafe.ReadUnaligned<Vector<byte>>(ref Unsafe.Add(ref start, offset));

    /// <summary>The index of the lowest set byte among eight bytes that are 0 or 0xFF.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int LowestSetByte(ulong bytes)
    {
        // The lowest set bit is the lowest of its byte; the multiplication moves the index of that byte to the top.
        ulong lowest = bytes & (~bytes + 1);
        return (int)((lowest * 0x0001020304050607) >> 56);
    }
}
