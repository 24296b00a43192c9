using System;
using System.Collections.Generic;
using System.Linq;
using MmapPS.Bytes.Scanning;
using MmapPS.Bytes.Searching;
using MmapPS.Bytes.Sources;

namespace MmapPS.Bytes.Viewing;

/// <summary>Splits a range into the lines of a hex view, one at a time.</summary>
internal static class HexViewer
{
    /// <summary>The lines, as they are read; lines before a bad byte are returned before the error.</summary>
    /// <param name="range">The range to view.</param>
    /// <param name="width">Bytes per line.</param>
    /// <param name="matches">Matches to mark.</param>
    /// <param name="settings">Settings; one thread is enough.</param>
    /// <exception cref="MappingException">The source failed.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public static IEnumerable<HexLine> Read(SourceRange range, int width, IEnumerable<ByteMatch> matches, ScanSettings settings)
    {
        ByteMatch[] marks = matches.ToArray();
        int chunkSize = Math.Max(settings.ChunkSize / width, 1) * width;
        var plan = new ChunkPlan(range.Offset, range.Length, chunkSize);
        byte[] buffer = new byte[Math.Min(chunkSize, range.Length)];
        for (long index = 0; index < plan.Count; index++)
        {
            settings.Work.Stop.ThrowIfCancellationRequested();
            long offset = plan.OffsetOf(index);
            int reached = range.Source.ReadReachable(offset, buffer.AsSpan(0, plan.LengthOf(index)), out MappingException? failure);
            for (int start = 0; start < reached; start += width)
            {
                byte[] bytes = buffer.AsSpan(start, Math.Min(width, reached - start)).ToArray();
                yield return new HexLine(offset + start, bytes, Categorize(offset + start, bytes, marks));
            }

            if (failure is not null)
            {
                throw failure;
            }

            settings.Work.Advance(reached);
        }
    }

    /// <summary>The category of a byte that is not in a match.</summary>
    public static ByteCategory CategoryOf(byte value) => value switch
    {
        0 => ByteCategory.Zero,
        >= 0x80 => ByteCategory.High,
        >= 0x20 and <= 0x7E => ByteCategory.Printable,
        _ => ByteCategory.Control,
    };

    private static ByteCategory[] Categorize(long offset, byte[] bytes, ByteMatch[] marks)
    {
        var categories = new ByteCategory[bytes.Length];
        for (int i = 0; i < bytes.Length; i++)
        {
            categories[i] = CategoryOf(bytes[i]);
        }

        foreach (ByteMatch mark in marks)
        {
            long end = Math.Min(mark.Offset + mark.Length, offset + bytes.Length);
            for (long at = Math.Max(mark.Offset, offset); at < end; at++)
            {
                categories[at - offset] = ByteCategory.Match;
            }
        }

        return categories;
    }
}
