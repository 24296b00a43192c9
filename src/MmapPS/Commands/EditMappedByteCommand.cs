using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
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
using MmapPS.Work;

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

    /// <summary>The regions. Without regions a patch is applied to the files that it names.</summary>
    [Parameter(
        Mandatory = true, Position = 0, ParameterSetName = PatternSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Parameter(
        Mandatory = true, Position = 0, ParameterSetName = HexSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Parameter(Position = 0, ParameterSetName = UndoSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Parameter(Position = 0, ParameterSetName = PatchSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("InputObject")]
    [RegionCompleter]
    [ValidateNotNull]
    public override MappedRegion[] Region { get; set; } = [];

    /// <summary>
    /// What to put in place of each match, as long as it: text by -Encoding, char, a byte, a byte array, a list of these.
    /// </summary>
    [Parameter(Position = 2, ParameterSetName = PatternSet)]
    [Parameter(Position = 1, ParameterSetName = HexSet)]
    [Parameter(Position = 2, ParameterSetName = PatternPathSet)]
    [Parameter(Position = 1, ParameterSetName = HexPathSet)]
    [Parameter(Position = 2, ParameterSetName = PatternLiteralPathSet)]
    [Parameter(Position = 1, ParameterSetName = HexLiteralPathSet)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public object? Replacement { get; set; }

    /// <summary>The same in hexadecimal, such as '90 ?? e?'; ? keeps a digit as it is.</summary>
    [Parameter(ParameterSetName = PatternSet)]
    [Parameter(ParameterSetName = HexSet)]
    [Parameter(ParameterSetName = PatternPathSet)]
    [Parameter(ParameterSetName = HexPathSet)]
    [Parameter(ParameterSetName = PatternLiteralPathSet)]
    [Parameter(ParameterSetName = HexLiteralPathSet)]
    public string? ReplacementHex { get; set; }

    /// <summary>The byte, from 0 to 255, that fills a replacement up to the length of the match; default: it must be as long.</summary>
    [Parameter(ParameterSetName = PatternSet)]
    [Parameter(ParameterSetName = HexSet)]
    [Parameter(ParameterSetName = PatternPathSet)]
    [Parameter(ParameterSetName = HexPathSet)]
    [Parameter(ParameterSetName = PatternLiteralPathSet)]
    [Parameter(ParameterSetName = HexLiteralPathSet)]
    [Int32Transformation]
    public byte? Pad { get; set; }

    /// <summary>
    /// A new file that can undo the changes of all regions and files, made with the first change. With -Undo: the file to read. Or a script
    /// block that gives it for each of them.
    /// </summary>
    [Parameter(ParameterSetName = PatternSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = HexSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = PatternPathSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = HexPathSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = PatternLiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = HexLiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(Mandatory = true, ParameterSetName = UndoSet, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? UndoPath { get; set; }

    /// <summary>A patch to apply, as Compare-MappedByte writes it: its new bytes replace its old ones.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PatchSet, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? PatchPath { get; set; }

    /// <summary>Undo the changes that the file lists, after checking that all of them are there.</summary>
    [Parameter(Mandatory = true, ParameterSetName = UndoSet)]
    [Parameter(ParameterSetName = PatchSet)]
    public SwitchParameter Undo { get; set; }

    /// <summary>Emit each change once it is made.</summary>
    [Parameter]
    public override SwitchParameter PassThru { get; set; }

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
        region.Protections.Demand(MemoryProtection.Read, range);
        region.Protections.Demand(MemoryProtection.Write, range);
        var source = new RegionByteSource(region, range);
        using IWork work = Watch(range.Length);
        PatchWriter? patch = UndoPath is null || IsWhatIf ? null : _undoFiles.Select(ResolveFile(UndoPath), region).Changes;
        IEnumerable<ByteChange> changes = _replacer.Plan(source.Job, First, Watched(work)).Where(change => Agrees(region, change));
        foreach (ByteChange change in ByteReplacer.Apply(changes, source, patch))
        {
            Emit(region, change);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        base.EndProcessing();
        if (!AppliesPatch)
        {
            Try(UndoPath, _undoFiles.Complete);
        }
        else if (!MyInvocation.ExpectingInput && !MyInvocation.BoundParameters.ContainsKey(nameof(Region)))
        {
            Try(UndoPath ?? PatchPath, () => Apply(region: null));
        }
    }

    /// <inheritdoc/>
    private protected override IDisposable Held => _undoFiles;

    /// <inheritdoc/>
    private protected override FileAccess? FileUse => FileAccess.ReadWrite;

    private bool AppliesPatch => ParameterSetName is UndoSet or PatchSet;

    // Without a region the changes go to the files that the patch names.
    private void Apply(MappedRegion? region)
    {
        using var patch = new RegionPatch(ResolveFile((UndoPath ?? PatchPath)!), forwards: !Undo);
        using IWork work = Watch(2 * patch.Length);
        foreach (RegionChange made in patch.Apply(region, found => Agrees(found.Region, found.Change), !IsWhatIf, work.Advance))
        {
            Emit(made.Region, made.Change);
        }
    }

    private void Emit(MappedRegion region, ByteChange change)
    {
        if (PassThru)
        {
            WriteObject(new MappedChange(region, change));
        }
    }

    private bool Agrees(MappedRegion region, ByteChange change)
    {
        Stop.ThrowIfCancellationRequested();
        return Ask(
            region.Subject, change.Offset, change.New.Length,
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
            : BytePattern.FromBytes(ByteValue.ToBytes(Given(nameof(Replacement), Replacement), Encoding, ScriptCaller.Unwrap));
    }
}
