using System.Collections.Generic;
using MmapPS.Native.Linux;
using Xunit;

namespace MmapPS.Unit.Native.Linux;

/// <summary>Memory left by the machine and the control groups, from files as the kernel shows them.</summary>
public class MemoryRoomsTests
{
    private const string Unified = "30 24 0:26 / /sys/fs/cgroup rw,relatime shared:4 - cgroup2 cgroup2 rw\n";
    private const string Legacy = "31 24 0:27 / /cg/memory rw,relatime shared:9 - cgroup cgroup rw,memory\n";

    private readonly Dictionary<string, string> _files = new()
    {
        ["/proc/meminfo"] = "MemTotal:        9000 kB\nMemAvailable:    8000 kB\nSwapFree:        1000 kB\n",
    };

    [Fact]
    public void Without_groups_the_machine_is_the_limit() => Expect(8000 * 1024, 1000 * 1024, null);

    [Fact]
    public void Without_any_file_nothing_is_known() => Assert.Null(new MemoryRooms(_ => null).FindSmallest(locked: false));

    [Fact]
    public void A_group_of_version_2_leaves_its_limit_without_its_use_but_with_its_files()
    {
        Group(Unified, "0::/a/b\n");
        File("/sys/fs/cgroup/a/b/memory.max", "500000\n");
        File("/sys/fs/cgroup/a/b/memory.current", "300000\n");
        File("/sys/fs/cgroup/a/b/memory.stat", "anon 1\nactive_file 7000\ninactive_file 5000\n");
        File("/sys/fs/cgroup/a/b/memory.swap.max", "100\n");
        File("/sys/fs/cgroup/a/b/memory.swap.current", "40\n");
        Expect(212000, 60, "/sys/fs/cgroup/a/b/memory.max");
    }

    [Theory]
    [InlineData("a")]
    [InlineData("a/b")]
    public void The_smallest_of_a_group_and_its_parents_counts(string smallest)
    {
        Group(Unified, "0::/a/b\n");
        foreach (string group in new[] { "a", "a/b" })
        {
            File($"/sys/fs/cgroup/{group}/memory.max", group == smallest ? "400000" : "500000");
            File($"/sys/fs/cgroup/{group}/memory.current", "300000");
            File($"/sys/fs/cgroup/{group}/memory.swap.max", "0");
            File($"/sys/fs/cgroup/{group}/memory.swap.current", "0");
        }

        Expect(100000, 0, $"/sys/fs/cgroup/{smallest}/memory.max");
    }

    [Theory]
    [InlineData("max")]
    [InlineData("9223372036854771712")]
    public void A_group_without_a_limit_is_no_limit(string limit)
    {
        Group(Unified + Legacy, "4:memory:/a\n0::/a\n");
        foreach (string folder in new[] { "/sys/fs/cgroup/a/memory.", "/cg/memory/a/memory." })
        {
            File(folder + "max", limit);
            File(folder + "current", "5");
            File(folder + "limit_in_bytes", limit);
            File(folder + "usage_in_bytes", "5");
        }

        Expect(8000 * 1024, 1000 * 1024, null);
    }

    [Fact]
    public void A_group_of_version_1_counts_memory_into_its_swap()
    {
        Group(Unified + Legacy, "5:cpu:/\n4:pids,memory:/a\n0::/\n");
        File("/cg/memory/a/memory.limit_in_bytes", "500000");
        File("/cg/memory/a/memory.usage_in_bytes", "300000");
        File("/cg/memory/a/memory.memsw.limit_in_bytes", "600000");
        File("/cg/memory/a/memory.memsw.usage_in_bytes", "350000");
        File("/cg/memory/a/memory.stat", "active_file 1\ntotal_active_file 7000\ntotal_inactive_file 5000\n");
        Expect(212000, 50000, "/cg/memory/a/memory.limit_in_bytes");
    }

    [Fact]
    public void A_group_is_looked_for_below_the_root_of_its_mount()
    {
        Group("30 24 0:26 /docker/x /sys/fs/my\\040group rw - cgroup2 cgroup2 rw\n", "0::/docker/x/y\n");
        File("/sys/fs/my group/y/memory.max", "10");
        File("/sys/fs/my group/y/memory.current", "20");
        Expect(0, 1000 * 1024, "/sys/fs/my group/y/memory.max");
    }

    [Fact]
    public void What_is_locked_gets_no_swap()
    {
        Assert.Equal(9000 * 1024, new MemoryRoom(8000 * 1024, 1000 * 1024, null, 0).Available(locked: false));
        Assert.Equal(8000 * 1024, new MemoryRoom(8000 * 1024, 1000 * 1024, null, 0).Available(locked: true));
    }

    private void Group(string mounts, string groups)
    {
        File("/proc/self/mountinfo", "22 1 8:1 / / rw - ext4 /dev/sda1 rw\n" + mounts);
        File("/proc/self/cgroup", groups);
    }

    private void File(string path, string text) => _files[path] = text;

    private void Expect(long memory, long swap, string? file)
    {
        MemoryRoom? room = new MemoryRooms(path => _files.GetValueOrDefault(path)).FindSmallest(locked: false);
        Assert.Equal((memory, swap, file), (room?.Memory, room?.Swap, room?.LimitFile));
    }
}
