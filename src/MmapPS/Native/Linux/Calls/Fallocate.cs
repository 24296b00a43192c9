using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using MmapPS.Native.Unix;

namespace MmapPS.Native.Linux.Calls;

/// <summary>fallocate(2). posix_fallocate(3) would write zeros if a file system does not support it, and cannot be stopped.</summary>
internal static class Fallocate
{
    /// <summary>Allocates storage for a range, and makes the file longer if needed.</summary>
    /// <returns>0, or the error number.</returns>
    public static int Grow(SafeFileHandle file, long offset, long length) => Invoke(file, 0, "0", offset, length);

    /// <summary>Allocates storage for a range; the file's length does not change.</summary>
    /// <returns>0, or the error number.</returns>
    public static int KeepSize(SafeFileHandle file, long offset, long length) =>
        Invoke(file, LinuxConstants.FallocKeepSize, "FALLOC_FL_KEEP_SIZE", offset, length);

    /// <summary>Frees the storage of a range, which then reads as zeros; the file's length does not change.</summary>
    /// <returns>0, or the error number.</returns>
    public static int PunchHole(SafeFileHandle file, long offset, long length) => Invoke(
        file,
        LinuxConstants.FallocKeepSize | LinuxConstants.FallocPunchHole,
        "FALLOC_FL_KEEP_SIZE|FALLOC_FL_PUNCH_HOLE",
        offset,
        length);

    private static int Invoke(SafeFileHandle file, int mode, string modeName, long offset, long length)
    {
        int errno;
        do
        {
            errno = Import(file, mode, offset, length) == 0 ? 0 : Marshal.GetLastWin32Error();
        }
        while (errno == LinuxConstants.EINTR);

        NativeTrace.Listener?.Invoke(NativeTrace.Call("fallocate", CallNames.Result(errno), file, modeName, offset, length));
        return errno;
    }

    [DllImport(Libc.Name, EntryPoint = "fallocate", SetLastError = true)]
    private static extern int Import(SafeFileHandle file, int mode, long offset, long length);
}
