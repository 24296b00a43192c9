using System.Runtime.InteropServices;
using MmapPS.Native.Unix;

namespace MmapPS.Native.Linux.Calls;

/// <summary>mremap(2).</summary>
internal static class Mremap
{
    /// <summary>Changes the length of a mapping. The variadic fifth argument belongs to unused flags.</summary>
    /// <returns>The new address, or 0 on failure; <paramref name="errno"/> says why.</returns>
    public static nint Invoke(nint address, long oldLength, long newLength, bool mayMove, out int errno)
    {
        nint result = Import(address, (nuint)oldLength, (nuint)newLength, mayMove ? LinuxConstants.MremapMayMove : 0);
        bool failed = result == -1;
        errno = failed ? Marshal.GetLastWin32Error() : 0;
        NativeTrace.Listener?.Invoke(NativeTrace.Call(
            "mremap", CallNames.Result(result, errno), address, oldLength, newLength, mayMove ? "MREMAP_MAYMOVE" : "0"));
        return failed ? 0 : result;
    }

    [DllImport(Libc.Name, EntryPoint = "mremap", SetLastError = true)]
    private static extern nint Import(nint address, nuint oldLength, nuint newLength, int flags);
}
