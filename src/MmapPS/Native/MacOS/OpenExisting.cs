using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using MmapPS.Native.Unix;

namespace MmapPS.Native.MacOS;

/// <summary>open(2) of a file that is there.</summary>
/// <remarks>
/// open is variadic, and on arm64 the mode would be passed on the stack, where no P/Invoke puts it. It is only looked at with
/// O_CREAT: without, a call with the two named arguments is the very call that a C compiler makes.
/// </remarks>
internal static class OpenExisting
{
    /// <summary>Opens a file without following a link or waiting for the other end of a pipe.</summary>
    /// <returns>The file, or null where <paramref name="errno"/> says why not.</returns>
    public static SafeFileHandle? Invoke(string path, bool writes, out int errno)
    {
        const int Safe = MacOSConstants.OpenNoFollow | MacOSConstants.OpenNonBlocking | MacOSConstants.OpenCloseOnExec;
        int access = writes ? MacOSConstants.OpenReadWrite : MacOSConstants.OpenReadOnly;
        int file = Import(Libc.ToNativePath(path), access | Safe);
        errno = file < 0 ? Marshal.GetLastWin32Error() : 0;
        NativeTrace.Listener?.Invoke(NativeTrace.Call(
            "open", CallNames.Count(file, errno), NativeTrace.Text(path), CallNames.OpenFlags(access | Safe)));
        return file < 0 ? null : new SafeFileHandle((nint)file, ownsHandle: true);
    }

    [DllImport(Libc.Name, EntryPoint = "open", SetLastError = true)]
    private static extern int Import(byte[] path, int flags);
}
