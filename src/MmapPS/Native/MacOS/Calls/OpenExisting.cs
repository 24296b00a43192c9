using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using MmapPS.Native.Unix;

namespace MmapPS.Native.MacOS.Calls;

/// <summary>open(2) of a file that is there.</summary>
/// <remarks>
/// open is variadic, and on arm64 the mode would be passed on the stack, where no P/Invoke puts it. It is only looked at with
/// O_CREAT: without, a call with the two named arguments is the very call that a C compiler makes.
/// </remarks>
internal static class OpenExisting
{
    /// <summary>Opens a file without waiting for the other end of a pipe.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="writes">Whether it is opened for writing too.</param>
    /// <param name="followsLinks">Whether the path may be that of a link.</param>
    /// <param name="errno">0, or the error number.</param>
    /// <returns>The file, or null where <paramref name="errno"/> says why not.</returns>
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
