using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using MmapPS.Bytes.Scanning;
using MmapPS.Bytes.Searching;
using MmapPS.Bytes.Viewing;
using MmapPS.Commands.Bases;
using MmapPS.Parameters;
using MmapPS.Ranges;
using MmapPS.Regions.Access;
using MmapPS.Resources;
using MmapPS.Results;
using MmapPS.Work;

namespace MmapPS.Commands;

/// <summary>Finds bytes, text or hexadecimal patterns, in the order of their offsets, each emitted as it is found.</summary>
[Cmdlet(VerbsCommon.Find, "MappedByte", DefaultParameterSetName = PatternSet)]
[OutputType(typeof(MappedMatch), typeof(long))]
public sealed class FindMappedByteCommand : PatternCommand
{
    private ByteSearcher _searcher = null!;

    /// <summary>How many at most, from the range's end on, found backward; emitted in the order of their offsets.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [Int32Transformation]
    public int? Last { get; set; }

    /// <summary>Emit the number of matches instead of the matches.</summary>
    [Parameter]
    public SwitchParameter Count { get; set; }

    /// <summary>How many bytes before and after each match to read with it, as far as the region has them; default none.</summary>
    [Parameter]
    [ValidateRange(0, 1 << 24)]
    [Int32Transformation]
    public int? Context { get; set; }

    /// <summary>Find also matches that share bytes with others.</summary>
    [Parameter]
    public SwitchParameter Overlapping { get; set; }

    /// <summary>Read the line of text around each match with it, decoded by -Encoding; at most 64 KiB on either side.</summary>
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
        using IWork work = Watch(range.Length);
        ScanSettings settings = Watched(work);
        if (Count)
        {
            WriteObject(First is null && Last is null ? _searcher.Count(source.Job, settings) : FindAll(source, settings).LongCount());
            return;
        }

        var describer = new MatchDescriber(region, source.Whole, Encoding)
        {
            Patterns = _searcher.Patterns,
            Context = Context,
            AsLine = AsLine,
            Number = LineNumber ? CountLines : null,
        };
        foreach (ByteMatch match in FindAll(source, settings))
        {
            WriteObject(describer.Describe(match));
        }
    }

    private IEnumerable<ByteMatch> FindAll(RegionByteSource source, ScanSettings settings) =>
        Last is int count ? _searcher.FindLast(source.Job, count, settings) : Limit(_searcher.Find(source.Job, settings));

    /// <inheritdoc/>
    private protected override FileAccess? FileUse => FileAccess.Read;

    // Counting the lines before the only match in gigabytes, or before the last one, takes as long as a search.
    private long CountLines(LineReader lines, long offset)
    {
        using IWork work = Watch(lines.CountUncounted(offset));
        return lines.NumberOf(offset, Watched(work));
    }
}
