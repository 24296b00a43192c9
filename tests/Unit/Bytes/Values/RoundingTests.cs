using System;
using System.Collections.Generic;
using System.Globalization;
using System.Numerics;
using CsCheck;
using MmapPS.Bytes.Values;
using Xunit;

namespace MmapPS.Unit.Bytes.Values;

/// <summary>A value is written as the nearest floating-point number, ties to even.</summary>
public class RoundingTests
{
    // Each type with the number of bits of its fraction and its exponent.
    public static TheoryData<string, int, int> Types => new() { { "Half", 10, 5 }, { "Single", 23, 8 }, { "Double", 52, 11 } };

    [Theory]
    [MemberData(nameof(Types))]
    public void Whole_numbers_of_every_type(string type, int fractionBits, int exponentBits) =>
        Gen.Select(Gen.ULong, Gen.ULong, Gen.Int[0, 127], Gen.Int[-2, 2], Gen.Bool).Sample((upper, lower, shift, near, isNegative) =>
        {
            // Numbers of every magnitude, and those around a power of two and its halves.
            foreach (BigInteger magnitude in new[] { new UInt128(upper, lower) >> shift, (BigInteger.One << shift) + near, Tie(lower, shift) + near })
            {
                BigInteger number = isNegative ? -magnitude : magnitude;
                foreach (object value in Dressed(number))
                {
                    Check(type, value, number, BigInteger.One, fractionBits, exponentBits);
                }
            }

            // Half a unit of the last place, in each of the three types.
            BigInteger Tie(ulong digits, int places) =>
                (((digits & ((1UL << fractionBits) - 1)) + (1UL << fractionBits)) * 2 + 1) * (BigInteger.One << (places % 40));
        });

    [Theory]
    [MemberData(nameof(Types))]
    public void Decimals(string type, int fractionBits, int exponentBits) =>
        Gen.Select(Gen.Int, Gen.Int, Gen.Int, Gen.Bool, Gen.Byte[0, 28]).Sample((low, middle, high, isNegative, scale) =>
        {
            foreach ((int mid, int top) in new[] { (0, 0), (middle, 0), (middle, high) })
            {
                var value = new decimal(low, mid, top, isNegative, scale);
                BigInteger digits = new BigInteger(new decimal(low, mid, top, isNegative, 0));
                Check(type, value, digits, BigInteger.Pow(10, scale), fractionBits, exponentBits);
            }
        });

    [Theory]
    [InlineData("Half", 10, 5, -12, 6)]
    [InlineData("Single", 23, 8, -60, 45)]
    [InlineData("Double", 52, 11, -420, 330)]
    public void Text_in_digits(string type, int fractionBits, int exponentBits, int least, int most) =>
        Gen.Select(Gen.String[Gen.Char['0', '9'], 1, 40], Gen.Int[0, 40], Gen.Int[least, most], Gen.Bool).Sample((digits, point, power, isNegative) =>
        {
            point = Math.Min(point, digits.Length);
            string text = (isNegative ? "-" : string.Empty) + digits[..point] + "." + digits[point..] + "e" + power.ToString(CultureInfo.InvariantCulture);
            BigInteger number = BigInteger.Parse(digits, CultureInfo.InvariantCulture) * (isNegative ? -1 : 1);
            int places = power - (digits.Length - point);
            Check(
                type,
                text,
                number * BigInteger.Pow(10, Math.Max(places, 0)),
                BigInteger.Pow(10, Math.Max(-places, 0)),
                fractionBits,
                exponentBits);
        });

    [Theory]
    [InlineData("1e-999999999999", 0)]
    [InlineData("-0", long.MinValue)]
    [InlineData(" 1. ", 0x3FF0000000000000)]
    [InlineData(".5", 0x3FE0000000000000)]
    [InlineData("0e999999999999", 0)]
    [InlineData("4.9406564584124654E-324", 1)]
    [InlineData("2.4703282292062327208e-324", 0)]
    [InlineData("2.4703282292062328e-324", 1)]
    [InlineData("1.7976931348623158079e308", 0x7FEFFFFFFFFFFFFF)]
    [InlineData("-Infinity", -0x10000000000000)]
    public void Text_at_the_edges(string text, long expected)
    {
        byte[] written = new byte[8];
        ValueFormatParser.Parse("Double", bigEndian: false).Write(text, written, "x");
        Assert.Equal(expected, BitConverter.ToInt64(written));
    }

    [Theory]
    [InlineData("1e999999999999")]
    [InlineData("1.7976931348623159e308")]
    [InlineData("0x10")]
    [InlineData("1e")]
    [InlineData(".")]
    [InlineData("")]
    [InlineData("1,5")]
    [InlineData("٣")]
    public void Text_that_is_no_number_or_too_large(string text) =>
        Assert.Throws<OutOfRangeException>(() => ValueFormatParser.Parse("Double", bigEndian: false).Write(text, new byte[8], "x"));

    [Theory]
    [InlineData(9007199254740991.0, "9007199254740991")]
    [InlineData(1152921504606846976.0, "1152921504606846976")]
    [InlineData(0.1, "0.1")]
    [InlineData(0.30000000000000004, "0.30000000000000004")]
    [InlineData(16777217.5f, "16777218")]
    [InlineData(0.1f, "0.1")]
    public void Decimals_keep_the_digits_of_a_floating_point_number(object value, string expected)
    {
        byte[] written = new byte[16];
        ValueFormat format = ValueFormatParser.Parse("Decimal", bigEndian: false);
        format.Write(value, written, "x");
        Assert.Equal(decimal.Parse(expected, CultureInfo.InvariantCulture), format.Read(written));
    }

    // The number in each type that can hold it.
    private static IEnumerable<object> Dressed(BigInteger number)
    {
        yield return number;
        yield return number.ToString(CultureInfo.InvariantCulture);
        if (number >= long.MinValue && number <= long.MaxValue)
        {
            yield return (long)number;
        }

        if (number >= 0 && number <= ulong.MaxValue)
        {
            yield return (ulong)number;
        }

        if (number >= (BigInteger)Int128.MinValue && number <= (BigInteger)Int128.MaxValue)
        {
            yield return (Int128)number;
        }

        if (BigInteger.Abs(number) <= new BigInteger(decimal.MaxValue))
        {
            yield return (decimal)number;
        }
    }

    private static void Check(string type, object value, BigInteger numerator, BigInteger denominator, int fractionBits, int exponentBits)
    {
        ValueFormat format = ValueFormatParser.Parse(type, bigEndian: false);
        byte[] written = new byte[format.Size];
        bool isRefused = Record.Exception(() => format.Write(value, written, "x")) is OutOfRangeException;
        long infinity = ((1L << exponentBits) - 1) << fractionBits;
        long bits = isRefused ? infinity : (long)(new BigInteger(written, isUnsigned: true) & ((BigInteger.One << (fractionBits + exponentBits)) - 1));
        Assert.True(isRefused || bits < infinity, $"{value}: {bits:x}");
        Assert.True(isRefused || numerator.IsZero || (written[^1] & 0x80) != 0 == numerator.Sign < 0, $"{value}: sign");

        // The number lies between the middles to both neighbours, or on one of them and the bits are even. Everything is in the
        // smallest unit of the type, doubled.
        BigInteger scaled = (BigInteger.Abs(numerator) * 2) << ((1 << (exponentBits - 1)) - 2 + fractionBits);
        BigInteger below = bits == 0 ? -1 : Units(bits) + Units(bits - 1);
        BigInteger above = Units(bits) + Units(bits + 1);
        bool isEven = bits % 2 == 0;
        Assert.True(isEven ? scaled >= below * denominator : scaled > below * denominator, $"{value}: {bits:x} is too large");
        Assert.True(
            isRefused || (isEven ? scaled <= above * denominator : scaled < above * denominator), $"{value}: {bits:x} is too small");

        // The number of some bits, in the smallest unit of the type; the next one after the largest is where infinity begins.
        BigInteger Units(long number)
        {
            long exponent = number >> fractionBits;
            long fraction = number & ((1L << fractionBits) - 1);
            return exponent == 0 ? fraction : (BigInteger)(fraction + (1L << fractionBits)) << (int)(exponent - 1);
        }
    }
}
