using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using MmapPS.Native.Unix;

namespace MmapPS.Native.Linux;

/// <summary>posix_fadvise(2).</summary>
internal static class PosixFadvise
{
    /// <summary>Gives advice on a range of an open file.</summary>
    /// <returns>0, or the error number.</returns>
    public static int Invoke(SafeFileHandle file, long offset, long length, int advice) => Import(file, offset, length, advice);

    [DllImport(Libc.Name, EntryPoint = "posix_fadvise")]
    private static extern int Import(SafeFileHandle file, long offset, long length, int advice);
}
