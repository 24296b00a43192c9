using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using MmapPS.Parameters;
using MmapPS.Ranges;

namespace MmapPS.Commands.Bases;

/// <summary>
/// A cmdlet that does something to a range of each region of the pipeline, or to the range that each match of Find-MappedByte
/// is. A region's own properties Offset and Length are its place in the file, so by property name they count only together
/// with a property Region.
/// </summary>
public abstract class MatchRangeCommand : MappingCommand
{
    private protected const string RegionSet = "Region";
    private protected const string MatchSet = "Match";

    private bool _offsetNamed;

    /// <summary>The regions, as New-MemoryMap and Get-MemoryMap emit them.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = RegionSet, ValueFromPipeline = true)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = MatchSet, ValueFromPipelineByPropertyName = true)]
    [Alias("InputObject")]
    [RegionCompleter]
    [ValidateNotNull]
    [SuppressMessage("Performance", "CA1819:Properties should not return arrays", Justification = "PowerShell binds arrays.")]
    public MappedRegion[] Region { get; set; } = [];

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

    /// <summary>Whether the range is that of an object of the pipeline, such as a match.</summary>
    private protected bool IsMatch => !_offsetNamed && MyInvocation.BoundParameters.ContainsKey(nameof(Offset));

    /// <inheritdoc/>
    protected override void BeginProcessing() => _offsetNamed = MyInvocation.BoundParameters.ContainsKey(nameof(Offset));

    /// <inheritdoc/>
    protected sealed override void ProcessRecord()
    {
        foreach (MappedRegion region in Region)
        {
            Try(region, () => ProcessRange(region, region.Range(Offset, Length)));
        }
    }

    /// <summary>Does it to one range.</summary>
    private protected abstract void ProcessRange(MappedRegion region, ByteRange range);
}
