using MmapPS.Ranges;
using MmapPS.Resources;
using MmapPS.Work;

namespace MmapPS.Regions.Life;

/// <summary>What may be done with a region's bytes.</summary>
internal sealed class RegionProtection
{
    private readonly RegionState _state;
    private readonly ProtectionMap _parts;

    /// <param name="state">The region.</param>
    public RegionProtection(RegionState state)
    {
        _state = state;
        _parts = new ProtectionMap(state.Backing.Request.Protection);
        Allowed = _parts.Union;
    }

    /// <summary>What may be done with some of the bytes at least.</summary>
    public MemoryProtection Allowed { get; private set; }

    /// <summary>Whether the same may be done with all bytes.</summary>
    public bool IsUniform => _parts.IsUniform;

    /// <summary>Whether all of a range may be used so.</summary>
    public bool Allows(MemoryProtection needed, ByteRange range) =>
        (Allowed & needed) == needed && (_parts.IsUniform || _parts.FindDenied(range, needed) is null);

    /// <summary>Refuses what the region's protection does not allow.</summary>
    /// <exception cref="MappingException">NotReadable, NotWritable.</exception>
    public void Demand(MemoryProtection needed, ByteRange range)
    {
        bool writing = needed == MemoryProtection.Write;
        if ((Allowed & needed) != needed)
        {
            throw writing
                ? new NotWritableException(Messages.NotWritable(_state.Subject, Allowed.ToString()))
                : new NotReadableException(Messages.NotReadable(_state.Subject, Allowed.ToString()));
        }

        if (!_parts.IsUniform && _parts.FindDenied(range, needed) is long denied)
        {
            throw writing
                ? new NotWritableException(Messages.RangeNotWritable(_state.Subject, denied))
                : new NotReadableException(Messages.RangeNotReadable(_state.Subject, denied));
        }
    }

    /// <summary>Changes what may be done with the whole pages that hold a range.</summary>
    /// <param name="range">The range.</param>
    /// <param name="protection">What may be done from then on.</param>
    /// <param name="work">Its stop ends the wait for other uses of the region.</param>
    /// <returns>The range that was changed.</returns>
    /// <exception cref="MappingException">AccessDenied, LimitReached, RegionClosed; the pages are then as they were.</exception>
    public ByteRange Protect(ByteRange range, MemoryProtection protection, IWork work)
    {
        _state.Change(() => range = ProtectAlone(_state.Range(range.Offset, range.Length), protection), work);
        return range;
    }

    /// <summary>Forgets what lies behind the region's end, which was moved.</summary>
    public void Truncate()
    {
        _parts.Truncate(_state.View.Length);
        Allowed = _parts.Union;
    }

    private ByteRange ProtectAlone(ByteRange range, MemoryProtection protection)
    {
        if (range.Length == 0)
        {
            return range;
        }

        PageSpan pages = _state.View.Around(range);
        ByteRange changed = _state.View.Within(pages);
        _state.Platform.DemandSplit(_state.Subject);
        try
        {
            _state.Platform.Protect(pages, protection);
        }
        catch (MappingException)
        {
            TakeBack(changed, protection);
            throw;
        }

        Note(changed.Offset, changed.End, protection);
        return changed;
    }

    // The system may have protected some of the pages before it refused one. Where they cannot be given back what they had, only
    // what both allow is known to be allowed.
    private void TakeBack(ByteRange tried, MemoryProtection protection)
    {
        foreach ((long start, long end, MemoryProtection before) in _parts.In(tried.Offset, tried.End))
        {
            try
            {
                _state.Platform.Protect(_state.View.Around(tried.Slice(start - tried.Offset, end - start)), before);
            }
            catch (MappingException)
            {
                Note(start, end, before & protection);
            }
        }
    }

    private void Note(long start, long end, MemoryProtection protection)
    {
        _parts.Set(start, end == _state.View.Length ? long.MaxValue : end, protection);
        Allowed = _parts.Union;
    }
}
