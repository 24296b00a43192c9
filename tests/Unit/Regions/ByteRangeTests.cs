using System.Numerics;
using CsCheck;
using MmapPS.Ranges;
using Xunit;

namespace MmapPS.Unit.Regions;

public class ByteRangeTests
{
    // Numbers near the limits where arithmetic overflows, and ordinary ones.
    private static readonly Gen<long> Numbers = Gen.OneOf(
        Gen.Long[-3, 40], Gen.Long[long.MaxValue - 40, long.MaxValue], Gen.Long[long.MinValue, long.MinValue + 3], Gen.Long);

    [Fact]
    public void A_range_is_allowed_exactly_when_it_lies_within() =>
        Gen.Select(Numbers.Where(total => total >= 0), Numbers, Numbers).Sample((total, offset, length) =>
        {
            bool within = offset >= 0 && length >= 0 && (BigInteger)offset + length <= total;
            if (within)
            {
                ByteRange range = ByteRange.Within(total, offset, length, "x");
                Assert.Equal((offset, length), (range.Offset, range.Length));
            }
            else
            {
                OutOfRangeException error = Assert.Throws<OutOfRangeException>(() => ByteRange.Within(total, offset, length, "x"));
                Assert.Contains($"Offset {offset} with length {length}", error.Message);
                Assert.Contains(total == 1 ? "1 byte." : $"{total} bytes.", error.Message);
            }
        });

    [Fact]
    public void A_length_left_out_is_all_that_follows() =>
        Gen.Select(Numbers.Where(total => total >= 0), Numbers).Sample((total, offset) =>
        {
            if (offset >= 0 && offset <= total)
            {
                Assert.Equal(total - offset, ByteRange.Within(total, offset, null, "x").Length);
            }
            else
            {
                Assert.Throws<OutOfRangeException>(() => ByteRange.Within(total, offset, null, "x"));
            }
        });

    [Fact]
    public void A_negative_index_counts_from_the_end() =>
        Gen.Select(Gen.Long[0, 20], Gen.Long[-25, 25]).Sample((total, index) =>
        {
            long expected = index < 0 ? total + index : index;
            if (expected >= 0 && expected < total)
            {
                Assert.Equal(expected, ByteRange.Index(total, index, "x"));
            }
            else
            {
                Assert.Throws<OutOfRangeException>(() => ByteRange.Index(total, index, "x"));
            }
        });

    [Fact]
    public void The_least_index_of_all_does_not_wrap() =>
        Assert.Throws<OutOfRangeException>(() => ByteRange.Index(long.MaxValue, long.MinValue, "x"));
}
