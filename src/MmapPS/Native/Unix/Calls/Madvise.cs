using System.Runtime.InteropServices;

namespace MmapPS.Native.Unix.Calls;

/// <summary>madvise(2).</summary>
internal static class Madvise
{
    /// <summary>Gives advice on a page-aligned range.</summary>
    /// <returns>0, or the error number.</returns>
    public static int Invoke(nint address, long length, int advice)
    {
        int errno = Import(address, (nuint)length, advice) == 0 ? 0 : Marshal.GetLastWin32Error();
        NativeTrace.Listener?.Invoke(NativeTrace.Call(
            "madvise", CallNames.Result(errno), address, length, CallNames.Current.Advice.Value(advice)));
        return errno;
    }

    [DllImport(Libc.Name, EntryPoint = "madvise", SetLastError = true)]
    private static extern int Import(nint address, nuint length, int advice);
}
