using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using MmapPS.Content.Comparing;
using MmapPS.Content.Scanning;
using MmapPS.Regions;

namespace MmapPS.Commands;

/// <summary>Finds the ranges in which a region differs from another, or from a file, each emitted as it is found.</summary>
[Cmdlet(VerbsData.Compare, "MappedByte")]
[OutputType(typeof(MappedDifference), typeof(bool))]
public sealed class CompareMappedByteCommand : RegionCommand
{
    /// <summary>What to compare with: a region, or a file's path.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public object Other { get; set; } = null!;

    /// <summary>Where in the region to start, in bytes from its start; default 0.</summary>
    [Parameter]
    public long Offset { get; set; }

    /// <summary>How many bytes to compare at most; default all from the offsets on. Bytes on one side only differ.</summary>
    [Parameter]
    public long? Length { get; set; }

    /// <summary>Where in the other region or file to start, in bytes from its start; default 0.</summary>
    [Parameter]
    public long OtherOffset { get; set; }

    /// <summary>How many differing ranges at most; default all.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? First { get; set; }

    /// <summary>Emit whether all is equal, and end at the first difference.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRegion(MappedRegion region)
    {
        object other = PowerShellLanguage.Unwrap(Other)!;
        if (other is MappedRegion otherRegion)
        {
            Compare(region, otherRegion);
            return;
        }

        using MappedRegion file = RegionFactory.OpenForReading(ResolveFile(other));
        Compare(region, file);
    }

    private void Compare(MappedRegion region, MappedRegion other)
    {
        ByteRange range = Take(region, Offset);
        ByteRange otherRange = Take(other, OtherOffset);
        region.Demand(MemoryProtection.Read, range);
        other.Demand(MemoryProtection.Read, otherRange);
        var comparer = new RangeComparer(new RegionByteSource(region, range).Job, new RegionByteSource(other, otherRange).Job);
        using CommandMonitor monitor = Watch(Math.Min(range.Length, otherRange.Length));
        ScanSettings settings = Watched(monitor);
        if (Quiet)
        {
            WriteObject(comparer.AreEqual(settings));
            return;
        }

        IEnumerable<ByteDifference> differences = comparer.FindDifferences(settings);
        foreach (ByteDifference difference in First is int count ? differences.Take(count) : differences)
        {
            WriteObject(new MappedDifference(region, Offset, OtherOffset, difference));
        }
    }

    // As many bytes as -Length allows and there are.
    private ByteRange Take(MappedRegion region, long offset)
    {
        ByteRange rest = region.Range(offset, null);
        return Length is long length && length < rest.Length ? region.Range(offset, length) : rest;
    }
}
