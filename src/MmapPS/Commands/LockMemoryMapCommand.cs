using System.Management.Automation;
using MmapPS.Commands.Bases;
using MmapPS.Ranges;
using MmapPS.Resources;

namespace MmapPS.Commands;

/// <summary>Keeps a range of a region in memory: whole pages, rounded outwards.</summary>
[Cmdlet(VerbsCommon.Lock, "MemoryMap", DefaultParameterSetName = RegionSet, SupportsShouldProcess = true)]
[OutputType(typeof(MappedRegion))]
public sealed class LockMemoryMapCommand : RegionRangeCommand
{
    /// <summary>Lock each page when it is first used, rather than bring all into memory now.</summary>
    [Parameter]
    public SwitchParameter OnFault { get; set; }

    /// <inheritdoc/>
    private protected override void ProcessRange(MappedRegion region, ByteRange range) => Change(
        region, range, Messages.ActionLock(), work => ReportRounding(region, range, region.Locks.Lock(range, OnFault, work)));
}
