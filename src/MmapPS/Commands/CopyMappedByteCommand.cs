using System;
using System.IO;
using System.Management.Automation;
using MmapPS.Commands.Bases;
using MmapPS.Parameters;
using MmapPS.Regions.Files;
using MmapPS.Regions.Making;
using MmapPS.Resources;
using MmapPS.Scripting;
using MmapPS.Work;

namespace MmapPS.Commands;

/// <summary>Copies bytes from a region to another or into a file, or from a file into a region.</summary>
[Cmdlet(VerbsCommon.Copy, "MappedByte", DefaultParameterSetName = RegionSet, SupportsShouldProcess = true)]
[OutputType(typeof(MappedRegion), typeof(FileInfo))]
public sealed class CopyMappedByteCommand : RegionCommand
{
    private readonly CopyDestinations _destinations;
    private bool _placeNamed;

    /// <summary>Makes the cmdlet.</summary>
    public CopyMappedByteCommand() => _destinations = new CopyDestinations(Report);

    /// <summary>The regions to copy from; each goes behind the one before it.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = RegionSet, ValueFromPipeline = true)]
    [Alias("InputObject")]
    [RegionCompleter]
    [ValidateNotNull]
    public override MappedRegion[] Region { get; set; } = [];

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
    /// Where in the destination to put them, in bytes from its start; default 0, or the place of a difference on the other side.
    /// With it a file keeps its other bytes; otherwise the file ends with what was copied.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("OtherOffset")]
    [Int64Transformation(IsProperty = true)]
    public long DestinationOffset { get; set; }

    /// <summary>Make holes of blocks of zeros, or warn where the destination cannot have holes.</summary>
    [Parameter]
    public SwitchParameter Sparse { get; set; }

    /// <summary>Write to a file that existed before the statement.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Hand each destination on once all is copied to it: the region, or the file.</summary>
    [Parameter]
    public override SwitchParameter PassThru { get; set; }

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

        (Region, Offset, Length) = Match is MatchedRange match ? ([match.Region], match.Offset, match.Length) : (Region, Offset, Length);
        base.ProcessRecord();
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        base.EndProcessing();
        Try(Destination, _destinations.Complete);
    }

    /// <inheritdoc/>
    protected override void ProcessRegion(MappedRegion region)
    {
        object named = ScriptCaller.Unwrap(Destination)!;
        CopyDestination destination = _destinations.Select(
            named is MappedRegion ? named : ResolveFile(named), DestinationOffset, Options);
        long? place = IsPlaced && !_placeNamed ? DestinationOffset : null;
        var copy = new RegionCopy(region, region.Range(Offset, Length), destination, place);
        long length = copy.Range.Length;
        if (Ask(destination.Subject, copy.Place, length, Messages.ActionCopy(length, region.Subject)))
        {
            using IWork work = Watch(length);
            copy.Run(Watched(work));
        }
        else if (IsWhatIf)
        {
            copy.Skip();
        }
    }

    /// <inheritdoc/>
    private protected override FileAccess? FileUse => FileAccess.Read;

    /// <inheritdoc/>
    private protected override IDisposable Held => _destinations;

    // Whether -DestinationOffset is bound: by name, or by a property of the present object.
    private bool IsPlaced => MyInvocation.BoundParameters.ContainsKey(nameof(DestinationOffset));

    private CopyOptions Options => (Force ? CopyOptions.Overwrite : CopyOptions.None)
        | (IsPlaced ? CopyOptions.KeepRest : CopyOptions.None)
        | (Sparse ? CopyOptions.Sparse : CopyOptions.None);

    private void CopyFile()
    {
        if (ScriptCaller.Unwrap(Destination) is not MappedRegion)
        {
            throw new MappingException(MappingError.NotSupported, Messages.CopyNeedsRegion());
        }

        using MappedRegion file = RegionFactory.OpenForReading(ResolveFile(Path));
        ProcessRegion(file);
    }

    private void Report(CopyDestination done)
    {
        if (done.HoleRefusal is string reason)
        {
            WriteWarning(Messages.HolesRefused(done.Subject, reason));
        }

        if (done.IsFilled)
        {
            PassOn(done is RegionDestination region ? region.Region : new FileInfo(done.Subject));
        }
    }
}
