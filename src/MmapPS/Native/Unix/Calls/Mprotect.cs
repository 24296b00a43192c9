using System.Runtime.InteropServices;

namespace MmapPS.Native.Unix.Calls;

/// <summary>mprotect(2).</summary>
internal static class Mprotect
{
    /// <summary>Changes the protection of a page-aligned range.</summary>
    /// <returns>0, or the error number.</returns>
    public static int Invoke(nint address, long length, int protection)
    {
        int errno = Import(address, (nuint)length, protection) == 0 ? 0 : Marshal.GetLastWin32Error();
        NativeTrace.Listener?.Invoke(NativeTrace.Call(
            "mprotect", CallNames.Result(errno), address, length, CallNames.Protection.Bits(protection)));
        return errno;
    }

    [DllImport(Libc.Name, EntryPoint = "mprotect", SetLastError = true)]
    private static extern int Import(nint address, nuint length, int protection);
}
