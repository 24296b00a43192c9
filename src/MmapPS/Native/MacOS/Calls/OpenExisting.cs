using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using MmapPS.Native.Unix;

namespace MmapPS.Native.MacOS.Calls;

/// <summary>open(2) of an existing file.</summary>
/// <remarks>
/// open is variadic, and on arm64 the mode would be passed on the stack, where P/Invoke does not put it. It is only used with
/// O_CREAT; without it a call with the two named arguments is the same as from C.
/// </remarks>
internal static class OpenExisting
{
    /// <summary>Opens a file without blocking on the other end of a pipe.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="writes">Whether to open it for writing too.</param>
    /// <param name="followsLinks">Whether the path may be a link.</param>
    /// <param name="errno">0, or the error number.</param>
    /// <returns>The file, or null on failure; <paramref name="errno"/> says why.</returns>
    public static SafeFileHandle? Invoke(string path, bool writes, bool followsLinks, out int errno)
    {
        int flags = (writes ? MacOSConstants.OpenReadWrite : MacOSConstants.OpenReadOnly)
            | (followsLinks ? 0 : MacOSConstants.OpenNoFollow)
            | MacOSConstants.OpenNonBlocking
            | MacOSConstants.OpenCloseOnExec;
        int file = Import(Libc.ToNativePath(path), flags);
        errno = file < 0 ? Marshal.GetLastWin32Error() : 0;
        NativeTrace.Listener?.Invoke(NativeTrace.Call(
            "open", CallNames.Count(file, errno), NativeTrace.Text(path), CallNames.OpenFlags(flags)));
        return file < 0 ? null : new SafeFileHandle((nint)file, ownsHandle: true);
    }

    [DllImport(Libc.Name, EntryPoint = "open", SetLastError = true)]
    private static extern int Import(byte[] path, int flags);
}
