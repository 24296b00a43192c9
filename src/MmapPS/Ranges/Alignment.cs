namespace MmapPS.Ranges;

/// <summary>Rounds to pages and granules; all values are non-negative, and the unit is a power of two.</summary>
internal static class Alignment
{
    /// <summary>The largest multiple of <paramref name="unit"/> that is at most <paramref name="value"/>.</summary>
    public static long Down(long value, long unit) => value & ~(unit - 1);

    /// <summary>The smallest multiple of <paramref name="unit"/> that is at least <paramref name="value"/>.</summary>
    /// <exception cref="System.OverflowException">It does not fit into 64 bits.</exception>
    public static long Up(long value, long unit) => checked(value + (unit - 1)) & ~(unit - 1);
}
