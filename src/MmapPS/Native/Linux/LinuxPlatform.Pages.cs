using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using MmapPS.Native.Linux.Calls;
using MmapPS.Native.Unix.Calls;
using MmapPS.Ranges;
using MmapPS.Resources;
using MmapPS.Terms;
using static MmapPS.Native.Linux.LinuxConstants;

namespace MmapPS.Native.Linux;

/// <content>Advice on pages, and what of them is in memory.</content>
internal sealed partial class LinuxPlatform
{
    // What the kernel reads in for one call of WILLNEED is no more than the device's readahead, by default this much.
    private const long ReadAheadPart = 128 * 1024;

    private static readonly SafeFileHandle NoFile = new(preexistingHandle: (nint)(-1), ownsHandle: false);

    private static string KernelName => $"Linux {Environment.OSVersion.Version}";

    /// <inheritdoc/>
    public override bool KnowsAdvice(MemoryAdvice advice) => FindMemoryAdvice(advice) is int memory
        ? Madvise.Invoke(0, 0, memory) == 0
        : FindFileAdvice(advice) is int file && PosixFadvise.Invoke(NoFile, 0, 0, file) == EBADF;

    /// <inheritdoc/>
    public override void Advise(PageSpan pages, MemoryAdvice advice)
    {
        if (FindMemoryAdvice(advice) is not int number)
        {
            throw new MappingException(MappingError.NotSupported, Messages.AdviceForFiles(advice, pages.Subject));
        }

        if (!advice.WorksOnPages())
        {
            DemandSplit(pages.Subject);
        }

        foreach (PageSpan part in pages.Parts(advice == MemoryAdvice.WillNeed && pages.File is not null ? ReadAheadPart : pages.Length))
        {
            int errno = Madvise.Invoke(part.Address, part.Length, number);
            if (errno != 0)
            {
                throw DescribeAdviceFailure(pages, advice, errno);
            }
        }
    }

    /// <inheritdoc/>
    public override void AdviseFile(FileSpan part, MemoryAdvice advice)
    {
        if (FindFileAdvice(advice) is not int number)
        {
            throw new MappingException(MappingError.NotSupported, Messages.AdviceForMemory(advice, part.Subject));
        }

        // Only clean pages are dropped. What cannot be written back has none that are dirty.
        int errno = advice == MemoryAdvice.Evict ? Fdatasync.Invoke(part.File) : 0;
        if (errno is not (0 or EINVAL or EROFS))
        {
            throw System("fdatasync", errno, part.Subject);
        }

        // The call takes a length of 0 for all that follows; an empty part has no parts.
        foreach (FileSpan one in part.Parts(advice == MemoryAdvice.WillNeed ? ReadAheadPart : part.Length))
        {
            errno = PosixFadvise.Invoke(one.File, one.Offset, one.Length, number);
            if (errno != 0)
            {
                throw LinuxErrno.Describe("posix_fadvise", errno).Kind == NativeErrorKind.NotSupported
                    ? new MappingException(MappingError.NotSupported, Messages.AdviceUnfit(advice, part.Subject, KernelName))
                    : System("posix_fadvise", errno, part.Subject);
            }
        }
    }

    /// <inheritdoc/>
    public override void DemandResidencyKnown(string subject, SafeFileHandle file)
    {
        // To all others mincore(2) says since Linux 5.2 that every page is in memory. The link leads to the file itself,
        // whatever has become of its path.
        if (!FileFlags.HasOwnerRights(file) && !Faccessat.MayWrite($"/proc/self/fd/{file.DangerousGetHandle()}"))
        {
            throw new MappingException(MappingError.AccessDenied, Messages.ResidencyDenied(subject));
        }
    }

    /// <inheritdoc/>
    public override void FindResidency(PageSpan pages, Span<byte> states)
    {
        int errno = Mincore.Invoke(pages.Address, PageSize, states);
        if (errno != 0)
        {
            throw System("mincore", errno, pages.Subject);
        }

        // The other bits are reserved.
        Span<ulong> words = MemoryMarshal.Cast<byte, ulong>(states);
        for (int i = 0; i < words.Length; i++)
        {
            words[i] &= 0x0101010101010101;
        }

        for (int i = words.Length * sizeof(ulong); i < states.Length; i++)
        {
            states[i] &= 1;
        }
    }

    /// <inheritdoc/>
    public override CachedBytes? CountCached(FileSpan part) =>
        Cachestat.TryInvoke(part.File, part.Offset, part.Length, out long resident, out long dirty)
            ? new CachedBytes(resident * PageSize, dirty * PageSize)
            : null;

    /// <inheritdoc/>
    public override Func<nint, long, PageUsage> ListUsage()
    {
        try
        {
            var mappings = new List<ProcessMapping>(ReadSmaps("/proc/self", processId: 0));
            return (address, length) => Complete(Sum(mappings, (ulong)address, length), (ulong)address, length);
        }
        catch (MappingException)
        {
            return base.ListUsage();
        }
    }

    // Of a part of a mapping the kernel tells these, but not what of it is dirty.
    private static PageUsage Complete(PageUsage usage, ulong address, long length) => usage with
    {
        Huge = usage.Huge ?? PagemapScan.Count(address, length, PageIsHuge),
        Swapped = usage.Swapped ?? PagemapScan.Count(address, length, PageIsSwapped),
    };

    /// <inheritdoc/>
    public override IEnumerable<ProcessMapping> ReadMappings(int processId) => ReadSmaps($"/proc/{processId}", processId);

    /// <summary>Adds up what mappings, ascending by address, tell of a range of addresses.</summary>
    /// <remarks>
    /// The kernel joins neighbours of the same kind into one mapping. A number of the whole then says something of a part
    /// only where it is none or all.
    /// </remarks>
    internal static PageUsage Sum(IReadOnlyList<ProcessMapping> mappings, ulong address, long length)
    {
        var sum = new PageUsage(0, 0, 0, 0);
        ulong end = address + (ulong)length;
        for (int i = FindFirst(mappings, address); i < mappings.Count && mappings[i].Address < end; i++)
        {
            ProcessMapping mapping = mappings[i];
            long part = (long)(Math.Min(end, GetEnd(mapping)) - Math.Max(address, mapping.Address));
            long? Share(long? value) =>
                value == 0 || part == mapping.Length ? value : value == mapping.Length ? part : null;
            bool locked = (" " + mapping.VmFlags + " ").Contains(" lo ");
            sum = new PageUsage(
                sum.Dirty + Share(mapping.Dirty),
                sum.Locked + (locked ? part : 0),
                sum.Huge + Share(mapping.Huge),
                sum.Swapped + Share(mapping.Swap));
        }

        return sum;
    }

    // The first that ends behind an address.
    private static int FindFirst(IReadOnlyList<ProcessMapping> mappings, ulong address)
    {
        (int low, int high) = (0, mappings.Count);
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = GetEnd(mappings[middle]) <= address ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static ulong GetEnd(ProcessMapping mapping) => mapping.Address + (ulong)mapping.Length;

    private static IEnumerable<ProcessMapping> ReadSmaps(string folder, int processId)
    {
        using var reader = new SmapsReader(folder, processId);
        while (reader.Read() is { } mapping)
        {
            yield return mapping;
        }
    }

    private MappingException DescribeAdviceFailure(PageSpan pages, MemoryAdvice advice, int errno)
    {
        string subject = pages.Subject;
        switch (errno)
        {
            case EINVAL when !KnowsAdvice(advice):
            case ENOSYS:
                return new MappingException(MappingError.NotSupported, Messages.AdviceUnknown(advice, KernelName));
            case EINVAL or EACCES or EPERM or EBADF or EOPNOTSUPP:
                return new MappingException(MappingError.NotSupported, Messages.AdviceUnfit(advice, subject, KernelName));
            case ENOMEM or EAGAIN or EBUSY when advice is MemoryAdvice.PopulateRead or MemoryAdvice.PopulateWrite or MemoryAdvice.Collapse:
                return new MappingException(
                    MappingError.LimitReached, Messages.AdviceNoMemory(advice, subject, LinuxErrno.GetName(errno)));
            case EFAULT or EHWPOISON or EIO or ENOMEM:
                return advice == MemoryAdvice.PopulateWrite && LacksStorage(pages)
                    ? new NoSpaceException(Messages.NoSpaceForAdvice(advice, subject))
                    : new PageFaultException(Messages.AdvicePageFault(advice, subject));
            default:
                return System("madvise", errno, subject);
        }
    }

    private static int? FindMemoryAdvice(MemoryAdvice advice) => advice switch
    {
        MemoryAdvice.Normal => MadvNormal,
        MemoryAdvice.Random => MadvRandom,
        MemoryAdvice.Sequential => MadvSequential,
        MemoryAdvice.WillNeed => MadvWillNeed,
        MemoryAdvice.DontNeed => MadvDontNeed,
        MemoryAdvice.Free => MadvFree,
        MemoryAdvice.Remove => MadvRemove,
        MemoryAdvice.Cold => MadvCold,
        MemoryAdvice.PageOut => MadvPageOut,
        MemoryAdvice.PopulateRead => MadvPopulateRead,
        MemoryAdvice.PopulateWrite => MadvPopulateWrite,
        MemoryAdvice.HugePage => MadvHugePage,
        MemoryAdvice.NoHugePage => MadvNoHugePage,
        MemoryAdvice.Collapse => MadvCollapse,
        MemoryAdvice.Mergeable => MadvMergeable,
        MemoryAdvice.Unmergeable => MadvUnmergeable,
        MemoryAdvice.DontDump => MadvDontDump,
        MemoryAdvice.DoDump => MadvDoDump,
        MemoryAdvice.DontFork => MadvDontFork,
        MemoryAdvice.DoFork => MadvDoFork,
        MemoryAdvice.WipeOnFork => MadvWipeOnFork,
        MemoryAdvice.KeepOnFork => MadvKeepOnFork,
        MemoryAdvice.GuardInstall => MadvGuardInstall,
        MemoryAdvice.GuardRemove => MadvGuardRemove,
        MemoryAdvice.DontNeedLocked => MadvDontNeedLocked,
        _ => null,
    };

    private static int? FindFileAdvice(MemoryAdvice advice) => advice switch
    {
        MemoryAdvice.Normal => FadvNormal,
        MemoryAdvice.Random => FadvRandom,
        MemoryAdvice.Sequential => FadvSequential,
        MemoryAdvice.WillNeed => FadvWillNeed,
        MemoryAdvice.NoReuse => Processor.IsS390 ? FadvNoReuseS390 : FadvNoReuse,
        MemoryAdvice.Evict => Processor.IsS390 ? FadvDontNeedS390 : FadvDontNeed,
        _ => null,
    };
}
