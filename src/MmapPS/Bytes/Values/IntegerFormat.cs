using System;
using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using MmapPS.Resources;

namespace MmapPS.Bytes.Values;

/// <summary>Whole numbers of 8 to 128 bits; for 128 bits see <see cref="RuntimeNumbers"/>.</summary>
internal sealed class IntegerFormat : ValueFormat
{
    private readonly bool _signed;
    private readonly bool _bigEndian;
    private readonly BigInteger _minimum;
    private readonly BigInteger _maximum;

    public IntegerFormat(string name, int size, bool signed, bool bigEndian)
        : base(name, size)
    {
        _signed = signed;
        _bigEndian = bigEndian;
        _minimum = signed ? -BigInteger.Pow(2, (8 * size) - 1) : BigInteger.Zero;
        _maximum = BigInteger.Pow(2, (8 * size) - (signed ? 1 : 0)) - 1;
    }

    /// <inheritdoc/>
    public override object Read(ReadOnlySpan<byte> bytes) => Size switch
    {
        1 when _signed => (sbyte)bytes[0],
        1 => bytes[0],
        2 when _signed => (short)ReadUInt16(bytes),
        2 => ReadUInt16(bytes),
        4 when _signed => (int)ReadUInt32(bytes),
        4 => ReadUInt32(bytes),
        8 when _signed => (long)ReadUInt64(bytes),
        8 => ReadUInt64(bytes),
        _ => RuntimeNumbers.MakeWide(
            ReadUInt64(bytes.Slice(_bigEndian ? 0 : 8)), ReadUInt64(bytes.Slice(_bigEndian ? 8 : 0)), _signed),
    };

    /// <inheritdoc/>
    public override void Write(object? value, Span<byte> bytes, string subject)
    {
        if (!WholeNumber.TryConvert(value, out BigInteger number))
        {
            throw new OutOfRangeException(Messages.ValueNotOfType(subject, value, Name));
        }

        if (number < _minimum || number > _maximum)
        {
            throw new OutOfRangeException(Messages.NumberOutside(
                subject,
                number.ToString(CultureInfo.InvariantCulture),
                Name,
                _minimum.ToString(CultureInfo.InvariantCulture),
                _maximum.ToString(CultureInfo.InvariantCulture)));
        }

        byte[] content = number.ToByteArray();
        bytes.Fill(number.Sign < 0 ? (byte)0xFF : (byte)0);

        // A positive number may have a zero byte for its sign.
        content.AsSpan(0, Math.Min(content.Length, bytes.Length)).CopyTo(bytes);
        if (_bigEndian)
        {
            bytes.Reverse();
        }
    }

    private ushort ReadUInt16(ReadOnlySpan<byte> bytes) =>
        _bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private uint ReadUInt32(ReadOnlySpan<byte> bytes) =>
        _bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    private ulong ReadUInt64(ReadOnlySpan<byte> bytes) =>
        _bigEndian ? BinaryPrimitives.ReadUInt64BigEndian(bytes) : BinaryPrimitives.ReadUInt64LittleEndian(bytes);
}
