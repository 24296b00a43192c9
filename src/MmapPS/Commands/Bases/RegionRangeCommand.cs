using System.Management.Automation;

namespace MmapPS.Commands.Bases;

/// <summary>A cmdlet that does something to a range of each region, or of each match, and can hand the region on.</summary>
public abstract class RegionRangeCommand : MatchRangeCommand
{
    /// <summary>Hand the region on.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }
}
