using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using MmapPS.Native.Unix;

namespace MmapPS.Native.MacOS.Calls;

/// <summary>fchmod(2).</summary>
internal static class Fchmod
{
    /// <summary>Sets the permissions of a file.</summary>
    /// <returns>0, or the error number.</returns>
    public static int Invoke(SafeFileHandle file, int permissions)
    {
        int errno = Import(file, (ushort)permissions) == 0 ? 0 : Marshal.GetLastWin32Error();
        NativeTrace.Listener?.Invoke(NativeTrace.Call("fchmod", CallNames.Result(errno), file, CallNames.Mode(permissions)));
        return errno;
    }

    [DllImport(Libc.Name, EntryPoint = "fchmod", SetLastError = true)]
    private static extern int Import(SafeFileHandle file, ushort mode);
}
