using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using MmapPS.Bytes.Patterns;

namespace MmapPS.Bytes.Editing;

/// <summary>
/// Writes changes as text that can apply and undo them: a first line that names the format, a line for each subject, such as
/// <c>file 8192 /tmp/a.bin;</c> or <c>memory 8192 NAME;</c> with its length, and a line for each of its changes, such as
/// <c>4096: 616263 -> 646566;</c> with the offset in decimal, the old bytes and the new bytes. In names, % and control characters
/// are written as %XX. If the last line lacks its semicolon, its change was never begun.
/// </summary>
internal sealed class PatchWriter
{
    /// <summary>Start of the first line; the version follows.</summary>
    public const string Header = "MmapPS patch ";

    private const char Version = '2';

    private readonly TextWriter _writer;
    private PatchSubject? _written;
    private PatchSubject? _subject;
    private long _origin;
    private bool _hasHeader;

    /// <param name="writer">The writer; nothing is written before the first change.</param>
    public PatchWriter(TextWriter writer) => _writer = writer;

    /// <summary>Number of changes written.</summary>
    public long Changes { get; private set; }

    /// <summary>Sets the subject of the following changes.</summary>
    /// <param name="subject">The subject.</param>
    /// <param name="origin">Added to the offsets of the changes, gives offsets from the start of the subject.</param>
    public void Begin(PatchSubject subject, long origin) => (_subject, _origin) = (subject, origin);

    /// <summary>Writes a change; it may be buffered until <see cref="Flush"/>.</summary>
    public void Write(ByteChange change)
    {
        if (!_hasHeader)
        {
            _hasHeader = true;
            _writer.Write(Header + Version + "\n");
        }

        if (_subject != _written && _subject is not null)
        {
            _written = _subject;
            _writer.Write(_subject.IsFile ? "file " : "memory ");
            _writer.Write(_subject.Length.ToString(CultureInfo.InvariantCulture));
            _writer.Write(" " + Escape(_subject.Name) + ";\n");
        }

        _writer.Write((_origin + change.Offset).ToString(CultureInfo.InvariantCulture));
        _writer.Write(": ");
        _writer.Write(HexText.Compact(change.Old));
        _writer.Write(" -> ");
        _writer.Write(HexText.Compact(change.New));
        _writer.Write(";\n");
        Changes++;
    }

    /// <summary>Passes the written text to the system.</summary>
    /// <exception cref="MappingException">The writer failed.</exception>
    public void Flush() => _writer.Flush();

    private static string Escape(string name) => name.Any(IsEscaped)
        ? name.Aggregate(new StringBuilder(), (text, letter) => IsEscaped(letter)
            ? text.Append('%').Append(HexText.OfByte((byte)letter))
            : text.Append(letter)).ToString()
        : name;

    private static bool IsEscaped(char letter) => letter is '%' or < ' ' or '\x7F';
}
