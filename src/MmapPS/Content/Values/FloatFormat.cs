using System;
using System.Buffers.Binary;
using System.Globalization;
using System.Linq;
using System.Numerics;
using System.Runtime.CompilerServices;
using MmapPS.Resources;

namespace MmapPS.Content.Values;

/// <summary>
/// Binary floating-point numbers of 16, 32 and 64 bits; for those of 16 see <see cref="RuntimeNumbers"/>. What is written is
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
        double number = ToDouble(value, subject);
        bool infinite = double.IsInfinity(number);
        long bits;

        // What has the type already keeps all its bits: to another and back, those of a NaN change.
        switch (Size)
        {
            case 2:
                if (!RuntimeNumbers.TryGetHalf(value, out ushort half))
                {
                    half = HalfBits.FromDouble(number);
                    DemandFinite(infinite || !HalfBits.IsInfinity(half), number, subject);
                }

                bits = half;
                break;
            case 4:
                float single = value is float given ? given : (float)number;
                DemandFinite(infinite || !float.IsInfinity(single), number, subject);
                bits = Unsafe.As<float, int>(ref single);
                break;
            default:
                bits = BitConverter.DoubleToInt64Bits(number);
                break;
        }

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

    private void DemandFinite(bool finite, object number, string subject)
    {
        if (!finite)
        {
            string text = number is double value
                ? value.ToString("R", CultureInfo.InvariantCulture)
                : Convert.ToString(number, CultureInfo.InvariantCulture)!;
            throw new OutOfRangeException(Messages.NumberOutside(subject, text, Name, "-" + Maximum, Maximum));
        }
    }

    private double ToDouble(object? value, string subject)
    {
        switch (RuntimeNumbers.Widen(value))
        {
            case (float or double or decimal) and var number:
                return Convert.ToDouble(number, CultureInfo.InvariantCulture);
            case string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double parsed):
                // .NET takes a number that is too large for infinity.
                DemandFinite(!double.IsInfinity(parsed) || !text.Any(char.IsDigit), text, subject);
                return parsed;
            default:
                if (!WholeNumber.TryConvert(value, out BigInteger whole))
                {
                    throw new OutOfRangeException(Messages.ValueNotOfType(subject, value, Name));
                }

                double nearest = (double)whole;
                DemandFinite(!double.IsInfinity(nearest), whole, subject);
                return nearest;
        }
    }
}
