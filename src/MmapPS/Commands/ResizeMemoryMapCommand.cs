using System.Management.Automation;
using MmapPS.Commands.Bases;
using MmapPS.Parameters;
using MmapPS.Regions.Making;
using MmapPS.Resources;

namespace MmapPS.Commands;

/// <summary>Gives a region another length. A shared region's file grows with it, with storage behind every byte.</summary>
[Cmdlet(VerbsCommon.Resize, "MemoryMap", DefaultParameterSetName = LengthSet, SupportsShouldProcess = true)]
[OutputType(typeof(MappedRegion))]
public sealed class ResizeMemoryMapCommand : RegionCommand
{
    private const string LengthSet = "Length";
    private const string FileSet = "ToFile";

    /// <summary>How many bytes the region gets.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = LengthSet)]
    [Int64Transformation]
    public long Length { get; set; }

    /// <summary>Make the region reach to the present end of its file.</summary>
    [Parameter(Mandatory = true, ParameterSetName = FileSet)]
    public SwitchParameter ToFile { get; set; }

    /// <summary>Cut the file off at the region's end, whatever lies behind it.</summary>
    [Parameter(ParameterSetName = LengthSet)]
    public SwitchParameter TruncateFile { get; set; }

    /// <inheritdoc/>
    [Parameter]
    public override SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRegion(MappedRegion region)
    {
        long length = ToFile ? region.Resizing.FindLengthToFileEnd() : Length;
        string action = TruncateFile
            ? Messages.ActionResizeAndTruncate(length, (decimal)region.Offset + length)
            : Messages.ActionResize(length);

        // With -ToFile the file stays short where somebody cuts it meanwhile.
        FileFit fit = ToFile ? FileFit.Keep : TruncateFile ? FileFit.Cut : FileFit.Grow;
        Change(region, action, _ => region.Resizing.Resize(length, fit, Work));
    }
}
