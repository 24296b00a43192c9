using System;
using System.Collections.Generic;
using System.Text;
using CsCheck;
using MmapPS.Bytes.Patterns;
using Xunit;

namespace MmapPS.Unit.Bytes;

public class ByteValueTests
{
    [Fact]
    public void Whole_numbers_of_every_type_are_bytes_from_0_to_255() =>
        Gen.Int[-300, 600].Sample(number =>
        {
            foreach (object value in new object[] { number, (long)number, (short)number })
            {
                if (number is >= 0 and <= 255)
                {
                    Assert.Equal([(byte)number], ByteValue.ToBytes(value, Encoding.UTF8));
                }
                else
                {
                    Assert.Contains(
                        number.ToString(),
                        Assert.Throws<OutOfRangeException>(() => ByteValue.ToBytes(value, Encoding.UTF8)).Message);
                }
            }
        });

    [Fact]
    public void Lists_are_the_bytes_of_their_items_in_order() =>
        Assert.Equal(
            [1, 2, 3, 0xC3, 0xA9, (byte)'x', 255],
            ByteValue.ToBytes(new List<object> { 1, new byte[] { 2, 3 }, "é", 'x', 255UL }, Encoding.UTF8));

    [Fact]
    public void Text_is_what_the_encoding_says_without_a_byte_order_mark() =>
        Assert.Equal(Convert.FromHexString("610062"), ByteValue.ToBytes("ab", Encoding.Unicode).AsSpan(0, 3).ToArray());

    [Theory]
    [InlineData(1.5)]
    [InlineData(null)]
    [InlineData(true)]
    public void Other_values_are_refused_by_their_type(object? value) =>
        Assert.Throws<OutOfRangeException>(() => ByteValue.ToBytes(value, Encoding.UTF8));

    [Fact]
    public void The_quick_question_agrees_with_the_full_answer() =>
        Gen.Int[-300, 600].Sample(number => ByteValue.IsByte(number, out byte result)
            ? number == result
            : number is < 0 or > 255);
}
