using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MmapPS.Native.Unix.Calls;

/// <summary>ftruncate(2).</summary>
internal static class Ftruncate
{
    private const int Interrupted = 4; // EINTR, the same on Linux and macOS

    /// <summary>Sets the length of a file; new bytes are a hole.</summary>
    /// <returns>0, or the error number.</returns>
    public static int Invoke(SafeFileHandle file, long length)
    {
        int errno;
        do
        {
            errno = Import(file, length) == 0 ? 0 : Marshal.GetLastWin32Error();
        }
        while (errno == Interrupted);

        NativeTrace.Listener?.Invoke(NativeTrace.Call("ftruncate", CallNames.Result(errno), file, length));
        return errno;
    }

    [DllImport(Libc.Name, EntryPoint = "ftruncate", SetLastError = true)]
    private static extern int Import(SafeFileHandle file, long length);
}
