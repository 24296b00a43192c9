using System;
using MmapPS.Resources;

namespace MmapPS.Bytes.Values;

/// <summary>Guids: little-endian as in Windows, big-endian in the order of their digits (RFC 9562).</summary>
internal sealed class GuidFormat : ValueFormat
{
    private readonly bool _bigEndian;

    public GuidFormat(string name, bool bigEndian)
        : base(name, 16) => _bigEndian = bigEndian;

    /// <inheritdoc/>
    public override object Read(ReadOnlySpan<byte> bytes)
    {
        byte[] content = bytes.Slice(0, 16).ToArray();
        SwapFields(content);
        return new Guid(content);
    }

    /// <inheritdoc/>
    public override void Write(object? value, Span<byte> bytes, string subject)
    {
        Guid guid = value switch
        {
            Guid given => given,
            string text when Guid.TryParse(text, out Guid parsed) => parsed,
            _ => throw new OutOfRangeException(Messages.ValueNotOfType(subject, value, Name)),
        };
        byte[] content = guid.ToByteArray();
        SwapFields(content);
        content.CopyTo(bytes);
    }

    // The first three fields are numbers; only their byte order differs.
    private void SwapFields(byte[] content)
    {
        if (_bigEndian)
        {
            Array.Reverse(content, 0, 4);
            Array.Reverse(content, 4, 2);
            Array.Reverse(content, 6, 2);
        }
    }
}
