using System;
using System.Numerics;
using MmapPS.Resources;

namespace MmapPS.Bytes.Values;

/// <summary>A byte that is false if it is 0.</summary>
internal sealed class BooleanFormat : ValueFormat
{
    public BooleanFormat(string name)
        : base(name, 1)
    {
    }

    /// <inheritdoc/>
    public override object Read(ReadOnlySpan<byte> bytes) => bytes[0] != 0;

    /// <inheritdoc/>
    public override void Write(object? value, Span<byte> bytes, string subject)
    {
        if (!WholeNumber.TryConvert(value, out BigInteger number) || (number != 0 && number != 1))
        {
            throw new OutOfRangeException(Messages.ValueNotOfType(subject, value, Name));
        }

        bytes[0] = (byte)number;
    }
}
