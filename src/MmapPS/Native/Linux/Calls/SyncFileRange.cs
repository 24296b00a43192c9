using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using MmapPS.Native.Unix;

namespace MmapPS.Native.Linux.Calls;

/// <summary>sync_file_range(2): write-back in parts, and what MS_ASYNC no longer does since Linux 2.6.19.</summary>
internal static class SyncFileRange
{
    /// <summary>Starts the write-back of a range.</summary>
    /// <returns>0, or the error number.</returns>
    public static int Start(SafeFileHandle file, long offset, long length) =>
        Invoke(file, offset, length, LinuxConstants.SyncFileRangeWrite, "SYNC_FILE_RANGE_WRITE");

    /// <summary>Writes a range back and waits for it, including write-back that others started.</summary>
    /// <returns>0, or the error number, also of an earlier write that was not reported yet.</returns>
    public static int Complete(SafeFileHandle file, long offset, long length) => Invoke(
        file,
        offset,
        length,
        LinuxConstants.SyncFileRangeWaitBefore | LinuxConstants.SyncFileRangeWrite | LinuxConstants.SyncFileRangeWaitAfter,
        "SYNC_FILE_RANGE_WAIT_BEFORE|SYNC_FILE_RANGE_WRITE|SYNC_FILE_RANGE_WAIT_AFTER");

    private static int Invoke(SafeFileHandle file, long offset, long length, uint flags, string names)
    {
        int errno = Import(file, offset, length, flags) == 0 ? 0 : Marshal.GetLastWin32Error();
        NativeTrace.Listener?.Invoke(NativeTrace.Call("sync_file_range", CallNames.Result(errno), file, offset, length, names));
        return errno;
    }

    [DllImport(Libc.Name, EntryPoint = "sync_file_range", SetLastError = true)]
    private static extern int Import(SafeFileHandle file, long offset, long length, uint flags);
}
