using System;
using System.Collections.Generic;
using System.Linq;
using CsCheck;
using MmapPS.Native;
using MmapPS.Regions.Making;
using MmapPS.Work;
using Xunit;

namespace MmapPS.Unit.Regions;

/// <summary>Residency compared with the pages that were touched.</summary>
public sealed class ResidencyTests
{
    private const int Pages = 3000; // more than are asked for at once

    private static readonly long PageSize = Environment.SystemPageSize;

    public static bool TellsPages => OperatingSystem.IsLinux() || OperatingSystem.IsWindows();

    [Fact(Skip = "this system is not asked which pages are in memory", SkipUnless = nameof(TellsPages))]
    public void The_pages_that_were_touched_are_in_memory_and_no_others() =>
        Gen.Select(Gen.Int[0, Pages - 1], Gen.Int[1, 400]).List[0, 12].Sample(
            runs =>
            {
                using MappedRegion region = RegionFactory.Create(MemoryPlatform.Current, new MapRequest
                {
                    Length = Pages * PageSize,
                    Sharing = MapSharing.Private,
                    Advice = OperatingSystem.IsLinux() ? [MemoryAdvice.NoHugePage] : [],
                }, Unwatched.Work);
                var touched = new bool[Pages];
                foreach ((int first, int count) in runs)
                {
                    for (int i = first; i < Math.Min(Pages, first + count); i++)
                    {
                        region.Write(i * PageSize, [1]);
                        touched[i] = true;
                    }
                }

                MemoryUsage usage = region.Pages.Measure((_, _) => default, Unwatched.Work);
                Assert.Equal(Expected(touched), usage.ResidentRange);
                Assert.Equal(touched.Count(page => page), usage.ResidentPages);
            },
            iter: OperatingSystem.IsLinux() ? 50 : 10); // wine reads a file for every page that it is asked about

    private static List<MemoryRange> Expected(bool[] touched)
    {
        var ranges = new List<MemoryRange>();
        for (int i = 0; i < touched.Length; i++)
        {
            if (touched[i] && i > 0 && touched[i - 1])
            {
                ranges[^1] = new MemoryRange(ranges[^1].Offset, ranges[^1].Length + PageSize);
            }
            else if (touched[i])
            {
                ranges.Add(new MemoryRange(i * PageSize, PageSize));
            }
        }

        return ranges;
    }
}
