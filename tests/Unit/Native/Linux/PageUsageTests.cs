using System.Collections.Generic;
using System.Linq;
using CsCheck;
using MmapPS.Native;
using MmapPS.Native.Linux;
using Xunit;

namespace MmapPS.Unit.Native.Linux;

/// <summary>The kernel's numbers for mappings, applied to another range.</summary>
public sealed class PageUsageTests
{
    [Fact]
    public void A_whole_mapping_has_the_kernels_numbers() =>
        Assert.Equal(
            new PageUsage(4096, 0, 8192, 0), LinuxPlatform.Sum([Mapping(0x1000, 0x4000, dirty: 4096, huge: 8192)], 0x1000, 0x4000));

    [Fact]
    public void Of_a_part_only_none_and_all_are_known()
    {
        Assert.Equal(
            new PageUsage(0, 0, null, 0x1000), LinuxPlatform.Sum([Mapping(0x1000, 0x4000, huge: 4096, swap: 0x4000)], 0x2000, 0x1000));
        Assert.Null(LinuxPlatform.Sum([Mapping(0x1000, 0x4000, dirty: 1024)], 0x1000, 0x3000).Dirty);
    }

    [Fact]
    public void Locked_pages_are_known_of_any_part() =>
        Assert.Equal(0x1000, LinuxPlatform.Sum([Mapping(0x1000, 0x4000, flags: "rd wr lo ac")], 0x2000, 0x1000).Locked);

    [Fact]
    public void Other_flags_do_not_lock() =>
        Assert.Equal(0, LinuxPlatform.Sum([Mapping(0x1000, 0x4000, flags: "rd lof xlo")], 0x1000, 0x4000).Locked);

    [Fact]
    public void Parts_add_up_and_neighbours_do_not_count()
    {
        ProcessMapping[] mappings =
        [
            Mapping(0x1000, 0x1000, dirty: 4096, flags: "lo"),
            Mapping(0x2000, 0x1000, dirty: 4096),
            Mapping(0x3000, 0x1000, dirty: 4096, flags: "lo"),
            Mapping(0x4000, 0x1000, dirty: 4096),
        ];
        Assert.Equal(new PageUsage(8192, 0x1000, 0, 0), LinuxPlatform.Sum(mappings, 0x2000, 0x2000));
    }

    [Fact]
    public void A_range_among_many_is_found() =>
        Gen.Select(Gen.Int[0, 3].Array[0, 40], Gen.Int[0, 90], Gen.Int[1, 90]).Sample((gaps, first, count) =>
        {
            // One page each, at this distance in pages. All pages are locked and dirty.
            var mappings = new List<ProcessMapping>();
            ulong page = 0;
            foreach (int gap in gaps)
            {
                page += (ulong)gap + 1;
                mappings.Add(Mapping(page * 0x1000, 0x1000, dirty: 0x1000, flags: "lo"));
            }

            long within = mappings.Count(mapping => mapping.Address / 0x1000 >= (ulong)first && mapping.Address / 0x1000 < (ulong)(first + count));
            PageUsage usage = LinuxPlatform.Sum(mappings, (ulong)first * 0x1000, count * 0x1000L);
            Assert.Equal(new PageUsage(within * 0x1000, within * 0x1000, 0, 0), usage);
        });

    private static ProcessMapping Mapping(
        ulong address, long length, long dirty = 0, long huge = 0, long swap = 0, string flags = "rd wr") =>
        new(processId: 1, address, length, "rw-p") { Dirty = dirty, Huge = huge, Swap = swap, VmFlags = flags };
}
