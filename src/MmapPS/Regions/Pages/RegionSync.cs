using System;
using MmapPS.Ranges;
using MmapPS.Regions.Access;
using MmapPS.Regions.Life;
using MmapPS.Regions.Making;
using MmapPS.Terms;
using MmapPS.Work;

namespace MmapPS.Regions.Pages;

/// <summary>Makes what was written to a region durable.</summary>
internal sealed class RegionSync
{
    // What is written back at one call, in less than half a second.
    private const long SyncAtOnce = 32 << 20;

    private readonly RegionState _state;
    private readonly RegionProtection _protection;
    private readonly RegionPages _pages;
    private readonly WriteBackGuard? _unsaved;

    /// <param name="state">The region.</param>
    /// <param name="protection">What may be done with it.</param>
    /// <param name="pages">Its pages.</param>
    /// <param name="unsaved">Knows what was written through the region; null where that is not needed.</param>
    public RegionSync(RegionState state, RegionProtection protection, RegionPages pages, WriteBackGuard? unsaved)
    {
        _state = state;
        _protection = protection;
        _pages = pages;
        _unsaved = unsaved;
    }

    /// <summary>Writes a range back to the file.</summary>
    /// <param name="range">The range.</param>
    /// <param name="mode">Whether to wait, and whether other mappings' cached bytes become invalid.</param>
    /// <param name="work">Told of every part; where it is stopped, nothing is durable but what was before.</param>
    /// <exception cref="MappingException">
    /// Any refusal of the system; what was written through this region since it was last made durable is then written again by the
    /// next call. PageFault: the file ends before the range does.
    /// </exception>
    public void Synchronize(ByteRange range, SyncModes mode, IWork work)
    {
        // Private changes are written nowhere.
        if (_state.Backing.Request.Sharing == MapSharing.Private)
        {
            using RegionUse use = _state.Use();
            return;
        }

        if (_unsaved is null)
        {
            WriteBack(range, mode, work);
            return;
        }

        PageSpan pages = _state.View.Around(range);
        var durable = new MemoryRange(_state.View.StartOf(pages), (mode & SyncModes.Async) == 0 ? pages.Length : 0);
        _unsaved.Run(durable, () => WriteBack(range, mode, work), written => MarkChanged(written, work), work);
    }

    // What lies behind the end of the region or the file is gone.
    private void MarkChanged(MemoryRange pages, IWork work)
    {
        long from = Math.Max(0, pages.Offset - _state.View.Lead);
        long to = Math.Min(pages.End - _state.View.Lead, _state.View.Length);
        to = Math.Min(to, _state.Backing.PresentLength - _state.Backing.Request.Offset ?? to);
        if (from < to)
        {
            _pages.InParts(_state.Range(from, to - from), work, part => _state.Platform.Advise(part, MemoryAdvice.PopulateWrite));
        }
    }

    private void WriteBack(ByteRange range, SyncModes mode, IWork work)
    {
        bool waits = (mode & SyncModes.Async) == 0;
        bool isLong = range.Length > SyncAtOnce;
        if (isLong && !waits)
        {
            _pages.InParts(range, work, part => _state.Platform.Synchronize(part, mode));
            return;
        }

        if (isLong)
        {
            _pages.InParts(range, work, part =>
                _state.Platform.WriteBack(part, Math.Min(RegionView.PagesAtOnce, _state.View.Around(range).End - part.End)));
        }

        using (RegionUse use = _state.Use())
        {
            range = _state.Range(range.Offset, range.Length);
            PageSpan pages = _state.View.Around(range);
            if (pages.Length > 0)
            {
                _state.Platform.Synchronize(pages, mode);
            }

            if (waits && (_protection.Allowed & MemoryProtection.Write) != 0)
            {
                DemandInFile(range);
            }
        }
    }

    // What was written behind the end that the file has now is gone, and no call of the system says so.
    private void DemandInFile(ByteRange range)
    {
        if (_state.Backing.PresentLength - _state.Backing.Request.Offset is long present && present < range.End)
        {
            long done = Math.Max(0, present - range.Offset);
            throw _state.Failure(CopyStop.EndOfFile, range.Offset + done, done, range.Length, writing: true);
        }
    }
}
