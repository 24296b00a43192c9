using System;

namespace MmapPS.Bench;

/// <summary>Plain memory copies: the fastest possible way, which crashes on a bad page.</summary>
public static unsafe class Memory
{
    /// <summary>Copies mapped memory into a new array.</summary>
    public static byte[] Read(long address, long length)
    {
        byte[] bytes = new byte[length];
        fixed (byte* target = bytes)
        {
            Buffer.MemoryCopy((byte*)address, target, length, length);
        }

        return bytes;
    }

    /// <summary>Copies an array into mapped memory.</summary>
    public static void Write(long address, byte[] bytes)
    {
        fixed (byte* source = bytes)
        {
            Buffer.MemoryCopy(source, (byte*)address, bytes.Length, bytes.Length);
        }
    }
}
