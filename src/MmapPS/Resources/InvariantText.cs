using System;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace MmapPS.Resources;

/// <summary>
/// Takes interpolated text and writes its values as no culture does. Unlike a FormattableString it takes text that goes on
/// in the next line.
/// </summary>
[InterpolatedStringHandler]
internal readonly struct InvariantText
{
    private readonly StringBuilder _text;

    /// <param name="literalLength">Characters outside of values.</param>
    /// <param name="formattedCount">How many values there are.</param>
    public InvariantText(int literalLength, int formattedCount) => _text = new StringBuilder(literalLength + (8 * formattedCount));

    /// <summary>Takes text.</summary>
    public void AppendLiteral(string text) => _text.Append(text);

    /// <summary>Takes a value.</summary>
    public void AppendFormatted<T>(T value, string? format = null) =>
        _text.Append(value is IFormattable number ? number.ToString(format, CultureInfo.InvariantCulture) : value?.ToString());

    /// <summary>All of it.</summary>
    public override string ToString() => _text.ToString();
}
