using System.Collections.Generic;
using System.Linq;
using MmapPS.Bytes.Patterns;
using MmapPS.Bytes.Searching;

namespace MmapPS.Unit.Bytes.Support;

/// <summary>Search by definition, byte by byte.</summary>
internal static class NaiveSearch
{
    public static List<ByteMatch> All(IReadOnlyList<BytePattern> patterns, byte[] data, long offset, long length)
    {
        var matches = new List<ByteMatch>();
        for (long at = offset; at < offset + length; at++)
        {
            for (int number = 0; number < patterns.Count; number++)
            {
                BytePattern pattern = patterns[number];
                if (at + pattern.Length <= offset + length && Matches(pattern, data, at))
                {
                    matches.Add(new ByteMatch(at, pattern.Length, number));
                }
            }
        }

        return matches;
    }

    public static List<ByteMatch> Forward(IEnumerable<ByteMatch> all)
    {
        var kept = new List<ByteMatch>();
        foreach (ByteMatch match in all)
        {
            if (kept.Count == 0 || match.Offset >= kept[^1].Offset + kept[^1].Length)
            {
                kept.Add(match);
            }
        }

        return kept;
    }

    public static List<ByteMatch> Backward(IEnumerable<ByteMatch> all)
    {
        var kept = new List<ByteMatch>();
        foreach (ByteMatch match in all.OrderByDescending(match => match.Offset).ThenBy(match => match.Pattern))
        {
            if (kept.Count == 0 || match.Offset + match.Length <= kept[^1].Offset)
            {
                kept.Add(match);
            }
        }

        return kept;
    }

    public static bool Matches(BytePattern pattern, byte[] data, long at) =>
        Enumerable.Range(0, pattern.Length).All(i => (data[at + i] & pattern.Mask[i]) == pattern.Bytes[i]);
}
