using System.Globalization;
using System.IO;
using System.Text;
using MmapPS.Native;

namespace MmapPS.Regions;

/// <summary>
/// A new file of text. Each <see cref="Flush"/> hands the system what was written since the last; where that fails it is for
/// nobody to try again, so disposing writes nothing.
/// </summary>
internal sealed class PatchFile : TextWriter
{
    private readonly FileByteTarget _target;
    private readonly StringBuilder _text = new();
    private long _length;

    /// <param name="path">Its full path; must not be there yet.</param>
    /// <exception cref="MappingException">open.EEXIST: it is there; FileNotFound: its folder is not; AccessDenied.</exception>
    public PatchFile(string path)
        : base(CultureInfo.InvariantCulture) => _target = FileByteTarget.Open(path, overwrite: false, FilePermissions.Owner);

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
        _target.Write(_length, bytes);
        _length += bytes.Length;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _target.Dispose();
        }

        base.Dispose(disposing);
    }
}
