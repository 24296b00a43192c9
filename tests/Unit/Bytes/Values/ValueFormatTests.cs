using System;
using System.IO;
using System.Linq;
using System.Numerics;
using CsCheck;
using MmapPS.Bytes.Values;
using Xunit;

namespace MmapPS.Unit.Bytes.Values;

public class ValueFormatTests
{
    private static readonly bool[] s_orders = [false, true];

    // Each type with an independent way to write it, little-endian.
    public static TheoryData<string, Func<byte[], (object, byte[])>> Types => new()
    {
        { "Int8", bytes => ((sbyte)bytes[0], bytes[..1]) },
        { "UInt8", bytes => (bytes[0], bytes[..1]) },
        { "Int16", bytes => (BitConverter.ToInt16(bytes), bytes[..2]) },
        { "UInt16", bytes => (BitConverter.ToUInt16(bytes), bytes[..2]) },
        { "Int32", bytes => (BitConverter.ToInt32(bytes), bytes[..4]) },
        { "UInt32", bytes => (BitConverter.ToUInt32(bytes), bytes[..4]) },
        { "Int64", bytes => (BitConverter.ToInt64(bytes), bytes[..8]) },
        { "UInt64", bytes => (BitConverter.ToUInt64(bytes), bytes[..8]) },
        { "Int128", bytes => (BitConverter.ToInt128(bytes), bytes[..16]) },
        { "UInt128", bytes => (BitConverter.ToUInt128(bytes), bytes[..16]) },
        { "Double", bytes => (BitConverter.ToDouble(bytes), bytes[..8]) },
        { "Char", bytes => (BitConverter.ToChar(bytes), bytes[..2]) },
        { "Byte[5]", bytes => (bytes[..5], bytes[..5]) },
    };

    [Theory]
    [MemberData(nameof(Types))]
    public void Values_are_those_of_the_runtime_in_both_orders(string type, Func<byte[], (object Value, byte[] Bytes)> oracle) =>
        Gen.OneOf(Gen.Byte.Array[16], Gen.OneOf<byte>(0, 0x80, 0x7F, 0xFF).Array[16]).Sample(bytes =>
        {
            (object value, byte[] expected) = oracle(bytes);
            foreach (bool bigEndian in s_orders)
            {
                ValueFormat format = ValueFormatParser.Parse(type, bigEndian);
                byte[] content = bigEndian && value is not byte[] ? expected.Reverse().ToArray() : expected;
                Assert.Equal(expected.Length, format.Size);
                object read = format.Read(content);
                Assert.IsType(value.GetType(), read);
                Assert.Equal(value, read);
                byte[] written = new byte[format.Size];
                format.Write(value, written, "x");
                if (value is not double.NaN)
                {
                    Assert.Equal(content, written);
                }
            }
        });

    [Fact]
    public void Every_half_is_read_and_written_exactly()
    {
        ValueFormat format = ValueFormatParser.Parse("Half", bigEndian: false);
        byte[] written = new byte[2];
        for (int bits = 0; bits <= ushort.MaxValue; bits++)
        {
            Half half = BitConverter.UInt16BitsToHalf((ushort)bits);
            Half value = (Half)format.Read(BitConverter.GetBytes((ushort)bits));
            Assert.Equal(half, value);
            Assert.Equal((float)half, HalfBits.ToSingle((ushort)bits));
            format.Write(value, written, "x");
            if (!Half.IsNaN(half))
            {
                Assert.Equal(bits, BitConverter.ToUInt16(written));
            }
        }
    }

    [Fact]
    public void Numbers_are_rounded_to_the_nearest_half() =>
        Gen.Double[-65519, 65519].Sample(value =>
        {
            byte[] written = new byte[2];
            ValueFormatParser.Parse("Half", bigEndian: false).Write(value, written, "x");
            Assert.Equal((Half)value, BitConverter.ToHalf(written));
        });

    [Fact]
    public void Singles_round_trip() =>
        Gen.Single.Sample(value =>
        {
            byte[] written = new byte[4];
            ValueFormat format = ValueFormatParser.Parse("SingleBE", bigEndian: false);
            format.Write(value, written, "x");
            Assert.Equal(BitConverter.GetBytes(value).Reverse(), written);
            Assert.Equal(value, format.Read(written));
        });

    [Fact]
    public void Decimals_are_as_BinaryWriter_writes_them() =>
        Gen.Decimal.Sample(value =>
        {
            using var stream = new MemoryStream();
            using var writer = new BinaryWriter(stream);
            writer.Write(value);
            byte[] written = new byte[16];
            ValueFormatParser.Parse("Decimal", bigEndian: false).Write(value, written, "x");
            Assert.Equal(stream.ToArray(), written);
            Assert.Equal(value, ValueFormatParser.Parse("Decimal", bigEndian: true).Read(written.Reverse().ToArray()));
        });

    [Fact]
    public void Bytes_that_are_no_decimal_are_an_error() =>
        Assert.Throws<OutOfRangeException>(
            () => ValueFormatParser.Parse("Decimal", bigEndian: false).Read(Enumerable.Repeat((byte)0xFF, 16).ToArray()));

    [Fact]
    public void Guids_are_as_the_runtime_writes_them() =>
        Gen.Guid.Sample(value =>
        {
            foreach (bool bigEndian in s_orders)
            {
                byte[] written = new byte[16];
                ValueFormat format = ValueFormatParser.Parse("Guid", bigEndian);
                format.Write(value.ToString(), written, "x");
                Assert.Equal(value.ToByteArray(bigEndian), written);
                Assert.Equal(value, format.Read(written));
            }
        });

    [Theory]
    [InlineData("Utf8[8]", "né", "6e c3 a9 00 00 00 00 00")]
    [InlineData("Utf8Z[4]", "né", "6e c3 a9 00")]
    [InlineData("ascii[2]", "ab", "61 62")]
    [InlineData("AsciiZ[2]", "ab", "61 62")]
    [InlineData("Latin1[2]", "é", "e9 00")]
    [InlineData("Utf16[4]", "a", "61 00 00 00")]
    [InlineData("Utf16BE[4]", "a", "00 61 00 00")]
    [InlineData("UTF16beZ[4]", "a", "00 61 00 00")]
    [InlineData("Utf32LE[4]", "a", "61 00 00 00")]
    [InlineData("Unicode[2]", "a", "61 00")]
    public void Text_fills_its_field_with_zeros(string type, string text, string hex)
    {
        ValueFormat format = ValueFormatParser.Parse(type, bigEndian: false);
        byte[] written = Enumerable.Repeat((byte)0xEE, format.Size).ToArray();
        format.Write(text, written, "x");
        Assert.Equal(hex, BitConverter.ToString(written).Replace('-', ' ').ToLowerInvariant());
        Assert.Equal(text, format.Read(written));
    }

    [Fact]
    public void What_follows_a_zero_belongs_to_fixed_text_only()
    {
        byte[] bytes = [.. "ab\0cd\0\0"u8];
        Assert.Equal("ab\0cd", ValueFormatParser.Parse("Utf8[7]", bigEndian: false).Read(bytes));
        Assert.Equal("ab", ValueFormatParser.Parse("Utf8Z[7]", bigEndian: false).Read(bytes));
    }

    public static TheoryData<string, object?> Misfits => new()
    {
        { "UInt8", 256 },
        { "UInt8", -1 },
        { "Int8", 128 },
        { "Int16", 40000 },
        { "UInt64", -1L },
        { "Int64", ulong.MaxValue },
        { "UInt128", BigInteger.Pow(2, 128) },
        { "Int128", BigInteger.Pow(2, 127) },
        { "Int32", 1.5 },
        { "Int32", "x" },
        { "Int32", null },
        { "Int32", double.NaN },
        { "Half", 65520.0 },
        { "Single", double.MaxValue },
        { "Single", "x" },
        { "Decimal", double.MaxValue },
        { "Decimal", "x" },
        { "Guid", "x" },
        { "Boolean", 2 },
        { "Char", "ab" },
        { "Ascii[4]", "é" },
        { "Utf8Z[4]", "a\0b" },
        { "Utf8[4]", 5 },
        { "Utf8[4]", "\uD800" },
    };

    [Theory]
    [MemberData(nameof(Misfits))]
    public void A_value_that_does_not_fit_is_refused_by_name(string type, object? value)
    {
        ValueFormat format = ValueFormatParser.Parse(type, bigEndian: false);
        OutOfRangeException error = Assert.Throws<OutOfRangeException>(() => format.Write(value, new byte[format.Size], "Field 'Size'"));
        Assert.StartsWith("Field 'Size': ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Byte", 7)]
    [InlineData("Int64", "-7")]
    [InlineData("UInt16", 7.0)]
    [InlineData("Int32", 'a')]
    [InlineData("Boolean", true)]
    [InlineData("Boolean", 0)]
    [InlineData("Single", 7)]
    [InlineData("Double", "7.5")]
    [InlineData("Int32", DayOfWeek.Friday)]
    public void Values_of_other_types_are_taken_where_nothing_is_lost(string type, object value)
    {
        ValueFormat format = ValueFormatParser.Parse(type, bigEndian: false);
        byte[] bytes = new byte[format.Size];
        format.Write(value, bytes, "x");
        double expected = value switch
        {
            string text => double.Parse(text),
            char character => character,
            _ => Convert.ToDouble(value),
        };
        Assert.Equal(expected, Convert.ToDouble(format.Read(bytes)));
    }

    [Theory]
    [InlineData("Int7", MappingError.NotSupported)]
    [InlineData("", MappingError.NotSupported)]
    [InlineData("BE", MappingError.NotSupported)]
    [InlineData("UInt32[0]", MappingError.OutOfRange)]
    [InlineData("UInt32[536870912]", MappingError.OutOfRange)]
    [InlineData("UInt32[2][2]", MappingError.OutOfRange)]
    [InlineData("Utf7[4]", MappingError.NotSupported)]
    [InlineData("Utf8", MappingError.OutOfRange)]
    [InlineData("Utf8[0]", MappingError.OutOfRange)]
    [InlineData("Utf8[-1]", MappingError.OutOfRange)]
    [InlineData("Utf8[", MappingError.OutOfRange)]
    [InlineData("Utf8[99999999999]", MappingError.OutOfRange)]
    public void Unknown_types_are_refused(string type, MappingError error) =>
        Assert.Equal(error, Assert.ThrowsAny<MappingException>(() => ValueFormatParser.Parse(type, bigEndian: false)).Error);

    [Fact]
    public void Every_name_that_is_offered_is_a_type() =>
        Assert.All(ValueFormatParser.Names, name => Assert.Equal(name, ValueFormatParser.Parse(name, bigEndian: true).Name));

    [Fact]
    public void An_array_is_its_values_one_after_the_other() =>
        Gen.UShort.Array[4].Sample(values =>
        {
            foreach (bool bigEndian in s_orders)
            {
                ValueFormat format = ValueFormatParser.Parse(bigEndian ? "UInt16BE[4]" : "ushort [4]", bigEndian: false);
                byte[] written = new byte[format.Size];
                format.Write(values.Select(value => (object)(int)value).ToList(), written, "x");
                Assert.Equal(values.SelectMany(value => Ordered(BitConverter.GetBytes(value), bigEndian)), written);
                Assert.Equal(values, Assert.IsType<ushort[]>(format.Read(written)));
            }
        });

    [Theory]
    [InlineData("UInt16[2]", new[] { 1, 2, 3 }, MappingError.LengthMismatch)]
    [InlineData("UInt16[2]", new[] { 1, 70000 }, MappingError.OutOfRange)]
    [InlineData("UInt16[2]", 5, MappingError.OutOfRange)]
    [InlineData("UInt16[2]", null, MappingError.OutOfRange)]
    public void An_array_of_other_values_is_refused(string type, object? value, MappingError error) =>
        Assert.Equal(
            error,
            Assert.ThrowsAny<MappingException>(
                () => ValueFormatParser.Parse(type, bigEndian: false).Write(value, new byte[4], "x")).Error);

    private static byte[] Ordered(byte[] bytes, bool bigEndian) => bigEndian ? bytes.Reverse().ToArray() : bytes;

    [Fact]
    public void A_block_of_another_length_is_a_mismatch() =>
        Assert.Equal(
            MappingError.LengthMismatch,
            Assert.ThrowsAny<MappingException>(
                () => ValueFormatParser.Parse("Byte[3]", bigEndian: false).Write(new byte[2], new byte[3], "x")).Error);

    [Fact]
    public void A_text_that_is_too_long_is_a_mismatch() =>
        Assert.Equal(
            MappingError.LengthMismatch,
            Assert.ThrowsAny<MappingException>(
                () => ValueFormatParser.Parse("Utf8[4]", bigEndian: false).Write("hello", new byte[4], "x")).Error);
}
