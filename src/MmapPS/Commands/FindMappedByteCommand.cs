using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Text;
using MmapPS.Bytes.Patterns;
using MmapPS.Bytes.Scanning;
using MmapPS.Bytes.Searching;
using MmapPS.Bytes.Viewing;
using MmapPS.Commands.Bases;
using MmapPS.Parameters;
using MmapPS.Ranges;
using MmapPS.Regions.Access;
using MmapPS.Resources;
using MmapPS.Scripting;

namespace MmapPS.Commands;

/// <summary>Finds bytes, text or hexadecimal patterns, in the order of their offsets, each emitted as it is found.</summary>
[Cmdlet(VerbsCommon.Find, "MappedByte", DefaultParameterSetName = PatternSet)]
[OutputType(typeof(MappedMatch), typeof(long))]
public sealed class FindMappedByteCommand : PatternCommand
{
    // Most lines are short; what is longer than the second is cut.
    private const int ShortLine = 1 << 10;
    private const int LongLine = 64 << 10;

    private ByteSearcher _searcher = null!;

    /// <summary>How many at most, from the range's end on, found backward; emitted in the order of their offsets.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [Int32Transformation]
    public int? Last { get; set; }

    /// <summary>Emit how many there are instead of them.</summary>
    [Parameter]
    public SwitchParameter Count { get; set; }

    /// <summary>How many bytes before and after each match to read along, as far as the region has them; default none.</summary>
    [Parameter]
    [ValidateRange(0, 1 << 24)]
    [Int32Transformation]
    public int? Context { get; set; }

    /// <summary>Find matches that share bytes with others too.</summary>
    [Parameter]
    public SwitchParameter Overlapping { get; set; }

    /// <summary>Read the line of text around each match along, decoded by -Encoding; at most 64 KiB on either side.</summary>
    [Parameter]
    public SwitchParameter AsLine { get; set; }

    /// <summary>Number the line that each match starts in, counted from 1 at the region's start; its text comes with -AsLine.</summary>
    [Parameter]
    public SwitchParameter LineNumber { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing() => TryOrThrow(null, () =>
    {
        if (First is not null && Last is not null)
        {
            throw new MappingException(MappingError.NotSupported, Messages.FirstAndLast());
        }

        _searcher = new ByteSearcher(ReadPatterns(), Overlapping);
    });

    /// <inheritdoc/>
    protected override void ProcessRegion(MappedRegion region)
    {
        ByteRange range = region.Range(Offset, Length);
        var source = new RegionByteSource(region, range, backward: Last is not null);
        using CommandMonitor monitor = Watch(range.Length);
        ScanSettings settings = Watched(monitor);
        if (Count)
        {
            WriteObject(First is null && Last is null ? _searcher.Count(source.Job, settings) : FindAll(source, settings).LongCount());
            return;
        }

        Func<ByteMatch, MappedMatch> describe = Describer(region, source);
        foreach (ByteMatch match in FindAll(source, settings))
        {
            WriteObject(describe(match));
        }
    }

    private IEnumerable<ByteMatch> FindAll(RegionByteSource source, ScanSettings settings) =>
        Last is int count ? _searcher.FindLast(source.Job, count, settings) : Limit(_searcher.Find(source.Job, settings));

    private Func<ByteMatch, MappedMatch> Describer(MappedRegion region, RegionByteSource source)
    {
        var lines = new LineReader(source.Whole, Encoding, ShortLine);
        var longLines = new LineReader(source.Whole, Encoding, LongLine);
        return match =>
        {
            BytePattern pattern = _searcher.Patterns[match.Pattern];
            ContextBytes? context = pattern.IsExact && Context is null
                ? null
                : ContextReader.Read(source.Whole, match, Context ?? 0, Context ?? 0);
            int before = context is null ? 0 : (int)(match.Offset - context.Offset);
            byte[] bytes = context is null ? pattern.Bytes : context.Bytes.AsSpan(before, match.Length).ToArray();
            TextLine? line = AsLine ? lines.Read(match) : null;
            line = line is { IsCut: true } ? longLines.Read(match) : line;
            return new MappedMatch(region, match.Offset, bytes, match.Pattern)
            {
                Before = Context is null ? null : new HexBytes(context!.Bytes.AsSpan(0, before).ToArray()),
                After = Context is null ? null : new HexBytes(context!.Bytes.AsSpan(before + match.Length).ToArray()),
                Line = line is null ? null : Decode(region, line),
                LineNumber = LineNumber ? CountLines(lines, match.Offset) : null,
            };
        };
    }

    // Where a match is the only one for gigabytes, or is found from the end on, counting takes as long as a search does.
    private long CountLines(LineReader lines, long offset)
    {
        using CommandMonitor monitor = Watch(lines.CountUncounted(offset));
        return lines.NumberOf(offset, Watched(monitor));
    }

    private string Decode(MappedRegion region, TextLine line)
    {
        if (!line.IsCut)
        {
            return EncodedText.ToText(line.Bytes, Encoding, region.Subject, line.Offset);
        }

        // It may begin or end within a character, which a strict encoding would refuse.
        var forgiving = (Encoding)Encoding.Clone();
        forgiving.DecoderFallback = DecoderFallback.ReplacementFallback;
        return forgiving.GetString(line.Bytes);
    }
}
