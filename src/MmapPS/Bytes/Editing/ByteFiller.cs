using System;
using MmapPS.Bytes.Scanning;
using MmapPS.Bytes.Sources;

namespace MmapPS.Bytes.Editing;

/// <summary>Fills a range with bytes, repeated.</summary>
internal static class ByteFiller
{
    /// <summary>Fills; the last repetition may be cut.</summary>
    /// <param name="target">Where.</param>
    /// <param name="offset">Where the range starts.</param>
    /// <param name="length">How many bytes it has.</param>
    /// <param name="value">With what; one byte or more.</param>
    /// <param name="settings">How to work; one thread does.</param>
    /// <exception cref="MappingException">The target failed.</exception>
    /// <exception cref="OperationCanceledException">The work was ended.</exception>
    public static void Fill(IByteTarget target, long offset, long length, ReadOnlySpan<byte> value, ScanSettings settings)
    {
        // Whole repetitions, so that each chunk starts with one.
        long chunkSize = Math.Max(settings.ChunkSize / value.Length, 1) * (long)value.Length;
        byte[] chunk = new byte[Math.Min(chunkSize, length)];
        for (int i = 0; i < chunk.Length; i += value.Length)
        {
            value.Slice(0, Math.Min(value.Length, chunk.Length - i)).CopyTo(chunk.AsSpan(i));
        }

        for (long done = 0; done < length;)
        {
            settings.Stop.ThrowIfCancellationRequested();
            int count = (int)Math.Min(chunk.Length, length - done);
            target.Write(offset + done, chunk.AsSpan(0, count));
            done += count;
            settings.Progress?.Invoke(count);
        }
    }
}
