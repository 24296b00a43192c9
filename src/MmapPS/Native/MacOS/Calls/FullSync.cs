using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using MmapPS.Native.Unix;
using static MmapPS.Native.MacOS.MacOSConstants;

namespace MmapPS.Native.MacOS.Calls;

/// <summary>fcntl(2) with F_FULLFSYNC, which goes through the drive's own cache, and fsync(2), which does not.</summary>
/// <remarks>
/// fcntl is variadic, and on arm64 the arguments behind its two named ones are passed on the stack, where no P/Invoke puts
/// them. F_FULLFSYNC has none: a call with the two named arguments is the very call that a C compiler makes.
/// FileStream.Flush(true) does the same, but nothing at all for a file that is open for reading only.
/// </remarks>
internal static class FullSync
{
    /// <summary>Brings what was written to the medium; to the drive only, where the file system knows no more.</summary>
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
