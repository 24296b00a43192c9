using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using MmapPS.Content;
using MmapPS.Content.Editing;
using MmapPS.Content.Scanning;
using MmapPS.Native;
using MmapPS.Regions;
using MmapPS.Resources;

namespace MmapPS.Commands;

/// <summary>Replaces patterns in place by as many other bytes, and can undo it.</summary>
[Cmdlet(VerbsData.Edit, "MappedByte", DefaultParameterSetName = PatternSet, SupportsShouldProcess = true)]
[OutputType(typeof(MappedChange))]
public sealed class EditMappedByteCommand : PatternCommand
{
    private const string UndoSet = "Undo";

    private ByteReplacer? _replacer;

    /// <summary>
    /// What to put in place of each match, as long as it: text by -Encoding, char, a byte, a byte array, a list of these.
    /// </summary>
    [Parameter(Position = 2, ParameterSetName = PatternSet)]
    [Parameter(ParameterSetName = HexSet)]
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
    public byte? Pad { get; set; }

    /// <summary>A file to write that can undo the changes; must not be there yet. With -Undo: the file to read.</summary>
    [Parameter(ParameterSetName = PatternSet)]
    [Parameter(ParameterSetName = HexSet)]
    [Parameter(Mandatory = true, ParameterSetName = UndoSet)]
    [ValidateNotNullOrEmpty]
    public string? UndoPath { get; set; }

    /// <summary>Undo the changes that are in -UndoPath, after making sure that all of them stand in the region.</summary>
    [Parameter(Mandatory = true, ParameterSetName = UndoSet)]
    public SwitchParameter Undo { get; set; }

    /// <summary>Emit each change once it is made.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (ParameterSetName != UndoSet)
        {
            TryOrThrow(null, () => _replacer = new ByteReplacer(ReadPatterns(), ReadReplacement(), Pad));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRegion(MappedRegion region)
    {
        ByteRange range = region.Range(Offset, Length);
        region.Demand(MemoryProtection.Read, range);
        region.Demand(MemoryProtection.Write, range);
        var source = new RegionByteSource(region, range);
        if (_replacer is null)
        {
            UndoAll(region, source);
            return;
        }

        using CommandMonitor monitor = Watch(range.Length);
        ScanSettings settings = Watched(monitor);
        using PatchFile? patchFile = UndoPath is null || IsWhatIf ? null : MakePatchFile();
        PatchWriter? patch = patchFile is null ? null : new PatchWriter(patchFile);
        Apply(region, source, Limit(_replacer.Plan(source.Job, settings)), patch);
    }

    private void UndoAll(MappedRegion region, RegionByteSource source)
    {
        string path = ResolveFile(UndoPath!);
        using (StreamReader reader = OpenPatchFile(path))
        {
            PatchApplier.Verify(PatchReader.Read(reader), source);
        }

        using (StreamReader reader = OpenPatchFile(path))
        {
            Apply(region, source, PatchApplier.PlanUndo(PatchReader.Read(reader), source), patch: null);
        }
    }

    private void Apply(MappedRegion region, RegionByteSource source, IEnumerable<ByteChange> changes, PatchWriter? patch)
    {
        foreach (ByteChange change in ByteReplacer.Apply(Approve(region, changes), source, patch))
        {
            if (PassThru)
            {
                WriteObject(new MappedChange(region, change));
            }
        }
    }

    private IEnumerable<ByteChange> Approve(MappedRegion region, IEnumerable<ByteChange> changes)
    {
        foreach (ByteChange change in changes)
        {
            Stop.ThrowIfCancellationRequested();
            if (ShouldProcess(
                Messages.TargetRange(region.Subject, change.Offset, change.New.Length),
                Messages.ActionReplace(HexText.Format(change.Old), HexText.Format(change.New))))
            {
                yield return change;
            }
        }
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
            : BytePattern.FromBytes(ByteValue.ToBytes(PowerShellLanguage.Unwrap(Replacement), Encoding, PowerShellLanguage.Unwrap));
    }

    private PatchFile MakePatchFile()
    {
        string path = ResolveFile(UndoPath!);
        return MemoryPlatform.Current.FindStatus(path) is null
            ? new PatchFile(path)
            : throw MappingException.FromSystem("open", "EEXIST", Messages.UndoFileExists(path));
    }

    private static StreamReader OpenPatchFile(string path) =>
        new(MemoryPlatform.Current.OpenChecked(path, new FileRequest(FileAccess.Read)).Stream, System.Text.Encoding.UTF8);
}
