using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using MmapPS.Native.Unix;

namespace MmapPS.Native.MacOS;

/// <summary>fchmod(2).</summary>
internal static class Fchmod
{
    private const ushort OwnerOnly = 0x180; // 0600

    /// <summary>Lets only its owner read and write a file.</summary>
    /// <returns>0, or the error number.</returns>
    public static int ToOwnerOnly(SafeFileHandle file)
    {
        int errno = Import(file, OwnerOnly) == 0 ? 0 : Marshal.GetLastWin32Error();
        NativeTrace.Listener?.Invoke(NativeTrace.Call("fchmod", CallNames.Result(errno), file, "0600"));
        return errno;
    }

    [DllImport(Libc.Name, EntryPoint = "fchmod", SetLastError = true)]
    private static extern int Import(SafeFileHandle file, ushort mode);
}
