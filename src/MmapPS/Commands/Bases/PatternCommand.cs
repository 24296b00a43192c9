using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Text;
using MmapPS.Bytes.Patterns;
using MmapPS.Parameters;
using MmapPS.Scripting;

namespace MmapPS.Commands.Bases;

/// <summary>A cmdlet that looks for patterns in regions or files.</summary>
public abstract class PatternCommand : RegionCommand, IFileCommand
{
    private protected const string PatternSet = "Pattern";
    private protected const string PatternPathSet = "PatternPath";
    private protected const string PatternLiteralPathSet = "PatternLiteralPath";
    private protected const string HexPathSet = "HexPath";
    private protected const string HexLiteralPathSet = "HexLiteralPath";

    /// <inheritdoc/>
    [Parameter(
        Mandatory = true, Position = 0, ParameterSetName = PatternSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Parameter(
        Mandatory = true, Position = 0, ParameterSetName = HexSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("InputObject")]
    [RegionCompleter]
    [ValidateNotNull]
    public override MappedRegion[] Region { get; set; } = [];

    /// <inheritdoc/>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PatternPathSet, ValueFromPipeline = true)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = HexPathSet, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <inheritdoc/>
    [Parameter(Mandatory = true, ParameterSetName = PatternLiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(Mandatory = true, ParameterSetName = HexLiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>
    /// What to look for: text, which -Encoding turns into bytes, char, a byte, a byte array, or a list of numbers; a list of
    /// other things is several patterns.
    /// </summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = PatternSet)]
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = PatternPathSet)]
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = PatternLiteralPathSet)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public object? Pattern { get; set; }

    /// <summary>What to look for in hexadecimal, such as 'de ad ?? e?': ? matches any digit. Several are several patterns.</summary>
    [Parameter(Mandatory = true, ParameterSetName = HexSet)]
    [Parameter(Mandatory = true, ParameterSetName = HexPathSet)]
    [Parameter(Mandatory = true, ParameterSetName = HexLiteralPathSet)]
    [AllowEmptyString]
    public string[] Hex { get; set; } = [];

    /// <summary>How text becomes bytes; default UTF-8.</summary>
    [Parameter(ParameterSetName = PatternSet)]
    [Parameter(ParameterSetName = HexSet)]
    [Parameter(ParameterSetName = PatternPathSet)]
    [Parameter(ParameterSetName = HexPathSet)]
    [Parameter(ParameterSetName = PatternLiteralPathSet)]
    [Parameter(ParameterSetName = HexLiteralPathSet)]
    [EncodingTransformation]
    [EncodingCompleter]
    public Encoding Encoding { get; set; } = EncodingTransformationAttribute.Default;

    /// <summary>Treat the letters A to Z and a to z as equal; no other letters.</summary>
    [Parameter(ParameterSetName = PatternSet)]
    [Parameter(ParameterSetName = HexSet)]
    [Parameter(ParameterSetName = PatternPathSet)]
    [Parameter(ParameterSetName = HexPathSet)]
    [Parameter(ParameterSetName = PatternLiteralPathSet)]
    [Parameter(ParameterSetName = HexLiteralPathSet)]
    public SwitchParameter IgnoreCase { get; set; }

    /// <summary>How many at most, from the range's start on; default all.</summary>
    [Parameter(ParameterSetName = PatternSet)]
    [Parameter(ParameterSetName = HexSet)]
    [Parameter(ParameterSetName = PatternPathSet)]
    [Parameter(ParameterSetName = HexPathSet)]
    [Parameter(ParameterSetName = PatternLiteralPathSet)]
    [Parameter(ParameterSetName = HexLiteralPathSet)]
    [ValidateRange(1, int.MaxValue)]
    [Int32Transformation]
    public int? First { get; set; }

    /// <summary>Where the range to look in starts, in bytes from the region's start; default 0.</summary>
    [Parameter(ParameterSetName = PatternSet)]
    [Parameter(ParameterSetName = HexSet)]
    [Parameter(ParameterSetName = PatternPathSet)]
    [Parameter(ParameterSetName = HexPathSet)]
    [Parameter(ParameterSetName = PatternLiteralPathSet)]
    [Parameter(ParameterSetName = HexLiteralPathSet)]
    [Int64Transformation]
    public long Offset { get; set; }

    /// <summary>How many bytes the range has; default all from the offset on.</summary>
    [Parameter(ParameterSetName = PatternSet)]
    [Parameter(ParameterSetName = HexSet)]
    [Parameter(ParameterSetName = PatternPathSet)]
    [Parameter(ParameterSetName = HexPathSet)]
    [Parameter(ParameterSetName = PatternLiteralPathSet)]
    [Parameter(ParameterSetName = HexLiteralPathSet)]
    [Int64Transformation]
    public long? Length { get; set; }

    /// <summary>The patterns that were given.</summary>
    /// <exception cref="MappingException">PatternEmpty, InvalidHex, OutOfRange, NotSupported.</exception>
    private protected IReadOnlyList<BytePattern> ReadPatterns() => Hex.Length > 0
        ? Hex.Select(BytePattern.Parse).Select(pattern => IgnoreCase ? pattern.IgnoringCase() : pattern).ToList()
        : PatternValue.ToPatterns(Given(nameof(Pattern), Pattern), Encoding, IgnoreCase, ScriptCaller.Unwrap);

    /// <summary>The first of some, as many as -First allows.</summary>
    private protected IEnumerable<T> Limit<T>(IEnumerable<T> items) => First is int count ? items.Take(count) : items;
}
