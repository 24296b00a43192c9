using System;
using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using MmapPS.Bytes.Patterns;
using MmapPS.Resources;

namespace MmapPS.Bytes.Values;

/// <summary>Decimal numbers of .NET: 16 bytes in the format of BinaryWriter, or reversed.</summary>
internal sealed class DecimalFormat : ValueFormat
{
    private readonly bool _bigEndian;

    public DecimalFormat(string name, bool bigEndian)
        : base(name, 16) => _bigEndian = bigEndian;

    /// <inheritdoc/>
    public override object Read(ReadOnlySpan<byte> bytes)
    {
        Span<byte> content = stackalloc byte[16];
        bytes.CopyTo(content);
        if (_bigEndian)
        {
            content.Reverse();
        }

        int[] bits = new int[4];
        for (int i = 0; i < bits.Length; i++)
        {
            bits[i] = BinaryPrimitives.ReadInt32LittleEndian(content.Slice(4 * i));
        }

        try
        {
            return new decimal(bits);
        }
        catch (ArgumentException)
        {
            throw new OutOfRangeException(Messages.BytesNotOfType(HexText.Format(bytes), Name));
        }
    }

    /// <inheritdoc/>
    public override void Write(object? value, Span<byte> bytes, string subject)
    {
        int[] bits = decimal.GetBits(ToDecimal(value, subject));
        for (int i = 0; i < bits.Length; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.Slice(4 * i), bits[i]);
        }

        if (_bigEndian)
        {
            bytes.Reverse();
        }
    }

    private static decimal Parse(string text) => decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    private decimal ToDecimal(object? value, string subject)
    {
        try
        {
            switch (RuntimeNumbers.Widen(value))
            {
                case decimal number:
                    return number;

                // Convert.ToDecimal keeps only 7 digits of a float and 15 of a double.
                case (float or double) and IFormattable number when !WholeNumber.TryConvert(number, out _):
                    return Parse(number.ToString("R", CultureInfo.InvariantCulture));
                case string text:
                    return Parse(text);
                default:
                    return WholeNumber.TryConvert(value, out BigInteger whole)
                        ? (decimal)whole
                        : throw new OutOfRangeException(Messages.ValueNotOfType(subject, value, Name));
            }
        }
        catch (Exception exception) when (exception is OverflowException or FormatException)
        {
            throw new OutOfRangeException(Messages.ValueNotOfType(subject, value, Name));
        }
    }
}
