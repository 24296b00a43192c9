using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MmapPS.Native.Unix.Calls;

/// <summary>lseek(2).</summary>
internal static class Lseek
{
    private const int SeekEnd = 2; // SEEK_END, POSIX
    private const int SeekData = 3; // SEEK_DATA, include/uapi/linux/fs.h; Linux only

    /// <summary>The length of a file or block device; fstat(2) returns 0 for a device.</summary>
    /// <returns>The length in bytes, or -1 if the file cannot seek.</returns>
    public static long FindEnd(SafeFileHandle file) => Import(file, 0, SeekEnd);

    /// <summary>Offset of the next data at or after an offset of a file, on Linux.</summary>
    /// <param name="file">The file.</param>
    /// <param name="offset">The offset in bytes.</param>
    /// <param name="errno">0, or the error number: ENXIO if only a hole follows.</param>
    public static long FindData(SafeFileHandle file, long offset, out int errno)
    {
        long found = Import(file, offset, SeekData);
        errno = found < 0 ? Marshal.GetLastWin32Error() : 0;
        return found;
    }

    [DllImport(Libc.Name, EntryPoint = "lseek", SetLastError = true)]
    private static extern long Import(SafeFileHandle file, long offset, int whence);
}
