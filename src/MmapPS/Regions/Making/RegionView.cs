using System;
using MmapPS.Native;
using MmapPS.Ranges;
using MmapPS.Regions.Access;

namespace MmapPS.Regions.Making;

/// <summary>Where a region's bytes are at present; resizing gives it another.</summary>
/// <param name="Mapping">The mapping, or null for an empty region.</param>
/// <param name="Address">The address of the region's first byte.</param>
/// <param name="Length">Bytes of the region.</param>
/// <param name="Access">The way to the bytes.</param>
internal sealed record RegionView(MappingHandle? Mapping, nint Address, long Length, RegionAccess Access)
{
    /// <summary>Whether all bytes of the region are bytes of its mapping: what holds whatever the system refused.</summary>
    public bool IsMapped => Mapping is null
        ? Length == 0
        : Mapping.IsClosed || (Lead >= 0 && Length > 0 && Length <= Mapping.Size - Lead);

    /// <summary>Bytes of the mapping before the region's first.</summary>
    public long Lead => Mapping is null ? 0 : Address - Mapping.Address;

    /// <summary>The whole pages that hold a range.</summary>
    /// <returns>Where they start, from the mapping's start, and their length up to the region's end or a page's.</returns>
    public (long Start, long Length) PagesAround(ByteRange range, long pageSize)
    {
        long start = Alignment.Down(Lead + range.Offset, pageSize);
        return (start, Alignment.Up(Lead + range.Offset + range.Length, pageSize) - start);
    }

    /// <summary>What of the region lies in a part of its mapping.</summary>
    /// <param name="start">Where the part starts, in bytes from the mapping's start.</param>
    /// <param name="length">Its length in bytes.</param>
    /// <param name="subject">How messages name the region.</param>
    public ByteRange Within(long start, long length, string subject)
    {
        long from = Math.Max(0, start - Lead);
        return ByteRange.Within(Length, from, Math.Min(start - Lead + length, Length) - from, subject);
    }
}
