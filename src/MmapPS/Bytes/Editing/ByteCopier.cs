using System;
using MmapPS.Bytes.Scanning;
using MmapPS.Bytes.Sources;

namespace MmapPS.Bytes.Editing;

/// <summary>Copies a range.</summary>
internal sealed class ByteCopier
{
    // Bytes moved between two looks at whether to go on: some milliseconds.
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

    /// <summary>Copy the end first: for a range that is moved up within the same bytes by less than its length.</summary>
    public bool Backward { get; init; }

    /// <summary>Called with offset and length in the target for blocks of zeros, instead of writing them; null to write them too.</summary>
    public Action<long, long>? Hole { get; init; }

    /// <summary>What is added to an offset in the target to get its place in the file whose blocks these are.</summary>
    public long HoleOrigin { get; init; }

    /// <summary>
    /// Moves bytes without bringing them here: given an offset in the source, one in the target and a length, it says how many
    /// it moved. The others are copied, so that whatever is wrong with them comes to light.
    /// </summary>
    public Func<long, long, long, long>? Transfer { get; init; }

    /// <summary>Bytes copied so far.</summary>
    public long Copied { get; private set; }

    /// <summary>Copies.</summary>
    /// <exception cref="MappingException">A side failed; <see cref="Copied"/> bytes before that place are copied.</exception>
    /// <exception cref="OperationCanceledException">The work was ended.</exception>
    public void Copy(ScanSettings settings)
    {
        TransferSome(settings);
        long offset = _from.Offset + Copied;
        long length = _from.Length - Copied;
        byte[] buffer = new byte[Math.Min(settings.ChunkSize, length)];

        // Where zeros are written, holes are read as all else is.
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
            settings.Stop.ThrowIfCancellationRequested();
            Span<byte> chunk = buffer.AsSpan(0, plan.LengthOf(index));
            ReadOnlySpan<byte> bytes = chunk.Slice(
                0, _from.Source.ReadReachable(plan.OffsetOf(index), chunk, out MappingException? failure));

            // Copying backward, what lies before a bad byte does not join on to what is copied.
            if (failure is null || !Backward)
            {
                Write(_toOffset + plan.OffsetOf(index) - _from.Offset, bytes);
                Copied += bytes.Length;
            }

            if (failure is not null)
            {
                throw failure;
            }

            settings.Progress?.Invoke(bytes.Length);
        }
    }

    private void MakeHole(long length, ScanSettings settings)
    {
        for (long end = Copied + length; Copied < end;)
        {
            settings.Stop.ThrowIfCancellationRequested();
            long step = Math.Min(TransferStep, end - Copied);
            Hole!(_toOffset + Copied, step);
            Copied += step;
            settings.Progress?.Invoke(step);
        }
    }

    // As far as it goes: where it moves nothing, it is not asked again.
    private void TransferSome(ScanSettings settings)
    {
        while (Transfer is not null && Copied < _from.Length)
        {
            settings.Stop.ThrowIfCancellationRequested();
            long moved = Transfer(_from.Offset + Copied, _toOffset + Copied, Math.Min(TransferStep, _from.Length - Copied));
            if (moved == 0)
            {
                break;
            }

            Copied += moved;
            settings.Progress?.Invoke(moved);
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
