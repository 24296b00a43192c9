using System.Globalization;
using System.IO;
using MmapPS.Resources;

namespace MmapPS.Content.Editing;

/// <summary>
/// Writes changes as text that can undo them: a first line that names the format, then a line a change, such as
/// <c>4096: 616263 -> 646566;</c> with the offset in decimal, the old bytes and the new. Each line is handed to the system
/// before its change is made; a last line that was cut off before its semicolon is one whose change was never begun.
/// </summary>
internal sealed class PatchWriter
{
    /// <summary>The first line.</summary>
    public const string Header = "MmapPS patch 1";

    private readonly TextWriter _writer;
    private long _changes;

    /// <param name="writer">Where to write; stays open.</param>
    /// <exception cref="MappingException">The writer failed.</exception>
    public PatchWriter(TextWriter writer)
    {
        _writer = writer;
        _writer.Write(Header + "\n");
        Flush();
    }

    /// <summary>Writes a change.</summary>
    /// <exception cref="MappingException">The writer failed; the message says how many changes it took before.</exception>
    public void Write(ByteChange change)
    {
        _writer.Write(change.Offset.ToString(CultureInfo.InvariantCulture));
        _writer.Write(": ");
        _writer.Write(HexText.Compact(change.Old));
        _writer.Write(" -> ");
        _writer.Write(HexText.Compact(change.New));
        _writer.Write(";\n");
        Flush();
        _changes++;
    }

    private void Flush()
    {
        try
        {
            _writer.Flush();
        }
        catch (MappingException exception)
        {
            throw new MappingException(exception.Error, Messages.PatchStopped(exception.Message, _changes), exception);
        }
    }
}
