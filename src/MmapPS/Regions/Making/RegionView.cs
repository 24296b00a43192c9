using System;
using MmapPS.Native;
using MmapPS.Ranges;
using MmapPS.Regions.Access;

namespace MmapPS.Regions.Making;

/// <summary>Where a region's bytes are at present; resizing gives it another.</summary>
/// <param name="Mapping">The mapping, or null for an empty region.</param>
/// <param name="Pages">All of the mapping.</param>
/// <param name="PageSize">Bytes of a page.</param>
/// <param name="Length">Bytes of the region.</param>
/// <param name="Access">The way to the bytes.</param>
internal sealed record RegionView(MappingHandle? Mapping, PageSpan Pages, long PageSize, long Length, RegionAccess Access)
{
    /// <summary>Bytes of pages worked on between two looks at whether to go on: some milliseconds in memory, tens of a disk.</summary>
    public const long PagesAtOnce = 8 << 20;

    /// <summary>Bytes of the mapping before the region's first.</summary>
    public long Lead { get; init; }

    /// <summary>The address of the region's first byte.</summary>
    public nint Address => Pages.Address + (nint)Lead;

    /// <summary>Whether all bytes of the region are bytes of its mapping: what holds whatever the system refused.</summary>
    public bool IsMapped => Mapping is null
        ? Length == 0
        : Mapping.IsClosed || (Lead >= 0 && Length > 0 && Length <= Mapping.Size - Lead);

    /// <summary>The whole pages that hold a range.</summary>
    public PageSpan Around(ByteRange range) =>
        Between(Alignment.Down(Lead + range.Offset, PageSize), Alignment.Up(Lead + range.End, PageSize));

    /// <summary>The pages from one place in the mapping to another, none where that comes before.</summary>
    /// <param name="from">A page's start, in bytes from the mapping's start.</param>
    /// <param name="to">A page's end, in bytes from the mapping's start.</param>
    public PageSpan Between(long from, long to) => Pages.Slice(from, Math.Max(0, to - from));

    /// <summary>What of the region is in some of its pages.</summary>
    public ByteRange Within(PageSpan pages)
    {
        long start = StartOf(pages) - Lead;
        long from = Math.Max(0, start);
        return ByteRange.Within(Length, from, Math.Min(start + pages.Length, Length) - from, pages.Subject);
    }

    /// <summary>Where some of the pages start, in bytes from the mapping's start.</summary>
    public long StartOf(PageSpan pages) => pages.Address - Pages.Address;
}
