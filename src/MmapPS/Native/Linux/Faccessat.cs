using System.Runtime.InteropServices;
using MmapPS.Native.Unix;

namespace MmapPS.Native.Linux;

/// <summary>faccessat(2).</summary>
internal static class Faccessat
{
    /// <summary>Whether this process, with the rights that it has now, may write what stands at a path.</summary>
    public static bool MayWrite(string path) =>
        Import(LinuxConstants.AtFdCwd, Libc.ToNativePath(path), LinuxConstants.AccessWrite, LinuxConstants.AtEffectiveAccess) == 0;

    [DllImport(Libc.Name, EntryPoint = "faccessat", SetLastError = true)]
    private static extern int Import(int directory, byte[] path, int mode, int flags);
}
