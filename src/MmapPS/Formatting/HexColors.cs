using System.Collections.Generic;
using System.Management.Automation.Host;
using MmapPS.Bytes.Viewing;

namespace MmapPS.Formatting;

/// <summary>The colours of a hex view, from $PSStyle if the host shows colours.</summary>
internal sealed class HexColors
{
    private HexColors(IReadOnlyDictionary<ByteCategory, string> codes, string reset)
    {
        Codes = codes;
        Reset = reset;
    }

    /// <summary>Turns the colour of a category on.</summary>
    public IReadOnlyDictionary<ByteCategory, string> Codes { get; }

    /// <summary>Turns colours off.</summary>
    public string Reset { get; }

    /// <summary>The colours, or null if $PSStyle has none, or if it leaves the choice to the host and the host shows none.</summary>
    public static HexColors? Find(PSHost host)
    {
        if (OutputStyle.Find() is not { } style || !(style.IsForced || host.UI is { SupportsVirtualTerminal: true }))
        {
            return null;
        }

        var codes = new Dictionary<ByteCategory, string>
        {
            [ByteCategory.Zero] = style.Foreground("BrightBlack"),
            [ByteCategory.Printable] = style.Foreground("Green"),
            [ByteCategory.Control] = style.Foreground("Yellow"),
            [ByteCategory.High] = style.Foreground("Cyan"),
            [ByteCategory.Match] = style.Reverse,
        };
        return new HexColors(codes, style.Reset);
    }
}
