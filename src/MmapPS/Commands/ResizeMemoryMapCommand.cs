using System.Management.Automation;
using MmapPS.Commands.Bases;
using MmapPS.Parameters;
using MmapPS.Resources;

namespace MmapPS.Commands;

/// <summary>Gives a region another length. A shared region's file grows with it, with storage behind every byte.</summary>
[Cmdlet(VerbsCommon.Resize, "MemoryMap", SupportsShouldProcess = true)]
[OutputType(typeof(MappedRegion))]
public sealed class ResizeMemoryMapCommand : RegionCommand
{
    /// <summary>How many bytes the region shall have.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [Int64Transformation]
    public long Length { get; set; }

    /// <summary>Cut the file off at the region's end, whatever lies behind it.</summary>
    [Parameter]
    public SwitchParameter TruncateFile { get; set; }

    /// <summary>Hand the region on.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRegion(MappedRegion region)
    {
        string action = TruncateFile
            ? Messages.ActionResizeAndTruncate(Length, (decimal)region.Offset + Length)
            : Messages.ActionResize(Length);
        if (!ShouldProcess(Messages.TargetRange(region.Subject, region.Offset, region.Length), action))
        {
            return;
        }

        region.Resize(Length, TruncateFile, Stop, Watch);
        if (PassThru)
        {
            WriteObject(region);
        }
    }
}
