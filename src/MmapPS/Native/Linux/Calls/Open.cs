using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using MmapPS.Native.Unix;

namespace MmapPS.Native.Linux.Calls;

/// <summary>open(2). It is variadic; on 64-bit Linux such a call is the same.</summary>
internal static class Open
{
    /// <summary>Opens a file without blocking, for example on the other end of a pipe.</summary>
    /// <param name="path">Its path; links are followed.</param>
    /// <param name="writes">Whether to open it for writing too.</param>
    /// <param name="permissions">Permissions for creating it, before the umask; null: it must exist.</param>
    /// <param name="errno">0, or the error number.</param>
    /// <returns>The file, or null.</returns>
    public static SafeFileHandle? Invoke(string path, bool writes, int? permissions, out int errno)
    {
        int access = writes ? LinuxConstants.OpenReadWrite : LinuxConstants.OpenReadOnly;
        int make = permissions is null ? 0 : LinuxConstants.OpenCreate | LinuxConstants.OpenExclusive;
        int flags = access | make | LinuxConstants.OpenNonBlocking | LinuxConstants.OpenCloseOnExec;
        int file;
        do
        {
            file = Import(Libc.ToNativePath(path), flags, permissions ?? 0);
            errno = file < 0 ? Marshal.GetLastWin32Error() : 0;
        }
        while (errno == LinuxConstants.EINTR);
        NativeTrace.Listener?.Invoke(permissions is int bits
            ? NativeTrace.Call(
                "open", CallNames.Count(file, errno), NativeTrace.Text(path), CallNames.OpenFlags(flags), CallNames.Mode(bits))
            : NativeTrace.Call("open", CallNames.Count(file, errno), NativeTrace.Text(path), CallNames.OpenFlags(flags)));
        return file < 0 ? null : new SafeFileHandle((nint)file, ownsHandle: true);
    }

    [DllImport(Libc.Name, EntryPoint = "open", SetLastError = true)]
    private static extern int Import(byte[] path, int flags, int mode);
}
