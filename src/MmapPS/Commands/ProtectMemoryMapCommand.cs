using System.Management.Automation;
using MmapPS.Regions;
using MmapPS.Resources;

namespace MmapPS.Commands;

/// <summary>Changes what may be done with a range of a region: whole pages, rounded outwards.</summary>
[Cmdlet(VerbsSecurity.Protect, "MemoryMap", DefaultParameterSetName = RegionSet, SupportsShouldProcess = true)]
[OutputType(typeof(MappedRegion))]
public sealed class ProtectMemoryMapCommand : RegionRangeCommand
{
    private const MemoryProtection WriteAndExecute = MemoryProtection.Write | MemoryProtection.Execute;

    /// <summary>What may be done: None, Read, Write, Execute, or a combination.</summary>
    [Parameter(Mandatory = true)]
    public MemoryProtection Protection { get; set; }

    /// <inheritdoc/>
    private protected override void ProcessRange(MappedRegion region, ByteRange range)
    {
        if (!ShouldProcess(
            Messages.TargetRange(region.Subject, range.Offset, range.Length), Messages.ActionProtect(Protection.ToString())))
        {
            return;
        }

        ReportRounding(region, range, region.Protect(range.Offset, range.Length, Protection, Stop));
        if ((Protection & WriteAndExecute) == WriteAndExecute)
        {
            WriteWarning(Messages.WriteAndExecute(region.Subject));
        }

        if (PassThru)
        {
            WriteObject(region);
        }
    }
}
