using System.Management.Automation;
using MmapPS.Commands.Bases;
using MmapPS.Ranges;
using MmapPS.Resources;
using MmapPS.Scripting;

namespace MmapPS.Commands;

/// <summary>Lets a range of a region be paged out again: whole pages, rounded outwards.</summary>
[Cmdlet(VerbsCommon.Unlock, "MemoryMap", DefaultParameterSetName = RegionSet, SupportsShouldProcess = true)]
[OutputType(typeof(MappedRegion))]
public sealed class UnlockMemoryMapCommand : RegionRangeCommand
{
    /// <inheritdoc/>
    private protected override void ProcessRange(MappedRegion region, ByteRange range)
    {
        if (!ShouldProcess(Messages.TargetRange(region.Subject, range.Offset, range.Length), Messages.ActionUnlock()))
        {
            return;
        }

        using (CommandMonitor monitor = Watch(range.Length))
        {
            ReportRounding(region, range, region.Unlock(range, monitor));
        }

        if (PassThru)
        {
            WriteObject(region);
        }
    }
}
