using System.Runtime.InteropServices;

namespace MmapPS.Native.Unix;

/// <summary>mlock(2) and munlock(2).</summary>
internal static class Mlock
{
    /// <summary>Brings a range into memory and keeps it there.</summary>
    /// <returns>0, or the error number.</returns>
    public static int Lock(nint address, long length) =>
        ImportLock(address, (nuint)length) == 0 ? 0 : Marshal.GetLastWin32Error();

    /// <summary>Ends that.</summary>
    /// <returns>0, or the error number.</returns>
    public static int Unlock(nint address, long length) =>
        ImportUnlock(address, (nuint)length) == 0 ? 0 : Marshal.GetLastWin32Error();

    [DllImport(Libc.Name, EntryPoint = "mlock", SetLastError = true)]
    private static extern int ImportLock(nint address, nuint length);

    [DllImport(Libc.Name, EntryPoint = "munlock", SetLastError = true)]
    private static extern int ImportUnlock(nint address, nuint length);
}
