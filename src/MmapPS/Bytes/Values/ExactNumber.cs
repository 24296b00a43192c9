using System;
using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace MmapPS.Bytes.Values;

/// <summary>A number as an exact ratio of integers, so that it is rounded only once.</summary>
/// <param name="IsNegative">Its sign; zero also has one.</param>
/// <param name="Numerator">Numerator of its magnitude, 0 or more.</param>
/// <param name="Denominator">Denominator of its magnitude, 1 or more.</param>
internal readonly record struct ExactNumber(bool IsNegative, BigInteger Numerator, BigInteger Denominator)
{
    // Text of a larger number is clamped to this power of ten, which also rounds to infinity; a smaller one to its inverse.
    private const int MaxPower = 400;

    private static readonly Regex s_decimal = new(
        @"^\s*(?<sign>[+-]?)(?<whole>[0-9]*)(\.(?<fraction>[0-9]*))?([eE](?<power>[+-]?[0-9]+))?\s*$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);

    /// <summary>The number of a value: decimal, a whole number of any type, or text in digits, such as -1.5e3.</summary>
    public static bool TryConvert(object? value, out ExactNumber number)
    {
        switch (value)
        {
            case decimal exact:
                number = FromDecimal(exact);
                return true;
            case string text:
                return TryParse(text, out number);
            default:
                bool whole = WholeNumber.TryConvert(value, out BigInteger integer);
                number = new ExactNumber(integer.Sign < 0, BigInteger.Abs(integer), BigInteger.One);
                return whole;
        }
    }

    /// <summary>The bits of the nearest floating-point number (IEEE 754), ties to even; infinity if it is too large.</summary>
    /// <param name="fractionBits">Bits of the fraction: 10, 23 or 52.</param>
    /// <param name="exponentBits">Bits of the exponent: 5, 8 or 11.</param>
    public long Round(int fractionBits, int exponentBits)
    {
        long sign = IsNegative ? 1L << (fractionBits + exponentBits) : 0;
        if (Numerator.IsZero)
        {
            return sign;
        }

        int bias = (1 << (exponentBits - 1)) - 1;
        int exponent = (int)Math.Floor(BigInteger.Log(Numerator, 2) - BigInteger.Log(Denominator, 2));

        // Logarithms are rounded, so the estimate can be off by one.
        exponent += IsBelow(exponent) ? -1 : IsBelow(exponent + 1) ? 0 : 1;
        exponent = Math.Max(exponent, 1 - bias);

        // In units of the last place; a carry correctly increments the exponent.
        int shift = fractionBits - exponent;
        BigInteger divisor = Denominator * Power(-shift);
        BigInteger units = BigInteger.DivRem(Numerator * Power(shift), divisor, out BigInteger rest);
        int half = (2 * rest).CompareTo(divisor);
        units += half > 0 || (half == 0 && !units.IsEven) ? 1 : 0;
        BigInteger bits = ((BigInteger)(exponent - 1 + bias) << fractionBits) + units;
        return sign | (long)BigInteger.Min(bits, ((BigInteger.One << exponentBits) - 1) << fractionBits);
    }

    private static ExactNumber FromDecimal(decimal value)
    {
        int[] parts = decimal.GetBits(value);
        BigInteger digits = ((((BigInteger)(uint)parts[2] << 32) + (uint)parts[1]) << 32) + (uint)parts[0];
        return new ExactNumber(parts[3] < 0, digits, BigInteger.Pow(10, (parts[3] >> 16) & 0xFF));
    }

    private static bool TryParse(string text, out ExactNumber number)
    {
        number = default;
        Match match = s_decimal.Match(text);
        string fraction = match.Groups["fraction"].Value;
        string digits = (match.Groups["whole"].Value + fraction).TrimStart('0');
        if (!match.Success || match.Groups["whole"].Length + fraction.Length == 0)
        {
            return false;
        }

        bool isNegative = match.Groups["sign"].Value == "-";
        BigInteger power = match.Groups["power"].Success
            ? BigInteger.Parse(match.Groups["power"].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)
            : BigInteger.Zero;
        power -= fraction.Length;
        BigInteger magnitude = power + digits.Length;
        number = digits.Length == 0 ? new ExactNumber(isNegative, BigInteger.Zero, BigInteger.One)
            : BigInteger.Abs(magnitude) > MaxPower ? Scaled(isNegative, BigInteger.One, magnitude.Sign * MaxPower)
            : Scaled(isNegative, BigInteger.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture), (int)power);
        return true;
    }

    private static ExactNumber Scaled(bool isNegative, BigInteger digits, int power) =>
        new(isNegative, digits * BigInteger.Pow(10, Math.Max(power, 0)), BigInteger.Pow(10, Math.Max(-power, 0)));

    private bool IsBelow(int exponent) => Numerator * Power(-exponent) < Denominator * Power(exponent);

    // Two to the exponent; 1 for a negative exponent, whose power is on the other side.
    private static BigInteger Power(int exponent) => BigInteger.One << Math.Max(exponent, 0);
}
