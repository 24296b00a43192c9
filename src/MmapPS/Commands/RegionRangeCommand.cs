using System.Management.Automation;

namespace MmapPS.Commands;

/// <summary>A cmdlet that does something to a range of each region of the pipeline, and can hand the region on.</summary>
public abstract class RegionRangeCommand : RegionCommand
{
    /// <summary>Where the range starts, in bytes from the region's start; default 0.</summary>
    [Parameter(Position = 1)]
    public long Offset { get; set; }

    /// <summary>How many bytes; default all from the offset on.</summary>
    [Parameter(Position = 2)]
    public long? Length { get; set; }

    /// <summary>Hand the region on.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }
}
