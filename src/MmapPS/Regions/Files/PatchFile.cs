using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;
using MmapPS.Bytes.Editing;
using MmapPS.Native;
using MmapPS.Resources;

namespace MmapPS.Regions.Files;

/// <summary>
/// A new file of text for its owner alone, made by the first <see cref="Flush"/>, which hands the system what was written. A
/// failed one is not retried. Nothing is left of a file that took no text.
/// </summary>
internal sealed class PatchFile : TextWriter
{
    // Characters that wait for the system at most, but for those of the last change.
    private const int FullLength = 1 << 16;

    private readonly string _path;
    private readonly bool _keepsPart;
    private readonly StringBuilder _text = new();
    private FileByteTarget? _target;
    private long _length;
    private bool _isMade;
    private bool _isComplete;
    private bool _isGivenUp;

    /// <param name="path">Its full path; must not be there yet.</param>
    /// <param name="keepsPart">Whether it is of use before <see cref="Complete"/>: what was made can be undone.</param>
    /// <exception cref="MappingException">open.EEXIST: it is there; AccessDenied.</exception>
    public PatchFile(string path, bool keepsPart)
        : base(CultureInfo.InvariantCulture)
    {
        _path = path;
        _keepsPart = keepsPart;
        Changes = new PatchWriter(this);
        DemandMissing();
    }

    /// <summary>Writes changes into it.</summary>
    public PatchWriter Changes { get; }

    /// <inheritdoc/>
    public override Encoding Encoding { get; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    /// <inheritdoc/>
    public override void Write(char value) => _text.Append(value);

    /// <inheritdoc/>
    public override void Write(string? value) => _text.Append(value);

    /// <inheritdoc/>
    /// <exception cref="MappingException">As <see cref="FileByteTarget.Write"/>.</exception>
    public override void Flush()
    {
        byte[] bytes = Encoding.GetBytes(_text.ToString());
        _text.Clear();
        if (bytes.Length > 0)
        {
            _target ??= Open();
            _target.Write(_length, bytes);
            _length += bytes.Length;
        }
    }

    /// <summary>Writes changes, and hands them to the system once they are many.</summary>
    /// <exception cref="MappingException">As <see cref="FileByteTarget.Write"/>.</exception>
    public void Write(IEnumerable<ByteChange> changes)
    {
        foreach (ByteChange change in changes)
        {
            Changes.Write(change);
            if (_text.Length > FullLength)
            {
                Flush();
            }
        }
    }

    /// <summary>Removes the file in the end.</summary>
    public void GiveUp() => _isGivenUp = true;

    /// <summary>Writes what is left, and keeps the file unless it was given up.</summary>
    /// <exception cref="MappingException">As <see cref="FileByteTarget.Write"/>.</exception>
    public void Complete()
    {
        Changes.Flush();
        _isComplete = !_isGivenUp;
    }

    /// <summary>Closes the file; writing opens it again.</summary>
    public override void Close()
    {
        _target?.Dispose();
        _target = null;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        Close();
        if (_isMade && (_length == 0 || !(_keepsPart || _isComplete)))
        {
            MemoryPlatform.TryDelete(_path);
        }

        base.Dispose(disposing);
    }

    private void DemandMissing()
    {
        if (MemoryPlatform.Current.FindStatus(_path) is not null)
        {
            throw MappingException.FromSystem("open", "EEXIST", Messages.PatchFileExists(_path));
        }
    }

    private FileByteTarget Open()
    {
        try
        {
            FileByteTarget target = FileByteTarget.Open(_path, FilePermissions.Owner, isMissing: !_isMade);
            _isMade = true;
            return target;
        }
        catch (MappingException) when (!_isMade)
        {
            // Another process may have made it since the constructor looked.
            DemandMissing();
            throw;
        }
    }
}
