using System.Runtime.InteropServices;
using MmapPS.Native.Unix;

namespace MmapPS.Native.Linux.Calls;

/// <summary>mlock2(2).</summary>
internal static class Mlock2
{
    /// <summary>Locks pages in memory from their first use on.</summary>
    /// <returns>0, or the error number.</returns>
    public static int LockOnFault(nint address, long length)
    {
        try
        {
            int errno = Import(address, (nuint)length, LinuxConstants.MlockOnFault) == 0 ? 0 : Marshal.GetLastWin32Error();
            NativeTrace.Listener?.Invoke(NativeTrace.Call("mlock2", CallNames.Result(errno), address, length, "MLOCK_ONFAULT"));
            return errno;
        }
        catch (System.EntryPointNotFoundException)
        {
            return LinuxConstants.ENOSYS; // glibc before 2.27, musl before 1.1.20
        }
    }

    [DllImport(Libc.Name, EntryPoint = "mlock2", SetLastError = true)]
    private static extern int Import(nint address, nuint length, uint flags);
}
