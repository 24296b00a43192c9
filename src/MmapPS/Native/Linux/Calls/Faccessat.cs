using System.Runtime.InteropServices;
using MmapPS.Native.Unix;

namespace MmapPS.Native.Linux.Calls;

/// <summary>faccessat(2).</summary>
internal static class Faccessat
{
    /// <summary>Whether this process, with its present rights, may write the file at a path.</summary>
    public static bool MayWrite(string path)
    {
        const int Flags = LinuxConstants.AtEffectiveAccess;
        int status = Import(LinuxConstants.AtFdCwd, Libc.ToNativePath(path), LinuxConstants.AccessWrite, Flags);
        int errno = status == 0 ? 0 : Marshal.GetLastWin32Error();
        NativeTrace.Listener?.Invoke(NativeTrace.Call(
            "faccessat", CallNames.Result(errno), "AT_FDCWD", NativeTrace.Text(path), "W_OK", "AT_EACCESS"));
        return errno == 0;
    }

    [DllImport(Libc.Name, EntryPoint = "faccessat", SetLastError = true)]
    private static extern int Import(int directory, byte[] path, int mode, int flags);
}
