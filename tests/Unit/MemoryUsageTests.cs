using System.Linq;
using CsCheck;
using Xunit;

namespace MmapPS.Unit;

public sealed class MemoryUsageTests
{
    [Theory]
    [InlineData(0, 0, "", 0, 0, 0)]
    [InlineData(0, 10_000, "", 3, 0, 0)]
    [InlineData(0, 10_000, "0+10000", 3, 3, 100)]
    [InlineData(0, 10_000, "8192+1808", 3, 1, 18.08)]
    [InlineData(100, 4096, "100+4096", 2, 2, 100)]
    [InlineData(100, 4096, "4096+100", 2, 1, 2.44)]
    [InlineData(0, 1_000_000_000, "0+999999999", 244_141, 244_141, 99.99)]
    public void Pages_and_percent_are_counted(long offset, long length, string resident, long pages, long residentPages, double percent)
    {
        var usage = new MemoryUsage(offset, length, 4096, MemoryRangeList.Parse(resident));
        Assert.Equal(pages, usage.Pages);
        Assert.Equal(residentPages, usage.ResidentPages);
        Assert.Equal(percent, usage.Percent);
    }

    [Fact]
    public void Percent_is_100_only_of_all() =>
        Gen.Select(Gen.Long[1, 1L << 50], Gen.Long[0, 1L << 50])
            .Where((length, resident) => resident <= length)
            .Sample((length, resident) =>
        {
            var usage = new MemoryUsage(0, length, 4096, new MemoryRangeList([new MemoryRange(0, resident)]));
            Assert.Equal(resident == length, usage.Percent == 100);
            Assert.InRange(usage.Percent, 0, 100);
            Assert.Equal(resident, usage.ResidentRange.Sum(range => range.Length));
        });
}
