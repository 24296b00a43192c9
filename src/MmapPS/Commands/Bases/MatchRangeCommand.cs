using System.Management.Automation;
using MmapPS.Parameters;
using MmapPS.Ranges;

namespace MmapPS.Commands.Bases;

/// <summary>
/// A cmdlet that does something to a range of each region, or to the range of each match of Find-MappedByte. A region's own properties
/// Offset and Length are its place in the file, so they bind by property name only from objects that have a property Region.
/// </summary>
public abstract class MatchRangeCommand : RegionCommand
{
    private bool _offsetNamed;

    /// <inheritdoc/>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = RegionSet, ValueFromPipeline = true)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = MatchSet, ValueFromPipelineByPropertyName = true)]
    [Alias("InputObject")]
    [RegionCompleter]
    [ValidateNotNull]
    public override MappedRegion[] Region { get; set; } = [];

    /// <summary>Where the range starts, in bytes from the region's start; default 0.</summary>
    [Parameter(Position = 1, ParameterSetName = RegionSet)]
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = MatchSet, ValueFromPipelineByPropertyName = true)]
    [Int64Transformation(IsProperty = true)]
    public virtual long Offset { get; set; }

    /// <summary>How many bytes; default all from the offset on.</summary>
    [Parameter(Position = 2, ParameterSetName = RegionSet)]
    [Parameter(Mandatory = true, Position = 2, ParameterSetName = MatchSet, ValueFromPipelineByPropertyName = true)]
    [Int64Transformation(IsProperty = true)]
    public virtual long? Length { get; set; }

    /// <summary>Whether the range comes from an object of the pipeline, such as a match.</summary>
    private protected bool IsMatch => !_offsetNamed && MyInvocation.BoundParameters.ContainsKey(nameof(Offset));

    /// <inheritdoc/>
    protected override void BeginProcessing() => _offsetNamed = MyInvocation.BoundParameters.ContainsKey(nameof(Offset));

    /// <inheritdoc/>
    protected sealed override void ProcessRegion(MappedRegion region) => ProcessRange(region, region.Range(Offset, Length));

    /// <summary>Does it to one range.</summary>
    private protected abstract void ProcessRange(MappedRegion region, ByteRange range);
}
