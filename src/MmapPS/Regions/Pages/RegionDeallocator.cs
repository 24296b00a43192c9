using System;
using MmapPS.Bytes.Sources;
using MmapPS.Ranges;
using MmapPS.Regions.Access;
using MmapPS.Work;

namespace MmapPS.Regions.Pages;

/// <summary>
/// Makes a range of a region zero by giving its storage back: whole pages of a shared region become holes of its file, those
/// of private memory are freed. What is left of the range at its edges is overwritten.
/// </summary>
internal sealed class RegionDeallocator
{
    // What is given back in one use of the region.
    private const long Part = 1 << 28;

    private readonly MappedRegion _region;
    private readonly ByteRange _range;

    public RegionDeallocator(MappedRegion region, ByteRange range)
    {
        _region = region;
        _range = range;
    }

    /// <summary>Deallocates the range.</summary>
    /// <param name="work">Told of every part.</param>
    /// <param name="fill">Overwrites a part with zeros, and tells the work.</param>
    /// <returns>Why all was overwritten with zeros instead, or null.</returns>
    /// <exception cref="MappingException">PageFault, NotWritable, NoSpace, RegionClosed.</exception>
    public string? Run(IWork work, Action<ByteRange> fill) => Free(ClearEdges(fill), work, fill);

    /// <summary>Overwrites what of the range is in pages that hold other bytes too.</summary>
    /// <remarks>
    /// Before anything near is freed: the kernel may allocate storage for all of the large folio of which one page is written.
    /// </remarks>
    /// <param name="fill">Overwrites a part with zeros.</param>
    /// <returns>The rest of the range, for <see cref="Free"/>.</returns>
    /// <exception cref="MappingException">PageFault, NotWritable, NoSpace, RegionClosed.</exception>
    public ByteRange ClearEdges(Action<ByteRange> fill)
    {
        ByteRange reached = _region.Pages.FindReached(_range, Advice);
        if (reached.Length == 0)
        {
            fill(_range);
            return reached;
        }

        long end = _range.End;
        long start = Math.Max(_range.Offset, reached.Offset);
        long stop = Math.Min(end, reached.End);
        fill(_region.Range(_range.Offset, start - _range.Offset));
        fill(_region.Range(stop, end - stop));
        return _region.Range(start, stop - start);
    }

    /// <summary>Deallocates whole pages.</summary>
    /// <inheritdoc cref="Run"/>
    public string? Free(ByteRange pages, IWork work, Action<ByteRange> fill)
    {
        // Without its own pages a private region of a file or a name has the others' bytes again, not zeros.
        if (_region is { Sharing: MapSharing.Private, Kind: not (RegionKind.Anonymous or RegionKind.Secret) })
        {
            fill(pages);
            return Resources.Messages.PrivateKeepsFile();
        }

        long end = pages.End;
        for (long start = pages.Offset; start < end;)
        {
            long border = Alignment.Down(_region.Offset + start + Part, Part) - _region.Offset;
            ByteRange part = _region.Range(start, Math.Min(end, border) - start);
            if (TryFree(part, work, fill) is string reason)
            {
                fill(_region.Range(start, end - start));
                return reason;
            }

            start += part.Length;
        }

        return null;
    }

    private MemoryAdvice Advice => _region.Sharing == MapSharing.Private ? MemoryAdvice.DontNeed : MemoryAdvice.Remove;

    private string? TryFree(ByteRange part, IWork work, Action<ByteRange> fill)
    {
        ByteRange freed;
        try
        {
            freed = _region.Pages.Advise(part, Advice, Unwatched.Work);
        }
        catch (MappingException exception) when (
            exception.Error is MappingError.NotSupported or MappingError.System or MappingError.AccessDenied)
        {
            return exception.Message;
        }

        // Pages that are larger than a part are never within one.
        if (freed.Length > 0 && IsReachable(part))
        {
            work.Advance(part.Length);
        }
        else
        {
            fill(part);
        }

        return null;
    }

    // Holes can be made behind the end of a file, where a write fails and says how far it came.
    private bool IsReachable(ByteRange part) => (_region.Protection & MemoryProtection.Read) == 0
        || new RegionByteSource(_region, _range).ReadReachable(part.End - 1, new byte[1], out _) == 1;
}
