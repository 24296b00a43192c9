using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using MmapPS.Native.Unix;

namespace MmapPS.Native.Linux.Calls;

/// <summary>cachestat(2), Linux 6.5. The C libraries have no wrapper for it yet.</summary>
internal static class Cachestat
{
    /// <summary>Counts the pages of a range of a file that are in memory, and the dirty ones among them.</summary>
    /// <param name="file">The file.</param>
    /// <param name="offset">Offset of the range.</param>
    /// <param name="length">Its length in bytes, not 0, which would mean to the end.</param>
    /// <param name="resident">Pages in memory.</param>
    /// <param name="dirty">Dirty pages.</param>
    /// <returns>Whether the call succeeded.</returns>
    public static bool TryInvoke(SafeFileHandle file, long offset, long length, out long resident, out long dirty)
    {
        var range = new Range { Offset = (ulong)offset, Length = (ulong)length };
        bool told = Import(LinuxConstants.SyscallCachestat, file, in range, out Result result, 0) == 0;
        NativeTrace.Listener?.Invoke(NativeTrace.Call(
            "cachestat", CallNames.Result(told ? 0 : Marshal.GetLastWin32Error()), file, $"{{{offset}, {length}}}", "...", 0));
        resident = (long)result.Cached;
        dirty = (long)result.Dirty;
        return told;
    }

    [DllImport(Libc.Name, EntryPoint = "syscall", SetLastError = true)]
    private static extern nint Import(nint number, SafeFileHandle file, in Range range, out Result result, nuint flags);

    /// <summary>struct cachestat_range of include/uapi/linux/mman.h.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Range
    {
        public ulong Offset;
        public ulong Length;
    }

    /// <summary>struct cachestat of include/uapi/linux/mman.h, in pages.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Result
    {
        public ulong Cached;
        public ulong Dirty;
        public ulong WrittenBack;
        public ulong Evicted;
        public ulong RecentlyEvicted;
    }
}
