using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using MmapPS.Resources;

namespace MmapPS;

/// <summary>Ranges of bytes, with a text form that <see cref="Parse"/> reads, so that they survive any file format.</summary>
public sealed class MemoryRangeList : IReadOnlyList<MemoryRange>
{
    private static readonly char[] Separators = [',', ' '];

    private readonly IReadOnlyList<MemoryRange> _ranges;

    /// <param name="ranges">The ranges, in this order.</param>
    public MemoryRangeList(IEnumerable<MemoryRange> ranges) => _ranges = ranges.ToList();

    /// <summary>Number of ranges.</summary>
    public int Count => _ranges.Count;

    /// <summary>One range.</summary>
    public MemoryRange this[int index] => _ranges[index];

    /// <summary>Parses the format of <see cref="ToString"/>: <c>0+8192,16384+4096</c>. Spaces also separate.</summary>
    /// <exception cref="FormatException">The text has another format.</exception>
    public static MemoryRangeList Parse(string text) =>
        new(text.Split(Separators, StringSplitOptions.RemoveEmptyEntries).Select(ParseRange));

    /// <inheritdoc/>
    public IEnumerator<MemoryRange> GetEnumerator() => _ranges.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The ranges as <c>0+8192,16384+4096</c>; empty if there are none.</summary>
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
