using System;
using System.Collections.Generic;
using System.Linq;
using MmapPS.Bytes.Patterns;
using MmapPS.Bytes.Scanning;
using MmapPS.Bytes.Sources;
using MmapPS.Polyfills;

namespace MmapPS.Bytes.Searching;

/// <summary>
/// Finds patterns in a source with constant memory, and on several threads in large ranges. The matches depend only on the bytes,
/// never on chunks or threads. If the source fails, the matches before that are returned first, then the error.
/// </summary>
/// <remarks>
/// Overlapping: every match of every pattern. Otherwise, forward, the leftmost match that starts at or after the end of the one
/// before; backward, the rightmost match that ends at or before the start of the one after it. If several patterns match
/// at one offset, the first given one.
/// </remarks>
internal sealed class ByteSearcher
{
    private readonly PatternSet _patterns;
    private readonly bool _overlapping;

    /// <param name="patterns">One or more patterns.</param>
    /// <param name="overlapping">Whether matches may share bytes.</param>
    public ByteSearcher(IEnumerable<BytePattern> patterns, bool overlapping = false)
    {
        _patterns = new PatternSet(patterns);
        _overlapping = overlapping;
    }

    /// <summary>The patterns; <see cref="ByteMatch.Pattern"/> is an index in this list.</summary>
    public IReadOnlyList<BytePattern> Patterns => _patterns.Patterns;

    /// <summary>Matches in a range, in order of offset, as they are found.</summary>
    /// <exception cref="MappingException">The source failed.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
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

    /// <summary>Matches in a range, from its end on, in descending order of offset, as they are found.</summary>
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

    /// <summary>The last matches in a range, found backward, in order of offset.</summary>
    /// <inheritdoc cref="Find"/>
    public IReadOnlyList<ByteMatch> FindLast(SourceRange range, int count, ScanSettings settings)
    {
        List<ByteMatch> matches = FindBackward(range, settings).Take(count).ToList();
        matches.Sort((left, right) => (left.Offset, left.Pattern).CompareTo((right.Offset, right.Pattern)));
        return matches;
    }

    /// <summary>Number of matches that <see cref="Find"/> would return.</summary>
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

    // All matches, also overlapping ones.
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

    // The parts to search: holes are skipped if no pattern matches zeros.
    private IEnumerable<SourceRange> PartsOf(SourceRange range, ScanSettings settings)
    {
        if (Patterns.Any(pattern => pattern.MatchesZeros))
        {
            return [range];
        }

        var filter = new HoleFilter(range.Source.CountZeros, settings)
        {
            Reach = _patterns.MaxLength - 1,
            Hole = (_, length) => settings.Work.Advance(length),
        };
        return filter.Filter(range.Offset, range.Length).Select(part => new SourceRange(range.Source, part.Offset, part.Length));
    }

    // A chunk is at least as long as the longest pattern; otherwise most reads would repeat earlier bytes.
    private ChunkPlan Plan(SourceRange range, ScanSettings settings, bool backward = false)
    {
        long chunkSize = Math.Min(Math.Max(settings.ChunkSize, _patterns.MaxLength), ArrayLimit.MaxLength - _patterns.MaxLength);
        return new ChunkPlan(range.Offset, range.Length, (int)chunkSize, backward);
    }

    private ByteMatch ToMatch(long chunkStart, long item)
    {
        int pattern = MatchList.PatternOf(item);
        return new ByteMatch(chunkStart + MatchList.PositionOf(item), _patterns.Patterns[pattern].Length, pattern);
    }
}
