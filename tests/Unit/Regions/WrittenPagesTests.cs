using System.Collections.Generic;
using System.Linq;
using CsCheck;
using MmapPS.Regions.Pages;
using Xunit;

namespace MmapPS.Unit.Regions;

/// <summary>The bits compared with a set of pages.</summary>
public class WrittenPagesTests
{
    private const long PageSize = 4096;

    // Within words of 64 pages, across them, and across blocks of 32768.
    private static readonly Gen<long> Places = Gen.OneOf(
        Gen.Long[0, 300 * PageSize], Gen.Long[32700 * PageSize, 32900 * PageSize], Gen.Long[1L << 40, (1L << 40) + (70 * PageSize)]);

    private static readonly Gen<(bool Adds, long Start, long Length)> Steps =
        Gen.Select(Gen.Bool, Places, Gen.Long[0, 200 * PageSize]);

    [Fact]
    public void Are_a_set_of_pages() => Steps.List[0, 20].Sample(steps =>
    {
        var pages = new WrittenPages(PageSize);
        var model = new SortedSet<long>();
        foreach ((bool adds, long start, long length) in steps)
        {
            List<long> meant = [.. Pages(start, length)];
            if (adds)
            {
                pages.Add(start, length);
                model.UnionWith(meant);
            }
            else
            {
                Assert.Equal(meant.Where(model.Contains), PagesOf(pages.Take(start, length)));
                model.ExceptWith(meant);
            }
        }

        IReadOnlyList<MemoryRange> all = pages.Take();
        Assert.Equal(model, PagesOf(all));
        Assert.All(all.Zip(all.Skip(1)), pair => Assert.True(pair.First.End < pair.Second.Offset));
        Assert.Empty(pages.Take());
    });

    private static IEnumerable<long> Pages(long start, long length)
    {
        for (long page = start / PageSize; length > 0 && page * PageSize < start + length; page++)
        {
            yield return page;
        }
    }

    private static IEnumerable<long> PagesOf(IEnumerable<MemoryRange> ranges) =>
        ranges.SelectMany(range => Pages(range.Offset, range.Length));
}
