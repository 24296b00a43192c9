using System.Runtime.InteropServices;

namespace MmapPS.Native.Unix.Calls;

/// <summary>mlock(2).</summary>
internal static class Mlock
{
    /// <summary>Brings pages into memory and locks them there.</summary>
    /// <returns>0, or the error number.</returns>
    public static int Invoke(nint address, long length)
    {
        int errno = Import(address, (nuint)length) == 0 ? 0 : Marshal.GetLastWin32Error();
        NativeTrace.Listener?.Invoke(NativeTrace.Call("mlock", CallNames.Result(errno), address, length));
        return errno;
    }

    [DllImport(Libc.Name, EntryPoint = "mlock", SetLastError = true)]
    private static extern int Import(nint address, nuint length);
}
