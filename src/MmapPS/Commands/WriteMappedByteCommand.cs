using System;
using System.IO;
using System.Management.Automation;
using System.Text;
using MmapPS.Bytes.Patterns;
using MmapPS.Commands.Bases;
using MmapPS.Parameters;
using MmapPS.Ranges;
using MmapPS.Regions.Access;
using MmapPS.Resources;
using MmapPS.Scripting;

namespace MmapPS.Commands;

/// <summary>Writes bytes into a region or file: one value, or a stream of values from the pipeline.</summary>
[Cmdlet(VerbsCommunications.Write, "MappedByte", DefaultParameterSetName = ValueSet, SupportsShouldProcess = true)]
[OutputType(typeof(MappedRegion), typeof(FileInfo))]
public sealed class WriteMappedByteCommand : RegionCommand, IFileCommand
{
    private const string MatchValueSet = "MatchValue";
    private const string MatchHexSet = "MatchHex";
    private const string ValuePathSet = "ValuePath";
    private const string HexPathSet = "HexPath";
    private const string ValueLiteralPathSet = "ValueLiteralPath";
    private const string HexLiteralPathSet = "HexLiteralPath";

    private readonly StreamedWriter _stream;
    private bool _hasValue;

    /// <summary>Makes the cmdlet.</summary>
    public WriteMappedByteCommand() => _stream = new StreamedWriter(Ask);

    /// <summary>The regions to write into; each gets all values.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ValueSet, ValueFromPipeline = true)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = HexSet, ValueFromPipeline = true)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = StreamSet)]
    [Alias("InputObject")]
    [RegionCompleter]
    [ValidateNotNull]
    public override MappedRegion[] Region { get; set; } = [];

    /// <inheritdoc/>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ValuePathSet, ValueFromPipeline = true)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = HexPathSet, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <inheritdoc/>
    [Parameter(Mandatory = true, ParameterSetName = ValueLiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(Mandatory = true, ParameterSetName = HexLiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>
    /// Where to write: a match, or any object with properties Region, Offset and Length. A value longer than it is refused.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = MatchValueSet, ValueFromPipeline = true)]
    [Parameter(Mandatory = true, ParameterSetName = MatchHexSet, ValueFromPipeline = true)]
    [MatchTransformation]
    public object? Match { get; set; }

    /// <summary>The value: byte, byte[], a whole number from 0 to 255, char, string, or a list of these.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = ValueSet)]
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = ValuePathSet, ValueFromPipeline = true)]
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = ValueLiteralPathSet, ValueFromPipeline = true)]
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = MatchValueSet)]
    [Parameter(Mandatory = true, ParameterSetName = StreamSet, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public object? Value { get; set; }

    /// <summary>The value in hexadecimal, such as 'de ad be ef'.</summary>
    [Parameter(Mandatory = true, ParameterSetName = HexSet)]
    [Parameter(Mandatory = true, ParameterSetName = HexPathSet)]
    [Parameter(Mandatory = true, ParameterSetName = HexLiteralPathSet)]
    [Parameter(Mandatory = true, ParameterSetName = MatchHexSet)]
    [AllowEmptyString]
    public string Hex { get; set; } = string.Empty;

    /// <summary>Where to write, in bytes from the region's or file's start; default 0.</summary>
    [Parameter(ParameterSetName = ValueSet)]
    [Parameter(ParameterSetName = HexSet)]
    [Parameter(ParameterSetName = StreamSet)]
    [Parameter(ParameterSetName = ValuePathSet)]
    [Parameter(ParameterSetName = HexPathSet)]
    [Parameter(ParameterSetName = ValueLiteralPathSet)]
    [Parameter(ParameterSetName = HexLiteralPathSet)]
    [Int64Transformation]
    public long Offset { get; set; }

    /// <summary>
    /// The bytes that must be there now; otherwise nothing is written. Read as the value is: text by -Encoding, or
    /// hexadecimal, in which ? matches any digit, with -Hex.
    /// </summary>
    [Parameter(ParameterSetName = ValueSet)]
    [Parameter(ParameterSetName = HexSet)]
    [Parameter(ParameterSetName = MatchValueSet)]
    [Parameter(ParameterSetName = MatchHexSet)]
    [Parameter(ParameterSetName = ValuePathSet)]
    [Parameter(ParameterSetName = HexPathSet)]
    [Parameter(ParameterSetName = ValueLiteralPathSet)]
    [Parameter(ParameterSetName = HexLiteralPathSet)]
    public object? Expect { get; set; }

    /// <summary>How text becomes bytes; default UTF-8. No byte order mark and no newline are added.</summary>
    [Parameter(ParameterSetName = ValueSet)]
    [Parameter(ParameterSetName = MatchValueSet)]
    [Parameter(ParameterSetName = StreamSet)]
    [Parameter(ParameterSetName = ValuePathSet)]
    [Parameter(ParameterSetName = ValueLiteralPathSet)]
    [EncodingTransformation]
    [EncodingCompleter]
    public Encoding Encoding { get; set; } = EncodingTransformationAttribute.Default;

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
        if (!IsStream)
        {
            (Region, Offset) = Match is MatchedRange match ? ([match.Region], match.Offset) : (Region, Offset);
            base.ProcessRecord();
            return;
        }

        object? value = ScriptCaller.Unwrap(Value);

        // Single bytes come by the million, so they go straight into the buffer.
        if (!ByteValue.IsByte(value, out byte single) || !_stream.TryAppend(single))
        {
            Collect(value);
        }
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

    /// <inheritdoc/>
    protected override void ProcessRegion(MappedRegion region)
    {
        byte[] bytes = IsHex ? ExactHex() : ToBytes(Given(nameof(Value), Value));
        if (bytes.Length == 0)
        {
            throw new MappingException(MappingError.PatternEmpty, Messages.ValueEmpty());
        }

        if (Match is MatchedRange match && bytes.Length > match.Length)
        {
            throw new MappingException(MappingError.LengthMismatch, Messages.ValueLongerThanMatch(bytes.Length, match.Length));
        }

        ByteRange range = region.Range(Offset, bytes.Length);
        region.Protections.Demand(MemoryProtection.Write, range);
        if (MyInvocation.BoundParameters.ContainsKey(nameof(Expect)))
        {
            ExpectedBytes.Demand(region, range, ReadExpected());
        }

        Change(region, range, Messages.ActionWrite(bytes.Length), work => region.Bytes.Write(Offset, bytes, work));
    }

    /// <summary>Writes what the pipeline delivered before it was cut off.</summary>
    private protected override IDisposable Held => _stream;

    /// <inheritdoc/>
    private protected override FileAccess? FileUse => FileAccess.ReadWrite;

    private bool IsHex => ParameterSetName is HexSet or MatchHexSet or HexPathSet or HexLiteralPathSet;

    private bool IsStream => ParameterSetName == StreamSet
        || (!_hasValue && ParameterSetName is ValuePathSet or ValueLiteralPathSet);

    private byte[] ExactHex()
    {
        BytePattern pattern = BytePattern.Parse(Hex);
        return pattern.IsExact
            ? pattern.Bytes
            : throw new MappingException(MappingError.InvalidHex, Messages.HexWildcardInValue(Hex));
    }

    private byte[] ToBytes(object? value) => ByteValue.ToBytes(value, Encoding, ScriptCaller.Unwrap);

    private BytePattern ReadExpected()
    {
        object? value = Given(nameof(Expect), Expect);
        return IsHex && value is string text ? BytePattern.Parse(text) : BytePattern.FromBytes(ToBytes(value));
    }

    // A method of its own, so that ProcessRecord allocates no closure for single bytes.
    private void Collect(object? value) => TryOrThrow(Target, () =>
    {
        Region = ParameterSetName == StreamSet || Region.Length > 0 ? Region : [OpenOnlyFile(this)];
        _stream.Append(Region, Offset, () => ToBytes(value));
    });
}
