using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MmapPS.Native.Unix.Calls;

/// <summary>lseek(2).</summary>
internal static class Lseek
{
    private const int SeekEnd = 2; // SEEK_END, POSIX

    /// <summary>The length of a file or block device; fstat(2) would say 0 for a device.</summary>
    /// <returns>The length in bytes, or -1 where the file cannot seek.</returns>
    public static long FindEnd(SafeFileHandle file) => Import(file, 0, SeekEnd);

    [DllImport(Libc.Name, EntryPoint = "lseek", SetLastError = true)]
    private static extern long Import(SafeFileHandle file, long offset, int whence);
}
