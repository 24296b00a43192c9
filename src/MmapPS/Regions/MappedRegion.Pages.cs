using System;
using System.Collections.Generic;
using MmapPS.Native;
using MmapPS.Ranges;
using MmapPS.Regions.Access;
using MmapPS.Regions.Life;
using MmapPS.Resources;
using MmapPS.Terms;
using MmapPS.Work;

namespace MmapPS;

/// <content>Work of the system on the region's pages, which can be long.</content>
public sealed partial class MappedRegion
{
    /// <summary>Bytes of pages worked on between two looks at whether to go on: some milliseconds in memory, tens of a disk.</summary>
    internal const long PagesAtOnce = 8 << 20;

    // More than any mapping has.
    private const long AllPages = 1L << 62;

    // What is written back at one call, in less than half a second.
    private const long SyncAtOnce = 32 << 20;

    /// <summary>Writes a range back to the file.</summary>
    /// <param name="range">The range.</param>
    /// <param name="mode">Whether to wait, and whether other mappings' cached bytes become invalid.</param>
    /// <param name="monitor">Told of every part; ended by it, nothing is durable but what was before.</param>
    /// <exception cref="MappingException">
    /// Any refusal of the system; what was written through this region since it was last made durable is then written again by the
    /// next call. PageFault: the file ends before the range does.
    /// </exception>
    internal void Synchronize(ByteRange range, SyncModes mode, IWorkMonitor? monitor)
    {
        // Private changes are nobody else's, and are written nowhere.
        if (Sharing == MapSharing.Private)
        {
            using RegionUse use = Use();
            return;
        }

        if (_unsaved is null)
        {
            WriteBack(range, mode, monitor);
            return;
        }

        (long from, long to) = PagesAround(range);
        bool durable = (mode & SyncModes.Async) == 0;
        _unsaved.Run(from, durable ? to - from : 0, () => WriteBack(range, mode, monitor), pages => MarkChanged(pages, monitor), monitor);
    }

    // What lies behind the end of the region or the file is gone.
    private void MarkChanged(MemoryRange pages, IWorkMonitor? monitor)
    {
        long from = Math.Max(0, pages.Offset - _view.Lead);
        long to = Math.Min(Math.Min(pages.End - _view.Lead, Length), PresentFileLength() - Offset ?? long.MaxValue);
        if (from < to)
        {
            InParts(Range(from, to - from), monitor, (address, start, length) =>
                _source.Platform.Advise(PagesOf(address, start, length), MemoryAdvice.PopulateWrite));
        }
    }

    private void WriteBack(ByteRange range, SyncModes mode, IWorkMonitor? monitor)
    {
        bool isLong = range.Length > SyncAtOnce;
        if (isLong && (mode & SyncModes.Async) != 0)
        {
            InParts(range, monitor, (_, start, length) => Synchronize(start, length, mode));
            return;
        }

        if (isLong)
        {
            InParts(range, monitor, (address, start, length) =>
            {
                long ahead = Math.Min(PagesAtOnce, PagesAround(range).To - start - length);
                _source.Platform.WriteBack(Subject, address, FileHandle, Offset - _view.Lead + start, length, ahead);
            });
        }

        using (RegionUse use = Use())
        {
            range = Range(range.Offset, range.Length);
            long start = PagesAround(range).From;
            Synchronize(start, _view.Lead + range.Offset + range.Length - start, mode);
            if ((mode & SyncModes.Async) == 0 && (Protection & MemoryProtection.Write) != 0)
            {
                DemandInFile(range);
            }
        }
    }

    // What was written behind the end that the file has by now is gone, and no call of the system says so.
    private void DemandInFile(ByteRange range)
    {
        if (PresentFileLength() - Offset is long present && present < range.Offset + range.Length)
        {
            throw Failure(CopyStop.EndOfFile, range.Offset, Math.Max(0, present - range.Offset), range.Length, writing: true);
        }
    }

    /// <summary>Keeps the whole pages that hold a range in memory.</summary>
    /// <param name="range">The range.</param>
    /// <param name="onFault">Whether pages that are not in memory yet stay out until they are used.</param>
    /// <param name="monitor">Told of every part.</param>
    /// <returns>The range from the first page's start to the last one's end, as far as the region has it.</returns>
    /// <exception cref="MappingException">
    /// LimitReached, NotSupported, PageFault, RegionClosed; what was not locked before is then not locked.
    /// </exception>
    internal ByteRange Lock(ByteRange range, bool onFault, IWorkMonitor? monitor)
    {
        // Locked from the start, and the kernel refuses to bring in once more what it cannot reach itself.
        if (_source.Request.Secret)
        {
            using RegionUse use = Use();
            return Range(range.Offset, range.Length);
        }

        long reached = 0;
        try
        {
            ByteRange locked = InParts(range, monitor, (address, start, length) =>
            {
                reached = start + length;
                _source.Platform.Lock(PagesOf(address, start, length), onFault, range.Length);
            });
            NoteLock(locked, isLocked: true);
            return locked;
        }
        catch (OperationCanceledException) when (reached > 0 && _gate.TryEnter())
        {
            BackgroundRelease.Begin(() => TakeBackLock(range, reached));
            throw;
        }
        catch when (reached > 0 && _gate.TryEnter())
        {
            TakeBackLock(range, reached);
            throw;
        }
    }

    /// <summary>Lets the system page the whole pages that hold a range out again.</summary>
    /// <param name="range">The range.</param>
    /// <param name="monitor">Told of every part.</param>
    /// <returns>The range from the first page's start to the last one's end, as far as the region has it.</returns>
    /// <exception cref="MappingException">
    /// RegionClosed, NotSupported for secret memory, or a refusal of the system; what comes behind stays locked.
    /// </exception>
    internal ByteRange Unlock(ByteRange range, IWorkMonitor? monitor)
    {
        if (_source.Request.Secret)
        {
            using RegionUse use = Use();
            throw new MappingException(MappingError.NotSupported, Messages.SecretStaysLocked(Subject));
        }

        return InParts(range, monitor, (address, start, length) =>
        {
            _source.Platform.Unlock(Subject, address, length);
            NoteLock(_view.Within(start, length, Subject), isLocked: false);
        });
    }

    // Both from the mapping's start on, while the region is in use.
    private void Synchronize(long start, long length, SyncModes mode)
    {
        if (_view.Mapping is { } mapping && length > 0)
        {
            _source.Platform.Synchronize(Subject, mapping, FileHandle, Offset - _view.Lead + start, start, length, mode);
        }
    }

    private PageSpan PagesOf(nint address, long start, long length) =>
        new(Subject, address, length, Sharing, FileHandle, Offset - _view.Lead + start);

    private ByteRange InParts(ByteRange range, IWorkMonitor? monitor, Action<nint, long, long> work) =>
        InParts(range, PagesAround, PagesAtOnce, monitor, work);

    /// <summary>
    /// Does work on pages of a range, in parts of a few milliseconds. A part is a use of the region, so who removes or changes
    /// the region meanwhile waits no longer; where its end has then come before the range's, the work ends with an error.
    /// </summary>
    /// <param name="range">The range.</param>
    /// <param name="pages">Which pages, from the mapping's start on.</param>
    /// <param name="part">Bytes of a part.</param>
    /// <param name="monitor">Told of every part.</param>
    /// <param name="work">Gets a part's address, its place in the mapping and its length.</param>
    /// <returns>What of the region lies in the pages.</returns>
    private ByteRange InParts(
        ByteRange range, Func<ByteRange, (long From, long To)> pages, long part, IWorkMonitor? monitor, Action<nint, long, long> work)
    {
        part = Math.Max(part, PageSize);
        long done = 0;
        while (true)
        {
            long length;
            ByteRange reached;
            bool last;
            using (RegionUse use = Use())
            {
                range = Range(range.Offset, range.Length);
                (long from, long to) = pages(range);
                if (_view.Mapping is not { } mapping || range.Length == 0 || from >= to)
                {
                    return Range(range.Offset, 0);
                }

                // What is short is one call wherever it lies; parts of more end at borders of huge pages.
                nint address = mapping.Address + (nint)(from + done);
                long rest = to - from - done;
                length = rest <= part ? rest : Alignment.Down(address + part, part) - address;
                work(address, from + done, length);
                reached = _view.Within(from, to - from, Subject);
                last = from + done + length >= to;
            }

            monitor?.Advance(length);
            done += length;
            if (last)
            {
                return reached;
            }
        }
    }

    // Locks are not counted, so a range has to be known that was locked before and stays so. Ends a use of the region that was
    // begun for it; one that is gone by now has no locks any more.
    private void TakeBackLock(ByteRange range, long reached)
    {
        try
        {
            (long start, _) = _view.PagesAround(range, PageSize);
            ByteRange tried = _view.Within(start, Math.Min(reached, _view.Lead + Length) - start, Subject);
            foreach (ByteRange part in FindUnlocked(tried))
            {
                (long from, long size) = _view.PagesAround(part, PageSize);
                _source.Platform.Unlock(Subject, _view.Mapping!.Address + (nint)from, size);
            }
        }
        catch (MappingException)
        {
            // The error that led here is the one to report.
        }
        finally
        {
            _gate.Exit();
        }
    }

    private List<ByteRange> FindUnlocked(ByteRange range)
    {
        var unlocked = new List<ByteRange>();
        foreach ((long start, long end, bool isLocked) in _locked.In(range.Offset, range.Offset + range.Length))
        {
            if (!isLocked)
            {
                unlocked.Add(Range(start, end - start));
            }
        }

        return unlocked;
    }

    private void NoteLock(ByteRange range, bool isLocked)
    {
        long end = range.Offset + range.Length;
        _locked.Set(range.Offset, range.Length > 0 && end == Length ? long.MaxValue : end, isLocked);
    }
}
