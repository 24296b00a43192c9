using System;
using System.Collections.Generic;
using MmapPS.Bytes.Scanning;
using MmapPS.Bytes.Sources;
using MmapPS.Resources;

namespace MmapPS.Bytes.Values;

/// <summary>Reads values and records one after the other. What comes before a bad byte comes before the error.</summary>
internal static class ValueReader
{
    // A text without its zero is not searched for one any further.
    private const int MaxTextBytes = 1 << 20;

    // Few, because what is alive when the collector comes is copied by it.
    private const int MaxBatch = 128;

    // Making an object takes as long as looking for a byte in so many.
    private const int BytesLikeOneValue = 1024;

    /// <summary>How many values lie within a length.</summary>
    /// <param name="length">Bytes that there are.</param>
    /// <param name="size">Bytes of a value.</param>
    /// <param name="stride">Bytes from the start of a value to that of the next.</param>
    public static long CountWithin(long length, int size, long stride) => length < size ? 0 : ((length - size) / stride) + 1;

    /// <summary>Reads values of a fixed size, many of them by several threads.</summary>
    /// <param name="range">Where they lie; all of them within.</param>
    /// <param name="size">Bytes of a value.</param>
    /// <param name="stride">Bytes from the start of a value to that of the next, 1 or more.</param>
    /// <param name="count">How many.</param>
    /// <param name="decode"><see cref="ValueFormat.Read"/>, <see cref="RecordLayout.Read"/>; called by several threads at once.</param>
    /// <param name="settings">How to work.</param>
    /// <exception cref="MappingException">The source failed, or bytes are no value of the type.</exception>
    /// <exception cref="OperationCanceledException">The work was ended.</exception>
    public static IEnumerable<T> Read<T>(
        SourceRange range, int size, long stride, long count, RecordDecoder<T> decode, ScanSettings settings)
    {
        int batchSize = (int)Math.Max(1, Math.Min(MaxBatch, CountWithin(settings.ChunkSize, size, stride)));
        var plan = new ChunkPlan(0, count, batchSize);
        var counting = new ScanSettings
        {
            Stop = settings.Stop,
            Progress = values => settings.Progress?.Invoke(values * stride),
            ChunkSize = batchSize,
            Threads = settings.Threads,
            ParallelFrom = settings.ParallelFrom / BytesLikeOneValue,
        };
        using var scan = new ChunkScan<ArraySegment<T>>(plan, counting, () => new ValueWorker<T>(range, plan, size, stride, decode));
        while (scan.MoveNext())
        {
            foreach (T value in scan.Current)
            {
                yield return value;
            }
        }
    }

    /// <summary>Reads zero-terminated texts that follow one another.</summary>
    /// <param name="range">Where they lie.</param>
    /// <param name="format">Their format.</param>
    /// <param name="count">How many at most; fewer where the range ends.</param>
    /// <param name="settings">How to work; one thread does.</param>
    /// <exception cref="OutOfRangeException">A text has no zero at its end.</exception>
    /// <exception cref="MappingException">The source failed.</exception>
    /// <exception cref="OperationCanceledException">The work was ended.</exception>
    public static IEnumerable<string> ReadTexts(SourceRange range, TextFormat format, long count, ScanSettings settings)
    {
        long end = range.Offset + range.Length;
        long offset = range.Offset;
        for (long i = 0; i < count && offset < end; i++)
        {
            settings.Stop.ThrowIfCancellationRequested();
            byte[] text = ReadText(range.Source, offset, end, format);
            int length = text.Length + format.Terminator.Length;
            offset += length;
            settings.Progress?.Invoke(length);
            yield return (string)format.Read(text);
        }
    }

    private static byte[] ReadText(IByteSource source, long offset, long end, TextFormat format)
    {
        int available = (int)Math.Min(end - offset, MaxTextBytes);
        for (int length = Math.Min(available, 256); length > 0; length = (int)Math.Min(available, length * 4L))
        {
            byte[] bytes = new byte[length];
            ReadOnlySpan<byte> reachable = bytes.AsSpan(0, source.ReadReachable(offset, bytes, out MappingException? failure));
            int textLength = format.FindTerminator(reachable);
            if (textLength >= 0)
            {
                return reachable.Slice(0, textLength).ToArray();
            }

            if (failure is not null)
            {
                throw failure;
            }

            if (length == available)
            {
                break;
            }
        }

        throw new OutOfRangeException(Messages.TextUnterminated(offset, available));
    }
}
