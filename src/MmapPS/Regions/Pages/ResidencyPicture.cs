using System;
using System.Text;

namespace MmapPS.Regions.Pages;

/// <summary>What is in memory, drawn in a line of fixed width.</summary>
internal static class ResidencyPicture
{
    private const int Cells = 24;

    /// <summary>
    /// Draws a range from its first byte to its last: O for all of a cell in memory, o for at least half of it, . for less,
    /// blank for nothing. Where there are fewer bytes than cells, several cells show the same byte.
    /// </summary>
    /// <param name="offset">Where the range starts.</param>
    /// <param name="length">How many bytes it has.</param>
    /// <param name="resident">What of it is in memory.</param>
    public static string Draw(long offset, long length, MemoryRangeList resident)
    {
        var picture = new StringBuilder("[", Cells + 2);
        for (int cell = 0; cell < Cells; cell++)
        {
            // Borders that are whole bytes let a cell be exactly full.
            long start = GetBorder(cell);
            long end = Math.Max(GetBorder(cell + 1), Math.Min(start + 1, length));
            long part = CountBytes(offset + start, offset + end);
            picture.Append(part == 0 ? ' ' : part == end - start ? 'O' : 2 * part >= end - start ? 'o' : '.');
        }

        return picture.Append(']').ToString();

        long GetBorder(int cell) => (long)((decimal)length * cell / Cells);

        long CountBytes(long start, long end)
        {
            long count = 0;
            foreach (MemoryRange range in resident)
            {
                count += Math.Max(0, Math.Min(range.End, end) - Math.Max(range.Offset, start));
            }

            return count;
        }
    }
}
