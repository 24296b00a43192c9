using System;

namespace MmapPS.Bytes.Values;

/// <summary>16-bit floating-point numbers (IEEE 754 binary16), for which netstandard2.0 has no type.</summary>
internal static class HalfBits
{
    private const int SignBit = 0x8000;
    private const int InfinityBits = 0x7C00;
    private const int FractionBits = 10;
    private const int MinimumExponent = -14;

    /// <summary>Whether the bits are an infinity.</summary>
    public static bool IsInfinity(ushort bits) => (bits & ~SignBit) == InfinityBits;

    /// <summary>The exact number.</summary>
    public static float ToSingle(ushort bits)
    {
        int exponent = (bits & InfinityBits) >> FractionBits;
        int fraction = bits & ((1 << FractionBits) - 1);
        double magnitude = exponent switch
        {
            0 => Scale(fraction, MinimumExponent - FractionBits),
            31 => fraction == 0 ? double.PositiveInfinity : double.NaN,
            _ => Scale(fraction + (1 << FractionBits), exponent - 1 + MinimumExponent - FractionBits),
        };
        return (float)((bits & SignBit) == 0 ? magnitude : -magnitude);
    }

    /// <summary>The nearest number, ties to even; infinity if it is too large.</summary>
    public static ushort FromDouble(double value)
    {
        int sign = BitConverter.DoubleToInt64Bits(value) < 0 ? SignBit : 0;
        double magnitude = Math.Abs(value);
        if (double.IsNaN(value))
        {
            return (ushort)(sign | InfinityBits | (1 << (FractionBits - 1)));
        }

        if (magnitude >= 65536)
        {
            return (ushort)(sign | InfinityBits);
        }

        int exponent = MinimumExponent;
        while (Scale(1, exponent + 1) <= magnitude)
        {
            exponent++;
        }

        // In units of the last place; a carry correctly increments the exponent.
        int units = (int)Math.Round(Scale(magnitude, FractionBits - exponent), MidpointRounding.ToEven);
        return (ushort)(sign | (((exponent - MinimumExponent) << FractionBits) + units));
    }

    private static double Scale(double value, int powerOfTwo) => value * Math.Pow(2, powerOfTwo);
}
