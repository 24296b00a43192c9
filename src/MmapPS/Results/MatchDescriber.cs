using System;
using System.Collections.Generic;
using System.Text;
using MmapPS.Bytes.Patterns;
using MmapPS.Bytes.Searching;
using MmapPS.Bytes.Sources;
using MmapPS.Bytes.Viewing;

namespace MmapPS.Results;

/// <summary>Makes the results of a search: matches with their bytes, context and lines.</summary>
internal sealed class MatchDescriber
{
    // Most lines fit the first limit, in bytes on either side of a match; lines are cut at the second.
    private const int ShortLine = 1 << 10;
    private const int LongLine = 64 << 10;

    private readonly MappedRegion _region;
    private readonly SourceRange _whole;
    private readonly Encoding _encoding;
    private readonly LineReader _lines;
    private readonly LineReader _longLines;

    /// <param name="region">What was searched.</param>
    /// <param name="whole">All its bytes.</param>
    /// <param name="encoding">The encoding of its text.</param>
    public MatchDescriber(MappedRegion region, SourceRange whole, Encoding encoding)
    {
        (_region, _whole, _encoding) = (region, whole, encoding);
        _lines = new LineReader(whole, encoding, ShortLine);
        _longLines = new LineReader(whole, encoding, LongLine);
    }

    /// <summary>The patterns that were looked for.</summary>
    public IReadOnlyList<BytePattern> Patterns { get; init; } = [];

    /// <summary>Bytes before and after a match to read with it; default none.</summary>
    public int? Context { get; init; }

    /// <summary>Whether to read the line of each match.</summary>
    public bool AsLine { get; init; }

    /// <summary>Finds the number of the line at an offset, from the lines of the region; default lines are not numbered.</summary>
    public Func<LineReader, long, long>? Number { get; init; }

    /// <summary>The result for a match.</summary>
    /// <exception cref="MappingException">
    /// The match cannot be read again: PageFault, OutOfRange, RegionClosed; NotSupported: its line is not text of the encoding.
    /// </exception>
    public MappedMatch Describe(ByteMatch match)
    {
        BytePattern pattern = Patterns[match.Pattern];
        ContextBytes? context = pattern.IsExact && Context is null
            ? null
            : ContextReader.Read(_whole, match, Context ?? 0, Context ?? 0);
        int before = context is null ? 0 : (int)(match.Offset - context.Offset);
        byte[] bytes = context is null ? pattern.Bytes : context.Bytes.AsSpan(before, match.Length).ToArray();
        return new MappedMatch(_region, match.Offset, bytes, match.Pattern)
        {
            Before = Context is null ? null : new HexBytes(context!.Bytes.AsSpan(0, before).ToArray()),
            After = Context is null ? null : new HexBytes(context!.Bytes.AsSpan(before + match.Length).ToArray()),
            Line = AsLine ? ReadLine(match) : null,
            LineNumber = Number?.Invoke(_lines, match.Offset),
        };
    }

    private string ReadLine(ByteMatch match)
    {
        TextLine line = _lines.Read(match);
        line = line.IsCut ? _longLines.Read(match) : line;
        if (!line.IsCut)
        {
            return EncodedText.ToText(line.Bytes, _encoding, _region.Subject, line.Offset);
        }

        // A cut line may begin or end within a character, which a strict encoding would refuse.
        var forgiving = (Encoding)_encoding.Clone();
        forgiving.DecoderFallback = DecoderFallback.ReplacementFallback;
        return forgiving.GetString(line.Bytes);
    }
}
