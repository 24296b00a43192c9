using System;
using System.Collections.Generic;
using System.Runtime.ExceptionServices;
using System.Threading.Tasks;
using MmapPS.Native;
using MmapPS.Ranges;
using MmapPS.Work;

namespace MmapPS.Regions.Pages;

/// <summary>What of mapped memory is in RAM.</summary>
internal sealed class Residency
{
    // Pages asked for at once, 1 MiB of small ones, and how many times that is done between two looks at whether to go on:
    // tens of milliseconds. Fewer would have the processors wait for each other.
    private const int PartPages = 256;
    private const int PartsAtOnce = 1024;

    private readonly MemoryPlatform _platform;
    private readonly PageSpan _pages;
    private readonly MemoryRange _window;
    private readonly List<MemoryRange> _ranges = [];

    private Residency(MemoryPlatform platform, PageSpan pages, MemoryRange window)
    {
        _platform = platform;
        _pages = pages;
        _window = window;
    }

    /// <summary>The ranges in memory, ascending and apart from each other.</summary>
    public MemoryRangeList Ranges => new(_ranges);

    /// <summary>Bytes of pages of the file that are not written back, or null where that is not known.</summary>
    public long? Dirty { get; private set; } = 0;

    /// <summary>Looks at the pages that hold some offsets.</summary>
    /// <param name="platform">The system.</param>
    /// <param name="pages">The pages; without a file only the mapping tells.</param>
    /// <param name="window">The offsets in the file that count, from the first page on.</param>
    /// <param name="work">Told of every part.</param>
    /// <exception cref="MappingException">A refusal of the system.</exception>
    public static Residency Find(MemoryPlatform platform, PageSpan pages, MemoryRange window, IWork work)
    {
        var residency = new Residency(platform, pages, window);
        residency.Look(work);
        return residency;
    }

    private void Look(IWork work)
    {
        long pages = Alignment.Up(_window.End - _pages.FileOffset, _platform.PageSize) / _platform.PageSize;
        for (long first = 0; first < pages; first += PartPages * PartsAtOnce)
        {
            int count = (int)Math.Min(PartPages * PartsAtOnce, pages - first);
            var parts = new Part[(count + PartPages - 1) / PartPages];
            LookAtParts(parts.Length, i =>
                parts[i] = LookAt(first + (i * PartPages), Math.Min(PartPages, count - (i * PartPages))));
            foreach (Part part in parts)
            {
                Dirty += part.Dirty;
                part.Runs.ForEach(Add);
            }

            work.Advance(count * _platform.PageSize);
        }
    }

    // The system looks page by page, and several processors are that much faster.
    private static void LookAtParts(int count, Action<int> look)
    {
        if (count == 1)
        {
            look(0);
            return;
        }

        try
        {
            Parallel.For(0, count, look);
        }
        catch (AggregateException failures)
        {
            ExceptionDispatchInfo.Capture(failures.InnerExceptions[0]).Throw();
        }
    }

    private Part LookAt(long first, int count)
    {
        PageSpan part = _pages.Slice(first * _platform.PageSize, count * _platform.PageSize);
        (long offset, long length) = (part.FileOffset, part.Length);

        // All or nothing of a part is common, and told at once.
        CachedBytes? cached = part.InFile is { } inFile ? _platform.CountCached(inFile) : null;
        if (cached?.Resident == 0)
        {
            return new Part([], cached.Value.Dirty);
        }

        if (cached?.Resident == length)
        {
            return new Part([new MemoryRange(offset, length)], cached.Value.Dirty);
        }

        Span<byte> states = new byte[count];
        _platform.FindResidency(part, states);
        return new Part(FindRuns(states, offset), cached?.Dirty);
    }

    private List<MemoryRange> FindRuns(ReadOnlySpan<byte> pages, long offset)
    {
        var runs = new List<MemoryRange>();
        int next = 0;
        while (next < pages.Length && pages.Slice(next).IndexOf((byte)1) is >= 0 and int gap)
        {
            int start = next + gap;
            int run = pages.Slice(start).IndexOf((byte)0);
            next = run < 0 ? pages.Length : start + run;
            runs.Add(new MemoryRange(offset + (start * _platform.PageSize), (next - start) * _platform.PageSize));
        }

        return runs;
    }

    private void Add(MemoryRange run)
    {
        long start = Math.Max(_window.Offset, run.Offset);
        long end = Math.Min(_window.End, run.End);
        int last = _ranges.Count - 1;
        if (last >= 0 && _ranges[last].End == start)
        {
            _ranges[last] = new MemoryRange(_ranges[last].Offset, end - _ranges[last].Offset);
        }
        else
        {
            _ranges.Add(new MemoryRange(start, end - start));
        }
    }

    private readonly record struct Part(List<MemoryRange> Runs, long? Dirty);
}
