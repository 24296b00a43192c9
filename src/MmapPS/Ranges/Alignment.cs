namespace MmapPS.Ranges;

/// <summary>Rounding to pages and granules; all values are non-negative, the unit a power of two.</summary>
internal static class Alignment
{
    /// <summary>The greatest multiple of <paramref name="unit"/> that is not above <paramref name="value"/>.</summary>
    public static long Down(long value, long unit) => value & ~(unit - 1);

    /// <summary>The least multiple of <paramref name="unit"/> that is not below <paramref name="value"/>.</summary>
    /// <exception cref="System.OverflowException">There is none within 64 bits.</exception>
    public static long Up(long value, long unit) => checked(value + (unit - 1)) & ~(unit - 1);
}
