using System;
using System.Management.Automation;

namespace MmapPS.Formatting;

/// <summary>The colours of $PSStyle, which Windows PowerShell does not have.</summary>
internal sealed class OutputStyle
{
    private readonly object _style;

    private OutputStyle(object style) => _style = style;

    /// <summary>Whether colours are wanted for any kind of output.</summary>
    public bool IsForced => Text(_style, "OutputRendering") == "Ansi";

    /// <summary>Turns colours off.</summary>
    public string Reset => Text(_style, nameof(Reset));

    /// <summary>Swaps foreground and background.</summary>
    public string Reverse => Text(_style, nameof(Reverse));

    /// <summary>The colours, or null if there are none, if output is to be plain, or if the environment has NO_COLOR.</summary>
    public static OutputStyle? Find()
    {
        object? style = typeof(PSObject).Assembly.GetType("System.Management.Automation.PSStyle")?.GetProperty("Instance")?.GetValue(null);
        return style is null
            || Text(style, "OutputRendering") == "PlainText"
            || Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 }
            ? null
            : new OutputStyle(style);
    }

    /// <summary>Turns a text colour on.</summary>
    /// <param name="color">A property of $PSStyle.Foreground.</param>
    public string Foreground(string color) => Get(_style, nameof(Foreground)) is { } colors ? Text(colors, color) : string.Empty;

    private static object? Get(object owner, string property) => PSObject.AsPSObject(owner).Properties[property]?.Value;

    private static string Text(object owner, string property) => Get(owner, property)?.ToString() ?? string.Empty;
}
