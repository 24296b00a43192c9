using System;

namespace MmapPS.Bytes.Searching;

/// <summary>Finds a pattern by looking at each byte once (Knuth, Morris and Pratt): never fast, never slow.</summary>
internal sealed class PrefixAutomaton
{
    private readonly byte[] _pattern;

    // For each number of matching bytes: the next smaller number that may still match.
    private readonly int[] _fallback;

    public PrefixAutomaton(byte[] pattern)
    {
        _pattern = pattern;
        _fallback = new int[pattern.Length + 1];
        _fallback[0] = -1;
        for (int length = 0; length < pattern.Length; length++)
        {
            _fallback[length + 1] = Advance(_fallback[length], pattern[length]);
        }
    }

    /// <summary>Length of the longest end of the pattern that is also its start, so that it can overlap itself; 0 if none.</summary>
    public int Border => _fallback[_pattern.Length];

    /// <summary>Adds the matches that start in a range.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="start">The first position.</param>
    /// <param name="end">Position after the last one.</param>
    /// <param name="number">The pattern's number.</param>
    /// <param name="matches">Where to add them.</param>
    public void Find(ReadOnlySpan<byte> bytes, int start, int end, int number, MatchList matches)
    {
        int matched = 0;
        for (int i = start; i < bytes.Length && i - matched < end; i++)
        {
            matched = Advance(matched, bytes[i]);
            if (matched == _pattern.Length)
            {
                matches.Add(i + 1 - matched, number);
                matched = _fallback[matched];
            }
        }
    }

    // Number of matching bytes after one more byte.
    private int Advance(int matched, byte next)
    {
        while (matched >= 0 && _pattern[matched] != next)
        {
            matched = _fallback[matched];
        }

        return matched + 1;
    }
}
