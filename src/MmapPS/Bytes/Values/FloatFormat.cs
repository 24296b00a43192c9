using System;
using System.Buffers.Binary;
using System.Globalization;
using System.Linq;
using System.Runtime.CompilerServices;
using MmapPS.Resources;

namespace MmapPS.Bytes.Values;

/// <summary>
/// Binary floating-point numbers of 16, 32 and 64 bits; for 16 bits see <see cref="RuntimeNumbers"/>. Values are
/// rounded to the nearest.
/// </summary>
internal sealed class FloatFormat : ValueFormat
{
    private readonly bool _bigEndian;

    public FloatFormat(string name, int size, bool bigEndian)
        : base(name, size) => _bigEndian = bigEndian;

    /// <inheritdoc/>
    public override object Read(ReadOnlySpan<byte> bytes)
    {
        switch (Size)
        {
            case 2:
                return RuntimeNumbers.MakeHalf(
                    _bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes));
            case 4:
                int bits = _bigEndian ? BinaryPrimitives.ReadInt32BigEndian(bytes) : BinaryPrimitives.ReadInt32LittleEndian(bytes);
                return Unsafe.As<int, float>(ref bits);
            default:
                return BitConverter.Int64BitsToDouble(
                    _bigEndian ? BinaryPrimitives.ReadInt64BigEndian(bytes) : BinaryPrimitives.ReadInt64LittleEndian(bytes));
        }
    }

    /// <inheritdoc/>
    public override void Write(object? value, Span<byte> bytes, string subject)
    {
        long bits = ToBits(value, subject);
        for (int i = 0; i < Size; i++)
        {
            bytes[_bigEndian ? Size - 1 - i : i] = (byte)(bits >> (8 * i));
        }
    }

    private string Maximum => Size switch
    {
        2 => "65504",
        4 => "3.4028235E+38",
        _ => "1.7976931348623157E+308",
    };

    private long ToBits(object? value, string subject)
    {
        // A value of the same type keeps all its bits: a NaN would change on the way to another type and back.
        if (Size == 2 && RuntimeNumbers.TryGetHalf(value, out ushort half))
        {
            return half;
        }

        if (Size == 4 && value is float single)
        {
            return Unsafe.As<float, int>(ref single);
        }

        if (TryGetReal(value, out double real))
        {
            return Finite(FromDouble(real), double.IsInfinity(real), real.ToString("R", CultureInfo.InvariantCulture), subject);
        }

        return ExactNumber.TryConvert(RuntimeNumbers.Widen(value), out ExactNumber exact)
            ? Finite(Round(exact), mayBeInfinite: false, Convert.ToString(value, CultureInfo.InvariantCulture)!, subject)
            : throw new OutOfRangeException(Messages.ValueNotOfType(subject, value, Name));
    }

    // Numbers that a double holds exactly, and texts that are not digits: NaN and Infinity.
    private static bool TryGetReal(object? value, out double real)
    {
        switch (RuntimeNumbers.Widen(value))
        {
            case (float or double) and var number:
                real = Convert.ToDouble(number, CultureInfo.InvariantCulture);
                return true;
            case string text when !text.Any(char.IsDigit):
                return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out real);
            default:
                real = 0;
                return false;
        }
    }

    private long FromDouble(double real)
    {
        float single = (float)real;
        return Size switch
        {
            2 => HalfBits.FromDouble(real),
            4 => Unsafe.As<float, int>(ref single),
            _ => BitConverter.DoubleToInt64Bits(real),
        };
    }

    private long Round(ExactNumber number) => Size switch
    {
        2 => number.Round(fractionBits: 10, exponentBits: 5),
        4 => number.Round(fractionBits: 23, exponentBits: 8),
        _ => number.Round(fractionBits: 52, exponentBits: 11),
    };

    private long Finite(long bits, bool mayBeInfinite, string number, string subject)
    {
        bool isInfinite = Size switch
        {
            2 => HalfBits.IsInfinity((ushort)bits),
            4 => (bits & int.MaxValue) == 0x7F800000,
            _ => (bits & long.MaxValue) == 0x7FF0000000000000,
        };
        return mayBeInfinite || !isInfinite
            ? bits
            : throw new OutOfRangeException(Messages.NumberOutside(subject, number, Name, "-" + Maximum, Maximum));
    }
}
