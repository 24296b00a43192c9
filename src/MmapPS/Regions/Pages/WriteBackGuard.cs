using System;
using System.Collections.Generic;
using System.Threading;
using MmapPS.Resources;
using MmapPS.Work;

namespace MmapPS.Regions.Pages;

/// <summary>
/// Keeps a failed write-back from looking done. Linux marks pages as written even if writing them failed, and reports that
/// once: the next msync(2) has nothing to do and succeeds. So the pages written since the last success are remembered and
/// marked as changed again after a failure.
/// </summary>
internal sealed class WriteBackGuard
{
    private static readonly TimeSpan StopInterval = TimeSpan.FromMilliseconds(50);

    private readonly WrittenPages _pages;
    private readonly object _turn = new();

    // Whether pages have to be marked as changed before they can be written again, and whether the last write-back failed.
    private bool _forgotten;
    private bool _reported;

    /// <param name="pageSize">Bytes of a page.</param>
    public WriteBackGuard(long pageSize) => _pages = new WrittenPages(pageSize);

    /// <summary>Notes bytes that were written through the region.</summary>
    /// <param name="start">Where they start, in bytes from the mapping's start.</param>
    /// <param name="length">How many there are.</param>
    public void Note(long start, long length) => _pages.Add(start, length);

    /// <summary>Forgets bytes whose storage was given back.</summary>
    /// <inheritdoc cref="Note"/>
    public void Drop(long start, long length) => _pages.Take(start, length);

    /// <summary>Writes back.</summary>
    /// <param name="durable">The pages that are durable afterwards, in bytes from the mapping's start; empty if none are.</param>
    /// <param name="writeBack">Writes back.</param>
    /// <param name="markChanged">Marks pages, in bytes from the mapping's start, as changed.</param>
    /// <param name="work">Its stop ends the wait for another write-back of the region.</param>
    /// <exception cref="MappingException">
    /// What <paramref name="writeBack"/> throws; or an earlier write-back failed and its pages cannot be marked as changed.
    /// </exception>
    public void Run(MemoryRange durable, Action writeBack, Action<MemoryRange> markChanged, IWork work)
    {
        // One at a time: the system reports a failure to one caller, whatever range that asked for.
        while (!Monitor.TryEnter(_turn, StopInterval))
        {
            work.Advance(0);
        }

        try
        {
            RunAlone(durable, writeBack, markChanged);
        }
        finally
        {
            Monitor.Exit(_turn);
        }
    }

    private void RunAlone(MemoryRange durable, Action writeBack, Action<MemoryRange> markChanged)
    {
        while (true)
        {
            DemandRemembered(markChanged);
            IReadOnlyList<MemoryRange> pages = _pages.Take(durable.Offset, durable.Length);
            try
            {
                writeBack();
                _reported &= durable.Length == 0;
                return;
            }
            catch (Exception failure)
            {
                PutBack(pages);
                if (failure is not MappingException { Error: MappingError.NoSpace or MappingError.System })
                {
                    throw;
                }

                _forgotten = true;
                TryMarkChanged(markChanged);
                if (!_reported)
                {
                    _reported = true;
                    throw;
                }
            }

            // The system may have tried by itself before there was room, and reports that now.
            _reported = false;
        }
    }

    // Now rather than before the next write-back: a changed page stays in memory.
    private void TryMarkChanged(Action<MemoryRange> markChanged)
    {
        try
        {
            MarkChanged(markChanged);
        }
        catch (Exception refusal) when (refusal is MappingException or OperationCanceledException)
        {
            // The next write-back tries again, and reports it.
        }
    }

    private void DemandRemembered(Action<MemoryRange> markChanged)
    {
        try
        {
            MarkChanged(markChanged);
        }
        catch (MappingException refusal) when (refusal.Error != MappingError.RegionClosed)
        {
            throw refusal.With(Messages.ChangesForgotten(refusal.Message));
        }
    }

    private void MarkChanged(Action<MemoryRange> markChanged)
    {
        if (!_forgotten)
        {
            return;
        }

        IReadOnlyList<MemoryRange> all = _pages.Take();
        try
        {
            foreach (MemoryRange pages in all)
            {
                markChanged(pages);
            }
        }
        finally
        {
            PutBack(all);
        }

        _forgotten = false;
    }

    private void PutBack(IReadOnlyList<MemoryRange> ranges)
    {
        foreach (MemoryRange range in ranges)
        {
            _pages.Add(range.Offset, range.Length);
        }
    }
}
