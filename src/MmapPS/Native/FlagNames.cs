using System.Collections.Generic;
using System.Globalization;

namespace MmapPS.Native;

/// <summary>Names of the bits of a number, or of its values, from a system's header.</summary>
internal sealed class FlagNames
{
    private readonly string _prefix;
    private readonly (long Number, string Name)[] _names;

    /// <param name="prefix">The common prefix of the names, such as <c>MAP_</c>.</param>
    /// <param name="names">The numbers and the rest of their names; a value that includes other values comes before them.</param>
    public FlagNames(string prefix, params (long Number, string Name)[] names)
    {
        _prefix = prefix;
        _names = names;
    }

    /// <summary>The names of a number's bits, such as <c>PROT_READ|PROT_WRITE</c>; bits without a name in hexadecimal.</summary>
    public string Bits(long number)
    {
        var found = new List<string>();
        long rest = number;
        foreach ((long bits, string name) in _names)
        {
            if (bits != 0 && (rest & bits) == bits)
            {
                found.Add(_prefix + name);
                rest &= ~bits;
            }
        }

        return rest == 0 && found.Count > 0 ? string.Join("|", found)
            : found.Count == 0 && number == 0 ? Value(0)
            : string.Join("|", [.. found, Number(rest)]);
    }

    /// <summary>The name of a whole number.</summary>
    public string Value(long number)
    {
        foreach ((long value, string name) in _names)
        {
            if (value == number)
            {
                return _prefix + name;
            }
        }

        return Number(number);
    }

    private static string Number(long number) => number == 0 ? "0" : "0x" + number.ToString("x", CultureInfo.InvariantCulture);
}
