using System;
using System.Collections;
using System.ComponentModel;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Text;
using MmapPS.Bytes.Patterns;
using MmapPS.Resources;
using MmapPS.Scripting;

namespace MmapPS.Formatting;

/// <summary>
/// Texts that the views show of an object. It is the hidden property Display of each type with a view, and all its members
/// are properties: in ConstrainedLanguage the script of a view may read properties, but not call methods. It takes any object,
/// because views are also used for objects from files and other sessions, and returns empty text if it cannot
/// format one: a view must not fail.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class DisplayText
{
    private readonly PSObject _shown;
    private readonly bool _inFull;

    private DisplayText(PSObject shown, bool inFull = false)
    {
        _shown = shown;
        _inFull = inFull;
    }

    /// <summary>The same, but sizes also have the exact number, such as <c>1.5 MiB (1572864 bytes)</c>.</summary>
    public DisplayText InFull => new(_shown, inFull: true);

    /// <summary>The object's length.</summary>
    public string Length => Size(nameof(Length));

    /// <summary>Size in memory.</summary>
    public string Resident => Size(nameof(Resident));

    /// <summary>Size in memory, of a process's mapping.</summary>
    public string Rss => Size(nameof(Rss));

    /// <summary>The same as a percentage.</summary>
    public string Pss => Size(nameof(Pss));

    /// <summary>Size of dirty pages: changed and not written back.</summary>
    public string Dirty => Size(nameof(Dirty));

    /// <summary>Size locked in memory.</summary>
    public string Locked => Size(nameof(Locked));

    /// <summary>Size in huge pages.</summary>
    public string Huge => Size(nameof(Huge));

    /// <summary>Size swapped out.</summary>
    public string Swapped => Size(nameof(Swapped));

    /// <summary>Size swapped out, of a process's mapping.</summary>
    public string Swap => Size(nameof(Swap));

    /// <summary>Number of zero bytes.</summary>
    public string Zero => Size(nameof(Zero));

    /// <summary>Number of printable bytes.</summary>
    public string Printable => Size(nameof(Printable));

    /// <summary>Whether a region is open or removed.</summary>
    public string State => Get(nameof(State))?.ToString() is not { } state ? string.Empty
        : state == Messages.StateRemoved() ? Colored(state, "BrightBlack")
        : state;

    /// <summary>The path of the file, or else the name, or else the region's id.</summary>
    public string Place => Get("Path")?.ToString() ?? Get("Name")?.ToString()
        ?? (ToNumber(Get("RegionId")) is long id ? Messages.AnonymousRegion(id) : string.Empty);

    /// <summary>The first 16 bytes in hexadecimal, such as <c>de ad be ef</c>.</summary>
    public string Bytes => Hex(nameof(Bytes));

    /// <summary>The bytes before a match.</summary>
    public string Before => Hex(nameof(Before));

    /// <summary>The bytes after a match.</summary>
    public string After => Hex(nameof(After));

    /// <summary>The bytes that a change replaced.</summary>
    public string OldBytes => Colored(Hex(nameof(OldBytes)), "Red");

    /// <summary>The bytes that a change wrote.</summary>
    public string NewBytes => Colored(Bytes, "Green");

    /// <summary>The bytes of a difference.</summary>
    public string OwnBytes => Colored(Bytes, "Red");

    /// <summary>The bytes of the other side.</summary>
    public string OtherBytes => Colored(Hex(nameof(OtherBytes)), "Green");

    /// <summary>The line if there is one, otherwise the bytes as ASCII, with a dot for unprintable characters.</summary>
    public string Text
    {
        get
        {
            object? line = Get("Line");
            string text = line?.ToString()
                ?? (ToBytes(Get(nameof(Bytes))) is { } array ? Encoding.GetEncoding(28591).GetString(array) : string.Empty);
            return new string(Array.ConvertAll(text.ToCharArray(), letter => IsShown(letter, line is null) ? letter : '.'));
        }
    }

    /// <summary>Returns the property Display of an object.</summary>
    public static object Of(PSObject shown) => new DisplayText(shown);

    /// <summary>Returns the property HexAddress of an object.</summary>
    public static object AddressOf(PSObject shown) =>
        string.Format(CultureInfo.InvariantCulture, "0x{0:x}", shown.Properties["Address"]?.Value);

    private static bool IsShown(char letter, bool ascii) => !char.IsControl(letter) && !(ascii && letter > '~');

    private static string Colored(string text, string color) =>
        text.Length > 0 && OutputStyle.Find() is { } style ? style.Foreground(color) + text + style.Reset : text;

    // An object from another session has its bytes as a list.
    private static byte[]? ToBytes(object? value) => ScriptValue.Unwrap(value) switch
    {
        byte[] array => array,
        IList list => list.Cast<object>().Select(ScriptValue.Unwrap).OfType<byte>().ToArray(),
        _ => null,
    };

    private static long? ToNumber(object? value)
    {
        try
        {
            return value is null ? null : Convert.ToInt64(value, CultureInfo.InvariantCulture);
        }
        catch (Exception failure) when (failure is FormatException or InvalidCastException or OverflowException)
        {
            return null;
        }
    }

    private object? Get(string property) => _shown.Properties[property]?.Value;

    private string Size(string property) => ToNumber(Get(property)) is not long bytes ? string.Empty
        : _inFull ? Messages.SizeInFull(bytes)
        : Messages.Size(bytes);

    private string Hex(string property)
    {
        const int Shown = 16;
        object? value = Get(property);
        bool isCut = value is HexBytes { IsCut: true };
        return ToBytes(value) is { } array
            ? HexText.Format(array.AsSpan(0, Math.Min(array.Length, Shown)))
                + (isCut || array.Length > Shown ? HexText.Ellipsis : string.Empty)
            : string.Empty;
    }
}
