using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.IO;
using System.Management.Automation;
using MmapPS.Commands.Bases;
using MmapPS.Parameters;
using MmapPS.Ranges;
using MmapPS.Regions.Files;
using MmapPS.Regions.Making;
using MmapPS.Resources;
using MmapPS.Scripting;

namespace MmapPS.Commands;

/// <summary>Copies bytes from a region to another or into a file, or from a file into a region.</summary>
[Cmdlet(VerbsCommon.Copy, "MappedByte", DefaultParameterSetName = RegionSet, SupportsShouldProcess = true)]
[OutputType(typeof(MappedRegion), typeof(FileInfo))]
public sealed class CopyMappedByteCommand : MappingCommand
{
    private const string RegionSet = "Region";
    private const string MatchSet = "Match";
    private const string PathSet = "Path";

    private readonly Dictionary<object, CopyDestination> _destinations = [];
    private CopyDestination? _current;
    private bool _placeNamed;

    /// <summary>The regions to copy from; what one has goes behind what the one before had.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = RegionSet, ValueFromPipeline = true)]
    [Alias("InputObject")]
    [RegionCompleter]
    [ValidateNotNull]
    [SuppressMessage("Performance", "CA1819:Properties should not return arrays", Justification = "PowerShell binds arrays.")]
    public MappedRegion[] Region { get; set; } = [];

    /// <summary>The bytes to copy: a match, or any object with properties Region, Offset and Length.</summary>
    [Parameter(Mandatory = true, ParameterSetName = MatchSet, ValueFromPipeline = true)]
    [MatchTransformation]
    public object? Match { get; set; }

    /// <summary>The file to copy from; the destination is a region then.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>Where to: a region, a file's path, or a script block that makes one of these of each object of the pipeline.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public PSObject Destination { get; set; } = null!;

    /// <summary>Where in the source to start, in bytes from its start; default 0.</summary>
    [Parameter(ParameterSetName = RegionSet)]
    [Parameter(ParameterSetName = PathSet)]
    [Int64Transformation]
    public long Offset { get; set; }

    /// <summary>How many bytes; default all from the offset on.</summary>
    [Parameter(ParameterSetName = RegionSet)]
    [Parameter(ParameterSetName = PathSet)]
    [Int64Transformation]
    public long? Length { get; set; }

    /// <summary>
    /// Where in the destination to put them, in bytes from its start; default 0, or, of a difference, its place on the other
    /// side. A file's other bytes stay as they are where this is given; otherwise the file ends with what was copied.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("OtherOffset")]
    [Int64Transformation(IsProperty = true)]
    public long DestinationOffset { get; set; }

    /// <summary>Make holes of blocks of zeros, or warn where the destination cannot have any.</summary>
    [Parameter]
    public SwitchParameter Sparse { get; set; }

    /// <summary>Write to a file that was there before the statement.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Hand each destination on once all is copied to it: the region, or the file.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing() => _placeNamed = IsPlaced;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == PathSet)
        {
            Try(Path, CopyFile);
            return;
        }

        if (Match is MatchedRange match)
        {
            (Region, Offset, Length) = ([match.Region], match.Offset, match.Length);
        }

        foreach (MappedRegion region in Region)
        {
            Try(region, () => Copy(region, Select(PowerShellLanguage.Unwrap(Destination)!)));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => Finish();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _current?.Dispose();
        }

        base.Dispose(disposing);
    }

    // Whether the present object has a place of its own in the destination.
    private bool IsPlaced => MyInvocation.BoundParameters.ContainsKey(nameof(DestinationOffset));

    private void CopyFile()
    {
        if (PowerShellLanguage.Unwrap(Destination) is not MappedRegion region)
        {
            throw new MappingException(MappingError.NotSupported, Messages.CopyNeedsRegion());
        }

        using MappedRegion file = RegionFactory.OpenForReading(ResolveFile(Path));
        Copy(file, Select(region));
    }

    private void Copy(MappedRegion source, CopyDestination destination)
    {
        ByteRange range = source.Range(Offset, Length);
        source.Demand(MemoryProtection.Read, range);
        long place = IsPlaced && !_placeNamed ? DestinationOffset : destination.Next;
        destination.Demand(range.Length, place);
        if (!ShouldProcess(
            Messages.TargetRange(destination.Subject, place, range.Length), Messages.ActionCopy(range.Length, source.Subject)))
        {
            if (IsWhatIf)
            {
                destination.Announce(range.Length, place);
            }

            return;
        }

        using CommandMonitor monitor = Watch(range.Length);
        destination.Take(source, range, place, Watched(monitor));
    }

    // The destination that was named, with what is known of it from the objects before.
    private CopyDestination Select(object named)
    {
        object key = named is MappedRegion ? named : ResolveFile(named);
        if (!_destinations.TryGetValue(key, out CopyDestination? destination))
        {
            destination = key is string path
                ? new FileDestination(path, DestinationOffset, FileOptions)
                : new RegionDestination((MappedRegion)key, DestinationOffset, Sparse);
            _destinations.Add(key, destination);
        }

        if (destination != _current)
        {
            Finish();
            _current = destination;
        }

        return destination;
    }

    private FileCopyOptions FileOptions => (Force ? FileCopyOptions.Overwrite : FileCopyOptions.None)
        | (IsPlaced ? FileCopyOptions.KeepRest : FileCopyOptions.None)
        | (Sparse ? FileCopyOptions.Sparse : FileCopyOptions.None);

    private void Finish()
    {
        if (_current is not { } done)
        {
            return;
        }

        _current = null;
        done.Dispose();
        if (done.HoleRefusal is string reason)
        {
            WriteWarning(Messages.HolesRefused(done.Subject, reason));
        }

        if (PassThru && done.IsFilled)
        {
            WriteObject(done is RegionDestination region ? region.Region : new FileInfo(done.Subject));
        }
    }
}
