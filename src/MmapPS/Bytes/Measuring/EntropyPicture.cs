using System;
using System.Text;

namespace MmapPS.Bytes.Measuring;

/// <summary>Entropy, drawn as a bar of fixed width.</summary>
internal static class EntropyPicture
{
    private const int Cells = 16;
    private const double Highest = 8;

    /// <summary>
    /// Draws entropy from the left: a cell is half a bit. O for a full cell, o for at least half of it, . for less, blank for nothing. The
    /// letters are those of Measure-MemoryMap.
    /// </summary>
    /// <param name="entropy">Bits per byte, from 0 to 8.</param>
    public static string Draw(double entropy)
    {
        double filled = entropy * Cells / Highest;
        var picture = new StringBuilder("[", Cells + 2);
        for (int cell = 0; cell < Cells; cell++)
        {
            double part = Math.Min(1, filled - cell);
            picture.Append(part <= 0 ? ' ' : part >= 1 ? 'O' : part >= 0.5 ? 'o' : '.');
        }

        return picture.Append(']').ToString();
    }
}
