using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using MmapPS.Native;
using MmapPS.Parameters;
using MmapPS.Resources;

namespace MmapPS.Commands.Bases;

/// <summary>A cmdlet that does something to regions, or to files by their paths.</summary>
public abstract class RegionOrPathCommand : MappingCommand
{
    private protected const string RegionSet = "Region";
    private protected const string PathSet = "Path";
    private protected const string LiteralPathSet = "LiteralPath";

    /// <summary>The regions, as New-MemoryMap and Get-MemoryMap emit them.</summary>
    [Parameter(
        Mandatory = true, Position = 0, ParameterSetName = RegionSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("InputObject")]
    [RegionCompleter]
    [ValidateNotNull]
    [SuppressMessage("Performance", "CA1819:Properties should not return arrays", Justification = "PowerShell binds arrays.")]
    public MappedRegion[] Region { get; set; } = [];

    /// <summary>
    /// The files; wildcards are expanded. From the pipeline, where it may come out of what Measure-MemoryMap said, a path
    /// that names a file as it is means that file.
    /// </summary>
    [Parameter(
        Mandatory = true, Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [SuppressMessage("Performance", "CA1819:Properties should not return arrays", Justification = "PowerShell binds arrays.")]
    public string[] Path { get; set; } = [];

    /// <summary>The files, names taken as they are. Directories that come from Get-ChildItem are passed over.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP", "FullName")]
    [ValidateNotNullOrEmpty]
    [SuppressMessage("Performance", "CA1819:Properties should not return arrays", Justification = "PowerShell binds arrays.")]
    public string[] LiteralPath { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == RegionSet)
        {
            foreach (MappedRegion region in Region)
            {
                Try(region, () => ProcessRegion(region));
            }

            return;
        }

        foreach (string path in ParameterSetName == LiteralPathSet ? LiteralPath : Path)
        {
            Try(path, () =>
            {
                foreach (string file in Resolve(path))
                {
                    Try(file, () => ProcessPath(file));
                }
            });
        }
    }

    /// <summary>Does it to one region.</summary>
    protected abstract void ProcessRegion(MappedRegion region);

    /// <summary>Does it to one file.</summary>
    protected abstract void ProcessFile(string path);

    private IReadOnlyList<string> Resolve(string path)
    {
        IReadOnlyList<string> exact = FilePaths.Resolve(SessionState.Path, path, literal: true);
        bool taken = ParameterSetName == LiteralPathSet
            || !WildcardPattern.ContainsWildcardCharacters(path)
            || (MyInvocation.ExpectingInput && MemoryPlatform.Current.FindStatus(exact[0]) is not null);
        return taken ? exact : FilePaths.Resolve(SessionState.Path, path, literal: false);
    }

    private void ProcessPath(string path)
    {
        if (MemoryPlatform.Current.FindStatus(path)?.Type != FileType.Directory)
        {
            ProcessFile(path);
        }
        else if (ParameterSetName != LiteralPathSet || !MyInvocation.ExpectingInput)
        {
            throw new MappingException(MappingError.NotMappable, Messages.DirectoryGiven(path));
        }
    }
}
