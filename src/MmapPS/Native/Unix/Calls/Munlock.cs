using System.Runtime.InteropServices;

namespace MmapPS.Native.Unix.Calls;

/// <summary>munlock(2).</summary>
internal static class Munlock
{
    /// <summary>Unlocks pages.</summary>
    /// <returns>0, or the error number.</returns>
    public static int Invoke(nint address, long length)
    {
        int errno = Import(address, (nuint)length) == 0 ? 0 : Marshal.GetLastWin32Error();
        NativeTrace.Listener?.Invoke(NativeTrace.Call("munlock", CallNames.Result(errno), address, length));
        return errno;
    }

    [DllImport(Libc.Name, EntryPoint = "munlock", SetLastError = true)]
    private static extern int Import(nint address, nuint length);
}
