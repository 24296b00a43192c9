using System;
using Microsoft.Win32.SafeHandles;
using MmapPS.Ranges;

namespace MmapPS.Regions.Access;

/// <summary>
/// The way to a region's bytes. The caller has the region in use and the range checked; whatever happens to the pages, no
/// implementation lets the process die.
/// </summary>
internal abstract class RegionAccess
{
    /// <summary>Copies bytes out of the region.</summary>
    public abstract CopyOutcome Read(long offset, Span<byte> destination);

    /// <summary>Copies bytes into the region.</summary>
    public abstract CopyOutcome Write(long offset, ReadOnlySpan<byte> source);

    /// <summary>Bytes themselves, where looking at them is safe for as long as the region is in use.</summary>
    public virtual bool TryLend(long offset, int length, out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        return false;
    }

    /// <summary>How many bytes from an offset on are zeros for sure, without being read; 0 where that is not known.</summary>
    public virtual long CountZeros(long offset) => 0;

    /// <summary>Has the system move bytes into a file.</summary>
    /// <returns>How many it moved; fewer or none where it cannot, whatever the reason.</returns>
    public virtual long MoveTo(ByteRange range, SafeFileHandle target, long targetOffset) => 0;
}
