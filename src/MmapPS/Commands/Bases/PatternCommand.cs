using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Text;
using MmapPS.Bytes.Patterns;
using MmapPS.Parameters;
using MmapPS.Scripting;

namespace MmapPS.Commands.Bases;

/// <summary>A cmdlet that looks for patterns in regions.</summary>
public abstract class PatternCommand : RegionCommand
{
    private protected const string PatternSet = "Pattern";

    /// <summary>
    /// What to look for: text, which -Encoding turns into bytes, char, a byte, a byte array, or a list of numbers; a list of
    /// other things is several patterns.
    /// </summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = PatternSet)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public object? Pattern { get; set; }

    /// <summary>What to look for in hexadecimal, such as 'de ad ?? e?': ? matches any digit. Several are several patterns.</summary>
    [Parameter(Mandatory = true, ParameterSetName = HexSet)]
    [AllowEmptyString]
    public string[] Hex { get; set; } = [];

    /// <summary>How text becomes bytes; default UTF-8.</summary>
    [Parameter(ParameterSetName = PatternSet)]
    [Parameter(ParameterSetName = HexSet)]
    [EncodingTransformation]
    [EncodingCompleter]
    public Encoding Encoding { get; set; } = EncodingTransformationAttribute.Default;

    /// <summary>Treat the letters A to Z and a to z as equal; no other letters.</summary>
    [Parameter(ParameterSetName = PatternSet)]
    [Parameter(ParameterSetName = HexSet)]
    public SwitchParameter IgnoreCase { get; set; }

    /// <summary>How many at most, from the range's start on; default all.</summary>
    [Parameter(ParameterSetName = PatternSet)]
    [Parameter(ParameterSetName = HexSet)]
    [ValidateRange(1, int.MaxValue)]
    [Int32Transformation]
    public int? First { get; set; }

    /// <summary>Where the range to look in starts, in bytes from the region's start; default 0.</summary>
    [Parameter(ParameterSetName = PatternSet)]
    [Parameter(ParameterSetName = HexSet)]
    [Int64Transformation]
    public long Offset { get; set; }

    /// <summary>How many bytes the range has; default all from the offset on.</summary>
    [Parameter(ParameterSetName = PatternSet)]
    [Parameter(ParameterSetName = HexSet)]
    [Int64Transformation]
    public long? Length { get; set; }

    /// <summary>The patterns that were given.</summary>
    /// <exception cref="MappingException">PatternEmpty, InvalidHex, OutOfRange, NotSupported.</exception>
    private protected IReadOnlyList<BytePattern> ReadPatterns() => ParameterSetName == HexSet
        ? Hex.Select(BytePattern.Parse).Select(pattern => IgnoreCase ? pattern.IgnoringCase() : pattern).ToList()
        : PatternValue.ToPatterns(Given(nameof(Pattern), Pattern), Encoding, IgnoreCase, ScriptCaller.Unwrap);

    /// <summary>The first of some, as many as -First allows.</summary>
    private protected IEnumerable<T> Limit<T>(IEnumerable<T> items) => First is int count ? items.Take(count) : items;
}
