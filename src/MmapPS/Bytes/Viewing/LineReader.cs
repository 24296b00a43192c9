using System;
using System.Linq;
using System.Text;
using MmapPS.Bytes.Patterns;
using MmapPS.Bytes.Scanning;
using MmapPS.Bytes.Searching;
using MmapPS.Bytes.Sources;

namespace MmapPS.Bytes.Viewing;

/// <summary>Reads the lines of text around matches. A line ends at LF; a CR before it is not part of the line.</summary>
internal sealed class LineReader
{
    private readonly SourceRange _range;
    private readonly int _maxLength;
    private readonly byte[] _lineFeed;
    private readonly byte[] _carriageReturn;
    private readonly ByteSearcher _counter;
    private long _countedTo;
    private long _counted;

    /// <param name="range">The text; its first line has number 1.</param>
    /// <param name="encoding">The encoding of the text.</param>
    /// <param name="maxLength">Largest number of bytes of a line to read on either side of a match.</param>
    public LineReader(SourceRange range, Encoding encoding, int maxLength)
    {
        _range = range;
        _lineFeed = encoding.GetBytes("\n");
        _maxLength = maxLength - (maxLength % _lineFeed.Length);
        _carriageReturn = encoding.GetBytes("\r");
        _counter = new ByteSearcher([BytePattern.FromBytes(_lineFeed)], overlapping: true);
        _countedTo = range.Offset;
    }

    /// <summary>The line of a match; if the match spans lines, all of them.</summary>
    /// <exception cref="MappingException">The match itself cannot be read any more.</exception>
    public TextLine Read(ByteMatch match)
    {
        ContextBytes context = ContextReader.Read(_range, match, _maxLength, _maxLength);
        ReadOnlySpan<byte> bytes = context.Bytes;
        int matchStart = (int)(match.Offset - context.Offset);

        long phase = context.Offset - _range.Offset;
        int start = AlignedSearch.LastIndexOf(bytes.Slice(0, matchStart), _lineFeed, phase);
        bool cutBefore = start < 0 && context.Offset > _range.Offset;
        start = start < 0 ? 0 : start + _lineFeed.Length;

        // A match that ends with its line break belongs to that line only, not also to the next.
        int from = Math.Max(matchStart, matchStart + match.Length - _lineFeed.Length);
        int end = AlignedSearch.IndexOf(bytes.Slice(from), _lineFeed, phase + from);
        bool cutAfter = end < 0 && context.Offset + bytes.Length < _range.Offset + _range.Length;
        end = end < 0 ? bytes.Length : from + end;

        ReadOnlySpan<byte> line = bytes.Slice(start, end - start);
        if (!cutAfter && line.EndsWith(_carriageReturn))
        {
            line = line.Slice(0, line.Length - _carriageReturn.Length);
        }

        return new TextLine(context.Offset + start, line.ToArray(), cutBefore || cutAfter);
    }

    /// <summary>Bytes that <see cref="NumberOf"/> must read.</summary>
    public long CountUncounted(long offset) => offset - (offset < _countedTo ? _range.Offset : _countedTo);

    /// <summary>The number of the line at an offset, from 1 on. Each byte is read once if offsets ascend.</summary>
    /// <param name="offset">The offset.</param>
    /// <param name="settings">Settings of the work.</param>
    /// <exception cref="MappingException">The source failed.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public long NumberOf(long offset, ScanSettings settings)
    {
        if (offset < _countedTo)
        {
            (_countedTo, _counted) = (_range.Offset, 0);
        }

        var passed = new SourceRange(_range.Source, _countedTo, offset - _countedTo);
        _counted += _lineFeed.Length == 1
            ? _counter.Count(passed, settings)
            : _counter.Find(passed, settings).LongCount(feed => AlignedSearch.IsAligned(feed.Offset - _range.Offset, _lineFeed));
        _countedTo = offset;
        return _counted + 1;
    }
}
