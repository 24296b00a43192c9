using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MmapPS.Native.Unix.Calls;

/// <summary>flock(2).</summary>
internal static class Flock
{
    // sys/file.h: the same on Linux and macOS.
    private const int Exclusive = 2; // LOCK_EX
    private const int Unlock = 8; // LOCK_UN

    /// <summary>Takes the advisory lock on an open file, and waits for it.</summary>
    public static void Take(SafeFileHandle file) => Invoke(file, Exclusive, "LOCK_EX");

    /// <summary>Releases the advisory lock on an open file, if there is one.</summary>
    public static void Release(SafeFileHandle file) => Invoke(file, Unlock, "LOCK_UN");

    private static void Invoke(SafeFileHandle file, int operation, string name)
    {
        int errno = Import(file, operation) == 0 ? 0 : Marshal.GetLastWin32Error();
        NativeTrace.Listener?.Invoke(NativeTrace.Call("flock", CallNames.Result(errno), file, name));
    }

    [DllImport(Libc.Name, EntryPoint = "flock", SetLastError = true)]
    private static extern int Import(SafeFileHandle file, int operation);
}
