using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using MmapPS.Native.Unix;
using static MmapPS.Native.MacOS.MacOSConstants;

namespace MmapPS.Native.MacOS.Calls;

/// <summary>fcntl(2) with F_FULLFSYNC, which flushes the drive's own cache, and fsync(2), which does not.</summary>
/// <remarks>
/// fcntl is variadic, and on arm64 the arguments after its two named ones are passed on the stack, where P/Invoke does not put
/// them. F_FULLFSYNC has none: a call with the two named arguments is the same as from C.
/// FileStream.Flush(true) does the same, but nothing for a file that is open for reading only.
/// </remarks>
internal static class FullSync
{
    /// <summary>Writes changes to the medium; only to the drive if the file system does not support it.</summary>
    /// <returns>0, or the error number.</returns>
    public static int Invoke(SafeFileHandle file)
    {
        int errno = Repeat(() => ImportFcntl(file, FullFSync));
        NativeTrace.Listener?.Invoke(NativeTrace.Call("fcntl", CallNames.Result(errno), file, "F_FULLFSYNC"));
        return errno != 0 && MacOSErrno.Describe("fcntl", errno).Kind == NativeErrorKind.NotSupported
            ? SyncToDrive(file)
            : errno;
    }

    private static int SyncToDrive(SafeFileHandle file)
    {
        int errno = Repeat(() => ImportFSync(file));
        NativeTrace.Listener?.Invoke(NativeTrace.Call("fsync", CallNames.Result(errno), file));
        return errno;
    }

    private static int Repeat(System.Func<int> call)
    {
        int errno;
        do
        {
            errno = call() == 0 ? 0 : Marshal.GetLastWin32Error();
        }
        while (errno == EINTR);
        return errno;
    }

    [DllImport(Libc.Name, EntryPoint = "fcntl", SetLastError = true)]
    private static extern int ImportFcntl(SafeFileHandle file, int command);

    [DllImport(Libc.Name, EntryPoint = "fsync", SetLastError = true)]
    private static extern int ImportFSync(SafeFileHandle file);
}
