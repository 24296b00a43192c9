using System.Collections.Generic;
using System.Management.Automation;
using MmapPS.Parameters;

namespace MmapPS.Commands.Bases;

/// <summary>A cmdlet that does something to regions, or to files by their paths. Directories from Get-ChildItem are passed over.</summary>
public abstract class RegionOrPathCommand : PathCommand
{
    /// <inheritdoc cref="RegionCommand.Region"/>
    [Parameter(
        Mandatory = true, Position = 0, ParameterSetName = RegionSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("InputObject")]
    [RegionCompleter]
    [ValidateNotNull]
    public MappedRegion[] Region { get; set; } = [];

    /// <summary>
    /// The files; wildcards are expanded, but not in a path from the pipeline that names an existing file: Measure-MemoryMap emits
    /// such paths.
    /// </summary>
    [Parameter(
        Mandatory = true, Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public override string[] Path { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == RegionSet)
        {
            TryEach(Region, ProcessRegion);
        }
        else
        {
            base.ProcessRecord();
        }
    }

    /// <summary>Does it to one region.</summary>
    protected abstract void ProcessRegion(MappedRegion region);

    /// <summary>Does it to one file.</summary>
    protected abstract void ProcessFile(string path);

    /// <inheritdoc/>
    private protected sealed override IReadOnlyList<string> Resolve(string path, bool literal) =>
        FilePaths.ResolveFiles(SessionState.Path, path, literal, MyInvocation.ExpectingInput);

    /// <inheritdoc/>
    private protected sealed override void ProcessPath(string path)
    {
        if (FilePaths.IsFile(path, fromObject: IsLiteral && MyInvocation.ExpectingInput))
        {
            ProcessFile(path);
        }
    }
}
