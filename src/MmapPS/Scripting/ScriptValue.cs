using System;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using MmapPS.Bytes.Patterns;
using MmapPS.Resources;

namespace MmapPS.Scripting;

/// <summary>Converts values from scripts.</summary>
internal static class ScriptValue
{
    /// <summary>Unwraps a PSObject; bytes as an array, unless they are cut and so not a value.</summary>
    public static object? Unwrap(object? value) => (value is PSObject wrapped ? wrapped.BaseObject : value) switch
    {
        HexBytes { IsCut: false } bytes => bytes.ToArray(),
        var plain => plain,
    };

    /// <summary>Text as a command-line argument: without quotes if possible.</summary>
    public static string Quote(string text) => text.All(letter => char.IsLetterOrDigit(letter) || "/\\._-:".IndexOf(letter) >= 0)
        ? text
        : "'" + CodeGeneration.EscapeSingleQuotedStringContent(text) + "'";

    /// <summary>A whole number; text may give a size such as 4KiB; see <see cref="ByteSize"/>.</summary>
    /// <exception cref="PSInvalidCastException">It is not a whole 64-bit number.</exception>
    public static long ToInt64(object? value)
    {
        object? plain = Unwrap(value);
        if (plain is not (string or ValueType))
        {
            return LanguagePrimitives.ConvertTo<long>(plain);
        }

        return ByteSize.TryRead(plain, out long number)
            ? number
            : throw new PSInvalidCastException(Messages.NumberNotWhole(Convert.ToString(plain, CultureInfo.InvariantCulture)!));
    }
}
