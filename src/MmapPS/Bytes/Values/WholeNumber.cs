using System;
using System.Globalization;
using System.Numerics;

namespace MmapPS.Bytes.Values;

/// <summary>Converts numbers of any type to integers, without loss.</summary>
internal static class WholeNumber
{
    /// <summary>The integer of a value; false if it is not an integer.</summary>
    public static bool TryConvert(object? value, out BigInteger number)
    {
        number = default;
        switch (RuntimeNumbers.Widen(value))
        {
            case BigInteger big:
                number = big;
                return true;
            case bool or sbyte or byte or short or ushort or int or uint or long:
                number = Convert.ToInt64(value, CultureInfo.InvariantCulture);
                return true;
            case ulong unsigned:
                number = unsigned;
                return true;
            case char character:
                number = character;
                return true;
            case Enum named:
                number = BigInteger.Parse(named.ToString("D"), CultureInfo.InvariantCulture);
                return true;
            case decimal exact:
                number = new BigInteger(exact);
                return decimal.Truncate(exact) == exact;
            case (float or double) and var floating:
                double real = Convert.ToDouble(floating, CultureInfo.InvariantCulture);
                bool whole = Math.Floor(real) == real && !double.IsInfinity(real);
                number = whole ? new BigInteger(real) : default;
                return whole;
            case string text:
                return BigInteger.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out number);
            default:
                return false;
        }
    }
}
