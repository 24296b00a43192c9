using System;
using System.Collections.Generic;
using Microsoft.Win32.SafeHandles;
using MmapPS.Native;

namespace MmapPS.Regions;

/// <summary>What of mapped memory is in RAM.</summary>
internal static class Residency
{
    // 4 MiB of small pages.
    private const int PagesAtOnce = 1024;

    /// <summary>The ranges in memory, ascending and apart from each other.</summary>
    /// <param name="platform">The system.</param>
    /// <param name="subject">How messages name what is looked at.</param>
    /// <param name="address">A page's start.</param>
    /// <param name="origin">The offset that stands there.</param>
    /// <param name="file">The file whose pages these are, at the same offsets, or null: then only the mapping tells.</param>
    /// <param name="window">The offsets that count; the pages looked at are those that hold them.</param>
    /// <param name="monitor">Told of every part.</param>
    /// <exception cref="MappingException">A refusal of the system.</exception>
    public static MemoryRangeList Find(
        MemoryPlatform platform,
        string subject,
        nint address,
        long origin,
        SafeFileHandle? file,
        MemoryRange window,
        IWorkMonitor? monitor)
    {
        var ranges = new List<MemoryRange>();
        long pageSize = platform.PageSize;
        long pages = Alignment.Up(window.End - origin, pageSize) / pageSize;
        Span<byte> answer = new byte[Math.Min(pages, PagesAtOnce)];
        for (long first = 0; first < pages; first += answer.Length)
        {
            Span<byte> part = answer.Slice(0, (int)Math.Min(answer.Length, pages - first));
            long offset = origin + (first * pageSize);

            // All or nothing of a part is common and told a hundred times as fast as page by page.
            long? resident = file is null ? null : platform.CountCached(file, offset, part.Length * pageSize)?.Resident;
            if (resident == part.Length * pageSize)
            {
                part.Fill(1);
            }
            else if (resident == 0)
            {
                part.Clear();
            }
            else
            {
                platform.FindResidency(subject, address + (nint)(first * pageSize), part);
            }

            AddRuns(ranges, part, offset, pageSize, window);
            monitor?.Advance(part.Length * pageSize);
        }

        return new MemoryRangeList(ranges);
    }

    private static void AddRuns(List<MemoryRange> ranges, ReadOnlySpan<byte> pages, long origin, long pageSize, MemoryRange window)
    {
        int next = 0;
        while (next < pages.Length && pages.Slice(next).IndexOf((byte)1) is >= 0 and int gap)
        {
            int start = next + gap;
            int run = pages.Slice(start).IndexOf((byte)0);
            next = run < 0 ? pages.Length : start + run;
            Add(ranges, Math.Max(window.Offset, origin + (start * pageSize)), Math.Min(window.End, origin + (next * pageSize)));
        }
    }

    private static void Add(List<MemoryRange> ranges, long start, long end)
    {
        int last = ranges.Count - 1;
        if (last >= 0 && ranges[last].End == start)
        {
            ranges[last] = new MemoryRange(ranges[last].Offset, end - ranges[last].Offset);
        }
        else
        {
            ranges.Add(new MemoryRange(start, end - start));
        }
    }
}
