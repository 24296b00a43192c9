using System;
using System.IO;
using System.Management.Automation;
using MmapPS.Commands.Bases;
using MmapPS.Parameters;
using MmapPS.Ranges;
using MmapPS.Resources;
using MmapPS.Scripting;

namespace MmapPS.Commands;

/// <summary>
/// Writes values or records into a region or file: those of -Value, all or none, or a stream of them from the pipeline. A match of
/// Find-MappedByte gives the start; the type gives the length.
/// </summary>
[Cmdlet(VerbsCommunications.Write, "MappedValue", DefaultParameterSetName = ValueSet, SupportsShouldProcess = true)]
[OutputType(typeof(MappedRegion), typeof(FileInfo))]
public sealed class WriteMappedValueCommand : ValueCommand, IFileCommand
{
    private const string ValuePathSet = "ValuePath";
    private const string ValueLiteralPathSet = "ValueLiteralPath";

    private readonly StreamedWriter _stream;
    private bool _hasValue;

    /// <summary>Makes the cmdlet.</summary>
    public WriteMappedValueCommand() => _stream = new StreamedWriter(Ask);

    /// <summary>The regions to write into; each gets all values.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ValueSet, ValueFromPipeline = true)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = StreamSet)]
    [Alias("InputObject")]
    [RegionCompleter]
    [ValidateNotNull]
    public override MappedRegion[] Region { get; set; } = [];

    /// <inheritdoc/>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ValuePathSet, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <inheritdoc/>
    [Parameter(Mandatory = true, ParameterSetName = ValueLiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Where to write: a match, or any object with properties Region, Offset and Length.</summary>
    [Parameter(Mandatory = true, ParameterSetName = MatchSet, ValueFromPipeline = true)]
    [MatchTransformation]
    public object? Match { get; set; }

    /// <summary>
    /// A value or a list of values of the type, written one after the other; with -Layout objects or hashtables that have
    /// all its fields, in any order.
    /// </summary>
    [Parameter(Mandatory = true, Position = 2, ParameterSetName = ValueSet)]
    [Parameter(Mandatory = true, Position = 2, ParameterSetName = ValuePathSet, ValueFromPipeline = true)]
    [Parameter(Mandatory = true, Position = 2, ParameterSetName = ValueLiteralPathSet, ValueFromPipeline = true)]
    [Parameter(Mandatory = true, Position = 2, ParameterSetName = MatchSet)]
    [Parameter(Mandatory = true, ParameterSetName = StreamSet, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public object? Value { get; set; }

    /// <summary>Where the first value goes, in bytes from the region's or file's start; default 0.</summary>
    [Parameter(ParameterSetName = ValueSet)]
    [Parameter(ParameterSetName = StreamSet)]
    [Parameter(ParameterSetName = ValuePathSet)]
    [Parameter(ParameterSetName = ValueLiteralPathSet)]
    [Int64Transformation]
    public long Offset { get; set; }

    /// <inheritdoc/>
    [Parameter]
    public override SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _hasValue = MyInvocation.BoundParameters.ContainsKey(nameof(Value));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (IsStream)
        {
            TryOrThrow(Target, () =>
            {
                Region = ParameterSetName == StreamSet || Region.Length > 0 ? Region : [OpenOnlyFile(this)];
                foreach (object? value in ValueEncoder.Split(Format, Value))
                {
                    _stream.Append(
                        Region, Offset + FieldOffset, () => ValueEncoder.Encode(Format, value), gap: Distance - Format.Size);
                }
            });
            return;
        }

        (Region, Offset) = Match is MatchedRange match ? ([match.Region], match.Offset) : (Region, Offset);
        base.ProcessRecord();
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        TryOrThrow(Target, _stream.Flush);
        if (IsStream)
        {
            foreach (MappedRegion region in _stream.AgreedOf(Region))
            {
                PassOn(region);
            }
        }

        base.EndProcessing();
    }

    /// <summary>Writes what the pipeline delivered before it was cut off.</summary>
    private protected override IDisposable Held => _stream;

    /// <inheritdoc/>
    private protected override FileAccess? FileUse => FileAccess.ReadWrite;

    private bool IsStream => ParameterSetName == StreamSet
        || (!_hasValue && ParameterSetName is ValuePathSet or ValueLiteralPathSet);

    /// <inheritdoc/>
    protected override void ProcessRegion(MappedRegion region)
    {
        object? values = UnquotedNumber.Restore(MyInvocation, nameof(Value), Value);
        byte[] bytes = ValueEncoder.EncodeAll(Format, values, out long count);
        ByteRange range = Format.Size == 0 ? region.Range(Offset, bytes.Length) : RangeOf(region, Offset, count);
        int part = Distance == Format.Size ? bytes.Length : Format.Size;
        ByteRange PlaceOf(int done) => region.Range(range.Offset + (done / part * Distance), part);
        for (int done = 0; done < bytes.Length; done += part)
        {
            region.Protections.Demand(MemoryProtection.Write, PlaceOf(done));
        }

        Change(region, range, Messages.ActionWriteValues(count, Format.Name), total: bytes.Length, work: work =>
        {
            for (int done = 0; done < bytes.Length; done += part)
            {
                region.Bytes.Write(PlaceOf(done).Offset, bytes.AsSpan(done, part), work, before: done, total: bytes.Length);
            }
        });
    }
}
