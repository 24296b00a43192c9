using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace MmapPS.Native.Linux;

/// <summary>
/// Finds the memory available to this process: from the machine, and from each of its control groups (Documentation/
/// admin-guide/cgroup-v2.rst and cgroup-v1/memory.rst). Beyond that the kernel does not refuse memory but kills a process.
/// </summary>
internal sealed class MemoryRooms
{
    private const long Unlimited = 1L << 62;

    // File names of version 2, and of version 1, whose limit and usage of swap include memory.
    private static readonly Names Unified = new(
        "memory.max", "memory.current", "memory.swap.max", "memory.swap.current", string.Empty, SwapCountsMemory: false);
    private static readonly Names Legacy = new(
        "memory.limit_in_bytes", "memory.usage_in_bytes", "memory.memsw.limit_in_bytes", "memory.memsw.usage_in_bytes", "total_",
        SwapCountsMemory: true);

    private readonly Func<string, string?> _read;

    /// <param name="read">Returns the text of a file, or null if it does not exist.</param>
    public MemoryRooms(Func<string, string?> read) => _read = read;

    /// <summary>Those of this process; values that cannot be read limit nothing.</summary>
    public static MemoryRooms OfThisProcess { get; } = new(ReadFile);

    /// <summary>The one with the least memory left; null if none is known.</summary>
    /// <param name="locked">Whether the memory must not be swapped.</param>
    public MemoryRoom? FindSmallest(bool locked)
    {
        Dictionary<string, long> machine = ReadFields("/proc/meminfo");
        long swap = machine.TryGetValue("SwapFree:", out long free) ? free * 1024 : 0;
        List<MemoryRoom> rooms = FindGroups()
            .Select(group => FindRoom(group.Folder, group.Names, swap))
            .Where(room => room is not null)
            .Select(room => room!.Value)
            .ToList();
        if (machine.TryGetValue("MemAvailable:", out long available))
        {
            rooms.Add(new MemoryRoom(available * 1024, swap, null, 0));
        }

        return rooms.Count == 0 ? null : rooms.OrderBy(room => room.Available(locked)).First();
    }

    // The process's own group and its parents, as far as they are mounted here.
    private IEnumerable<(string Folder, Names Names)> FindGroups()
    {
        List<Mount> mounts = Lines("/proc/self/mountinfo").Select(Mount.Parse).Where(mount => mount is not null).ToList()!;
        foreach (string line in Lines("/proc/self/cgroup"))
        {
            // 4:memory:/user.slice, or 0::/user.slice for version 2.
            string[] parts = line.Split([':'], 3);
            bool unified = parts.Length == 3 && parts[1].Length == 0;
            Mount? mount = parts.Length < 3 ? null
                : unified ? mounts.Find(one => one.Type == "cgroup2")
                : parts[1].Split(',').Contains("memory") ? mounts.Find(one => one.Type == "cgroup" && one.HasMemory)
                : null;
            if (mount is null)
            {
                continue;
            }

            string folder = mount.Point + mount.FindBelow(parts[2]);
            for (; folder.Length >= mount.Point.Length; folder = folder.Substring(0, Math.Max(0, folder.LastIndexOf('/'))))
            {
                yield return (folder, unified ? Unified : Legacy);
            }
        }
    }

    private MemoryRoom? FindRoom(string folder, Names names, long swap)
    {
        if (ReadNumber(folder + "/" + names.Limit) is not long limit || ReadNumber(folder + "/" + names.Usage) is not long usage)
        {
            return null;
        }

        // Page cache, which the kernel reclaims first.
        Dictionary<string, long> fields = ReadFields(folder + "/memory.stat");
        fields.TryGetValue(names.Prefix + "active_file", out long active);
        fields.TryGetValue(names.Prefix + "inactive_file", out long inactive);
        long files = active + inactive;
        long free = Math.Max(0, limit - usage);
        if (ReadNumber(folder + "/" + names.SwapLimit) is long swapLimit && ReadNumber(folder + "/" + names.SwapUsage) is long swapUsage)
        {
            swap = Math.Min(swap, Math.Max(0, swapLimit - swapUsage - (names.SwapCountsMemory ? free : 0)));
        }

        return new MemoryRoom(free + files, swap, folder + "/" + names.Limit, limit);
    }

    // Null if there is no limit: "max", or a number near 2 to the power of 63.
    private long? ReadNumber(string path) =>
        long.TryParse(_read(path)?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number < Unlimited
            ? number
            : null;

    private Dictionary<string, long> ReadFields(string path)
    {
        var fields = new Dictionary<string, long>();
        foreach (string line in Lines(path))
        {
            string[] words = line.Split([' '], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length >= 2 && long.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out long value))
            {
                fields[words[0]] = value;
            }
        }

        return fields;
    }

    private string[] Lines(string path) => (_read(path) ?? string.Empty).Split(['\n'], StringSplitOptions.RemoveEmptyEntries);

    private static string? ReadFile(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private sealed record Names(string Limit, string Usage, string SwapLimit, string SwapUsage, string Prefix, bool SwapCountsMemory);

    /// <summary>A line of /proc/self/mountinfo about control groups.</summary>
    private sealed record Mount(string Root, string Point, string Type, bool HasMemory)
    {
        // 31 24 0:27 / /sys/fs/cgroup/memory rw,relatime shared:9 - cgroup cgroup rw,memory
        public static Mount? Parse(string line)
        {
            string[] words = line.Split(' ');
            int dash = Array.IndexOf(words, "-");
            return dash >= 5 && words.Length > dash + 3 && words[dash + 1].StartsWith("cgroup", StringComparison.Ordinal)
                ? new Mount(words[3], words[4].Replace("\\040", " "), words[dash + 1], words[dash + 3].Split(',').Contains("memory"))
                : null;
        }

        /// <summary>The path of a group below the mount; the mount's root if the group is outside of it.</summary>
        public string FindBelow(string group)
        {
            string root = Root == "/" ? string.Empty : Root;
            bool within = (group + "/").StartsWith(root + "/", StringComparison.Ordinal)
            && !group.StartsWith("/..", StringComparison.Ordinal);
            return within ? group.Substring(root.Length).TrimEnd('/') : string.Empty;
        }
    }
}
