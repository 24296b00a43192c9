using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Globalization;
using System.Linq;
using System.Text;
using MmapPS.Content;
using MmapPS.Resources;

namespace MmapPS.Commands;

/// <summary>
/// What the table views show. Takes any object, because the views are used for objects from files and other sessions too,
/// and answers with empty text where it can make nothing of it: a view must not fail.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class DisplayText
{
    private const int Cells = 24;

    /// <summary>A number of bytes as people read it, such as <c>1.5 MiB</c>.</summary>
    public static string Size(object? bytes) => ToNumber(bytes) is long number ? Messages.Size(number) : string.Empty;

    /// <summary>The first eight bytes in hexadecimal, such as <c>de ad be ef</c>.</summary>
    public static string Bytes(object? bytes)
    {
        const int Shown = 8;
        return PowerShellLanguage.Unwrap(bytes) is byte[] array
            ? HexText.Format(array.AsSpan(0, Math.Min(array.Length, Shown))) + (array.Length > Shown ? " ..." : string.Empty)
            : string.Empty;
    }

    /// <summary>
    /// What is in memory as a picture of fixed width, from the first byte to the last: O for all of a cell, o for at least
    /// half of it, . for less, blank for nothing.
    /// </summary>
    /// <param name="offset">Where what was measured starts.</param>
    /// <param name="length">How many bytes it has.</param>
    /// <param name="ranges">What of it is in memory: a list whose text, or whose items' text, is that of ranges.</param>
    public static string Residency(object? offset, object? length, object? ranges)
    {
        if (ToNumber(offset) is not long start || ToNumber(length) is not long total || ToRanges(ranges) is not { } list)
        {
            return string.Empty;
        }

        var picture = new StringBuilder("[", Cells + 2);
        foreach (double part in Fill(start, total, list))
        {
            picture.Append(part >= 1 ? 'O' : part >= 0.5 ? 'o' : part > 0 ? '.' : ' ');
        }

        return picture.Append(']').ToString();
    }

    // How full each cell is, from 0 to 1.
    private static double[] Fill(long start, long total, IEnumerable<MemoryRange> ranges)
    {
        var cells = new double[Cells];
        if (total <= 0)
        {
            return cells;
        }

        // Borders that are whole bytes let a cell be exactly full.
        long[] borders = Enumerable.Range(0, Cells + 1).Select(i => (long)((decimal)total * i / Cells)).ToArray();
        foreach (MemoryRange range in ranges)
        {
            long from = range.Offset - start;
            for (int i = 0; i < Cells; i++)
            {
                long part = Math.Min(from + range.Length, borders[i + 1]) - Math.Max(from, borders[i]);
                cells[i] += part > 0 ? (double)part / (borders[i + 1] - borders[i]) : 0;
            }
        }

        return cells;
    }

    private static long? ToNumber(object? value)
    {
        try
        {
            return value is null ? null : Convert.ToInt64(value, CultureInfo.InvariantCulture);
        }
        catch (Exception failure) when (failure is FormatException or InvalidCastException or OverflowException)
        {
            return null;
        }
    }

    private static MemoryRangeList? ToRanges(object? value)
    {
        try
        {
            return value switch
            {
                MemoryRangeList list => list,
                string text => MemoryRangeList.Parse(text),
                System.Collections.IEnumerable items => MemoryRangeList.Parse(string.Join(",", items.Cast<object>())),
                _ => null,
            };
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
