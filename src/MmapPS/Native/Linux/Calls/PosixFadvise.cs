using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using MmapPS.Native.Unix;

namespace MmapPS.Native.Linux.Calls;

/// <summary>posix_fadvise(2).</summary>
internal static class PosixFadvise
{
    private static readonly FlagNames Names = new(
        "POSIX_FADV_",
        (LinuxConstants.FadvNormal, "NORMAL"),
        (LinuxConstants.FadvRandom, "RANDOM"),
        (LinuxConstants.FadvSequential, "SEQUENTIAL"),
        (LinuxConstants.FadvWillNeed, "WILLNEED"),
        (LinuxConstants.FadvDontNeed, "DONTNEED"),
        (LinuxConstants.FadvNoReuse, "NOREUSE"),
        (LinuxConstants.FadvDontNeedS390, "DONTNEED"),
        (LinuxConstants.FadvNoReuseS390, "NOREUSE"));

    /// <summary>Gives advice on a range of an open file.</summary>
    /// <returns>0, or the error number.</returns>
    public static int Invoke(SafeFileHandle file, long offset, long length, int advice)
    {
        int errno = Import(file, offset, length, advice);
        NativeTrace.Listener?.Invoke(NativeTrace.Call("posix_fadvise", CallNames.Result(errno), file, offset, length, Names.Value(advice)));
        return errno;
    }

    [DllImport(Libc.Name, EntryPoint = "posix_fadvise")]
    private static extern int Import(SafeFileHandle file, long offset, long length, int advice);
}
