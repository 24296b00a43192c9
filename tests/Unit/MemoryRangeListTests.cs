using System;
using System.Linq;
using CsCheck;
using Xunit;

namespace MmapPS.Unit;

public sealed class MemoryRangeListTests
{
    private static readonly Gen<MemoryRange> AnyRange =
        Gen.Select(Gen.Long[0, long.MaxValue], Gen.Long[0, long.MaxValue])
            .Select((offset, length) => new MemoryRange(offset, Math.Min(length, long.MaxValue - offset)));

    [Fact]
    public void Text_of_any_list_is_read_back_as_the_same_list() =>
        AnyRange.List[0, 20].Sample(ranges => Assert.Equal(ranges, MemoryRangeList.Parse(new MemoryRangeList(ranges).ToString())));

    [Fact]
    public void Text_that_is_no_list_is_refused_as_such() =>
        Gen.String[Gen.Char["0123456789+, -x"], 0, 12].Sample(text =>
        {
            try
            {
                MemoryRangeList list = MemoryRangeList.Parse(text);
                Assert.Equal(text.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries).Length, list.Count);
                Assert.All(list, range => Assert.True(range is { Offset: >= 0, Length: >= 0 }));
            }
            catch (FormatException refusal)
            {
                Assert.Contains("not a valid range", refusal.Message, StringComparison.Ordinal);
            }
        });

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, -1)]
    [InlineData(1, long.MaxValue)]
    public void A_range_that_cannot_be_is_refused(long offset, long length) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new MemoryRange(offset, length));

    [Fact]
    public void Equal_ranges_are_equal()
    {
        var range = new MemoryRange(1, 2);
        Assert.True(range == new MemoryRange(1, 2));
        Assert.True(range != new MemoryRange(2, 1));
        Assert.Equal(range.GetHashCode(), new MemoryRange(1, 2).GetHashCode());
        Assert.False(range.Equals("1+2"));
    }
}
