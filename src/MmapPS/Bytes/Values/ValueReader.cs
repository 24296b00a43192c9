using System;
using System.Collections.Generic;
using MmapPS.Bytes.Scanning;
using MmapPS.Bytes.Sources;
using MmapPS.Resources;

namespace MmapPS.Bytes.Values;

/// <summary>Reads values and records in sequence. Values before a bad byte are returned before the error.</summary>
internal static class ValueReader
{
    // The search for the zero of a text stops here.
    private const int MaxTextBytes = 1 << 20;

    // Small, because the garbage collector copies live objects.
    private const int MaxBatch = 128;

    // Making an object takes as long as searching this many bytes.
    private const int BytesLikeOneValue = 1024;

    /// <summary>Number of values that fit into a length.</summary>
    /// <param name="length">Available bytes.</param>
    /// <param name="size">Size of a value in bytes.</param>
    /// <param name="stride">Stride: bytes from the start of a value to the start of the next.</param>
    public static long CountWithin(long length, int size, long stride) => length < size ? 0 : ((length - size) / stride) + 1;

    /// <summary>Reads values of fixed size; many of them on several threads.</summary>
    /// <param name="range">The range of all values.</param>
    /// <param name="size">Size of a value in bytes.</param>
    /// <param name="stride">Stride: bytes from the start of a value to the start of the next, 1 or more.</param>
    /// <param name="count">Number of values.</param>
    /// <param name="decode"><see cref="ValueFormat.Read"/> or <see cref="RecordLayout.Read"/>; called on several threads.</param>
    /// <param name="settings">Settings of the work.</param>
    /// <exception cref="MappingException">The source failed, or bytes are not a valid value of the type.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public static IEnumerable<T> Read<T>(
        SourceRange range, int size, long stride, long count, RecordDecoder<T> decode, ScanSettings settings)
    {
        int batchSize = (int)Math.Max(1, Math.Min(MaxBatch, CountWithin(settings.ChunkSize, size, stride)));
        var plan = new ChunkPlan(0, count, batchSize) { ItemSize = stride };
        var counting = new ScanSettings
        {
            Work = settings.Work,
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

    /// <summary>Reads consecutive zero-terminated texts.</summary>
    /// <param name="range">The range of the texts.</param>
    /// <param name="format">Their format.</param>
    /// <param name="count">Largest number of texts; fewer if the range ends.</param>
    /// <param name="settings">Settings; one thread is enough.</param>
    /// <exception cref="OutOfRangeException">A text has no zero at its end.</exception>
    /// <exception cref="MappingException">The source failed.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public static IEnumerable<string> ReadTexts(SourceRange range, TextFormat format, long count, ScanSettings settings)
    {
        long end = range.Offset + range.Length;
        long offset = range.Offset;
        for (long i = 0; i < count && offset < end; i++)
        {
            settings.Work.Stop.ThrowIfCancellationRequested();
            byte[] text = ReadText(range.Source, offset, end, format);
            int length = text.Length + format.Terminator.Length;
            offset += length;
            settings.Work.Advance(length);
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
