using System.Management.Automation;

namespace MmapPS.Commands.Bases;

/// <summary>A cmdlet that changes a range of each region, or of each match, and can hand the region on.</summary>
public abstract class RegionRangeCommand : MatchRangeCommand
{
    /// <inheritdoc/>
    [Parameter]
    public override SwitchParameter PassThru { get; set; }
}
