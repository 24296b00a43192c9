using System;
using MmapPS.Bytes.Scanning;
using MmapPS.Bytes.Sources;

namespace MmapPS.Bytes.Editing;

/// <summary>Copies a range.</summary>
internal sealed class ByteCopier
{
    // Bytes copied between two checks for Ctrl+C: a few milliseconds.
    private const int TransferStep = 8 << 20;

    private readonly SourceRange _from;
    private readonly IByteTarget _to;
    private readonly long _toOffset;

    public ByteCopier(SourceRange from, IByteTarget to, long toOffset)
    {
        _from = from;
        _to = to;
        _toOffset = toOffset;
    }

    /// <summary>Whether to copy the end first: needed to move a range up within the same bytes by less than its length.</summary>
    public bool Backward { get; init; }

    /// <summary>Called with offset and length in the target for blocks of zeros, instead of writing them; null to write them.</summary>
    public Action<long, long>? Hole { get; init; }

    /// <summary>Added to an offset in the target, gives the offset in the file that has the blocks.</summary>
    public long HoleOrigin { get; init; }

    /// <summary>
    /// Moves bytes without reading them: takes an offset in the source, one in the target and a length, returns the number
    /// of bytes moved. The rest is copied, which reports the cause if they are bad.
    /// </summary>
    public Func<long, long, long, long>? Transfer { get; init; }

    /// <summary>Bytes copied so far.</summary>
    public long Copied { get; private set; }

    /// <summary>Copies.</summary>
    /// <exception cref="MappingException">A side failed; the <see cref="Copied"/> bytes before that are copied.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public void Copy(ScanSettings settings)
    {
        TransferSome(settings);
        long offset = _from.Offset + Copied;
        long length = _from.Length - Copied;
        byte[] buffer = new byte[Math.Min(settings.ChunkSize, length)];

        // If zeros are written, holes are read like all other bytes.
        var filter = new HoleFilter(_from.Source.CountZeros, settings) { Hole = (_, count) => MakeHole(count, settings) };
        foreach ((long start, long count) in Hole is null || Backward ? [(offset, length)] : filter.Filter(offset, length))
        {
            CopyPart(new ChunkPlan(start, count, settings.ChunkSize, Backward), buffer, settings);
        }
    }

    private void CopyPart(ChunkPlan plan, byte[] buffer, ScanSettings settings)
    {
        for (long index = 0; index < plan.Count; index++)
        {
            settings.Work.Stop.ThrowIfCancellationRequested();
            Span<byte> chunk = buffer.AsSpan(0, plan.LengthOf(index));
            ReadOnlySpan<byte> bytes = chunk.Slice(
                0, _from.Source.ReadReachable(plan.OffsetOf(index), chunk, out MappingException? failure));

            // In a backward copy, the bytes before a bad byte are not adjacent to the copied ones.
            if (failure is null || !Backward)
            {
                Write(_toOffset + plan.OffsetOf(index) - _from.Offset, bytes);
                Copied += bytes.Length;
            }

            if (failure is not null)
            {
                throw failure;
            }

            settings.Work.Advance(bytes.Length);
        }
    }

    private void MakeHole(long length, ScanSettings settings)
    {
        for (long end = Copied + length; Copied < end;)
        {
            settings.Work.Stop.ThrowIfCancellationRequested();
            long step = Math.Min(TransferStep, end - Copied);
            Hole!(_toOffset + Copied, step);
            Copied += step;
            settings.Work.Advance(step);
        }
    }

    // Once it moves nothing, it is not called again.
    private void TransferSome(ScanSettings settings)
    {
        while (Transfer is not null && Copied < _from.Length)
        {
            settings.Work.Stop.ThrowIfCancellationRequested();
            long moved = Transfer(_from.Offset + Copied, _toOffset + Copied, Math.Min(TransferStep, _from.Length - Copied));
            if (moved == 0)
            {
                break;
            }

            Copied += moved;
            settings.Work.Advance(moved);
        }
    }

    private void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        if (Hole is null)
        {
            _to.Write(offset, bytes);
            return;
        }

        while (!bytes.IsEmpty)
        {
            int length = ZeroRuns.Measure(bytes, HoleOrigin + offset, out bool isZero);
            if (isZero)
            {
                Hole(offset, length);
            }
            else
            {
                _to.Write(offset, bytes.Slice(0, length));
            }

            offset += length;
            bytes = bytes.Slice(length);
        }
    }
}
