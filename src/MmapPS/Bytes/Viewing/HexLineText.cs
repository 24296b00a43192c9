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
            bool isThere = i < line.Bytes.Length;
            string color = isThere ? ColorOf(line.Categories[i]) : string.Empty;

            // A colour covers the gap between two bytes only when both have it.
            Switch(color == _color ? color : string.Empty);
            _text.Append(i > 0 && i % Group == 0 ? "  " : " ");
            Switch(color);
            _text.Append(isThere ? HexText.OfByte(line.Bytes[i]) : "  ");
        }

        Switch(string.Empty);
        _text.Append("  ");
        for (int i = 0; i < line.Bytes.Length; i++)
        {
            Switch(ColorOf(line.Categories[i]));
            _text.Append(HexViewer.CategoryOf(line.Bytes[i]) == ByteCategory.Printable ? (char)line.Bytes[i] : '.');
        }

        Switch(string.Empty);
        return _text.ToString();
    }

    private string ColorOf(ByteCategory category) =>
        _colors is not null && _colors.TryGetValue(category, out string? color) ? color : string.Empty;

    // A colour is written only when it changes.
    private void Switch(string color)
    {
        if (color != _color)
        {
            _text.Append(_color.Length > 0 ? _reset : string.Empty).Append(color);
            _color = color;
        }
    }
}
