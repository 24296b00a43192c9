using System;
using System.Globalization;
using System.Numerics;
using CsCheck;
using MmapPS.Bytes.Patterns;
using MmapPS.Resources;
using Xunit;

namespace MmapPS.Unit.Bytes;

public class ByteSizeTests
{
    [Theory]
    [InlineData("4096", 4096)]
    [InlineData("-1", -1)]
    [InlineData(" +7 ", 7)]
    [InlineData("4KiB", 4096)]
    [InlineData("4 KB", 4096)]
    [InlineData("4kb", 4096)]
    [InlineData("12 B", 12)]
    [InlineData("1.5 MiB", 1572864)]
    [InlineData(".5GB", 536870912)]
    [InlineData("1.2 MiB (1234567 bytes)", 1234567)]
    [InlineData("7 EiB", 7L << 60)]
    [InlineData("0x1000", 4096)]
    [InlineData("0xFFFFFFFF", 4294967295)]
    [InlineData("1e6", 1000000)]
    [InlineData("2.0", 2)]
    [InlineData(2.0, 2)]
    [InlineData(1e15, 1000000000000000)]
    [InlineData('a', 97)]
    [InlineData(DayOfWeek.Friday, 5)]
    public void Whole_numbers_and_sizes_are_read(object value, long expected)
    {
        Assert.True(ByteSize.TryRead(value, out long number));
        Assert.Equal(expected, number);
    }

    [Theory]
    [InlineData("1.5")]
    [InlineData("1.2 MiB")]
    [InlineData("0.3 B")]
    [InlineData("1e-500")]
    [InlineData("8 EiB")]
    [InlineData("9223372036854775808")]
    [InlineData("0x8000000000000000")]
    [InlineData("0x")]
    [InlineData("4 XB")]
    [InlineData("KB")]
    [InlineData("4K")]
    [InlineData("1,000")]
    [InlineData("")]
    [InlineData("x")]
    [InlineData(1.5)]
    [InlineData(-0.4f)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(9.3e18)]
    [InlineData(ulong.MaxValue)]
    [InlineData(null)]
    public void Fractions_and_all_else_are_refused(object? value) => Assert.False(ByteSize.TryRead(value, out _));

    [Fact]
    public void Every_size_that_a_list_shows_is_read_again() =>
        Gen.Long.Sample(bytes => ByteSize.TryRead(Messages.SizeInFull(bytes), out long number) && number == bytes);

    [Fact]
    public void Numbers_of_every_type_are_whole_or_refused() =>
        Gen.Select(Gen.Long[-1000, 1000], Gen.Int[0, 3]).Sample((quarters, scale) =>
        {
            decimal exact = quarters / (decimal)Math.Pow(4, scale);
            bool isWhole = decimal.Truncate(exact) == exact;
            foreach (object value in new object[] { exact, (double)exact, (float)exact, exact.ToString(CultureInfo.InvariantCulture) })
            {
                Assert.Equal(isWhole, ByteSize.TryRead(value, out long number));
                Assert.Equal(isWhole ? (long)exact : 0, number);
            }

            Assert.True(ByteSize.TryRead((BigInteger)quarters, out long whole));
            Assert.Equal(quarters, whole);
        });
}
