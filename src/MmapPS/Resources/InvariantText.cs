using System;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace MmapPS.Resources;

/// <summary>
/// Formats interpolated text with the invariant culture. Unlike a FormattableString it can be concatenated over several
/// lines.
/// </summary>
[InterpolatedStringHandler]
internal readonly struct InvariantText
{
    private readonly StringBuilder _text;

    /// <param name="literalLength">Length of the text outside of values.</param>
    /// <param name="formattedCount">Number of values.</param>
    public InvariantText(int literalLength, int formattedCount) => _text = new StringBuilder(literalLength + (8 * formattedCount));

    /// <summary>Appends text.</summary>
    public void AppendLiteral(string text) => _text.Append(text);

    /// <summary>Appends a value.</summary>
    public void AppendFormatted<T>(T value, string? format = null) =>
        _text.Append(value is IFormattable number ? number.ToString(format, CultureInfo.InvariantCulture) : value?.ToString());

    /// <summary>The text.</summary>
    public override string ToString() => _text.ToString();
}
