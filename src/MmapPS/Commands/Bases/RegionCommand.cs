using System.Management.Automation;
using MmapPS.Parameters;

namespace MmapPS.Commands.Bases;

/// <summary>
/// A cmdlet that does something to each region of the pipeline. An override of <see cref="Region"/> says in which parameter sets
/// it is and how it is bound there.
/// </summary>
public abstract class RegionCommand : MappingCommand
{
    /// <summary>The regions, as New-MemoryMap and Get-MemoryMap emit them.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("InputObject")]
    [RegionCompleter]
    [ValidateNotNull]
    public virtual MappedRegion[] Region { get; set; } = [];

    /// <summary>The target of an error that is about all regions.</summary>
    private protected object Target => Region.Length == 1 ? Region[0] : Region;

    /// <inheritdoc/>
    protected override void ProcessRecord() => TryEach(Region, ProcessRegion);

    /// <summary>Does it to one region.</summary>
    protected abstract void ProcessRegion(MappedRegion region);
}
