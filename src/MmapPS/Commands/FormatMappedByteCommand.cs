using System;
using System.IO;
using System.Management.Automation;
using MmapPS.Bytes.Searching;
using MmapPS.Bytes.Viewing;
using MmapPS.Commands.Bases;
using MmapPS.Formatting;
using MmapPS.Parameters;
using MmapPS.Ranges;
using MmapPS.Regions.Access;
using MmapPS.Work;

namespace MmapPS.Commands;

/// <summary>
/// Shows bytes as lines of text, each as it is read: the offset in the file, hexadecimal, and the printable characters. A match
/// is shown in whole lines.
/// </summary>
[Cmdlet(VerbsCommon.Format, "MappedByte", DefaultParameterSetName = RegionSet)]
[OutputType(typeof(string))]
public sealed class FormatMappedByteCommand : FileRangeCommand
{
    private HexColors? _colors;

    /// <summary>Bytes a line, from 1 to 1024; default 16.</summary>
    [Parameter]
    [ValidateRange(1, 1024)]
    [Int32Transformation]
    public int Width { get; set; } = 16;

    /// <summary>Lines to show before and after those of a match; default 0.</summary>
    [Parameter(ParameterSetName = MatchSet)]
    [ValidateRange(0, 1 << 20)]
    [Int32Transformation]
    public int Context { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _colors = HexColors.Find(Host);
    }

    /// <inheritdoc/>
    private protected override FileAccess? FileUse => FileAccess.Read;

    /// <inheritdoc/>
    private protected override void ProcessRange(MappedRegion region, ByteRange range)
    {
        ByteRange shown = IsMatch ? LinesAround(region, range) : range;
        ByteMatch[] marks = IsMatch ? [new ByteMatch(range.Offset, (int)Math.Min(range.Length, int.MaxValue), 0)] : [];
        var text = new HexLineText(Width, region.Offset + shown.Offset + shown.Length, _colors?.Codes, _colors?.Reset ?? string.Empty);
        using IWork work = Watch(shown.Length);
        foreach (HexLine line in HexViewer.Read(new RegionByteSource(region, shown).Job, Width, marks, Watched(work)))
        {
            WriteObject(text.Format(line, region.Offset + line.Offset));
        }
    }

    // Whole lines, counted from the start of the file, as far as the region has them.
    private ByteRange LinesAround(MappedRegion region, ByteRange match)
    {
        long start = region.Offset + match.Offset;
        start -= (start % Width) + ((long)Context * Width) + region.Offset;
        long end = region.Offset + match.Offset + match.Length + Width - 1;
        end = end - (end % Width) + ((long)Context * Width) - region.Offset;
        start = Math.Max(0, start);
        return region.Range(start, Math.Min(region.Length, end) - start);
    }
}
