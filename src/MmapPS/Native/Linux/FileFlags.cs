using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using MmapPS.Native.Unix;

namespace MmapPS.Native.Linux;

/// <summary>fcntl(2) with F_GETFL and F_SETFL. It is variadic, which on Linux's architectures makes no difference to a call.</summary>
internal static class FileFlags
{
    /// <summary>
    /// Whether this process has an owner's rights to an open file, by its user id or a capability: only then the kernel
    /// lets it switch access times off, which is undone at once.
    /// </summary>
    public static bool HasOwnerRights(SafeFileHandle file)
    {
        nint flags = Import(file, LinuxConstants.GetFileFlags, 0);
        bool owner = flags >= 0 && Import(file, LinuxConstants.SetFileFlags, flags | LinuxConstants.NoAccessTime) == 0;
        if (owner)
        {
            _ = Import(file, LinuxConstants.SetFileFlags, flags);
        }

        return owner;
    }

    [DllImport(Libc.Name, EntryPoint = "fcntl", SetLastError = true)]
    private static extern int Import(SafeFileHandle file, int command, nint argument);
}
