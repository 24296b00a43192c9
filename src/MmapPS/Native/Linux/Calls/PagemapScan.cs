using System;
using System.IO;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using MmapPS.Native.Unix;

namespace MmapPS.Native.Linux.Calls;

/// <summary>ioctl(2) PAGEMAP_SCAN of /proc/self/pagemap, Linux 6.7: finds pages of a category in any range.</summary>
internal static class PagemapScan
{
    private const string Path = "/proc/self/pagemap";

    /// <summary>Adds up the pages of a category.</summary>
    /// <param name="address">Address of a page.</param>
    /// <param name="length">Length in bytes, whole pages.</param>
    /// <param name="category">One of PAGE_IS_*.</param>
    /// <returns>Their bytes, or null if the kernel does not support it.</returns>
    public static long? Count(ulong address, long length, ulong category)
    {
        try
        {
            using FileStream file = new(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 1);
            FileTrace.Opened(Path, FileAccess.Read, create: false, file);
            long? count = Count(file.SafeFileHandle, address, address + (ulong)length, category);
            FileTrace.Close(file);
            return count;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static unsafe long? Count(SafeFileHandle file, ulong start, ulong end, ulong category)
    {
        const int Most = 256;
        Region* regions = stackalloc Region[Most];
        long bytes = 0;
        while (start < end)
        {
            var query = new Query
            {
                Size = (ulong)sizeof(Query),
                Start = start,
                End = end,
                Regions = (ulong)regions,
                RegionCount = Most,
                Mask = category,
                Wanted = category,
            };
            int found = Import(file, LinuxConstants.IoctlPagemapScan, ref query);
            NativeTrace.Listener?.Invoke(NativeTrace.Call(
                "ioctl", CallNames.Count(found, found < 0 ? Marshal.GetLastWin32Error() : 0), file, "PAGEMAP_SCAN", "..."));
            if (found < 0 || query.Reached <= start)
            {
                return null;
            }

            for (int i = 0; i < found; i++)
            {
                bytes += (long)(regions[i].End - regions[i].Start);
            }

            start = query.Reached;
        }

        return bytes;
    }

    // Variadic, but on Linux its third argument is passed like a fixed one.
    [DllImport(Libc.Name, EntryPoint = "ioctl", SetLastError = true)]
    private static extern int Import(SafeFileHandle file, nuint request, ref Query query);

    /// <summary>struct pm_scan_arg of include/uapi/linux/fs.h.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Query
    {
        public ulong Size;
        public ulong Flags;
        public ulong Start;
        public ulong End;
        public ulong Reached;
        public ulong Regions;
        public ulong RegionCount;
        public ulong MaximumPages;
        public ulong Inverted;
        public ulong Mask;
        public ulong AnyOf;
        public ulong Wanted;
    }

    /// <summary>struct page_region of include/uapi/linux/fs.h.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Region
    {
        public ulong Start;
        public ulong End;
        public ulong Categories;
    }
}
