using System;
using System.Collections.Generic;
using System.Linq;
using MmapPS.Bytes.Patterns;
using MmapPS.Bytes.Scanning;
using MmapPS.Bytes.Sources;

namespace MmapPS.Bytes.Searching;

/// <summary>
/// Finds patterns in a source, in flat memory and by several threads on large ranges. What is found depends on the bytes
/// alone, never on chunks or threads. Where the source fails, the matches before that place come first, then the error.
/// </summary>
/// <remarks>
/// Overlapping: each place of each pattern. Otherwise, forward, the leftmost match that starts where the one before has ended
/// or later; backward, the rightmost match that ends where the one after it starts or earlier. Of several patterns that match
/// at one place, the one given first.
/// </remarks>
internal sealed class ByteSearcher
{
    // The longest array of bytes that .NET makes (Array.MaxLength).
    private const long MaxArrayLength = 0x7FFFFFC7;

    private readonly PatternSet _patterns;
    private readonly bool _overlapping;

    /// <param name="patterns">One pattern or several.</param>
    /// <param name="overlapping">Whether matches may share bytes.</param>
    public ByteSearcher(IEnumerable<BytePattern> patterns, bool overlapping = false)
    {
        _patterns = new PatternSet(patterns);
        _overlapping = overlapping;
    }

    /// <summary>The patterns; <see cref="ByteMatch.Pattern"/> is a place in this list.</summary>
    public IReadOnlyList<BytePattern> Patterns => _patterns.Patterns;

    /// <summary>Matches within a range, in the order of their offsets, as they are found.</summary>
    /// <exception cref="MappingException">The source failed.</exception>
    /// <exception cref="OperationCanceledException">The work was ended.</exception>
    public IEnumerable<ByteMatch> Find(SourceRange range, ScanSettings settings)
    {
        long free = range.Offset;
        foreach (ByteMatch match in FindAll(range, settings, backward: false))
        {
            if (_overlapping || match.Offset >= free)
            {
                free = match.Offset + match.Length;
                yield return match;
            }
        }
    }

    /// <summary>Matches within a range from its end on, in falling order of their offsets, as they are found.</summary>
    /// <inheritdoc cref="Find"/>
    public IEnumerable<ByteMatch> FindBackward(SourceRange range, ScanSettings settings)
    {
        long free = range.Offset + range.Length;
        foreach (ByteMatch match in FindAll(range, settings, backward: true))
        {
            if (_overlapping || match.Offset + match.Length <= free)
            {
                free = match.Offset;
                yield return match;
            }
        }
    }

    /// <summary>The last matches within a range, found backward, in the order of their offsets.</summary>
    /// <inheritdoc cref="Find"/>
    public IReadOnlyList<ByteMatch> FindLast(SourceRange range, int count, ScanSettings settings)
    {
        List<ByteMatch> matches = FindBackward(range, settings).Take(count).ToList();
        matches.Sort((left, right) => (left.Offset, left.Pattern).CompareTo((right.Offset, right.Pattern)));
        return matches;
    }

    /// <summary>How many matches <see cref="Find"/> would give.</summary>
    /// <inheritdoc cref="Find"/>
    public long Count(SourceRange range, ScanSettings settings)
    {
        if (!_overlapping && _patterns.CanOverlap)
        {
            return Find(range, settings).LongCount();
        }

        long count = 0;
        foreach (SourceRange part in PartsOf(range, settings))
        {
            ChunkPlan plan = Plan(part, settings);
            using var scan = new ChunkScan<int>(plan, settings, () => new CountWorker(range.Source, plan, _patterns));
            while (scan.MoveNext())
            {
                count += scan.Current;
            }
        }

        return count;
    }

    // All matches, also such as share bytes.
    private IEnumerable<ByteMatch> FindAll(SourceRange range, ScanSettings settings, bool backward)
    {
        IEnumerable<SourceRange> parts = PartsOf(range, settings);
        foreach (SourceRange part in backward ? parts.Reverse() : parts)
        {
            ChunkPlan plan = Plan(part, settings, backward);
            using var scan = new ChunkScan<ArraySegment<long>>(
                plan, settings, () => new FindWorker(range.Source, plan, _patterns, backward));
            while (scan.MoveNext())
            {
                long start = plan.OffsetOf(scan.Index);
                foreach (long item in scan.Current)
                {
                    yield return ToMatch(start, item);
                }

                MatchList.Release(scan.Current);
            }
        }
    }

    // What is to be searched: holes are left out where no pattern matches zeros.
    private IEnumerable<SourceRange> PartsOf(SourceRange range, ScanSettings settings)
    {
        if (Patterns.Any(pattern => pattern.MatchesZeros))
        {
            return [range];
        }

        var filter = new HoleFilter(range.Source.CountZeros, settings)
        {
            Reach = _patterns.MaxLength - 1,
            Hole = (_, length) => settings.Progress?.Invoke(length),
        };
        return filter.Filter(range.Offset, range.Length).Select(part => new SourceRange(range.Source, part.Offset, part.Length));
    }

    // A chunk is not shorter than the longest pattern, or most of the reading would be of bytes read before.
    private ChunkPlan Plan(SourceRange range, ScanSettings settings, bool backward = false)
    {
        long chunkSize = Math.Min(Math.Max(settings.ChunkSize, _patterns.MaxLength), MaxArrayLength - _patterns.MaxLength);
        return new ChunkPlan(range.Offset, range.Length, (int)chunkSize, backward);
    }

    private ByteMatch ToMatch(long chunkStart, long item)
    {
        int pattern = MatchList.PatternOf(item);
        return new ByteMatch(chunkStart + MatchList.PositionOf(item), _patterns.Patterns[pattern].Length, pattern);
    }
}
