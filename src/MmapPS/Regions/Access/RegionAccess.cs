using System;

namespace MmapPS.Regions.Access;

/// <summary>
/// The way to a region's bytes. Whoever calls has the region in use and the range checked; whatever happens to the pages,
/// no implementation lets the process die.
/// </summary>
internal abstract class RegionAccess
{
    /// <summary>Copies bytes out of the region.</summary>
    public abstract CopyOutcome Read(long offset, Span<byte> destination);

    /// <summary>Copies bytes into the region.</summary>
    public abstract CopyOutcome Write(long offset, ReadOnlySpan<byte> source);
}
