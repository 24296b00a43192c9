using System.Runtime.InteropServices;

namespace MmapPS.Native.Unix;

/// <summary>mprotect(2).</summary>
internal static class Mprotect
{
    /// <summary>Changes the protection of a page-aligned range.</summary>
    /// <returns>0, or the error number.</returns>
    public static int Invoke(nint address, long length, int protection) =>
        Import(address, (nuint)length, protection) == 0 ? 0 : Marshal.GetLastWin32Error();

    [DllImport(Libc.Name, EntryPoint = "mprotect", SetLastError = true)]
    private static extern int Import(nint address, nuint length, int protection);
}
