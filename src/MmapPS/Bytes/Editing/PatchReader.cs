using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;
using System.Text.RegularExpressions;
using MmapPS.Bytes.Patterns;
using MmapPS.Resources;

namespace MmapPS.Bytes.Editing;

/// <summary>Reads the format of <see cref="PatchWriter"/>.</summary>
internal static class PatchReader
{
    private static readonly Regex Subject = new(@"\A(file|memory) (\d+) (.*);\z", RegexOptions.CultureInvariant);

    private static readonly Regex Escaped = new("%([0-9a-fA-F]{2})", RegexOptions.CultureInvariant);

    /// <summary>The changes, in the order in which they were made.</summary>
    /// <exception cref="MappingException">NotSupported: it is not a patch. InvalidHex: a line is damaged. Or reading failed.</exception>
    public static IEnumerable<PatchEntry> Read(TextReader reader)
    {
        char version = ReadVersion(reader);
        if (version is not ('1' or '2'))
        {
            throw new MappingException(MappingError.NotSupported, Messages.NotAPatch());
        }

        PatchSubject? subject = null;
        long number = 2;
        for (string line = ReadLine(reader); line.Length > 0; line = ReadLine(reader), number++)
        {
            string content = line.TrimEnd('\r', '\n');
            if (content.Length == line.Length && !content.EndsWith(";", StringComparison.Ordinal))
            {
                // The line is incomplete: its change was never begun.
                yield break;
            }

            PatchSubject? next = version == '1' ? null : ParseSubject(content);
            if (next is not null)
            {
                subject = next;
                continue;
            }

            ByteChange? change = version == '2' && subject is null ? null : ParseChange(content);
            yield return change is not null
                ? new PatchEntry(subject, change)
                : throw new MappingException(MappingError.InvalidHex, Messages.PatchLineInvalid(number));
        }
    }

    // The line with its end, which an incomplete line lacks.
    private static string ReadLine(TextReader reader)
    {
        var line = new StringBuilder();
        for (int character = reader.Read(); character >= 0; character = character == '\n' ? -1 : reader.Read())
        {
            line.Append((char)character);
        }

        return line.ToString();
    }

    // Another file may be a single line of gigabytes.
    private static char ReadVersion(TextReader reader)
    {
        char[] start = new char[PatchWriter.Header.Length + 1];
        int count = reader.ReadBlock(start, 0, start.Length);
        return count == start.Length
            && new string(start, 0, count - 1) == PatchWriter.Header
            && (char)Math.Max(0, reader.Peek()) is '\r' or '\n' or '\0'
            && reader.ReadLine() is null or { Length: 0 }
                ? start[count - 1]
                : '\0';
    }

    private static PatchSubject? ParseSubject(string line)
    {
        Match match = Subject.Match(line);
        return match.Success && long.TryParse(match.Groups[2].Value, NumberStyles.None, CultureInfo.InvariantCulture, out long length)
            ? new PatchSubject(match.Groups[1].Value == "file", Unescape(match.Groups[3].Value), length)
            : null;
    }

    private static string Unescape(string name) =>
        Escaped.Replace(name, match => ((char)Convert.ToByte(match.Groups[1].Value, 16)).ToString());

    private static ByteChange? ParseChange(string line)
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
