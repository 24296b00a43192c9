using System.Management.Automation;
using MmapPS.Commands.Bases;
using MmapPS.Parameters;
using MmapPS.Ranges;
using MmapPS.Resources;

namespace MmapPS.Commands;

/// <summary>Changes what may be done with a range of a region: whole pages, rounded outwards.</summary>
[Cmdlet(VerbsSecurity.Protect, "MemoryMap", DefaultParameterSetName = RegionSet, SupportsShouldProcess = true)]
[OutputType(typeof(MappedRegion))]
public sealed class ProtectMemoryMapCommand : RegionRangeCommand
{
    private const MemoryProtection WriteAndExecute = MemoryProtection.Write | MemoryProtection.Execute;

    /// <summary>What may be done: None, Read, Write, Execute, or a combination.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ProtectionTransformation]
    public MemoryProtection Protection { get; set; }

    /// <inheritdoc/>
    [Parameter(Position = 2, ParameterSetName = RegionSet)]
    [Parameter(Mandatory = true, Position = 2, ParameterSetName = MatchSet, ValueFromPipelineByPropertyName = true)]
    [Int64Transformation(IsProperty = true)]
    public override long Offset { get; set; }

    /// <inheritdoc/>
    [Parameter(Position = 3, ParameterSetName = RegionSet)]
    [Parameter(Mandatory = true, Position = 3, ParameterSetName = MatchSet, ValueFromPipelineByPropertyName = true)]
    [Int64Transformation(IsProperty = true)]
    public override long? Length { get; set; }

    /// <inheritdoc/>
    private protected override void ProcessRange(MappedRegion region, ByteRange range) =>
        Change(region, range, Messages.ActionProtect(Protection.ToString()), _ =>
        {
            ReportRounding(region, range, region.Protections.Protect(range, Protection, Work));
            if ((Protection & WriteAndExecute) == WriteAndExecute)
            {
                WriteWarning(Messages.WriteAndExecute(region.Subject));
            }
        });
}
