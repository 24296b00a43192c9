using System;
using System.Threading;
using Microsoft.Win32.SafeHandles;
using MmapPS.Native;
using MmapPS.Ranges;
using MmapPS.Regions.Life;
using MmapPS.Regions.Pages;
using MmapPS.Terms;
using MmapPS.Work;

namespace MmapPS;

/// <content>Measuring a region, and advice on it.</content>
public sealed partial class MappedRegion
{
    private SafeFileHandle? FileHandle => _source.File?.Handle;

    /// <summary>Whether an advice takes bytes away that are stored nowhere else.</summary>
    internal bool WouldLose(MemoryAdvice advice) => advice.WouldLose(Sharing);

    /// <summary>
    /// Gives advice on whole pages: those that hold the range, or, where bytes would be lost, those within it.
    /// </summary>
    /// <returns>The part of the region that was advised.</returns>
    /// <exception cref="MappingException">NotSupported, NotWritable, PageFault, NoSpace, LimitReached, RegionClosed.</exception>
    internal ByteRange Advise(ByteRange range, MemoryAdvice advice, IWorkMonitor? monitor)
    {
        if (!advice.KeepsTouchable())
        {
            // Alone: a touch that has begun must end before.
            Alone(() => _view = _source.CloseDirectAccess(_view), CancellationToken.None);
        }

        using (RegionUse use = Use())
        {
            range = Range(range.Offset, range.Length);
            DemandFor(advice, range);
            if (advice == MemoryAdvice.NoReuse && FileHandle is { } file && range.Length > 0)
            {
                _source.Platform.AdviseFile(Subject, file, Offset + range.Offset, range.Length, advice);
                return range;
            }
        }

        ByteRange advised = InParts(
            range,
            advice.StaysWithin(Sharing) ? pages => PagesWithin(pages, advice) : PagesAround,
            advice.WorksOnPages() ? PagesAtOnce : AllPages,
            monitor,
            (address, start, length) => _source.Platform.Advise(PagesOf(address, start, length), advice));
        if (advice is MemoryAdvice.Normal or MemoryAdvice.Random or MemoryAdvice.Sequential)
        {
            AdviseReads(range, advice);
        }
        else if (advice == MemoryAdvice.Remove)
        {
            _unsaved?.Drop(_view.Lead + advised.Offset, advised.Length);
        }

        return advised;
    }

    /// <summary>What of a range is in the whole pages that an advice which loses bytes reaches.</summary>
    /// <exception cref="MappingException">RegionClosed; OutOfRange: it was made shorter.</exception>
    internal ByteRange FindReached(ByteRange range, MemoryAdvice advice) =>
        InParts(range, pages => PagesWithin(pages, advice), AllPages, monitor: null, static (_, _, _) => { });

    private void DemandFor(MemoryAdvice advice, ByteRange range)
    {
        if (advice is MemoryAdvice.Remove or MemoryAdvice.PopulateWrite)
        {
            Demand(MemoryProtection.Write, range);
        }
        else if (advice == MemoryAdvice.PopulateRead)
        {
            Demand(MemoryProtection.Read, range);
        }
    }

    // Most reads of the region go to its file, which has a readahead of its own.
    private void AdviseReads(ByteRange range, MemoryAdvice advice)
    {
        using RegionUse use = Use();
        if (Kind == RegionKind.File && range.Length == Length && Length > 0 && FileHandle is { } file)
        {
            _source.Platform.AdviseFile(Subject, file, Offset, Length, advice);
        }
    }

    /// <summary>What of the region is in memory, and how.</summary>
    /// <param name="findUsage">How pages of this process are used, from <see cref="MemoryPlatform.ListUsage"/>.</param>
    /// <param name="monitor">Told of every part.</param>
    /// <exception cref="MappingException">AccessDenied, NotSupported, RegionClosed.</exception>
    internal MemoryUsage Measure(Func<nint, long, PageUsage> findUsage, IWorkMonitor? monitor)
    {
        using RegionUse use = Use();
        var window = new MemoryRange(Offset, Length);
        if (_view.Mapping is not { } mapping)
        {
            return Describe(new MemoryRangeList([]), new PageUsage(0, 0, 0, 0));
        }

        if (FileHandle is not null)
        {
            _source.Platform.DemandResidencyKnown(Subject, FileHandle);
        }

        (long from, long to) = PagesAround(Range(0, Length));
        nint address = mapping.Address + (nint)from;
        SafeFileHandle? shared = Sharing == MapSharing.Shared ? FileHandle : null;
        Residency residency = Residency.Find(_source.Platform, Subject, address, Offset - _view.Lead + from, shared, window, monitor);
        PageUsage usage = findUsage(address, to - from);
        return Describe(residency.Ranges, usage with { Dirty = residency.Dirty ?? usage.Dirty });
    }

    /// <summary>Unmaps a region that nobody has seen yet, and undoes what mapping it did to its file.</summary>
    internal void Abandon()
    {
        _view.Mapping?.Dispose();
        _source.File?.Abandon();
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

    // Both from the mapping's start on.
    private (long From, long To) PagesAround(ByteRange range)
    {
        (long start, long length) = _view.PagesAround(range, PageSize);
        return (start, start + length);
    }

    // Behind a region's edges is nothing of the region's own to lose, but in a file there may be; a device without an end always has
    // more.
    private (long From, long To) PagesWithin(ByteRange range, MemoryAdvice advice)
    {
        (long from, long to) = PagesAround(range);
        long end = range.Offset + range.Length;
        bool inFile = advice == MemoryAdvice.Remove && _source.File is not null;
        bool freeStart = range.Offset == 0 && !inFile;
        bool freeEnd = inFile ? PresentFileLength() <= Offset + end : end == Length;
        return (
            freeStart ? from : Alignment.Up(_view.Lead + range.Offset, PageSize),
            freeEnd ? to : Alignment.Down(_view.Lead + end, PageSize));
    }
}
