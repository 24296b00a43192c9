using System;
using MmapPS.Bytes.Scanning;
using MmapPS.Bytes.Sources;

namespace MmapPS.Bytes.Editing;

/// <summary>Fills a range with bytes, repeated.</summary>
internal static class ByteFiller
{
    /// <summary>Fills the range; the last repetition may be incomplete.</summary>
    /// <param name="target">The target.</param>
    /// <param name="offset">Offset of the range.</param>
    /// <param name="length">Length in bytes.</param>
    /// <param name="value">One byte or more.</param>
    /// <param name="settings">Settings; one thread is enough.</param>
    /// <exception cref="MappingException">The target failed.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public static void Fill(IByteTarget target, long offset, long length, ReadOnlySpan<byte> value, ScanSettings settings)
    {
        // Only whole repetitions, so that each chunk starts with one.
        long chunkSize = Math.Max(settings.ChunkSize / value.Length, 1) * (long)value.Length;
        byte[] chunk = new byte[Math.Min(chunkSize, length)];
        for (int i = 0; i < chunk.Length; i += value.Length)
        {
            value.Slice(0, Math.Min(value.Length, chunk.Length - i)).CopyTo(chunk.AsSpan(i));
        }

        for (long done = 0; done < length;)
        {
            settings.Work.Stop.ThrowIfCancellationRequested();
            int count = (int)Math.Min(chunk.Length, length - done);
            target.Write(offset + done, chunk.AsSpan(0, count));
            done += count;
            settings.Work.Advance(count);
        }
    }
}
