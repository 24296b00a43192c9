using System.Runtime.InteropServices;

namespace MmapPS.Native.Unix.Calls;

/// <summary>msync(2).</summary>
internal static class Msync
{
    /// <summary>Writes a page-aligned range back.</summary>
    /// <returns>0, or the error number.</returns>
    public static int Invoke(nint address, long length, int flags)
    {
        int errno = Import(address, (nuint)length, flags) == 0 ? 0 : Marshal.GetLastWin32Error();
        NativeTrace.Listener?.Invoke(NativeTrace.Call(
            "msync", CallNames.Result(errno), address, length, CallNames.Current.Sync.Bits(flags)));
        return errno;
    }

    [DllImport(Libc.Name, EntryPoint = "msync", SetLastError = true)]
    private static extern int Import(nint address, nuint length, int flags);
}
