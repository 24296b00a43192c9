using System;
using System.Runtime.InteropServices;
using MmapPS.Native.Windows.Calls;

namespace MmapPS.Native.Windows;

/// <summary>A process's pages in a range, in bytes.</summary>
/// <param name="Resident">In its working set.</param>
/// <param name="Locked">Of these, locked.</param>
/// <param name="Large">Of these, in large pages.</param>
internal readonly record struct PageCounts(long Resident, long Locked, long Large)
{
    // 64 KiB of results per call.
    private const int PagesAtOnce = 4096;

    /// <summary>Counts whole pages, or returns null if the system refuses.</summary>
    /// <param name="process">A handle with PROCESS_QUERY_INFORMATION.</param>
    /// <param name="address">Address of a page.</param>
    /// <param name="length">Length in bytes.</param>
    /// <param name="pageSize">Size of a page in bytes.</param>
    public static PageCounts? Find(SafeHandle process, nint address, long length, long pageSize)
    {
        long count = (length + pageSize - 1) / pageSize;
        var buffer = new QueryWorkingSet.Page[Math.Min(count, PagesAtOnce)];
        long resident = 0;
        long locked = 0;
        long large = 0;
        for (long done = 0; done < count; done += buffer.Length)
        {
            Span<QueryWorkingSet.Page> pages = buffer.AsSpan(0, (int)Math.Min(buffer.Length, count - done));
            if (QueryWorkingSet.Invoke(process, address + (nint)(done * pageSize), pageSize, pages) != 0)
            {
                return null;
            }

            foreach (QueryWorkingSet.Page page in pages)
            {
                resident += page.IsValid ? pageSize : 0;
                locked += page.IsLocked ? pageSize : 0;
                large += page.IsLarge ? pageSize : 0;
            }
        }

        return new PageCounts(resident, locked, large);
    }
}
