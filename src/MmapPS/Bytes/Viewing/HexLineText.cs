using System.Collections.Generic;
using System.Globalization;
using System.Text;
using MmapPS.Bytes.Patterns;

namespace MmapPS.Bytes.Viewing;

/// <summary>
/// Formats the lines of a hex view in the usual way: offset, bytes with a gap after each eighth, and text, with a dot
/// for unprintable bytes.
/// </summary>
internal sealed class HexLineText
{
    private const int Group = 8;

    private readonly int _width;
    private readonly string _offsetFormat;
    private readonly IReadOnlyDictionary<ByteCategory, string>? _colors;
    private readonly string _reset;
    private readonly StringBuilder _text = new();
    private string _color = string.Empty;

    /// <param name="width">Bytes per line.</param>
    /// <param name="end">The largest offset; all offsets get as many digits.</param>
    /// <param name="colors">Turns the colour of a category on, or null for no colours.</param>
    /// <param name="reset">Turns colours off.</param>
    public HexLineText(int width, long end, IReadOnlyDictionary<ByteCategory, string>? colors = null, string reset = "")
    {
        _width = width;
        _offsetFormat = end > uint.MaxValue ? "x16" : "x8";
        _colors = colors;
        _reset = reset;
    }

    /// <summary>Formats a line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="displayOffset">The offset to show.</param>
    public string Format(HexLine line, long displayOffset)
    {
        _text.Clear();
        _text.Append(displayOffset.ToString(_offsetFormat, CultureInfo.InvariantCulture)).Append(' ');
        for (int i = 0; i < _width; i++)
        {
            _text.Append(i > 0 && i % Group == 0 ? "  " : " ");
            if (i < line.Bytes.Length)
            {
                Switch(line.Categories[i]);
                _text.Append(HexText.OfByte(line.Bytes[i]));
            }
            else
            {
                Switch(null);
                _text.Append("  ");
            }
        }

        Switch(null);
        _text.Append("  ");
        for (int i = 0; i < line.Bytes.Length; i++)
        {
            Switch(line.Categories[i]);
            _text.Append(HexViewer.CategoryOf(line.Bytes[i]) == ByteCategory.Printable ? (char)line.Bytes[i] : '.');
        }

        Switch(null);
        return _text.ToString();
    }

    // The colour is written only when it changes.
    private void Switch(ByteCategory? category)
    {
        string color = category is not null && _colors is not null && _colors.TryGetValue(category.Value, out string? found)
            ? found
            : string.Empty;
        if (color != _color)
        {
            _text.Append(_color.Length > 0 ? _reset : string.Empty).Append(color);
            _color = color;
        }
    }
}
