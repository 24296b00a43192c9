using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using MmapPS.Native.Unix;

namespace MmapPS.Native.Linux.Calls;

/// <summary>fcntl(2) with F_GETFL and F_SETFL. It is variadic, but on Linux such a call is the same.</summary>
internal static class FileFlags
{
    /// <summary>
    /// Whether this process has owner's rights to an open file, by its user id or a capability: only then the kernel
    /// allows O_NOATIME, which is cleared again at once.
    /// </summary>
    public static bool HasOwnerRights(SafeFileHandle file)
    {
        int flags = Import(file, LinuxConstants.GetFileFlags, 0);
        int errno = flags < 0 ? Marshal.GetLastWin32Error() : 0;
        NativeTrace.Listener?.Invoke(NativeTrace.Call(
            "fcntl", errno == 0 ? NativeTrace.Hex(flags) : CallNames.Result(errno), file, "F_GETFL"));
        bool owner = errno == 0 && Set(file, flags | LinuxConstants.NoAccessTime);
        if (owner)
        {
            Set(file, flags);
        }

        return owner;
    }

    /// <summary>Clears O_NONBLOCK of a file, so that calls on it block as usual.</summary>
    public static void Wait(SafeFileHandle file, bool writes) =>
        Set(file, writes ? LinuxConstants.OpenReadWrite : LinuxConstants.OpenReadOnly);

    private static bool Set(SafeFileHandle file, int flags)
    {
        int errno = Import(file, LinuxConstants.SetFileFlags, flags) == 0 ? 0 : Marshal.GetLastWin32Error();
        NativeTrace.Listener?.Invoke(NativeTrace.Call("fcntl", CallNames.Result(errno), file, "F_SETFL", CallNames.OpenFlags(flags)));
        return errno == 0;
    }

    [DllImport(Libc.Name, EntryPoint = "fcntl", SetLastError = true)]
    private static extern int Import(SafeFileHandle file, int command, nint argument);
}
