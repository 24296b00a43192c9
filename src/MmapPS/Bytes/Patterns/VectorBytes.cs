using System.Numerics;
using System.Runtime.CompilerServices;

namespace MmapPS.Bytes.Patterns;

/// <summary>Vectors of bytes over memory, and the places of their set elements.</summary>
internal static class VectorBytes
{
    /// <summary>The bytes from a reference on; whoever calls knows that they are there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<byte> Load(ref byte start, int offset) =>
        Unsafe.ReadUnaligned<Vector<byte>>(ref Unsafe.Add(ref start, offset));

    /// <summary>The place of the lowest byte that is set in eight that each are 0 or 0xFF.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int LowestSetByte(ulong bytes)
    {
        // The lowest set bit is the lowest of its byte; multiplying by it moves that byte's number to the top.
        ulong lowest = bytes & (~bytes + 1);
        return (int)((lowest * 0x0001020304050607) >> 56);
    }
}
