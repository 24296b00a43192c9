using System;
using MmapPS.Native;
using MmapPS.Ranges;
using MmapPS.Regions.Life;
using MmapPS.Regions.Making;
using MmapPS.Terms;
using MmapPS.Work;

namespace MmapPS.Regions.Pages;

/// <summary>Advice on the pages of a region, and what of them is in memory.</summary>
internal sealed class RegionPages
{
    // More bytes than any mapping has.
    private const long AllPages = 1L << 62;

    private readonly RegionState _state;
    private readonly RegionProtection _protection;
    private readonly WriteBackGuard? _unsaved;

    /// <param name="state">The region.</param>
    /// <param name="protection">What may be done with it.</param>
    /// <param name="unsaved">Told of pages whose storage is given back; null where that is not needed.</param>
    public RegionPages(RegionState state, RegionProtection protection, WriteBackGuard? unsaved)
    {
        _state = state;
        _protection = protection;
        _unsaved = unsaved;
    }

    private RegionBacking Backing => _state.Backing;

    private MemoryPlatform Platform => _state.Platform;

    private long PageSize => Backing.PageSize;

    /// <summary>Whether an advice takes bytes away that are stored nowhere else.</summary>
    public bool WouldLose(MemoryAdvice advice) => advice.WouldLose(Backing.Request.Sharing);

    /// <summary>
    /// Gives advice on whole pages: those that hold the range, or, where bytes would be lost, those within it.
    /// </summary>
    /// <returns>The part of the region that was advised.</returns>
    /// <exception cref="MappingException">NotSupported, NotWritable, PageFault, NoSpace, LimitReached, RegionClosed.</exception>
    public ByteRange Advise(ByteRange range, MemoryAdvice advice, IWork work)
    {
        if (!advice.KeepsTouchable())
        {
            // Alone: a touch that has begun must end before.
            _state.Change(() => _state.View = _state.Mapper.CloseDirectAccess(_state.View), Unwatched.Work);
        }

        using (RegionUse use = _state.Use())
        {
            range = _state.Range(range.Offset, range.Length);
            DemandFor(advice, range);
            if (advice == MemoryAdvice.NoReuse && Backing.Handle is not null && range.Length > 0)
            {
                Platform.AdviseFile(InFile(range), advice);
                return range;
            }
        }

        ByteRange advised = InParts(
            range,
            advice.StaysWithin(Backing.Request.Sharing) ? inner => FindWithin(inner, advice) : inner => _state.View.Around(inner),
            advice.WorksOnPages() ? RegionView.PagesAtOnce : AllPages,
            work,
            pages => Platform.Advise(pages, advice));
        if (advice is MemoryAdvice.Normal or MemoryAdvice.Random or MemoryAdvice.Sequential)
        {
            AdviseReads(range, advice);
        }
        else if (advice == MemoryAdvice.Remove)
        {
            _unsaved?.Drop(_state.View.Lead + advised.Offset, advised.Length);
        }

        return advised;
    }

    /// <summary>What of a range is in the whole pages that an advice which loses bytes reaches.</summary>
    /// <exception cref="MappingException">RegionClosed; OutOfRange: it was made shorter.</exception>
    public ByteRange FindReached(ByteRange range, MemoryAdvice advice) =>
        InParts(range, pages => FindWithin(pages, advice), AllPages, Unwatched.Work, static _ => { });

    /// <summary>What of the region is in memory, and how.</summary>
    /// <param name="findUsage">How pages of this process are used, from <see cref="MemoryPlatform.ListUsage"/>.</param>
    /// <param name="work">Told of every part.</param>
    /// <exception cref="MappingException">AccessDenied, NotSupported, RegionClosed.</exception>
    public MemoryUsage Measure(Func<nint, long, PageUsage> findUsage, IWork work)
    {
        using RegionUse use = _state.Use();
        RegionView view = _state.View;
        if (view.Mapping is null)
        {
            return Describe(new MemoryRangeList([]), new PageUsage(0, 0, 0, 0));
        }

        if (Backing.Handle is { } file)
        {
            Platform.DemandResidencyKnown(_state.Subject, file);
        }

        // Of a private mapping only the mapping itself tells.
        PageSpan pages = view.Around(_state.Range(0, null));
        PageSpan looked = Backing.IsSharedFile ? pages : pages with { File = null };
        Residency residency = Residency.Find(Platform, looked, new MemoryRange(Backing.Request.Offset, view.Length), work);
        PageUsage usage = findUsage(pages.Address, pages.Length);
        return Describe(residency.Ranges, usage with { Dirty = residency.Dirty ?? usage.Dirty });
    }

    /// <summary>Does work on the pages that hold a range, in parts of a few milliseconds.</summary>
    /// <inheritdoc cref="InParts(ByteRange, Func{ByteRange, PageSpan}, long, IWork, Action{PageSpan})"/>
    public ByteRange InParts(ByteRange range, IWork work, Action<PageSpan> action) =>
        InParts(range, inner => _state.View.Around(inner), RegionView.PagesAtOnce, work, action);

    /// <summary>
    /// Does work on pages of a range, in parts. Each part is one use of the region, so removing or changing the region waits for one
    /// part at most. If the region was made shorter than the range meanwhile, the work ends with an error.
    /// </summary>
    /// <param name="range">The range.</param>
    /// <param name="find">Which pages.</param>
    /// <param name="part">Bytes of a part.</param>
    /// <param name="work">Told of every part.</param>
    /// <param name="action">What is done with a part.</param>
    /// <returns>What of the region lies in the pages.</returns>
    private ByteRange InParts(ByteRange range, Func<ByteRange, PageSpan> find, long part, IWork work, Action<PageSpan> action)
    {
        part = Math.Max(part, PageSize);
        long done = 0;
        while (true)
        {
            long length;
            ByteRange reached;
            bool last;
            using (RegionUse use = _state.Use())
            {
                range = _state.Range(range.Offset, range.Length);
                PageSpan pages = find(range);
                if (range.Length == 0 || pages.Length == 0)
                {
                    return range.Slice(0, 0);
                }

                // A range up to one part is a single call; a longer one is split at huge-page boundaries.
                nint address = pages.Address + (nint)done;
                long rest = pages.Length - done;
                length = rest <= part ? rest : Alignment.Down(address + part, part) - address;
                action(pages.Slice(done, length));
                reached = _state.View.Within(pages);
                last = length >= rest;
            }

            work.Advance(length);
            done += length;
            if (last)
            {
                return reached;
            }
        }
    }

    private void DemandFor(MemoryAdvice advice, ByteRange range)
    {
        if (advice is MemoryAdvice.Remove or MemoryAdvice.PopulateWrite)
        {
            _protection.Demand(MemoryProtection.Write, range);
        }
        else if (advice == MemoryAdvice.PopulateRead)
        {
            _protection.Demand(MemoryProtection.Read, range);
        }
    }

    // Most reads of the region go to its file, which has a readahead of its own.
    private void AdviseReads(ByteRange range, MemoryAdvice advice)
    {
        using RegionUse use = _state.Use();
        if (Backing.Kind == RegionKind.File && range.Length == _state.View.Length && range.Length > 0)
        {
            Platform.AdviseFile(InFile(range), advice);
        }
    }

    private FileSpan InFile(ByteRange range) =>
        new(_state.Subject, Backing.Handle!, Backing.Request.Offset + range.Offset, range.Length);

    // At the region's edges a page may hold bytes of the file that are not the region's; those must not be lost. A page of memory
    // has none. A device without an end always has more bytes behind.
    private PageSpan FindWithin(ByteRange range, MemoryAdvice advice)
    {
        RegionView view = _state.View;
        PageSpan around = view.Around(range);
        long from = view.StartOf(around);
        bool inFile = advice == MemoryAdvice.Remove && Backing.File is not null;
        bool freeStart = range.Offset == 0 && !inFile;
        bool freeEnd = inFile ? Backing.PresentLength <= Backing.Request.Offset + range.End : range.End == view.Length;
        return view.Between(
            freeStart ? from : Alignment.Up(view.Lead + range.Offset, PageSize),
            freeEnd ? from + around.Length : Alignment.Down(view.Lead + range.End, PageSize));
    }

    private MemoryUsage Describe(MemoryRangeList resident, PageUsage usage) =>
        new(Backing.Request.Offset, _state.View.Length, PageSize, resident)
        {
            Path = Backing.Request.Path,
            Name = Backing.Request.Name,
            RegionId = Backing.Id,
            Dirty = Clip(usage.Dirty),
            Locked = Clip(usage.Locked),
            Huge = Clip(usage.Huge),
            Swapped = Clip(usage.Swapped),
        };

    // Pages may be more than the region's bytes in them.
    private long? Clip(long? bytes) => bytes > _state.View.Length ? _state.View.Length : bytes;
}
