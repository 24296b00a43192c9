using System;
using Microsoft.Win32.SafeHandles;
using MmapPS.Polyfills;
using MmapPS.Ranges;
using MmapPS.Regions.Life;
using MmapPS.Regions.Pages;
using MmapPS.Resources;
using MmapPS.Work;

namespace MmapPS.Regions.Access;

/// <summary>Reading and writing the bytes of a region.</summary>
internal sealed class RegionBytes
{
    /// <summary>Bytes moved between two looks at whether to go on: a millisecond in memory.</summary>
    public const int ChunkSize = 8 << 20;

    private readonly RegionState _state;
    private readonly RegionProtection _protection;
    private readonly WriteBackGuard? _unsaved;

    /// <param name="state">The region.</param>
    /// <param name="protection">What may be done with it.</param>
    /// <param name="unsaved">Told of what is written; null where that is not needed.</param>
    public RegionBytes(RegionState state, RegionProtection protection, WriteBackGuard? unsaved)
    {
        _state = state;
        _protection = protection;
        _unsaved = unsaved;
    }

    /// <summary>Bytes of the region.</summary>
    /// <exception cref="MappingException">OutOfRange, PageFault, NotReadable, RegionClosed.</exception>
    public byte[] Read(long offset, long count, IWork work)
    {
        ByteRange range = _state.Range(offset, count);
        if (count > ArrayLimit.MaxLength)
        {
            throw new OutOfRangeException(Messages.ArrayTooLong(count, ArrayLimit.MaxLength));
        }

        byte[] bytes = new byte[count];
        Read(range.Offset, bytes, work);
        return bytes;
    }

    /// <summary>Reads bytes in chunks.</summary>
    /// <param name="offset">Where to start, in bytes from the region's start.</param>
    /// <param name="destination">Where to put the bytes.</param>
    /// <param name="work">Told of every chunk.</param>
    /// <param name="before">Bytes of the same job that were moved earlier; an error message counts them in.</param>
    /// <param name="total">Bytes of the whole job; default these and those before.</param>
    /// <exception cref="MappingException">OutOfRange, PageFault, NotReadable, RegionClosed.</exception>
    public void Read(long offset, Span<byte> destination, IWork work, long before = 0, long? total = null)
    {
        using RegionUse use = _state.Use();
        ByteRange range = _state.Range(offset, destination.Length);
        _protection.Demand(MemoryProtection.Read, range);
        int done = 0;
        while (done < range.Length)
        {
            CopyOutcome outcome = _state.View.Access.Read(
                offset + done, destination.Slice(done, Math.Min(ChunkSize, destination.Length - done)));
            done += outcome.Count;
            if (outcome.Stop != CopyStop.Completed)
            {
                throw _state.Failure(outcome.Stop, offset + done, before + done, total ?? (before + range.Length), writing: false);
            }

            work.Advance(outcome.Count);
        }
    }

    /// <summary>Writes bytes in chunks.</summary>
    /// <param name="offset">Where to start, in bytes from the region's start.</param>
    /// <param name="source">The bytes.</param>
    /// <param name="work">Told of every chunk.</param>
    /// <param name="before">Bytes of the same job that were moved earlier; an error message counts them in.</param>
    /// <param name="total">Bytes of the whole job; default these and those before.</param>
    /// <exception cref="MappingException">OutOfRange, PageFault, NotWritable, NoSpace, RegionClosed.</exception>
    public void Write(long offset, ReadOnlySpan<byte> source, IWork work, long before = 0, long? total = null)
    {
        using RegionUse use = _state.Use();
        ByteRange range = _state.Range(offset, source.Length);
        _protection.Demand(MemoryProtection.Write, range);
        int done = 0;
        while (done < range.Length)
        {
            CopyOutcome outcome = _state.View.Access.Write(
                offset + done, source.Slice(done, Math.Min(ChunkSize, source.Length - done)));
            _unsaved?.Note(_state.View.Lead + offset + done, outcome.Count);
            done += outcome.Count;
            if (outcome.Stop != CopyStop.Completed)
            {
                throw _state.Failure(outcome.Stop, offset + done, before + done, total ?? (before + range.Length), writing: true);
            }

            work.Advance(outcome.Count);
        }
    }

    /// <summary>Lends bytes themselves, where looking at them is safe; the region stays as it is until <see cref="TakeBack"/>.</summary>
    /// <returns>Whether they are lent; if not, reading them works or says why not.</returns>
    public bool TryLend(long offset, int length, out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        if (!_state.TryEnter())
        {
            return false;
        }

        bool lent = false;
        try
        {
            lent = IsReadable(offset, length) && _state.View.Access.TryLend(offset, length, out bytes);
            return lent;
        }
        finally
        {
            if (!lent)
            {
                _state.Exit();
            }
        }
    }

    /// <summary>Bytes that were lent are no longer looked at.</summary>
    public void TakeBack() => _state.Exit();

    /// <summary>How many bytes of a range are zeros from its start on, and need not be read.</summary>
    /// <returns>Bytes; 0 where reading tells what is there, or why it cannot be read.</returns>
    public long CountZeros(long offset, long length)
    {
        if (!_state.TryEnter())
        {
            return 0;
        }

        try
        {
            return IsReadable(offset, length) ? Math.Min(length, _state.View.Access.CountZeros(offset)) : 0;
        }
        finally
        {
            _state.Exit();
        }
    }

    /// <summary>Has the system move bytes into a file, where it can.</summary>
    /// <param name="offset">Where the bytes start.</param>
    /// <param name="length">How many there are.</param>
    /// <param name="target">The file.</param>
    /// <param name="targetOffset">Where in the file they go.</param>
    /// <returns>How many it moved; reading the others works or says why not.</returns>
    public long MoveTo(long offset, long length, SafeFileHandle target, long targetOffset)
    {
        using RegionUse use = _state.Use();
        ByteRange range = _state.Range(offset, length);
        _protection.Demand(MemoryProtection.Read, range);
        return _state.View.Access.MoveTo(range, target, targetOffset);
    }

    private bool IsReadable(long offset, long length) =>
        ByteRange.Find(_state.View.Length, offset, length) is { } range && _protection.Allows(MemoryProtection.Read, range);
}
