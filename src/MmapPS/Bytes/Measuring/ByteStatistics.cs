using System;
using MmapPS.Bytes.Viewing;

namespace MmapPS.Bytes.Measuring;

/// <summary>What the frequencies of bytes say about them.</summary>
/// <param name="Entropy">Shannon entropy in bits per byte, from 0 to 8; 0 without bytes.</param>
/// <param name="Zero">Number of zero bytes.</param>
/// <param name="Printable">Number of printable ASCII characters, 0x20 to 0x7e.</param>
/// <param name="Distinct">Number of different byte values, 0 to 256.</param>
internal readonly record struct ByteStatistics(double Entropy, long Zero, long Printable, int Distinct)
{
    /// <summary>The statistics of a histogram.</summary>
    /// <param name="counts">For each byte value, how often it occurs.</param>
    public static ByteStatistics Of(ReadOnlySpan<long> counts)
    {
        long total = 0;
        long printable = 0;
        int distinct = 0;
        for (int value = 0; value < counts.Length; value++)
        {
            total += counts[value];
            printable += HexViewer.CategoryOf((byte)value) == ByteCategory.Printable ? counts[value] : 0;
            distinct += counts[value] > 0 ? 1 : 0;
        }

        double entropy = 0;
        foreach (long count in counts)
        {
            if (count > 0)
            {
                double share = (double)count / total;
                entropy -= share * Math.Log(share, 2);
            }
        }

        return new ByteStatistics(entropy, counts[0], printable, distinct);
    }
}
