using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using MmapPS.Bytes.Comparing;
using MmapPS.Bytes.Scanning;
using MmapPS.Commands.Bases;
using MmapPS.Parameters;
using MmapPS.Ranges;
using MmapPS.Regions.Access;
using MmapPS.Regions.Files;
using MmapPS.Regions.Making;
using MmapPS.Resources;
using MmapPS.Scripting;
using MmapPS.Work;

namespace MmapPS.Commands;

/// <summary>Finds the ranges in which a region or file differs from another, each emitted as it is found.</summary>
[Cmdlet(VerbsData.Compare, "MappedByte", DefaultParameterSetName = RegionSet, SupportsShouldProcess = true)]
[OutputType(typeof(MappedDifference), typeof(bool))]
public sealed class CompareMappedByteCommand : RegionCommand, IFileCommand
{
    private readonly PatchFiles _patches = new(keepsPart: false);

    /// <inheritdoc/>
    [Parameter(
        Mandatory = true, Position = 0, ParameterSetName = RegionSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("InputObject")]
    [RegionCompleter]
    [ValidateNotNull]
    public override MappedRegion[] Region { get; set; } = [];

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

    /// <summary>What to compare with: a region, or a file's path.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [Alias("DifferenceObject")]
    [ValidateNotNullOrEmpty]
    public object Other { get; set; } = null!;

    /// <summary>Where in the region to start, in bytes from its start; default 0.</summary>
    [Parameter]
    [Int64Transformation]
    public long Offset { get; set; }

    /// <summary>How many bytes to compare at most; default all from the offsets on. Bytes on one side only differ.</summary>
    [Parameter]
    [Int64Transformation]
    public long? Length { get; set; }

    /// <summary>Where in the other region or file to start, in bytes from its start; default 0.</summary>
    [Parameter]
    [Int64Transformation]
    public long OtherOffset { get; set; }

    /// <summary>How many differing ranges at most; default all.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [Int32Transformation]
    public int? First { get; set; }

    /// <summary>Emit whether all is equal, and end at the first difference.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <summary>
    /// A new file that makes the regions equal to the other side, and can undo that: Edit-MappedByte -PatchPath. It is made with the
    /// first difference. Or a script block that gives it for each region.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? PatchPath { get; set; }

    /// <summary>Emit the differences that go into the patch.</summary>
    [Parameter]
    public override SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing() => TryOrThrow(null, () =>
    {
        if (Quiet && MyInvocation.BoundParameters.ContainsKey(nameof(PatchPath)))
        {
            throw new MappingException(MappingError.NotSupported, Messages.QuietAndPatch());
        }
    });

    /// <inheritdoc/>
    protected override void ProcessRegion(MappedRegion region)
    {
        object other = ScriptCaller.Unwrap(Other)!;
        if (other is MappedRegion otherRegion)
        {
            Compare(region, otherRegion);
            return;
        }

        using MappedRegion file = RegionFactory.OpenForReading(ResolveFile(other));
        Compare(region, file);
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        base.EndProcessing();
        TryOrThrow(PatchPath, _patches.Complete);
    }

    /// <inheritdoc/>
    private protected override IDisposable Held => _patches;

    /// <inheritdoc/>
    private protected override FileAccess? FileUse => FileAccess.Read;

    private void Compare(MappedRegion region, MappedRegion other)
    {
        ByteRange range = Take(region, Offset);
        ByteRange otherRange = Take(other, OtherOffset);
        var comparer = new RangeComparer(new RegionByteSource(region, range).Job, new RegionByteSource(other, otherRange).Job);
        using IWork work = Watch(Math.Min(range.Length, otherRange.Length));
        ScanSettings settings = Watched(work);
        if (Quiet)
        {
            WriteObject(comparer.AreEqual(settings));
            return;
        }

        IEnumerable<ByteDifference> differences = comparer.FindDifferences(settings);
        differences = First is int count ? differences.Take(count) : differences;
        if (PatchPath is null)
        {
            foreach (ByteDifference difference in differences)
            {
                Emit(region, difference);
            }
        }
        else if (range.Length != otherRange.Length)
        {
            throw new MappingException(
                MappingError.LengthMismatch, Messages.PatchOfLengths(region.Subject, range.Length, other.Subject, otherRange.Length));
        }
        else if (Ask(region, range, Messages.ActionPatch(other.Subject)))
        {
            WritePatch(region, comparer, differences);
        }
    }

    private void WritePatch(MappedRegion region, RangeComparer comparer, IEnumerable<ByteDifference> differences)
    {
        PatchFile file = _patches.Select(ResolveFile(PatchPath!), region);
        try
        {
            foreach (ByteDifference difference in differences)
            {
                file.Write(comparer.ToChanges(difference));
                if (PassThru)
                {
                    Emit(region, difference);
                }
            }
        }
        catch (MappingException failure)
        {
            file.GiveUp();
            throw failure.Reworded(Messages.NoPatch(failure.Message));
        }
    }

    private void Emit(MappedRegion region, ByteDifference difference) =>
        WriteObject(new MappedDifference(region, Offset, OtherOffset, difference));

    // At most -Length bytes, fewer where the region ends.
    private ByteRange Take(MappedRegion region, long offset)
    {
        ByteRange rest = region.Range(offset, null);
        return Length is long length && length < rest.Length ? region.Range(offset, length) : rest;
    }
}
