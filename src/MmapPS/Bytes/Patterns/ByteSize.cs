using System;
using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using MmapPS.Bytes.Values;

namespace MmapPS.Bytes.Patterns;

/// <summary>Parses sizes in bytes and other whole numbers from user input. Fractions are refused, never rounded.</summary>
internal static class ByteSize
{
    private const string Units = "KMGTPE";

    // The format of the views: 4.0 KiB, or 4.0 KiB (4096 bytes).
    private static readonly Regex s_size = new(
        @"^(?<number>[+-]?[0-9]*\.?[0-9]+)\s*(?<unit>[KMGTPE]?)i?B(\s*\((?<bytes>-?[0-9]+) bytes\))?$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase);

    /// <summary>
    /// Parses a whole number of any type, or text: <c>4096</c>, <c>1e6</c>, <c>0x1000</c>, <c>4KB</c>, <c>4 KiB</c>, <c>1.5 MiB</c>.
    /// 1 KB is 1024 bytes, as always in PowerShell.
    /// </summary>
    /// <returns>Whether it is a whole signed 64-bit number.</returns>
    public static bool TryRead(object? value, out long number)
    {
        BigInteger whole = default;
        bool isWhole = value is string text ? TryParse(text.Trim(), out whole) : WholeNumber.TryConvert(value, out whole);
        isWhole = isWhole && whole >= long.MinValue && whole <= long.MaxValue;
        number = isWhole ? (long)whole : 0;
        return isWhole;
    }

    private static bool TryParse(string text, out BigInteger number)
    {
        number = default;
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            // The added digit keeps the highest bit from being read as a sign.
            return BigInteger.TryParse("0" + text.Substring(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number)
                && text.Length > 2;
        }

        Match size = s_size.Match(text);
        if (size.Groups["bytes"].Success)
        {
            text = size.Groups["bytes"].Value;
        }
        else if (size.Success)
        {
            text = size.Groups["number"].Value;
        }

        int power = size.Success && !size.Groups["bytes"].Success && size.Groups["unit"].Length > 0
            ? Units.IndexOf(char.ToUpperInvariant(size.Groups["unit"].Value[0])) + 1
            : 0;
        if (!ExactNumber.TryConvert(text, out ExactNumber exact))
        {
            return false;
        }

        BigInteger magnitude = BigInteger.DivRem(exact.Numerator << (10 * power), exact.Denominator, out BigInteger rest);
        number = exact.IsNegative ? -magnitude : magnitude;
        return rest.IsZero;
    }
}
