using System.Collections.Generic;
using System.Management.Automation.Host;
using MmapPS.Bytes.Viewing;

namespace MmapPS.Formatting;

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

    /// <summary>The colours, or null where there are none, or the host shows none and $PSStyle leaves that to it.</summary>
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
