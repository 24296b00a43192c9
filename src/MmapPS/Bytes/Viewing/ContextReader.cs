using System;
using MmapPS.Bytes.Searching;
using MmapPS.Bytes.Sources;

namespace MmapPS.Bytes.Viewing;

/// <summary>Reads the bytes around a match.</summary>
internal static class ContextReader
{
    /// <summary>A match with bytes before and after, as many as the range has and as can be reached.</summary>
    /// <param name="range">What the bytes must lie within.</param>
    /// <param name="match">The match.</param>
    /// <param name="before">Bytes before it.</param>
    /// <param name="after">Bytes after it.</param>
    /// <exception cref="MappingException">The match itself cannot be reached any more.</exception>
    public static ContextBytes Read(SourceRange range, ByteMatch match, int before, int after)
    {
        byte[] head = ReadBefore(range, match.Offset, before);
        long available = range.Offset + range.Length - match.Offset;
        byte[] bytes = new byte[head.Length + Math.Min(match.Length + (long)after, available)];
        head.CopyTo(bytes, 0);
        int reached = range.Source.ReadReachable(match.Offset, bytes.AsSpan(head.Length), out MappingException? failure);
        if (reached < match.Length)
        {
            throw failure!;
        }

        return new ContextBytes(match.Offset - head.Length, bytes.AsSpan(0, head.Length + reached).ToArray());
    }

    /// <summary>Bytes that end at a place: as many as wanted and there are, or none where one of them cannot be reached.</summary>
    public static byte[] ReadBefore(SourceRange range, long end, int count)
    {
        byte[] bytes = new byte[Math.Min(count, end - range.Offset)];
        return range.Source.ReadReachable(end - bytes.Length, bytes, out _) == bytes.Length ? bytes : [];
    }
}
