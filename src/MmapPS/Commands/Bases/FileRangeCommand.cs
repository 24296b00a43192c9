using System.Management.Automation;
using MmapPS.Parameters;

namespace MmapPS.Commands.Bases;

/// <summary>A cmdlet that does something to a range of each region, of each match, or of each file.</summary>
public abstract class FileRangeCommand : MatchRangeCommand, IFileCommand
{
    /// <inheritdoc/>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <inheritdoc/>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Where the range starts, in bytes from the region's or file's start; default 0.</summary>
    [Parameter(Position = 1, ParameterSetName = RegionSet)]
    [Parameter(Position = 1, ParameterSetName = PathSet)]
    [Parameter(Position = 1, ParameterSetName = LiteralPathSet)]
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = MatchSet, ValueFromPipelineByPropertyName = true)]
    [Int64Transformation(IsProperty = true)]
    public override long Offset { get; set; }

    /// <inheritdoc/>
    [Parameter(Position = 2, ParameterSetName = RegionSet)]
    [Parameter(Position = 2, ParameterSetName = PathSet)]
    [Parameter(Position = 2, ParameterSetName = LiteralPathSet)]
    [Parameter(Mandatory = true, Position = 2, ParameterSetName = MatchSet, ValueFromPipelineByPropertyName = true)]
    [Int64Transformation(IsProperty = true)]
    public override long? Length { get; set; }
}
