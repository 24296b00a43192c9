using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using MmapPS.Resources;

namespace MmapPS;

/// <summary>Ranges of bytes, whose text <see cref="Parse"/> reads again, so that they survive a file of any format.</summary>
public sealed class MemoryRangeList : IReadOnlyList<MemoryRange>
{
    private static readonly char[] Separators = [',', ' '];

    private readonly IReadOnlyList<MemoryRange> _ranges;

    /// <param name="ranges">The ranges, in the order that they shall have.</param>
    public MemoryRangeList(IEnumerable<MemoryRange> ranges) => _ranges = ranges.ToList();

    /// <summary>How many ranges there are.</summary>
    public int Count => _ranges.Count;

    /// <summary>One range.</summary>
    public MemoryRange this[int index] => _ranges[index];

    /// <summary>Reads what <see cref="ToString"/> writes: <c>0+8192,16384+4096</c>. Blanks separate as commas do.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static MemoryRangeList Parse(string text) =>
        new(text.Split(Separators, StringSplitOptions.RemoveEmptyEntries).Select(ParseRange));

    /// <inheritdoc/>
    public IEnumerator<MemoryRange> GetEnumerator() => _ranges.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The ranges as <c>0+8192,16384+4096</c>; empty where there are none.</summary>
    public override string ToString() => string.Join(",", _ranges);

    private static MemoryRange ParseRange(string text)
    {
        string[] parts = text.Split('+');
        return parts.Length == 2 && IsNumber(parts[0], out long offset) && IsNumber(parts[1], out long length)
            && length <= long.MaxValue - offset
            ? new MemoryRange(offset, length)
            : throw new FormatException(Messages.RangeInvalid(text));
    }

    private static bool IsNumber(string text, out long value) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
