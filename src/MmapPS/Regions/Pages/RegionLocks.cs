using System;
using MmapPS.Native;
using MmapPS.Ranges;
using MmapPS.Regions.Life;
using MmapPS.Resources;
using MmapPS.Work;

namespace MmapPS.Regions.Pages;

/// <summary>Keeps pages of a region in memory, and knows which.</summary>
internal sealed class RegionLocks
{
    private readonly RegionState _state;
    private readonly RegionPages _pages;
    private readonly RangeMap<bool> _locked;

    /// <param name="state">The region.</param>
    /// <param name="pages">Its pages.</param>
    public RegionLocks(RegionState state, RegionPages pages)
    {
        _state = state;
        _pages = pages;
        _locked = new RangeMap<bool>(IsLockedByOption);
    }

    private bool IsLockedByOption => (_state.Backing.Request.Options & MapOptions.Locked) != 0;

    /// <summary>Keeps the whole pages that hold a range in memory.</summary>
    /// <param name="range">The range.</param>
    /// <param name="onFault">Whether pages that are not in memory yet stay out until they are used.</param>
    /// <param name="work">Told of every part.</param>
    /// <returns>The range from the first page's start to the last one's end, as far as the region has it.</returns>
    /// <exception cref="MappingException">
    /// LimitReached, NotSupported, PageFault, RegionClosed; what was not locked before is then not locked.
    /// </exception>
    public ByteRange Lock(ByteRange range, bool onFault, IWork work)
    {
        // Secret memory is locked from the start, and the kernel refuses to bring in again what it cannot reach itself.
        if (_state.Backing.Request.Secret)
        {
            using RegionUse use = _state.Use();
            return _state.Range(range.Offset, range.Length);
        }

        long reached = 0;
        try
        {
            ByteRange locked = _pages.InParts(range, work, pages =>
            {
                reached = _state.View.StartOf(pages) + pages.Length;
                _state.Platform.Lock(pages, onFault, range.Length);
            });
            Note(locked, isLocked: true);
            return locked;
        }
        catch (OperationCanceledException) when (reached > 0 && _state.TryEnter())
        {
            BackgroundRelease.Begin(() => TakeBack(range, reached));
            throw;
        }
        catch when (reached > 0 && _state.TryEnter())
        {
            TakeBack(range, reached);
            throw;
        }
    }

    /// <summary>Lets the system page the whole pages that hold a range out again.</summary>
    /// <param name="range">The range.</param>
    /// <param name="work">Told of every part.</param>
    /// <returns>The range from the first page's start to the last one's end, as far as the region has it.</returns>
    /// <exception cref="MappingException">
    /// RegionClosed, NotSupported for secret memory, or a refusal of the system; what comes behind stays locked.
    /// </exception>
    public ByteRange Unlock(ByteRange range, IWork work)
    {
        if (_state.Backing.Request.Secret)
        {
            using RegionUse use = _state.Use();
            throw new MappingException(MappingError.NotSupported, Messages.SecretStaysLocked(_state.Subject));
        }

        return _pages.InParts(range, work, pages =>
        {
            _state.Platform.Unlock(pages);
            Note(_state.View.Within(pages), isLocked: false);
        });
    }

    /// <summary>Forgets what lies behind the region's end, which was moved.</summary>
    /// <param name="isNew">Whether all of the region was mapped again, which locks nothing but by option.</param>
    public void Truncate(bool isNew)
    {
        _locked.Truncate(_state.View.Length);
        if (isNew)
        {
            _locked.Set(0, long.MaxValue, IsLockedByOption);
        }
    }

    // Locks are not counted, so a range that was locked before has to be known to stay so. Ends a use of the region that was begun
    // for it; one that is gone by then has no locks any more.
    private void TakeBack(ByteRange range, long reached)
    {
        try
        {
            PageSpan tried = _state.View.Around(range);
            long length = Math.Min(tried.Length, reached - _state.View.StartOf(tried));
            ByteRange within = _state.View.Within(tried.Slice(0, length));
            foreach ((long start, long end, bool isLocked) in _locked.In(within.Offset, within.End))
            {
                if (!isLocked)
                {
                    _state.Platform.Unlock(_state.View.Around(within.Slice(start - within.Offset, end - start)));
                }
            }
        }
        catch (MappingException)
        {
            // The error that led here is the one to report.
        }
        finally
        {
            _state.Exit();
        }
    }

    private void Note(ByteRange range, bool isLocked) => _locked.Set(
        range.Offset, range.Length > 0 && range.End == _state.View.Length ? long.MaxValue : range.End, isLocked);
}
