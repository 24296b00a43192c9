using System;
using MmapPS.Bytes.Searching;
using MmapPS.Bytes.Sources;

namespace MmapPS.Bytes.Viewing;

/// <summary>Reads the bytes around a match.</summary>
internal static class ContextReader
{
    /// <summary>A match with bytes before and after it, as far as the range has them and they can be read.</summary>
    /// <param name="range">The range of all bytes.</param>
    /// <param name="match">The match.</param>
    /// <param name="before">Bytes before it.</param>
    /// <param name="after">Bytes after it.</param>
    /// <exception cref="MappingException">The match itself cannot be read any more.</exception>
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

    /// <summary>Bytes before an offset: as many as wanted and available, or none if one of them cannot be read.</summary>
    public static byte[] ReadBefore(SourceRange range, long end, int count)
    {
        byte[] bytes = new byte[Math.Min(count, end - range.Offset)];
        return range.Source.ReadReachable(end - bytes.Length, bytes, out _) == bytes.Length ? bytes : [];
    }
}
