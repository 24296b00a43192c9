using System;
using Microsoft.Win32.SafeHandles;
using MmapPS.Native;
using MmapPS.Regions;

namespace MmapPS;

/// <summary>Measuring a region, and advice on it.</summary>
public sealed partial class MappedRegion
{
    // Work on pages goes on in parts of a few milliseconds; huge pages start at their borders.
    private const long AdvicePart = 8 << 20;

    private MappingHandle? Mapping => _mapping;

    private BackingFile? File => _file;

    private SafeFileHandle? FileHandle => File?.Handle;

    // Bytes of the mapping before the region's first.
    private long Lead => Mapping is null ? 0 : _address - Mapping.Address;

    /// <summary>Whether an advice takes bytes away that are stored nowhere else.</summary>
    internal bool WouldLose(MemoryAdvice advice) => advice switch
    {
        MemoryAdvice.Free or MemoryAdvice.Remove => true,
        MemoryAdvice.DontNeed => Sharing == MapSharing.Private,
        _ => false,
    };

    /// <summary>
    /// Gives advice on whole pages: those that hold the range, or, where bytes would be lost, those within it.
    /// </summary>
    /// <returns>The part of the region that was advised.</returns>
    /// <exception cref="MappingException">NotSupported, NotWritable, PageFault, NoSpace, LimitReached, RegionClosed.</exception>
    internal ByteRange Advise(ByteRange range, MemoryAdvice advice, IWorkMonitor? monitor)
    {
        using RegionUse use = Use();
        if (advice is MemoryAdvice.Remove or MemoryAdvice.PopulateWrite)
        {
            DemandWritable();
        }

        (long from, long to) = WouldLose(advice) ? PagesWithin(range, advice) : PagesAround(range);
        if (Mapping is null || range.Length == 0 || from >= to)
        {
            return Range(range.Offset, 0);
        }

        if (advice == MemoryAdvice.NoReuse && FileHandle is { } file)
        {
            _platform.AdviseFile(Subject, file, Offset + range.Offset, range.Length, advice);
            return range;
        }

        AdviseMemory(Mapping.Address, from, to, advice, monitor);
        if (advice is MemoryAdvice.Normal or MemoryAdvice.Random or MemoryAdvice.Sequential && range.Length == Length && FileHandle is { } read)
        {
            // Most reads of the region go to its file, which has a readahead of its own.
            _platform.AdviseFile(Subject, read, Offset, Length, advice);
        }

        long start = Math.Max(0, from - Lead);
        return Range(start, Math.Min(Length, to - Lead) - start);
    }

    /// <summary>What of the region is in memory, and how.</summary>
    /// <exception cref="MappingException">AccessDenied, NotSupported, RegionClosed.</exception>
    internal MemoryUsage Measure(IWorkMonitor? monitor)
    {
        using RegionUse use = Use();
        var window = new MemoryRange(Offset, Length);
        if (Mapping is null)
        {
            return Describe(new MemoryRangeList([]), new PageUsage(0, 0, 0, 0));
        }

        if (FileHandle is not null)
        {
            _platform.DemandResidencyKnown(Subject, FileHandle);
        }

        (long from, long to) = PagesAround(Range(0, Length));
        nint address = Mapping.Address + (nint)from;
        SafeFileHandle? shared = Sharing == MapSharing.Shared ? FileHandle : null;
        MemoryRangeList resident = Residency.Find(_platform, Subject, address, Offset - Lead + from, shared, window, monitor);
        PageUsage usage = _platform.FindUsage(address, to - from);
        long? dirty = shared is null ? null : _platform.CountCached(shared, Offset, Length)?.Dirty;
        return Describe(resident, usage with { Dirty = dirty ?? usage.Dirty });
    }

    /// <summary>Unmaps a region that nobody has seen yet, and undoes what mapping it did to its file.</summary>
    internal void Abandon()
    {
        Mapping?.Dispose();
        File?.Abandon();
        Dispose();
    }

    private MemoryUsage Describe(MemoryRangeList resident, PageUsage usage) => new(Offset, Length, PageSize, resident)
    {
        Path = Path,
        Name = Name,
        RegionId = Id,
        Dirty = Clip(usage.Dirty),
        Locked = Clip(usage.Locked),
        Huge = Clip(usage.Huge),
        Swapped = Clip(usage.Swapped),
    };

    // Pages may be more than the region's bytes in them.
    private long? Clip(long? bytes) => bytes > Length ? Length : bytes;

    private void AdviseMemory(nint address, long from, long to, MemoryAdvice advice, IWorkMonitor? monitor)
    {
        long part = Math.Max(AdvicePart, PageSize);
        while (from < to)
        {
            long border = WorksOnPages(advice) ? Alignment.Down(address + from + part, part) - address : to;
            long length = Math.Min(to, border) - from;
            _platform.Advise(Subject, address + (nint)from, length, advice, FileHandle, Offset - Lead + from);
            from += length;
            monitor?.Advance(length);
        }
    }

    // All other advice is about the mapping as such, which is quick, and which parts would cut in pieces.
    private static bool WorksOnPages(MemoryAdvice advice) => advice is
        MemoryAdvice.WillNeed or MemoryAdvice.DontNeed or MemoryAdvice.Free or MemoryAdvice.Remove or MemoryAdvice.Cold
        or MemoryAdvice.PageOut or MemoryAdvice.PopulateRead or MemoryAdvice.PopulateWrite or MemoryAdvice.Collapse;

    // Both from the mapping's start on.
    private (long From, long To) PagesAround(ByteRange range) =>
        (Alignment.Down(Lead + range.Offset, PageSize), Alignment.Up(Lead + range.Offset + range.Length, PageSize));

    // Behind a region's edges is nothing of the region's own to lose, but in a file there may be.
    private (long From, long To) PagesWithin(ByteRange range, MemoryAdvice advice)
    {
        (long from, long to) = PagesAround(range);
        long end = range.Offset + range.Length;
        bool inFile = advice == MemoryAdvice.Remove && File is not null;
        bool freeStart = range.Offset == 0 && !inFile;
        bool freeEnd = inFile ? Offset + end >= _platform.GetLength(FileHandle!) : end == Length;
        return (
            freeStart ? from : Alignment.Up(Lead + range.Offset, PageSize),
            freeEnd ? to : Alignment.Down(Lead + end, PageSize));
    }
}
