using System.Globalization;
using System.IO;

namespace MmapPS.Content.Editing;

/// <summary>
/// Writes changes as text that can undo them: a first line that names the format, then a line a change, such as
/// <c>4096: 616263 -> 646566;</c> with the offset in decimal, the old bytes and the new. Each line is handed to the system
/// before its change is made; a last line without its semicolon is one whose change was never begun.
/// </summary>
internal sealed class PatchWriter
{
    /// <summary>The first line.</summary>
    public const string Header = "MmapPS patch 1";

    private readonly TextWriter _writer;

    /// <param name="writer">Where to write; stays open.</param>
    public PatchWriter(TextWriter writer)
    {
        _writer = writer;
        _writer.Write(Header + "\n");
        _writer.Flush();
    }

    /// <summary>Writes a change.</summary>
    public void Write(ByteChange change)
    {
        _writer.Write(change.Offset.ToString(CultureInfo.InvariantCulture));
        _writer.Write(": ");
        _writer.Write(HexText.Compact(change.Old));
        _writer.Write(" -> ");
        _writer.Write(HexText.Compact(change.New));
        _writer.Write(";\n");
        _writer.Flush();
    }
}
