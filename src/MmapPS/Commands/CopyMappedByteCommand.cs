using System.IO;
using System.Management.Automation;
using MmapPS.Content.Editing;
using MmapPS.Native;
using MmapPS.Parameters;
using MmapPS.Regions;
using MmapPS.Resources;

namespace MmapPS.Commands;

/// <summary>Copies bytes from a region to another or into a file, or from a file into a region.</summary>
[Cmdlet(VerbsCommon.Copy, "MappedByte", DefaultParameterSetName = RegionSet, SupportsShouldProcess = true)]
[OutputType(typeof(MappedRegion), typeof(FileInfo))]
public sealed class CopyMappedByteCommand : MappingCommand
{
    private const string RegionSet = "Region";
    private const string MatchSet = "Match";
    private const string PathSet = "Path";

    /// <summary>The region to copy from.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = RegionSet, ValueFromPipeline = true)]
    [Alias("InputObject")]
    [RegionCompleter]
    [ValidateNotNull]
    public MappedRegion Region { get; set; } = null!;

    /// <summary>The bytes to copy: a match, or any object with properties Region, Offset and Length.</summary>
    [Parameter(Mandatory = true, ParameterSetName = MatchSet, ValueFromPipeline = true)]
    [MatchTransformation]
    public object? Match { get; set; }

    /// <summary>The file to copy from; the destination is a region then.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>Where to: a region, or a file's path.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public object Destination { get; set; } = null!;

    /// <summary>Where in the source to start, in bytes from its start; default 0.</summary>
    [Parameter(ParameterSetName = RegionSet)]
    [Parameter(ParameterSetName = PathSet)]
    public long Offset { get; set; }

    /// <summary>How many bytes; default all from the offset on.</summary>
    [Parameter(ParameterSetName = RegionSet)]
    [Parameter(ParameterSetName = PathSet)]
    public long? Length { get; set; }

    /// <summary>
    /// Where in the destination to put them, in bytes from its start; default 0, or, of a difference, where it stands there.
    /// A file's other bytes stay as they are where this is given; otherwise the file ends with what was copied.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("OtherOffset")]
    [Int64Transformation]
    public long DestinationOffset { get; set; }

    /// <summary>Leave holes in a file that is made, in place of blocks of zeros.</summary>
    [Parameter]
    public SwitchParameter Sparse { get; set; }

    /// <summary>Write to a file that is there already.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Hand the destination on: the region, or the file.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Match is MatchedRange match)
        {
            (Region, Offset, Length) = (match.Region, match.Offset, match.Length);
        }

        Try(ParameterSetName == PathSet ? Path : Region, Copy);
    }

    private void Copy()
    {
        object destination = PowerShellLanguage.Unwrap(Destination)!;
        if (ParameterSetName != PathSet)
        {
            Copy(Region, destination);
        }
        else if (destination is MappedRegion region)
        {
            using MappedRegion file = RegionFactory.OpenForReading(ResolveFile(Path));
            Copy(file, region);
        }
        else
        {
            throw new MappingException(MappingError.NotSupported, Messages.CopyNeedsRegion());
        }
    }

    private void Copy(MappedRegion source, object destination)
    {
        ByteRange range = source.Range(Offset, Length);
        source.Demand(MemoryProtection.Read, range);
        if (destination is MappedRegion region)
        {
            CopyToRegion(source, range, region);
        }
        else
        {
            CopyToFile(source, range, ResolveFile(destination));
        }
    }

    private void CopyToRegion(MappedRegion source, ByteRange range, MappedRegion target)
    {
        if (target.IsOpen && ByteRange.Find(target.Length, DestinationOffset, range.Length) is null)
        {
            throw new OutOfRangeException(Messages.DestinationShort(target.Subject, target.Length, DestinationOffset, range.Length));
        }

        ByteRange targetRange = target.Range(DestinationOffset, range.Length);
        target.Demand(MemoryProtection.Write, targetRange);
        if (!Ask(source, target.Subject, range.Length))
        {
            return;
        }

        bool backward = SharesBytes(source, target) && IsMovedUp(source, range, target.Offset + targetRange.Offset);
        Run(new ByteCopier(
            new RegionByteSource(source, range, backward).Job, new RegionByteSource(target, targetRange, backward), targetRange.Offset)
        {
            Backward = backward,
        });
        if (PassThru)
        {
            WriteObject(target);
        }

        void Run(ByteCopier copier)
        {
            using CommandMonitor monitor = Watch(range.Length);
            copier.Copy(Watched(monitor));
        }
    }

    private void CopyToFile(MappedRegion source, ByteRange range, string path)
    {
        ByteRange.Endless(DestinationOffset, range.Length, path);
        if (!Ask(source, path, range.Length))
        {
            return;
        }

        using (FileByteTarget target = FileByteTarget.Open(path, Force))
        {
            // Only what has no bytes yet can be left out.
            bool sparse = Sparse && target.Type == FileType.Regular && target.Length <= DestinationOffset;
            if (sparse)
            {
                target.AllowHoles();
            }

            bool backward = IsSame(source.IdentifyFile(), target.Identity) && IsMovedUp(source, range, DestinationOffset);
            using CommandMonitor monitor = Watch(range.Length);
            new ByteCopier(new RegionByteSource(source, range, backward).Job, target, DestinationOffset)
            {
                Backward = backward,
                Hole = sparse ? static (_, _) => { } : null,
                Transfer = sparse || backward ? null : (from, to, length) => target.Take(source, from, to, length),
            }.Copy(Watched(monitor));
            FitLength(target, DestinationOffset + range.Length);
        }

        if (PassThru)
        {
            WriteObject(new FileInfo(path));
        }
    }

    private void FitLength(FileByteTarget target, long end)
    {
        bool whole = !MyInvocation.BoundParameters.ContainsKey(nameof(DestinationOffset));
        if (target.Type == FileType.Regular && (whole ? target.Length != end : target.Length < end))
        {
            target.SetLength(end);
        }
    }

    private bool Ask(MappedRegion source, string target, long length) => ShouldProcess(
        Messages.TargetRange(target, DestinationOffset, length), Messages.ActionCopy(length, source.Subject));

    // Whether what is written to the target shows in the source. A private source shows it wherever it has no page of its own.
    private static bool SharesBytes(MappedRegion source, MappedRegion target) => source == target
        || (target.Sharing == MapSharing.Shared
            && (IsSame(source.IdentifyFile(), target.IdentifyFile()) || (source.Name is not null && source.Name == target.Name)));

    private static bool IsSame(FileIdentity? one, FileIdentity? other) => one is not null && one == other;

    // Whether copying from the start to a place in the same file would overwrite what is still to be copied.
    private static bool IsMovedUp(MappedRegion source, ByteRange range, long place)
    {
        long distance = place - source.Offset - range.Offset;
        return distance > 0 && distance < range.Length;
    }
}
