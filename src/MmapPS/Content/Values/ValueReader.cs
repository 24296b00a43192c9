using System;
using System.Collections.Generic;
using MmapPS.Content.Scanning;
using MmapPS.Resources;

namespace MmapPS.Content.Values;

/// <summary>Reads values and records one after the other. What comes before a bad byte comes before the error.</summary>
internal static class ValueReader
{
    // A text without its zero is not searched for one any further.
    private const int MaxTextBytes = 1 << 20;

    /// <summary>How many values lie within a length.</summary>
    /// <param name="length">Bytes that there are.</param>
    /// <param name="size">Bytes of a value.</param>
    /// <param name="stride">Bytes from the start of a value to that of the next.</param>
    public static long CountWithin(long length, int size, long stride) => length < size ? 0 : ((length - size) / stride) + 1;

    /// <summary>Reads values of a fixed size.</summary>
    /// <param name="range">Where they lie; all of them within.</param>
    /// <param name="size">Bytes of a value.</param>
    /// <param name="stride">Bytes from the start of a value to that of the next, 1 or more.</param>
    /// <param name="count">How many.</param>
    /// <param name="decode"><see cref="ValueFormat.Read"/>, <see cref="RecordLayout.Read"/>.</param>
    /// <param name="settings">How to work; one thread does.</param>
    /// <exception cref="MappingException">The source failed, or bytes are no value of the type.</exception>
    /// <exception cref="OperationCanceledException">The work was ended.</exception>
    public static IEnumerable<T> Read<T>(
        SourceRange range, int size, long stride, long count, RecordDecoder<T> decode, ScanSettings settings)
    {
        int batchSize = (int)Math.Max(1, Math.Min(count, CountWithin(settings.ChunkSize, size, stride)));
        byte[] buffer = new byte[((batchSize - 1) * stride) + size];
        var batch = new List<T>(batchSize);
        for (long done = 0; done < count;)
        {
            settings.Stop.ThrowIfCancellationRequested();
            int wanted = (int)Math.Min(batchSize, count - done);
            MappingException? failure = Fill(range.Source, range.Offset + (done * stride), buffer, size, stride, wanted, decode, batch);
            foreach (T value in batch)
            {
                yield return value;
            }

            if (failure is not null)
            {
                throw failure;
            }

            done += wanted;
            settings.Progress?.Invoke(wanted * stride);
        }
    }

    /// <summary>Reads zero-terminated texts that follow one another.</summary>
    /// <param name="range">Where they lie.</param>
    /// <param name="format">Their format.</param>
    /// <param name="count">How many at most; fewer where the range ends.</param>
    /// <exception cref="OutOfRangeException">A text has no zero at its end.</exception>
    /// <exception cref="MappingException">The source failed.</exception>
    public static IEnumerable<string> ReadTexts(SourceRange range, TextFormat format, long count)
    {
        long end = range.Offset + range.Length;
        long offset = range.Offset;
        for (long i = 0; i < count && offset < end; i++)
        {
            byte[] text = ReadText(range.Source, offset, end, format);
            offset += text.Length + format.Terminator.Length;
            yield return (string)format.Read(text);
        }
    }

    // Decodes as many values as can be reached.
    private static MappingException? Fill<T>(
        IByteSource source, long offset, byte[] buffer, int size, long stride, int count, RecordDecoder<T> decode, List<T> batch)
    {
        batch.Clear();
        int wanted = (int)(((count - 1) * stride) + size);
        ReadOnlySpan<byte> bytes = buffer.AsSpan(0, source.ReadReachable(offset, buffer.AsSpan(0, wanted), out MappingException? failure));
        try
        {
            for (int start = 0; batch.Count < count && start <= bytes.Length - size; start += (int)stride)
            {
                batch.Add(decode(bytes.Slice(start, size)));
            }
        }
        catch (MappingException exception)
        {
            return exception;
        }

        return failure;
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
