using System;
using System.Buffers.Binary;
using System.Globalization;
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
                    DemandFinite(infinite || !HalfBits.IsInfinity(half), number, subject, "65504");
                }

                bits = half;
                break;
            case 4:
                float single = value is float given ? given : (float)number;
                DemandFinite(infinite || !float.IsInfinity(single), number, subject, "3.4028235E+38");
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

    private void DemandFinite(bool finite, double number, string subject, string maximum)
    {
        if (!finite)
        {
            throw new OutOfRangeException(Messages.NumberOutside(
                subject, number.ToString("R", CultureInfo.InvariantCulture), Name, "-" + maximum, maximum));
        }
    }

    private double ToDouble(object? value, string subject)
    {
        switch (RuntimeNumbers.Widen(value))
        {
            case (float or double or decimal) and var number:
                return Convert.ToDouble(number, CultureInfo.InvariantCulture);
            case string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double parsed):
                return parsed;
            default:
                return WholeNumber.TryConvert(value, out BigInteger whole)
                    ? (double)whole
                    : throw new OutOfRangeException(Messages.ValueNotOfType(subject, value, Name));
        }
    }
}
