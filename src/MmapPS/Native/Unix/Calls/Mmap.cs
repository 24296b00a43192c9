using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MmapPS.Native.Unix.Calls;

/// <summary>mmap(2).</summary>
internal static class Mmap
{
    private static readonly SafeFileHandle NoFile = new(preexistingHandle: (nint)(-1), ownsHandle: false);

    /// <summary>Makes a mapping; off_t is 64 bits, as on every 64-bit system.</summary>
    /// <returns>Its address, or 0 on failure; <paramref name="errno"/> says why.</returns>
    public static nint Invoke(nint address, long length, int protection, int flags, SafeFileHandle? file, long offset, out int errno)
    {
        nint result = Import(address, (nuint)length, protection, flags, file ?? NoFile, offset);
        bool failed = result == -1;
        errno = failed ? Marshal.GetLastWin32Error() : 0;
        NativeTrace.Listener?.Invoke(NativeTrace.Call(
            "mmap",
            CallNames.Result(result, errno),
            address,
            length,
            CallNames.Protection.Bits(protection),
            CallNames.Current.Map.Bits(flags),
            file ?? NoFile,
            offset == 0 ? "0" : NativeTrace.Address((nint)offset)));
        return failed ? 0 : result;
    }

    [DllImport(Libc.Name, EntryPoint = "mmap", SetLastError = true)]
    private static extern nint Import(nint address, nuint length, int protection, int flags, SafeFileHandle file, long offset);
}
