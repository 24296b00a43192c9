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

    [Theory]
    [InlineData(2400, "", "[                        ]")]
    [InlineData(2400, "0+2400", "[OOOOOOOOOOOOOOOOOOOOOOOO]")]
    [InlineData(2400, "0+1200", "[OOOOOOOOOOOO            ]")]
    [InlineData(2400, "0+1250", "[OOOOOOOOOOOOo           ]")]
    [InlineData(2400, "2399+1", "[                       .]")]
    [InlineData(10, "0+10", "[OOOOOOOOOOOOOOOOOOOOOOOO]")]
    [InlineData(1, "0+1", "[OOOOOOOOOOOOOOOOOOOOOOOO]")]
    [InlineData(2, "1+1", "[            OOOOOOOOOOOO]")]
    [InlineData(3, "0+1", "[OOOOOOOO                ]")]
    [InlineData(0, "", "[                        ]")]
    [InlineData(1L << 62, "0+4611686018427387904", "[OOOOOOOOOOOOOOOOOOOOOOOO]")]
    public void Residency_is_a_picture(long length, string resident, string picture) =>
        Assert.Equal(picture, new MemoryUsage(0, length, 4096, MemoryRangeList.Parse(resident)).Residency);

    [Fact]
    public void A_picture_of_fewer_bytes_than_cells_shows_each_byte_and_nothing_else() =>
        Gen.Select(Gen.Bool.Array[1, 24], Gen.Long[0, 1000]).Sample((present, offset) =>
        {
            Assert.Equal(
                string.Concat(Enumerable.Range(0, 24).Select(cell => present[cell * present.Length / 24] ? 'O' : ' ')),
                Draw(present, offset));
            Assert.Equal(present.Length, Enumerable.Range(0, 24).Select(cell => cell * present.Length / 24).Distinct().Count());
        });

    [Fact]
    public void A_picture_of_whole_cells_says_how_full_each_is() =>
        Gen.Select(Gen.Bool.Array[24 * 5], Gen.Int[1, 5], Gen.Long[0, 1000]).Sample((bits, size, offset) =>
        {
            bool[] present = bits.Take(24 * size).ToArray();
            Assert.Equal(
                string.Concat(Enumerable.Range(0, 24).Select(cell => present.Skip(cell * size).Take(size).Count(there => there))
                    .Select(count => count == size ? 'O' : 2 * count >= size ? 'o' : count > 0 ? '.' : ' ')),
                Draw(present, offset));
        });

    private static string Draw(bool[] present, long offset)
    {
        var resident = new MemoryRangeList(
            Enumerable.Range(0, present.Length).Where(i => present[i]).Select(i => new MemoryRange(offset + i, 1)));
        return new MemoryUsage(offset, present.Length, 4096, resident).Residency.Trim('[', ']');
    }
}
