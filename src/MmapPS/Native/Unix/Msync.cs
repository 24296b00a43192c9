using System.Runtime.InteropServices;

namespace MmapPS.Native.Unix;

/// <summary>msync(2).</summary>
internal static class Msync
{
    /// <summary>Writes a page-aligned range back.</summary>
    /// <returns>0, or the error number.</returns>
    public static int Invoke(nint address, long length, int flags) =>
        Import(address, (nuint)length, flags) == 0 ? 0 : Marshal.GetLastWin32Error();

    [DllImport(Libc.Name, EntryPoint = "msync", SetLastError = true)]
    private static extern int Import(nint address, nuint length, int flags);
}
