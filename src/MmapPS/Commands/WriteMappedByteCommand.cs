using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using System.Text;
using MmapPS.Bytes.Patterns;
using MmapPS.Commands.Bases;
using MmapPS.Parameters;
using MmapPS.Resources;
using MmapPS.Scripting;

namespace MmapPS.Commands;

/// <summary>Writes bytes into a region: one value, or a stream of values from the pipeline.</summary>
[Cmdlet(VerbsCommunications.Write, "MappedByte", DefaultParameterSetName = ValueSet, SupportsShouldProcess = true)]
[OutputType(typeof(MappedRegion))]
public sealed class WriteMappedByteCommand : MappingCommand
{
    private const string ValueSet = "Value";
    private const string HexSet = "Hex";
    private const string MatchValueSet = "MatchValue";
    private const string MatchHexSet = "MatchHex";
    private const string StreamSet = "Stream";

    private readonly StreamedWriter _stream;

    /// <summary>Makes the cmdlet.</summary>
    public WriteMappedByteCommand() => _stream = new StreamedWriter(ShouldProcess);

    /// <summary>The regions to write into; each gets all values.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ValueSet, ValueFromPipeline = true)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = HexSet, ValueFromPipeline = true)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = StreamSet)]
    [Alias("InputObject")]
    [RegionCompleter]
    [ValidateNotNull]
    [SuppressMessage("Performance", "CA1819:Properties should not return arrays", Justification = "PowerShell binds arrays.")]
    public MappedRegion[] Region { get; set; } = [];

    /// <summary>
    /// Where to write: a match, or any object with properties Region, Offset and Length. A value longer than it is refused.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = MatchValueSet, ValueFromPipeline = true)]
    [Parameter(Mandatory = true, ParameterSetName = MatchHexSet, ValueFromPipeline = true)]
    [MatchTransformation]
    public object? Match { get; set; }

    /// <summary>The value: byte, byte[], a whole number from 0 to 255, char, string, or a list of these.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = ValueSet)]
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = MatchValueSet)]
    [Parameter(Mandatory = true, ParameterSetName = StreamSet, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public object? Value { get; set; }

    /// <summary>The value in hexadecimal, such as 'de ad be ef'.</summary>
    [Parameter(Mandatory = true, ParameterSetName = HexSet)]
    [Parameter(Mandatory = true, ParameterSetName = MatchHexSet)]
    [AllowEmptyString]
    public string Hex { get; set; } = string.Empty;

    /// <summary>Where to write, in bytes from the region's start; default 0.</summary>
    [Parameter(ParameterSetName = ValueSet)]
    [Parameter(ParameterSetName = HexSet)]
    [Parameter(ParameterSetName = StreamSet)]
    [Int64Transformation]
    public long Offset { get; set; }

    /// <summary>
    /// The bytes that must stand there now; otherwise nothing is written. Read as the value is: text by -Encoding, or
    /// hexadecimal, in which ? stands for any digit, with -Hex.
    /// </summary>
    [Parameter(ParameterSetName = ValueSet)]
    [Parameter(ParameterSetName = HexSet)]
    [Parameter(ParameterSetName = MatchValueSet)]
    [Parameter(ParameterSetName = MatchHexSet)]
    public object? Expect { get; set; }

    /// <summary>How text becomes bytes; default UTF-8. No byte order mark and no newline are added.</summary>
    [Parameter(ParameterSetName = ValueSet)]
    [Parameter(ParameterSetName = MatchValueSet)]
    [Parameter(ParameterSetName = StreamSet)]
    [EncodingTransformation]
    [EncodingCompleter]
    public Encoding Encoding { get; set; } = EncodingTransformationAttribute.Default;

    /// <summary>Hand the region on.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName != StreamSet)
        {
            (Region, Offset) = Match is MatchedRange match ? ([match.Region], match.Offset) : (Region, Offset);
            foreach (MappedRegion region in Region)
            {
                Try(region, () => WriteOne(region, Given(nameof(Value), Value)));
            }

            return;
        }

        object? value = PowerShellLanguage.Unwrap(Value);

        // The case that comes a million times goes first.
        if (!ByteValue.IsByte(value, out byte single) || !_stream.TryAppend(single))
        {
            Collect(value);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        TryOrThrow(Target, _stream.Flush);
        if (ParameterSetName == StreamSet && PassThru)
        {
            WriteObject(_stream.AgreedOf(Region), enumerateCollection: true);
        }
    }

    // What an error of the stream is about.
    private object Target => Region.Length == 1 ? Region[0] : Region;

    /// <summary>Writes what the pipeline delivered before it was cut off.</summary>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stream.TryFlush();
        }

        base.Dispose(disposing);
    }

    private void WriteOne(MappedRegion region, object? value)
    {
        byte[] bytes = IsHex ? ExactHex() : ByteValue.ToBytes(value, Encoding, PowerShellLanguage.Unwrap);
        if (bytes.Length == 0)
        {
            throw new MappingException(MappingError.PatternEmpty, Messages.ValueEmpty());
        }

        if (Match is MatchedRange match && bytes.Length > match.Length)
        {
            throw new MappingException(MappingError.LengthMismatch, Messages.ValueLongerThanMatch(bytes.Length, match.Length));
        }

        region.Demand(MemoryProtection.Write, region.Range(Offset, bytes.Length));
        if (MyInvocation.BoundParameters.ContainsKey(nameof(Expect)))
        {
            DemandExpected(region, bytes.Length);
        }

        if (!ShouldProcess(Messages.TargetRange(region.Subject, Offset, bytes.Length), Messages.ActionWrite(bytes.Length)))
        {
            return;
        }

        using (CommandMonitor monitor = Watch(bytes.Length))
        {
            region.Write(Offset, bytes, monitor);
        }

        if (PassThru)
        {
            WriteObject(region);
        }
    }

    private bool IsHex => ParameterSetName is HexSet or MatchHexSet;

    private byte[] ExactHex()
    {
        BytePattern pattern = BytePattern.Parse(Hex);
        return pattern.IsExact
            ? pattern.Bytes
            : throw new MappingException(MappingError.InvalidHex, Messages.HexWildcardInValue(Hex));
    }

    private void DemandExpected(MappedRegion region, int length)
    {
        object? value = Given(nameof(Expect), Expect);
        BytePattern expected = IsHex && value is string text
            ? BytePattern.Parse(text)
            : BytePattern.FromBytes(ByteValue.ToBytes(value, Encoding, PowerShellLanguage.Unwrap));
        if (expected.Bytes.Length != length)
        {
            throw new MappingException(MappingError.LengthMismatch, Messages.ExpectationLength(expected.Bytes.Length, length));
        }

        byte[] found = region.Read(Offset, length, monitor: null);
        if (!expected.Matches(found))
        {
            throw new MappingException(
                MappingError.ExpectationFailed,
                Messages.ExpectationFailed(region.Subject, Offset, HexText.Format(found), expected.ToString()));
        }
    }

    // A function of its own, so that the case above makes no closure.
    private void Collect(object? value) => TryOrThrow(
        Target, () => _stream.Append(Region, Offset, () => ByteValue.ToBytes(value, Encoding, PowerShellLanguage.Unwrap)));
}
