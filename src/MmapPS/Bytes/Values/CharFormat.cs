using System;
using System.Buffers.Binary;
using MmapPS.Resources;

namespace MmapPS.Bytes.Values;

/// <summary>A UTF-16 character: two bytes.</summary>
internal sealed class CharFormat : ValueFormat
{
    private readonly bool _bigEndian;

    public CharFormat(string name, bool bigEndian)
        : base(name, 2) => _bigEndian = bigEndian;

    /// <inheritdoc/>
    public override object Read(ReadOnlySpan<byte> bytes) =>
        (char)(_bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes));

    /// <inheritdoc/>
    public override void Write(object? value, Span<byte> bytes, string subject)
    {
        char character = value switch
        {
            char given => given,
            string { Length: 1 } text => text[0],
            _ => throw new OutOfRangeException(Messages.ValueNotOfType(subject, value, Name)),
        };
        bytes[_bigEndian ? 1 : 0] = (byte)character;
        bytes[_bigEndian ? 0 : 1] = (byte)(character >> 8);
    }
}
