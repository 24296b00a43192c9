using System;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using MmapPS.Native.Unix;

namespace MmapPS.Native.Linux.Calls;

/// <summary>shm_open(3) and shm_unlink(3). The C library adds O_NOFOLLOW, so that no planted link is followed.</summary>
internal static class ShmOpen
{
    private const uint OwnerOnly = 0x180; // 0600

    /// <summary>Opens a name.</summary>
    /// <returns>The file, or null on failure; <paramref name="errno"/> says why.</returns>
    public static SafeFileHandle? Invoke(string name, int flags, out int errno)
    {
        byte[] path = Libc.ToNativePath("/" + name);
        int file = WithLibrary(() => Import(path, flags, OwnerOnly), () => ImportRt(path, flags, OwnerOnly), out errno);
        NativeTrace.Listener?.Invoke(NativeTrace.Call(
            "shm_open", CallNames.Count(file, errno), NativeTrace.Text("/" + name), CallNames.OpenFlags(flags), "0600"));
        return file < 0 ? null : new SafeFileHandle((nint)file, ownsHandle: true);
    }

    /// <summary>Removes a name.</summary>
    /// <returns>0, or the error number.</returns>
    public static int Unlink(string name)
    {
        byte[] path = Libc.ToNativePath("/" + name);
        WithLibrary(() => ImportUnlink(path), () => ImportUnlinkRt(path), out int errno);
        NativeTrace.Listener?.Invoke(NativeTrace.Call("shm_unlink", CallNames.Result(errno), NativeTrace.Text("/" + name)));
        return errno;
    }

    // Before glibc 2.34 they were in a separate library.
    private static int WithLibrary(Func<int> libc, Func<int> librt, out int errno)
    {
        int result;
        try
        {
            result = libc();
        }
        catch (EntryPointNotFoundException)
        {
            result = librt();
        }

        errno = result < 0 ? Marshal.GetLastWin32Error() : 0;
        return result;
    }

    [DllImport(Libc.Name, EntryPoint = "shm_open", SetLastError = true)]
    private static extern int Import(byte[] name, int flags, uint mode);

    [DllImport("librt.so.1", EntryPoint = "shm_open", SetLastError = true)]
    private static extern int ImportRt(byte[] name, int flags, uint mode);

    [DllImport(Libc.Name, EntryPoint = "shm_unlink", SetLastError = true)]
    private static extern int ImportUnlink(byte[] name);

    [DllImport("librt.so.1", EntryPoint = "shm_unlink", SetLastError = true)]
    private static extern int ImportUnlinkRt(byte[] name);
}
