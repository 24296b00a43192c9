using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using Xunit;

namespace MmapPS.Unit.Native;

/// <summary>
/// Numbers from a system's headers, copied by hand: a header's path on its own line, then lines
/// with the constant here, the name there and the value.
/// </summary>
internal sealed partial class ConstantTable
{
    private readonly List<Row> _rows = [];

    public ConstantTable(string text)
    {
        string header = string.Empty;
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 1)
            {
                header = line;
            }
            else
            {
                _rows.Add(new Row(words[0], words[1], ParseNumber(words[2]), header));
            }
        }
    }

    /// <summary>All constants of the classes are in the table, with the table's values.</summary>
    public void AssertIs(params Type[] classes)
    {
        IEnumerable<string> actual = classes
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(field => field.IsLiteral)
            .Select(field => $"{field.Name} = {Convert.ToInt64(field.GetRawConstantValue(), CultureInfo.InvariantCulture)}");
        Assert.Equal([], actual.Except(_rows.Select(row => $"{row.Field} = {row.Value}")).Order(StringComparer.Ordinal));
    }

    /// <summary>The table's values equal those of installed headers, if these have them as plain numbers.</summary>
    /// <returns>Number of values found.</returns>
    public int AssertHeaders(string folder)
    {
        int found = 0;
        foreach (Row row in _rows)
        {
            string path = Path.Combine(folder, row.Header);
            List<long> values = File.Exists(path) ? FindDefinitions(File.ReadAllText(path), row.Macro) : [];
            if (values.Count > 0)
            {
                Assert.True(values.Contains(row.Value), $"{row.Macro} is {string.Join(" or ", values)} and not {row.Value}");
                found++;
            }
        }

        return found;
    }

    // A header may define a name again for each processor.
    private static List<long> FindDefinitions(string header, string macro) =>
        [
            .. Definition().Matches(header)
                .Where(match => match.Groups["name"].Value == macro)
                .Select(match => ParseNumber(match.Groups["value"].Value)),
        ];

    private static long ParseNumber(string text) =>
        text.StartsWith("0x", StringComparison.Ordinal) ? long.Parse(text.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture)
        : text.Length > 1 && text[0] == '0' ? Convert.ToInt64(text, 8)
        : long.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\s*#\s*define\s+(?<name>\w+)\s+(?<value>-?(0x[0-9a-fA-F]+|\d+))U?\s*(/\*|$)", RegexOptions.Multiline)]
    private static partial Regex Definition();

    private sealed record Row(string Field, string Macro, long Value, string Header);
}
