using System;
using System.Collections.Generic;
using MmapPS.Bytes.Editing;
using MmapPS.Bytes.Scanning;
using MmapPS.Bytes.Sources;

namespace MmapPS.Bytes.Comparing;

/// <summary>
/// Compares a range of one source with a range of another; their lengths may differ. If a source fails, the differences
/// before that are returned first, then the error.
/// </summary>
internal sealed class RangeComparer
{
    /// <summary>Bytes shown of each side of a difference.</summary>
    public const int PreviewLength = 16;

    // Largest number of bytes per side in a change of a patch: a line of 256 KiB.
    private const int MaxChange = 64 * 1024;

    private readonly SourceRange _left;
    private readonly SourceRange _right;
    private readonly long _common;

    public RangeComparer(SourceRange left, SourceRange right)
    {
        _left = left;
        _right = right;
        _common = Math.Min(left.Length, right.Length);
    }

    /// <summary>Whether the ranges have the same length and bytes; stops at the first difference.</summary>
    /// <exception cref="MappingException">A source failed before a difference was found.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public bool AreEqual(ScanSettings settings) => _left.Length == _right.Length && FindFirst(settings) is null;

    /// <summary>The first offset at which the ranges differ, or null; stops there.</summary>
    /// <exception cref="MappingException">A source failed before a difference was found.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public long? FindFirst(ScanSettings settings)
    {
        foreach ((long chunk, int _, DifferingRun[] runs) in Compare(settings))
        {
            if (runs.Length > 0)
            {
                return chunk + runs[0].Start;
            }
        }

        return _left.Length == _right.Length ? null : _common;
    }

    /// <summary>The differences in order of offset, as they are found; adjacent ones are merged.</summary>
    /// <exception cref="MappingException">A source failed.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public IEnumerable<ByteDifference> FindDifferences(ScanSettings settings)
    {
        long longer = Math.Max(_left.Length, _right.Length);
        bool tailTaken = longer == _common;
        foreach ((long start, long end) in FindRuns(settings))
        {
            bool reachesTail = end == _common;
            yield return ToDifference(start, reachesTail ? longer : end);
            tailTaken |= reachesTail;
        }

        if (!tailTaken)
        {
            yield return ToDifference(_common, longer);
        }
    }

    /// <summary>Splits a difference into changes that make the left range equal to the right range, which has the same length.</summary>
    /// <exception cref="MappingException">A source failed.</exception>
    public IEnumerable<ByteChange> ToChanges(ByteDifference difference)
    {
        for (long done = 0; done < difference.Length; done += MaxChange)
        {
            long offset = difference.Offset + done;
            int length = (int)Math.Min(MaxChange, difference.Length - done);
            yield return new ByteChange(
                _left.Offset + offset,
                _left.Source.ReadBytes(_left.Offset + offset, length),
                _right.Source.ReadBytes(_right.Offset + offset, length));
        }
    }

    // The runs of all chunks, merged across chunk borders.
    private IEnumerable<(long Start, long End)> FindRuns(ScanSettings settings)
    {
        (long Start, long End)? open = null;
        foreach ((long chunk, int length, DifferingRun[] runs) in Compare(settings))
        {
            foreach (DifferingRun run in runs)
            {
                if (open is not null && open.Value.End < chunk + run.Start)
                {
                    yield return open.Value;
                    open = null;
                }

                open = (open?.Start ?? (chunk + run.Start), chunk + run.End);
            }

            if (open is not null && open.Value.End < chunk + length)
            {
                yield return open.Value;
                open = null;
            }
        }

        if (open is not null)
        {
            yield return open.Value;
        }
    }

    // Compares chunk by chunk; ranges that are holes on both sides are equal.
    private IEnumerable<(long Chunk, int Length, DifferingRun[] Runs)> Compare(ScanSettings settings)
    {
        long shift = _right.Offset - _left.Offset;
        var filter = new HoleFilter(CountZeros, settings) { Hole = (_, length) => settings.Work.Advance(length) };
        foreach ((long offset, long length) in filter.Filter(_left.Offset, _common))
        {
            // The chunks of both sides must fit into the cache.
            var plan = new ChunkPlan(offset, length, Math.Max(1, settings.ChunkSize / 2));
            using var scan = new ChunkScan<DifferingRun[]>(
                plan, settings, () => new CompareWorker(_left.Source, _right.Source, shift, plan));
            while (scan.MoveNext())
            {
                yield return (plan.OffsetOf(scan.Index) - _left.Offset, plan.LengthOf(scan.Index), scan.Current);
            }
        }
    }

    private long CountZeros(long offset, long length)
    {
        long left = _left.Source.CountZeros(offset, length);
        return left == 0 ? 0 : Math.Min(left, _right.Source.CountZeros(offset + _right.Offset - _left.Offset, length));
    }

    private ByteDifference ToDifference(long start, long end) =>
        new(start, end - start, Preview(_left, start, end), Preview(_right, start, end))
        {
            LeftIsCut = Count(_left, start, end) > PreviewLength,
            RightIsCut = Count(_right, start, end) > PreviewLength,
        };

    private static byte[] Preview(SourceRange range, long start, long end) =>
        range.Source.ReadBytes(range.Offset + start, (int)Math.Min(Count(range, start, end), PreviewLength));

    // The bytes of a difference on one side.
    private static long Count(SourceRange range, long start, long end) => Math.Max(0, Math.Min(end, range.Length) - start);
}
