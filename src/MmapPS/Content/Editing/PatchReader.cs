using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;
using MmapPS.Resources;

namespace MmapPS.Content.Editing;

/// <summary>Reads what <see cref="PatchWriter"/> has written.</summary>
internal static class PatchReader
{
    /// <summary>The changes, in the order in which they were made.</summary>
    /// <exception cref="MappingException">NotSupported: it is no patch. InvalidHex: a line is damaged.</exception>
    public static IEnumerable<ByteChange> Read(TextReader reader)
    {
        if (!HasHeader(reader))
        {
            throw new MappingException(MappingError.NotSupported, Messages.NotAPatch());
        }

        long number = 2;
        for (string line = ReadLine(reader); line.Length > 0; line = ReadLine(reader), number++)
        {
            string content = line.TrimEnd('\r', '\n');
            if (content.Length == line.Length && !content.EndsWith(";", StringComparison.Ordinal))
            {
                // Cut off while it was written: its change was never begun.
                yield break;
            }

            yield return Parse(content) ?? throw new MappingException(MappingError.InvalidHex, Messages.PatchLineInvalid(number));
        }
    }

    // With its end, which a line that was cut off has not.
    private static string ReadLine(TextReader reader)
    {
        var line = new StringBuilder();
        for (int character = reader.Read(); character >= 0; character = character == '\n' ? -1 : reader.Read())
        {
            line.Append((char)character);
        }

        return line.ToString();
    }

    // Some other file may be one line of gigabytes.
    private static bool HasHeader(TextReader reader)
    {
        char[] start = new char[PatchWriter.Header.Length];
        int count = reader.ReadBlock(start, 0, start.Length);
        return new string(start, 0, count) == PatchWriter.Header && reader.ReadLine() is null or { Length: 0 };
    }

    private static ByteChange? Parse(string line)
    {
        int colon = line.IndexOf(": ", StringComparison.Ordinal);
        int arrow = line.IndexOf(" -> ", StringComparison.Ordinal);
        if (colon < 0 || arrow < colon || !line.EndsWith(";", StringComparison.Ordinal)
            || !long.TryParse(line.Substring(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out long offset))
        {
            return null;
        }

        byte[]? before = ParseBytes(line.Substring(colon + 2, arrow - colon - 2));
        byte[]? after = ParseBytes(line.Substring(arrow + 4, line.Length - arrow - 5));
        return before is null || after is null || before.Length != after.Length ? null : new ByteChange(offset, before, after);
    }

    private static byte[]? ParseBytes(string text)
    {
        try
        {
            BytePattern pattern = BytePattern.Parse(text);
            return pattern.IsExact ? pattern.Bytes : null;
        }
        catch (MappingException)
        {
            return null;
        }
    }
}
