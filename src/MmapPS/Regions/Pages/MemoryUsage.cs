using System;
using MmapPS.Ranges;
using MmapPS.Regions.Pages;

namespace MmapPS;

/// <summary>How much of a file or a region is in memory, and how. Sizes are in bytes.</summary>
public sealed class MemoryUsage
{
    internal MemoryUsage(long offset, long length, long pageSize, MemoryRangeList residentRange)
    {
        Offset = offset;
        Length = length;
        PageSize = pageSize;
        ResidentRange = residentRange;
        Pages = CountPages(new MemoryRange(offset, length));
        foreach (MemoryRange range in residentRange)
        {
            Resident += range.Length;
            ResidentPages += CountPages(range);
        }

        Percent = GetPercent(Resident, length);
    }

    /// <summary>The full path of the file, or null.</summary>
    public string? Path { get; internal init; }

    /// <summary>The name of named shared memory, or null.</summary>
    public string? Name { get; internal init; }

    /// <summary>The number of the region, or null where a path was measured.</summary>
    public int? RegionId { get; internal init; }

    /// <summary>Where in the file that what was measured starts; 0 without a file.</summary>
    public long Offset { get; }

    /// <summary>How many bytes were measured.</summary>
    public long Length { get; }

    /// <summary>Bytes of a page.</summary>
    public long PageSize { get; }

    /// <summary>How many pages hold the bytes.</summary>
    public long Pages { get; }

    /// <summary>How many of them are in memory.</summary>
    public long ResidentPages { get; }

    /// <summary>How many of the bytes are in memory.</summary>
    public long Resident { get; }

    /// <summary>The same in hundredths of all, rounded down to two decimals; 0 where there are no bytes.</summary>
    public double Percent { get; }

    /// <summary>
    /// Bytes of pages that were changed and not written back yet. Of a region: those that this process changed. Null where
    /// it cannot be known.
    /// </summary>
    public long? Dirty { get; internal init; }

    /// <summary>Bytes that are locked in memory, or will be once they come in; null where it cannot be known.</summary>
    public long? Locked { get; internal init; }

    /// <summary>Bytes that this process has in huge pages; null where it cannot be known.</summary>
    public long? Huge { get; internal init; }

    /// <summary>Bytes that are swapped out; null where it cannot be known.</summary>
    public long? Swapped { get; internal init; }

    /// <summary>What is in memory, ascending: offsets in the file, or in the region where there is no file.</summary>
    public MemoryRangeList ResidentRange { get; }

    /// <summary>
    /// The same as a picture of fixed width, from the first byte to the last: O for all of a cell in memory, o for at least half
    /// of it, . for less, blank for nothing.
    /// </summary>
    public string Residency => ResidencyPicture.Draw(Offset, Length, ResidentRange);

    /// <summary>A part of a whole in hundredths; rounded down, so that 100 is said of nothing that is not all there.</summary>
    internal static double GetPercent(long part, long whole) => whole == 0 ? 0 : Math.Floor(10000.0 * part / whole) / 100;

    private long CountPages(MemoryRange range) =>
        (Alignment.Up(range.End, PageSize) - Alignment.Down(range.Offset, PageSize)) / PageSize;
}
