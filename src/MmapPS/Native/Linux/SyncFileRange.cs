using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using MmapPS.Native.Unix;

namespace MmapPS.Native.Linux;

/// <summary>sync_file_range(2): what MS_ASYNC has not done since Linux 2.6.19.</summary>
internal static class SyncFileRange
{
    /// <summary>Starts the write-back of a range.</summary>
    /// <returns>0, or the error number.</returns>
    public static int Start(SafeFileHandle file, long offset, long length)
    {
        int errno = Import(file, offset, length, LinuxConstants.SyncFileRangeWrite) == 0 ? 0 : Marshal.GetLastWin32Error();
        NativeTrace.Listener?.Invoke(NativeTrace.Call(
            "sync_file_range", CallNames.Result(errno), file, offset, length, "SYNC_FILE_RANGE_WRITE"));
        return errno;
    }

    [DllImport(Libc.Name, EntryPoint = "sync_file_range", SetLastError = true)]
    private static extern int Import(SafeFileHandle file, long offset, long length, uint flags);
}
