using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using MmapPS.Bytes.Editing;
using MmapPS.Bytes.Patterns;
using MmapPS.Commands.Bases;
using MmapPS.Parameters;
using MmapPS.Ranges;
using MmapPS.Regions.Access;
using MmapPS.Regions.Files;
using MmapPS.Regions.Life;
using MmapPS.Resources;
using MmapPS.Scripting;

namespace MmapPS.Commands;

/// <summary>Replaces patterns in place by as many other bytes, can undo it, and applies patches.</summary>
[Cmdlet(VerbsData.Edit, "MappedByte", DefaultParameterSetName = PatternSet, SupportsShouldProcess = true)]
[OutputType(typeof(MappedChange))]
public sealed class EditMappedByteCommand : PatternCommand
{
    private const string UndoSet = "Undo";
    private const string PatchSet = "Patch";

    private readonly PatchFiles _undoFiles = new(keepsPart: true);
    private ByteReplacer? _replacer;

    /// <summary>The regions. A patch may be applied without: then the files that it names are found and edited.</summary>
    [Parameter(
        Mandatory = true, Position = 0, ParameterSetName = PatternSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Parameter(
        Mandatory = true, Position = 0, ParameterSetName = HexSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Parameter(Position = 0, ParameterSetName = UndoSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Parameter(Position = 0, ParameterSetName = PatchSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("InputObject")]
    [RegionCompleter]
    [ValidateNotNull]
    [SuppressMessage("Performance", "CA1819:Properties should not return arrays", Justification = "PowerShell binds arrays.")]
    public override MappedRegion[] Region { get; set; } = [];

    /// <summary>
    /// What to put in place of each match, as long as it: text by -Encoding, char, a byte, a byte array, a list of these.
    /// </summary>
    [Parameter(Position = 2, ParameterSetName = PatternSet)]
    [Parameter(Position = 1, ParameterSetName = HexSet)]
    [System.Management.Automation.AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public object? Replacement { get; set; }

    /// <summary>The same in hexadecimal, such as '90 ?? e?'; digits that are ? stay as they were.</summary>
    [Parameter(ParameterSetName = PatternSet)]
    [Parameter(ParameterSetName = HexSet)]
    public string? ReplacementHex { get; set; }

    /// <summary>The byte, from 0 to 255, that fills up a replacement that is shorter than the match; default: that is an error.</summary>
    [Parameter(ParameterSetName = PatternSet)]
    [Parameter(ParameterSetName = HexSet)]
    [Int32Transformation]
    public byte? Pad { get; set; }

    /// <summary>
    /// A file to write that can undo the changes of all regions; must not be there yet, and is made with the first change. With
    /// -Undo: the file to read. Or a script block that gives it for each region.
    /// </summary>
    [Parameter(ParameterSetName = PatternSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = HexSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(Mandatory = true, ParameterSetName = UndoSet, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? UndoPath { get; set; }

    /// <summary>A patch to apply, as Compare-MappedByte writes it: to replace its old bytes by its new ones.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PatchSet, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? PatchPath { get; set; }

    /// <summary>Undo the changes that are in the file, after making sure that all of them are there.</summary>
    [Parameter(Mandatory = true, ParameterSetName = UndoSet)]
    [Parameter(ParameterSetName = PatchSet)]
    public SwitchParameter Undo { get; set; }

    /// <summary>Emit each change once it is made.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (!AppliesPatch)
        {
            TryOrThrow(null, () => _replacer = new ByteReplacer(ReadPatterns(), ReadReplacement(), Pad));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRegion(MappedRegion region)
    {
        if (_replacer is null)
        {
            Apply(region);
            return;
        }

        ByteRange range = region.Range(Offset, Length);
        region.Demand(MemoryProtection.Read, range);
        region.Demand(MemoryProtection.Write, range);
        var source = new RegionByteSource(region, range);
        using CommandMonitor monitor = Watch(range.Length);
        PatchWriter? patch = UndoPath is null || IsWhatIf ? null : _undoFiles.Select(ResolveFile(UndoPath), region).Changes;
        IEnumerable<ByteChange> changes = Approve(region, _replacer.Plan(source.Job, First, Watched(monitor)));
        foreach (ByteChange change in ByteReplacer.Apply(changes, source, patch))
        {
            Emit(region, change);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (AppliesPatch && !MyInvocation.ExpectingInput && !MyInvocation.BoundParameters.ContainsKey(nameof(Region)))
        {
            Try(UndoPath ?? PatchPath, () => Apply(region: null));
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _undoFiles.Dispose();
        }

        base.Dispose(disposing);
    }

    private bool AppliesPatch => ParameterSetName is UndoSet or PatchSet;

    // Without a region, to the files that the patch names.
    private void Apply(MappedRegion? region)
    {
        using var patch = new RegionPatch(ResolveFile((UndoPath ?? PatchPath)!), forwards: !Undo);
        using CommandMonitor monitor = Watch(2 * patch.Length);
        patch.Verify(Find(durable: false));
        foreach (RegionChange found in RegionPatch.Plan(Find(durable: !IsWhatIf)))
        {
            if (Approve(found.Region, found.Change))
            {
                found.Region.Write(found.Change.Offset, found.Change.New, monitor: null);
                Emit(found.Region, found.Change);
            }
        }

        IEnumerable<RegionChange> Find(bool durable) =>
            region is null ? patch.InFiles(durable, monitor.Advance) : patch.In(region, monitor.Advance);
    }

    private void Emit(MappedRegion region, ByteChange change)
    {
        if (PassThru)
        {
            WriteObject(new MappedChange(region, change));
        }
    }

    private IEnumerable<ByteChange> Approve(MappedRegion region, IEnumerable<ByteChange> changes)
    {
        foreach (ByteChange change in changes)
        {
            if (Approve(region, change))
            {
                yield return change;
            }
        }
    }

    private bool Approve(MappedRegion region, ByteChange change)
    {
        Stop.ThrowIfCancellationRequested();
        return ShouldProcess(
            Messages.TargetRange(region.Subject, change.Offset, change.New.Length),
            Messages.ActionReplace(HexText.Format(change.Old), HexText.Format(change.New)));
    }

    private BytePattern ReadReplacement()
    {
        bool given = MyInvocation.BoundParameters.ContainsKey(nameof(Replacement));
        if (given == ReplacementHex is not null)
        {
            throw new MappingException(MappingError.PatternEmpty, Messages.ReplacementNeeded());
        }

        return ReplacementHex is not null
            ? BytePattern.Parse(ReplacementHex)
            : BytePattern.FromBytes(ByteValue.ToBytes(Given(nameof(Replacement), Replacement), Encoding, PowerShellLanguage.Unwrap));
    }
}
