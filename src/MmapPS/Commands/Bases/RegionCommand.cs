using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using MmapPS.Parameters;

namespace MmapPS.Commands.Bases;

/// <summary>A cmdlet that does something to each region of the pipeline.</summary>
public abstract class RegionCommand : MappingCommand
{
    /// <summary>The regions, as New-MemoryMap and Get-MemoryMap emit them.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("InputObject")]
    [RegionCompleter]
    [ValidateNotNull]
    [SuppressMessage("Performance", "CA1819:Properties should not return arrays", Justification = "PowerShell binds arrays.")]
    public virtual MappedRegion[] Region { get; set; } = [];

    /// <inheritdoc/>
    protected sealed override void ProcessRecord()
    {
        foreach (MappedRegion region in Region)
        {
            Try(region, () => ProcessRegion(region));
        }
    }

    /// <summary>Does it to one region.</summary>
    protected abstract void ProcessRegion(MappedRegion region);
}
