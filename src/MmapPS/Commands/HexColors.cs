using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Host;
using MmapPS.Content.Viewing;

namespace MmapPS.Commands;

/// <summary>The colours of a hex view, taken from $PSStyle where the host shows any.</summary>
internal sealed class HexColors
{
    private HexColors(IReadOnlyDictionary<ByteCategory, string> codes, string reset)
    {
        Codes = codes;
        Reset = reset;
    }

    /// <summary>What turns the colour of a category on.</summary>
    public IReadOnlyDictionary<ByteCategory, string> Codes { get; }

    /// <summary>What turns colours off.</summary>
    public string Reset { get; }

    /// <summary>
    /// The colours, or null where there are none: Windows PowerShell has no $PSStyle, output is to be plain, the environment has
    /// NO_COLOR, or the host shows none and $PSStyle.OutputRendering leaves that to it.
    /// </summary>
    public static HexColors? Find(PSHost host, object? style)
    {
        string rendering = style is null ? "PlainText" : Text(style, "OutputRendering");
        bool wanted = rendering == "Ansi" || (rendering != "PlainText" && host.UI is { SupportsVirtualTerminal: true });
        if (!wanted || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) || Get(style!, "Foreground") is not { } colors)
        {
            return null;
        }

        var codes = new Dictionary<ByteCategory, string>
        {
            [ByteCategory.Zero] = Text(colors, "BrightBlack"),
            [ByteCategory.Printable] = Text(colors, "Green"),
            [ByteCategory.Control] = Text(colors, "Yellow"),
            [ByteCategory.High] = Text(colors, "Cyan"),
            [ByteCategory.Match] = Text(style!, "Reverse"),
        };
        return new HexColors(codes, Text(style!, "Reset"));
    }

    private static object? Get(object owner, string property) => PSObject.AsPSObject(owner).Properties[property]?.Value;

    private static string Text(object owner, string property) => Get(owner, property)?.ToString() ?? string.Empty;
}
