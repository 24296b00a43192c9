using System.Runtime.InteropServices;

namespace MmapPS.Native.Unix.Calls;

/// <summary>munmap(2).</summary>
internal static class Munmap
{
    /// <summary>Removes a mapping.</summary>
    /// <returns>Whether it succeeded.</returns>
    public static bool Invoke(nint address, long length)
    {
        int errno = Import(address, (nuint)length) == 0 ? 0 : Marshal.GetLastWin32Error();
        NativeTrace.Listener?.Invoke(NativeTrace.Call("munmap", CallNames.Result(errno), address, length));
        return errno == 0;
    }

    [DllImport(Libc.Name, EntryPoint = "munmap", SetLastError = true)]
    private static extern int Import(nint address, nuint length);
}
