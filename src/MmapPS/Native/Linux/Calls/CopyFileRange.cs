using System;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using MmapPS.Native.Unix;

namespace MmapPS.Native.Linux.Calls;

/// <summary>copy_file_range(2), Linux 4.5.</summary>
internal static class CopyFileRange
{
    /// <summary>Copies bytes between files; shares their storage if the file system can.</summary>
    /// <returns>Number of bytes copied; 0 if the kernel or a file system does not support it, at the source's end, or on error.</returns>
    public static long Invoke(SafeFileHandle from, long fromOffset, SafeFileHandle to, long toOffset, long length)
    {
        try
        {
            (long fromStart, long toStart) = (fromOffset, toOffset);
            nint copied = Import(from, ref fromOffset, to, ref toOffset, (nuint)length, 0);
            int errno = copied < 0 ? Marshal.GetLastWin32Error() : 0;
            NativeTrace.Listener?.Invoke(NativeTrace.Call(
                "copy_file_range", CallNames.Count(copied, errno), from, $"[{fromStart}]", to, $"[{toStart}]", length, 0));
            return Math.Max(0, copied);
        }
        catch (EntryPointNotFoundException)
        {
            return 0; // glibc before 2.27
        }
    }

    [DllImport(Libc.Name, EntryPoint = "copy_file_range", SetLastError = true)]
    private static extern nint Import(
        SafeFileHandle from, ref long fromOffset, SafeFileHandle to, ref long toOffset, nuint length, uint flags);
}
