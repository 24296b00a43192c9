using System;
using System.Linq;
using System.Text;
using MmapPS.Bytes.Patterns;
using MmapPS.Bytes.Scanning;
using MmapPS.Bytes.Searching;
using MmapPS.Bytes.Sources;

namespace MmapPS.Bytes.Viewing;

/// <summary>Reads the lines of text in which matches lie. Lines end at LF; a CR at their end is no part of them.</summary>
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
    /// <param name="encoding">How the text stands in bytes.</param>
    /// <param name="maxLength">Bytes of a line that are read on either side of a match at most.</param>
    public LineReader(SourceRange range, Encoding encoding, int maxLength)
    {
        _range = range;
        _lineFeed = encoding.GetBytes("\n");
        _maxLength = maxLength - (maxLength % _lineFeed.Length);
        _carriageReturn = encoding.GetBytes("\r");
        _counter = new ByteSearcher([BytePattern.FromBytes(_lineFeed)], overlapping: true);
        _countedTo = range.Offset;
    }

    /// <summary>The line of a match; of several lines, all that the match lies in.</summary>
    /// <exception cref="MappingException">The match itself cannot be reached any more.</exception>
    public TextLine Read(ByteMatch match)
    {
        ContextBytes context = ContextReader.Read(_range, match, _maxLength, _maxLength);
        ReadOnlySpan<byte> bytes = context.Bytes;
        int matchStart = (int)(match.Offset - context.Offset);

        long phase = context.Offset - _range.Offset;
        int start = AlignedSearch.LastIndexOf(bytes.Slice(0, matchStart), _lineFeed, phase);
        bool cutBefore = start < 0 && context.Offset > _range.Offset;
        start = start < 0 ? 0 : start + _lineFeed.Length;

        // A match that ends with its line break belongs to that line, not to the next too.
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

    /// <summary>Bytes that <see cref="NumberOf"/> has to look at.</summary>
    public long CountUncounted(long offset) => offset - (offset < _countedTo ? _range.Offset : _countedTo);

    /// <summary>The number of the line that holds a place, from 1 on. Each byte is looked at once as long as places ascend.</summary>
    /// <param name="offset">The place.</param>
    /// <param name="settings">How to count.</param>
    /// <exception cref="MappingException">The source failed.</exception>
    /// <exception cref="OperationCanceledException">The work was ended.</exception>
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
