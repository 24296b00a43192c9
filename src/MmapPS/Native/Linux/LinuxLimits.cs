using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using MmapPS.Native.Unix.Calls;
using MmapPS.Resources;

namespace MmapPS.Native.Linux;

/// <summary>Reads limits and huge page pools, and finds which limit caused a refusal.</summary>
internal static class LinuxLimits
{
    private const string HugePageFolder = "/sys/kernel/mm/hugepages";

    /// <summary>The number of bytes that may be locked in memory, or null if unlimited.</summary>
    public static long? LockedMemory => GetRLimit.Invoke(LinuxConstants.LimitLockedMemory);

    /// <summary>Whether any memory of this process is known to be locked.</summary>
    public static bool HasLockedMemory => ReadKilobytes("/proc/self/status", "VmLck:") is not 0;

    /// <summary>The default page size of MAP_HUGETLB, or 0 if the kernel has no huge pages.</summary>
    public static long DefaultHugePageSize => ReadMemInfo("Hugepagesize:") * 1024;

    /// <summary>The page sizes that have a pool, in ascending order.</summary>
    public static IReadOnlyList<long> HugePageSizes =>
        Directory.Exists(HugePageFolder)
            ? Read("opendir", HugePageFolder, folder => Directory.GetDirectories(folder, "hugepages-*kB"))
                .Select(folder => long.Parse(
                    Path.GetFileName(folder).Replace("hugepages-", string.Empty).Replace("kB", string.Empty),
                    CultureInfo.InvariantCulture) * 1024)
                .OrderBy(size => size)
                .ToList()
            : [];

    /// <summary>The error of the limit that refused a mapping, or null if none is known.</summary>
    public static MappingException? Explain(MapSpecification wanted, int errno)
    {
        bool locked = (wanted.Options & MapOptions.Locked) != 0;
        if (locked && errno is LinuxConstants.EAGAIN or LinuxConstants.EPERM
            && LockedMemory is long lockable)
        {
            return Limit(Messages.LockLimit(wanted.Subject, wanted.Length, lockable));
        }

        if (errno != LinuxConstants.ENOMEM)
        {
            return null;
        }

        if (wanted.PageSize > System.Environment.SystemPageSize)
        {
            string pool = $"{HugePageFolder}/hugepages-{(wanted.PageSize / 1024).ToString(CultureInfo.InvariantCulture)}kB";
            long pages = wanted.Length / wanted.PageSize;
            return Limit(Messages.HugePagePool(
                wanted.Subject, pages, wanted.PageSize, ReadNumber(pool + "/free_hugepages"), ReadNumber(pool + "/nr_hugepages"), pool));
        }

        return GetRLimit.Invoke(LinuxConstants.LimitAddressSpace) is long space
            ? Limit(Messages.AddressSpaceLimit(wanted.Subject, wanted.Length, space))
            : null;
    }

    /// <summary>
    /// Throws if the machine or a control group has too little memory: the kernel does not refuse memory, but kills a
    /// process when it runs out, most likely this one.
    /// </summary>
    /// <param name="subject">Name of the memory, for messages.</param>
    /// <param name="length">Bytes to be brought into memory.</param>
    /// <param name="locked">Whether they must not be swapped.</param>
    /// <exception cref="MappingException">LimitReached.</exception>
    public static void DemandMemory(string subject, long length, bool locked)
    {
        if (MemoryRooms.OfThisProcess.FindSmallest(locked) is not { } room || length <= room.Available(locked))
        {
            return;
        }

        throw Limit(room.LimitFile is null
            ? Messages.MachineMemoryLimit(subject, length, room.Available(locked), locked)
            : Messages.GroupMemoryLimit(subject, length, room.Available(locked), room.Limit, room.LimitFile, locked));
    }

    private static MappingException Limit(string message) => new(MappingError.LimitReached, message);

    private static long ReadNumber(string path) => long.Parse(Read("open", path, File.ReadAllText).Trim(), CultureInfo.InvariantCulture);

    private static T Read<T>(string function, string path, System.Func<string, T> read)
    {
        try
        {
            return read(path);
        }
        catch (IOException failure)
        {
            // .NET stores the error number in HResult.
            NativeError error = LinuxErrno.Describe(function, failure.HResult);
            throw MemoryPlatform.System(error, path);
        }
    }

    private static long ReadMemInfo(string field) => ReadKilobytes("/proc/meminfo", field) ?? 0;

    // Null if it cannot be read, for example because too many files are open. Unknown limits refuse nothing.
    private static long? ReadKilobytes(string path, string field)
    {
        try
        {
            return File.ReadLines(path)
                .Where(line => line.StartsWith(field, System.StringComparison.Ordinal))
                .Select(line => (long?)long.Parse(
                    line.Split([' ', '\t'], System.StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture))
                .FirstOrDefault();
        }
        catch (IOException)
        {
            return null;
        }
    }
}
