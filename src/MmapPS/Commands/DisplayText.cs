using System;
using System.Collections;
using System.Collections.Generic;
using System.ComponentModel;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Text;
using MmapPS.Content;
using MmapPS.Parameters;
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

    /// <summary>The same and the number itself, such as <c>1.5 MiB (1572864 bytes)</c>.</summary>
    public static string SizeInFull(object? bytes) => ToNumber(bytes) is long number ? Messages.SizeInFull(number) : string.Empty;

    /// <summary>What may be done, and s for shared or p for private, as the system's lists of mappings say it: <c>rw-s</c>.</summary>
    public static string Mode(object? protection, object? sharing)
    {
        if (!LanguagePrimitives.TryConvertTo(protection, out MemoryProtection allowed)
            || !LanguagePrimitives.TryConvertTo(sharing, out MapSharing who))
        {
            return string.Empty;
        }

        return string.Concat(
            (allowed & MemoryProtection.Read) != 0 ? "r" : "-",
            (allowed & MemoryProtection.Write) != 0 ? "w" : "-",
            (allowed & MemoryProtection.Execute) != 0 ? "x" : "-",
            who == MapSharing.Shared ? "s" : "p");
    }

    /// <summary>Whether a region is open or removed.</summary>
    public static string State(object? isOpen) => isOpen is null ? string.Empty
        : LanguagePrimitives.IsTrue(isOpen) ? Messages.StateOpen()
        : Colored(Messages.StateRemoved(), "BrightBlack");

    /// <summary>The first that there is of a file's path, a name, and a region's number.</summary>
    public static string Place(object? path, object? name, object? regionId = null) =>
        path?.ToString() ?? name?.ToString() ?? (ToNumber(regionId) is long id ? Messages.AnonymousRegion(id) : string.Empty);

    /// <summary>The first sixteen bytes in hexadecimal, such as <c>de ad be ef</c>.</summary>
    public static string Bytes(object? bytes)
    {
        const int Shown = 16;
        return ToBytes(bytes) is { } array
            ? HexText.Format(array.AsSpan(0, Math.Min(array.Length, Shown))) + (array.Length > Shown ? " ..." : string.Empty)
            : string.Empty;
    }

    /// <summary>The same for bytes that stand opposite to <see cref="NewBytes"/>.</summary>
    public static string OldBytes(object? bytes) => Colored(Bytes(bytes), "Red");

    /// <summary>The same for bytes that stand opposite to <see cref="OldBytes"/>.</summary>
    public static string NewBytes(object? bytes) => Colored(Bytes(bytes), "Green");

    /// <summary>The line where there is one, else the bytes as ASCII, with a dot for what a terminal would not show as itself.</summary>
    public static string Text(object? line, object? bytes)
    {
        string text = line?.ToString()
            ?? (ToBytes(bytes) is { } array ? Encoding.GetEncoding(28591).GetString(array) : string.Empty);
        return new string(Array.ConvertAll(text.ToCharArray(), letter => IsShown(letter, line is null) ? letter : '.'));
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

    private static bool IsShown(char letter, bool ascii) => !char.IsControl(letter) && !(ascii && letter > '~');

    private static string Colored(string text, string color) =>
        text.Length > 0 && OutputStyle.Find() is { } style ? style.Foreground(color) + text + style.Reset : text;

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

    // Another session gives bytes back as a list.
    private static byte[]? ToBytes(object? value) => ScriptValue.Unwrap(value) switch
    {
        byte[] array => array,
        IList list => list.Cast<object>().Select(ScriptValue.Unwrap).OfType<byte>().ToArray(),
        _ => null,
    };

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
                IEnumerable items => MemoryRangeList.Parse(string.Join(",", items.Cast<object>())),
                _ => null,
            };
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
