using System;
using MmapPS.Content;

namespace MmapPS.Regions;

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

    /// <summary>Does it.</summary>
    /// <param name="monitor">Told of every part.</param>
    /// <param name="fill">Overwrites a part with zeros, and tells the monitor.</param>
    /// <returns>Why all was overwritten with zeros instead, or null.</returns>
    /// <exception cref="MappingException">PageFault, NotWritable, NoSpace, RegionClosed.</exception>
    public string? Run(IWorkMonitor monitor, Action<ByteRange> fill)
    {
        // Without its own pages a private region of a file or a name has the others' bytes again, not zeros.
        if (_region is { Sharing: MapSharing.Private, Kind: not RegionKind.Anonymous })
        {
            fill(_range);
            return Resources.Messages.PrivateKeepsFile();
        }

        long end = _range.Offset + _range.Length;
        for (long start = _range.Offset; start < end;)
        {
            long border = Alignment.Down(_region.Offset + start + Part, Part) - _region.Offset;
            ByteRange part = _region.Range(start, Math.Min(end, border) - start);
            if (TryDeallocate(part, monitor, fill) is string reason)
            {
                fill(_region.Range(start, end - start));
                return reason;
            }

            start += part.Length;
        }

        return null;
    }

    private string? TryDeallocate(ByteRange part, IWorkMonitor monitor, Action<ByteRange> fill)
    {
        ByteRange freed;
        try
        {
            freed = _region.Advise(
                part, _region.Sharing == MapSharing.Private ? MemoryAdvice.DontNeed : MemoryAdvice.Remove, monitor: null);
        }
        catch (MappingException exception) when (
            exception.Error is MappingError.NotSupported or MappingError.System or MappingError.AccessDenied)
        {
            return exception.Message;
        }

        if (freed.Length == 0)
        {
            fill(part);
            return null;
        }

        long head = Math.Max(0, freed.Offset - part.Offset);
        long tail = Math.Max(0, part.Offset + part.Length - freed.Offset - freed.Length);
        fill(_region.Range(part.Offset, head));
        fill(_region.Range(part.Offset + part.Length - tail, tail));
        if (IsReachable(part))
        {
            monitor.Advance(part.Length - head - tail);
        }
        else
        {
            fill(part);
        }

        return null;
    }

    // Holes can be made behind the end of a file, where a write fails and says how far it came.
    private bool IsReachable(ByteRange part) => (_region.Protection & MemoryProtection.Read) == 0
        || new RegionByteSource(_region, _range).ReadReachable(part.Offset + part.Length - 1, new byte[1], out _) == 1;
}
