using System;
using CsCheck;
using MmapPS.Native;
using Xunit;

namespace MmapPS.Unit.Native;

public class PagedCopyTests
{
    private const int PageSize = 16;

    /// <summary>Whatever a system's copy does at a bad page, all bytes before it are copied and counted, and none after it.</summary>
    [Fact]
    public void Copies_up_to_the_first_bad_page() =>
        Gen.Select(Gen.Int[0, 100], Gen.Int[1, 200], Gen.Int[0, 400], Gen.Bool).Sample(
            (start, count, badPage, partial) =>
            {
                int bad = badPage / PageSize * PageSize;
                int furthest = 0;
                int Copy(nint source, nint destination, int length)
                {
                    Assert.Equal(source + 1000, destination);
                    int good = (int)Math.Clamp(bad - source, 0, length);
                    int copied = good == length || partial ? good : 0;
                    furthest = Math.Max(furthest, (int)source + copied);
                    return copied;
                }

                int done = PagedCopy.Run(start, start + 1000, count, mapped: start, PageSize, Copy);
                int expected = bad >= start + count ? count : Math.Max(0, bad - start);
                Assert.Equal(expected, done);
                Assert.True(furthest <= start + expected || expected == 0);
            });

    [Fact]
    public void Pages_are_those_of_the_side_that_may_be_bad() =>
        Assert.Equal(
            20, PagedCopy.Run(1000, 12, 40, mapped: 12, PageSize, (_, destination, length) => destination + length <= 32 ? length : 0));
}
