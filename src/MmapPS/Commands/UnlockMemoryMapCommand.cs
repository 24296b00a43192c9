using System.Management.Automation;
using MmapPS.Commands.Bases;
using MmapPS.Ranges;
using MmapPS.Resources;

namespace MmapPS.Commands;

/// <summary>Lets a range of a region be paged out again: whole pages, rounded outwards.</summary>
[Cmdlet(VerbsCommon.Unlock, "MemoryMap", DefaultParameterSetName = RegionSet, SupportsShouldProcess = true)]
[OutputType(typeof(MappedRegion))]
public sealed class UnlockMemoryMapCommand : RegionRangeCommand
{
    /// <inheritdoc/>
    private protected override void ProcessRange(MappedRegion region, ByteRange range) => Change(
        region, range, Messages.ActionUnlock(), work => ReportRounding(region, range, region.Locks.Unlock(range, work)));
}
