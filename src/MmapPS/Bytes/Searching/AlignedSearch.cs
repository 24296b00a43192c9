using System;

namespace MmapPS.Bytes.Searching;

/// <summary>
/// Finds a character in text whose characters have a fixed width, only where a character starts. The width is that of the
/// character.
/// </summary>
internal static class AlignedSearch
{
    /// <summary>The first index of a character, or -1.</summary>
    /// <param name="bytes">The text.</param>
    /// <param name="character">The character's bytes.</param>
    /// <param name="phase">Bytes of text before these.</param>
    public static int IndexOf(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> character, long phase)
    {
        int start = 0;
        while (true)
        {
            int found = bytes.Slice(start).IndexOf(character);
            if (found < 0 || IsAligned(phase + start + found, character))
            {
                return found < 0 ? -1 : start + found;
            }

            start += found + 1;
        }
    }

    /// <summary>The last index of a character, or -1.</summary>
    /// <inheritdoc cref="IndexOf"/>
    public static int LastIndexOf(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> character, long phase)
    {
        int found = bytes.LastIndexOf(character);
        while (found >= 0 && !IsAligned(phase + found, character))
        {
            found = bytes.Slice(0, found + character.Length - 1).LastIndexOf(character);
        }

        return found;
    }

    /// <summary>Whether a character starts at an index.</summary>
    public static bool IsAligned(long place, ReadOnlySpan<byte> character) => place % character.Length == 0;
}
