using System;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MmapPS.Native.Unix.Calls;

/// <summary>pread(2).</summary>
internal static class Pread
{
    /// <summary>Reads at an offset; the file's position does not change.</summary>
    /// <returns>Bytes read, 0 at the end of the file, -1 on failure; <paramref name="errno"/> says why.</returns>
    public static unsafe int Invoke(SafeFileHandle file, long offset, Span<byte> destination, out int errno)
    {
        fixed (byte* buffer = destination)
        {
            nint result = Import(file, buffer, (nuint)destination.Length, offset);
            errno = result < 0 ? Marshal.GetLastWin32Error() : 0;
            return (int)result;
        }
    }

    [DllImport(Libc.Name, EntryPoint = "pread", SetLastError = true)]
    private static extern unsafe nint Import(SafeFileHandle file, byte* buffer, nuint count, long offset);
}
