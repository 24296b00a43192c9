using System;

namespace MmapPS.Bytes.Searching;

/// <summary>Frequency of each byte, so that a search can look for rare bytes.</summary>
internal sealed class ByteFrequency
{
    // Counts of the sample weigh more than the typical ones, which decide between bytes that are not in the sample.
    private const int SampleWeight = 32;

    // In 65,536 bytes of programs, libraries, assemblies, documents and sources, in equal parts.
    private static readonly int[] s_typical =
    [
        10772, 840, 511, 313, 427, 269, 348, 186, 420, 154, 938, 134, 210, 137, 250, 565,
        272, 167, 177, 118, 110, 119, 98, 83, 168, 67, 70, 75, 81, 70, 73, 188,
        5337, 74, 246, 131, 507, 201, 72, 166, 461, 284, 157, 99, 328, 260, 414, 118,
        396, 403, 197, 128, 128, 150, 112, 104, 159, 168, 208, 110, 110, 258, 132, 66,
        162, 482, 165, 204, 359, 338, 147, 151, 1212, 317, 66, 77, 360, 158, 172, 140,
        192, 59, 160, 218, 264, 150, 98, 86, 96, 78, 66, 148, 104, 158, 65, 476,
        119, 1023, 262, 577, 645, 1825, 574, 362, 440, 1011, 76, 149, 684, 427, 991, 1075,
        550, 72, 1083, 1054, 1416, 513, 184, 184, 188, 245, 88, 154, 120, 147, 72, 63,
        180, 101, 75, 267, 203, 242, 90, 57, 83, 631, 51, 458, 71, 335, 57, 55,
        101, 54, 47, 56, 65, 56, 50, 46, 64, 49, 47, 46, 52, 49, 45, 46,
        72, 49, 52, 55, 55, 48, 47, 46, 62, 49, 48, 47, 50, 47, 45, 49,
        72, 50, 49, 52, 56, 53, 81, 59, 87, 59, 80, 55, 66, 61, 83, 75,
        239, 107, 80, 144, 96, 78, 95, 134, 72, 76, 52, 49, 57, 49, 52, 48,
        121, 68, 81, 56, 49, 52, 52, 49, 82, 61, 51, 66, 52, 61, 66, 89,
        94, 58, 70, 65, 62, 63, 68, 70, 369, 165, 61, 99, 82, 70, 71, 105,
        87, 54, 64, 68, 56, 57, 90, 72, 114, 72, 79, 91, 95, 113, 175, 1113,
    ];

    private readonly int[] _frequencies;

    private ByteFrequency(int[] frequencies) => _frequencies = frequencies;

    /// <summary>Typical of all kinds of files.</summary>
    public static ByteFrequency Typical { get; } = new(s_typical);

    /// <summary>For bytes like those of a sample.</summary>
    public static ByteFrequency In(ReadOnlySpan<byte> sample)
    {
        int[] frequencies = (int[])s_typical.Clone();
        foreach (byte value in sample)
        {
            frequencies[value] += SampleWeight;
        }

        return new ByteFrequency(frequencies);
    }

    /// <summary>Frequency of the bytes that match a pattern's byte; only meaningful compared with others.</summary>
    public int Of(byte value, byte mask)
    {
        if (mask == 0xFF)
        {
            return _frequencies[value];
        }

        int sum = 0;
        for (int candidate = 0; candidate < _frequencies.Length; candidate++)
        {
            sum += (candidate & mask) == value ? _frequencies[candidate] : 0;
        }

        return sum;
    }
}
