using MmapPS.Ranges;

namespace MmapPS.Regions.Life;

/// <summary>What may be done with each part of a region.</summary>
internal sealed class ProtectionMap : RangeMap<MemoryProtection>
{
    public ProtectionMap(MemoryProtection protection)
        : base(protection)
    {
    }

    /// <summary>What may be done with some of the region at least.</summary>
    public MemoryProtection Union
    {
        get
        {
            MemoryProtection union = MemoryProtection.None;
            foreach (MemoryProtection protection in Values)
            {
                union |= protection;
            }

            return union;
        }
    }

    /// <summary>The first place in a range where something needed is not allowed, or null.</summary>
    public long? FindDenied(ByteRange range, MemoryProtection needed)
    {
        foreach ((long start, _, MemoryProtection protection) in In(range.Offset, range.End))
        {
            if ((protection & needed) != needed)
            {
                return start;
            }
        }

        return null;
    }
}
