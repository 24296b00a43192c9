using System;
using System.Text;
using MmapPS.Bytes.Patterns;
using MmapPS.Resources;

namespace MmapPS.Bytes.Values;

/// <summary>A block of bytes.</summary>
internal sealed class BytesFormat : ValueFormat
{
    public BytesFormat(string name, int size)
        : base(name, size)
    {
    }

    /// <inheritdoc/>
    public override object Read(ReadOnlySpan<byte> bytes) => bytes.Slice(0, Size).ToArray();

    /// <inheritdoc/>
    public override void Write(object? value, Span<byte> bytes, string subject)
    {
        byte[] content = ByteValue.ToBytes(value, Encoding.UTF8);
        if (content.Length != Size)
        {
            throw new MappingException(MappingError.LengthMismatch, Messages.BlockLength(subject, content.Length, Name));
        }

        content.CopyTo(bytes);
    }
}
