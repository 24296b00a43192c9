using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using MmapPS.Native.Unix;
using MmapPS.Native.Unix.Calls;

namespace MmapPS.Native.Linux.Calls;

/// <summary>memfd_secret(2). The C libraries have no wrapper for it yet.</summary>
internal static class MemfdSecret
{
    /// <summary>Creates a file of memory that even the kernel does not map, or returns null if it is not supported.</summary>
    public static SafeFileHandle? TryCreate(long length)
    {
        // The kernel raises SIGXFSZ for a length past this limit, which ends the process.
        if (GetRLimit.Invoke(UnixConstants.LimitFileSize) < length)
        {
            return null;
        }

        nint result = Import(LinuxConstants.SyscallMemfdSecret, LinuxConstants.OpenCloseOnExec);
        int errno = result < 0 ? Marshal.GetLastWin32Error() : 0;
        NativeTrace.Listener?.Invoke(NativeTrace.Call("memfd_secret", CallNames.Count(result, errno), "O_CLOEXEC"));
        if (errno != 0)
        {
            return null;
        }

        var file = new SafeFileHandle(result, ownsHandle: true);
        if (Ftruncate.Invoke(file, length) == 0)
        {
            return file;
        }

        file.Dispose();
        return null;
    }

    // syscall(2) is variadic; on 64-bit Linux variadic arguments are passed like fixed ones.
    [DllImport(Libc.Name, EntryPoint = "syscall", SetLastError = true)]
    private static extern nint Import(nint number, nint flags);
}
