using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using MmapPS.Native.Unix;

namespace MmapPS.Native.Linux.Calls;

/// <summary>fdatasync(2).</summary>
internal static class Fdatasync
{
    /// <summary>Writes a file's dirty pages back, and returns when they are on the storage.</summary>
    /// <returns>0, or the error number.</returns>
    public static int Invoke(SafeFileHandle file)
    {
        int errno = Import(file) == 0 ? 0 : Marshal.GetLastWin32Error();
        NativeTrace.Listener?.Invoke(NativeTrace.Call("fdatasync", CallNames.Result(errno), file));
        return errno;
    }

    [DllImport(Libc.Name, EntryPoint = "fdatasync", SetLastError = true)]
    private static extern int Import(SafeFileHandle file);
}
