using System;
using System.Collections.Generic;
using MmapPS.Bytes.Scanning;
using MmapPS.Bytes.Sources;

namespace MmapPS.Bytes.Comparing;

/// <summary>Compares a chunk of one source with a chunk of another.</summary>
internal sealed class CompareWorker : IChunkWorker<DifferingRun[]>
{
    private readonly IByteSource _left;
    private readonly IByteSource _right;
    private readonly long _shift;
    private readonly ChunkPlan _plan;
    private readonly List<DifferingRun> _runs = [];
    private byte[] _leftBuffer = [];
    private byte[] _rightBuffer = [];

    /// <param name="left">The source of the chunks.</param>
    /// <param name="right">The other source.</param>
    /// <param name="shift">Added to an offset on the left, gives the offset on the right.</param>
    /// <param name="plan">The chunks.</param>
    public CompareWorker(IByteSource left, IByteSource right, long shift, ChunkPlan plan)
    {
        _left = left;
        _right = right;
        _shift = shift;
        _plan = plan;
    }

    /// <inheritdoc/>
    public ChunkResult<DifferingRun[]> Process(long index)
    {
        int length = _plan.LengthOf(index);
        long offset = _plan.OffsetOf(index);
        ReadOnlySpan<byte> right = Copy(_right, offset + _shift, length, ref _rightBuffer, out MappingException? rightFailure);

        // Borrow only one side, and last: a borrower that waits for the other side could deadlock.
        if (_left.TryLend(offset, length, out LentBytes lent))
        {
            using (lent)
            {
                return Compare(lent.Bytes, null, right, rightFailure);
            }
        }

        ReadOnlySpan<byte> left = Copy(_left, offset, length, ref _leftBuffer, out MappingException? leftFailure);
        return Compare(left, leftFailure, right, rightFailure);
    }

    private static ReadOnlySpan<byte> Copy(IByteSource source, long offset, int length, ref byte[] buffer, out MappingException? failure)
    {
        if (buffer.Length < length)
        {
            buffer = new byte[length];
        }

        return buffer.AsSpan(0, source.ReadReachable(offset, buffer.AsSpan(0, length), out failure));
    }

    private ChunkResult<DifferingRun[]> Compare(
        ReadOnlySpan<byte> left, MappingException? leftFailure, ReadOnlySpan<byte> right, MappingException? rightFailure)
    {
        // The side that ends first gives the failure.
        MappingException? failure = left.Length <= right.Length ? leftFailure : rightFailure;
        int common = Math.Min(left.Length, right.Length);
        FindRuns(left.Slice(0, common), right.Slice(0, common));
        return new ChunkResult<DifferingRun[]>([.. _runs], _runs.Count, failure);
    }

    private void FindRuns(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        _runs.Clear();
        if (left.SequenceEqual(right))
        {
            return;
        }

        for (int start = SpanDifference.NextDifferent(left, right, 0); start < left.Length;)
        {
            int end = SpanDifference.NextEqual(left, right, start);
            _runs.Add(new DifferingRun(start, end));
            start = SpanDifference.NextDifferent(left, right, end);
        }
    }
}
