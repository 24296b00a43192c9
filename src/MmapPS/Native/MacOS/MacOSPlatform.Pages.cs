using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.Win32.SafeHandles;
using MmapPS.Native.MacOS.Calls;
using MmapPS.Native.Unix;
using MmapPS.Native.Unix.Calls;
using MmapPS.Ranges;
using MmapPS.Resources;
using static MmapPS.Native.MacOS.MacOSConstants;

namespace MmapPS.Native.MacOS;

/// <content>Advice on pages, and what of them is in memory.</content>
internal sealed partial class MacOSPlatform
{
    // Pages that are looked at in one call: 64 KiB of answers.
    private const int PagesAtOnce = 1 << 16;

    private static readonly int OwnProcess = ProcessId.Own;

    /// <inheritdoc/>
    public override bool KnowsAdvice(MemoryAdvice advice) => FindAdvice(advice) is int number
        ? Madvise.Invoke(0, 0, number) == 0
        : advice is MemoryAdvice.PopulateRead or MemoryAdvice.Evict;

    /// <inheritdoc/>
    public override void Advise(PageSpan pages, MemoryAdvice advice)
    {
        (string subject, nint address, long length) = (pages.Subject, pages.Address, pages.Length);
        if (advice == MemoryAdvice.PopulateRead)
        {
            if (!TryTouch(address, length))
            {
                throw new PageFaultException(Messages.AdvicePageFault(advice, subject));
            }

            return;
        }

        if (FindAdvice(advice) is not int number)
        {
            throw new MappingException(
                MappingError.NotSupported,
                advice == MemoryAdvice.Evict
                    ? Messages.AdviceForFiles(advice, subject)
                    : Messages.AdviceMissing(advice, subject, SystemName));
        }

        // Of a file it would forget what is not written back yet.
        int errno = advice == MemoryAdvice.Free && pages.File is not null ? EINVAL : Madvise.Invoke(address, length, number);
        if (errno is EINVAL or EPERM or ENOTSUP)
        {
            throw new MappingException(MappingError.NotSupported, Messages.AdviceUnfit(advice, subject, SystemName));
        }

        Demand("madvise", errno, subject);
    }

    /// <summary>
    /// Reads ahead or evicts by a mapping of the range. Files themselves take advice by fcntl only, which is variadic; a
    /// region's own mapping has taken how it is to be read.
    /// </summary>
    public override void AdviseFile(FileSpan part, MemoryAdvice advice)
    {
        switch (advice)
        {
            case MemoryAdvice.Normal or MemoryAdvice.Random or MemoryAdvice.Sequential:
                break;
            case MemoryAdvice.WillNeed:
                OnPages(part, "madvise", (address, size) => Madvise.Invoke(address, size, MadvWillNeed));
                break;
            case MemoryAdvice.Evict:
                OnPages(
                    part,
                    "msync",
                    (address, size) => Msync.Invoke(address, size, MsSync | UnixConstants.MsInvalidate));
                break;
            default:
                throw new MappingException(MappingError.NotSupported, Messages.AdviceMissing(advice, part.Subject, SystemName));
        }
    }

    /// <summary>macOS tells every user who may open the file.</summary>
    public override void DemandResidencyKnown(string subject, SafeFileHandle file)
    {
    }

    /// <inheritdoc/>
    public override void FindResidency(PageSpan pages, Span<byte> states)
    {
        Demand("mincore", Mincore.Invoke(pages.Address, PageSize, states), pages.Subject);
        for (int i = 0; i < states.Length; i++)
        {
            states[i] &= MincoreInCore;
        }
    }

    /// <inheritdoc/>
    public override Func<nint, long, PageUsage> ListUsage() => FindUsage;

    /// <inheritdoc/>
    public override IEnumerable<ProcessMapping> ReadMappings(int processId)
    {
        ulong next = 0;
        int errno;
        while ((errno = ProcPidInfo.FindRegion(processId, next, out ProcPidInfo.Region region)) == 0)
        {
            next = region.End;
            yield return Describe(processId, region, PageSize);
        }

        // Behind the last region.
        if (errno != EINVAL)
        {
            throw errno switch
            {
                ESRCH => new MappingException(MappingError.FileNotFound, Messages.ProcessUnknown(processId)),
                EPERM or EACCES => new MappingException(MappingError.AccessDenied, Messages.ProcessDenied(processId)),
                _ => System("proc_pidinfo", errno, processId.ToString(CultureInfo.InvariantCulture)),
            };
        }
    }

    /// <summary>A region of a process in the terms of all systems.</summary>
    internal static ProcessMapping Describe(int processId, ProcPidInfo.Region region, long pageSize)
    {
        char Letter(int right, char letter) => (region.Protection & right) != 0 ? letter : '-';
        string permissions = string.Concat(
            Letter(UnixConstants.ProtRead, 'r'),
            Letter(UnixConstants.ProtWrite, 'w'),
            Letter(UnixConstants.ProtExec, 'x'),
            region.Inheritance == VmInheritShare ? 's' : 'p');
        string? path = region.FindPath();
        return new ProcessMapping(processId, region.Address, (long)region.Length, permissions)
        {
            Offset = path is null ? 0 : (long)region.Offset,
            Path = path,
            Rss = region.ResidentPages * pageSize,
            Dirty = region.DirtyPages * pageSize,
            Swap = region.SwappedPages * pageSize,
            Locked = region.Locks > 0 ? region.ResidentPages * pageSize : 0,
        };
    }

    /// <summary>How many of mincore(2)'s answers have a bit.</summary>
    internal static long Count(ReadOnlySpan<byte> pages, int bit)
    {
        long count = 0;
        foreach (byte page in pages)
        {
            count += (page & bit) != 0 ? 1 : 0;
        }

        return count;
    }

    /// <summary>
    /// MADV_*. MADV_DONTNEED of macOS loses nothing: its pages are the first to be taken when memory gets scarce, which is Cold.
    /// </summary>
    internal static int? FindAdvice(MemoryAdvice advice) => advice switch
    {
        MemoryAdvice.Normal => MadvNormal,
        MemoryAdvice.Random => MadvRandom,
        MemoryAdvice.Sequential => MadvSequential,
        MemoryAdvice.WillNeed => MadvWillNeed,
        MemoryAdvice.Cold => MadvDontNeed,
        MemoryAdvice.Free => MadvFree,
        _ => null,
    };

    private PageUsage FindUsage(nint address, long length)
    {
        long dirty = 0;
        long swapped = 0;
        byte[] answers = new byte[Math.Min(PagesAtOnce, length / PageSize)];
        for (long done = 0; done < length; done += answers.Length * PageSize)
        {
            Span<byte> pages = answers.AsSpan(0, (int)Math.Min(answers.Length, (length - done) / PageSize));
            if (Mincore.Invoke(address + (nint)done, PageSize, pages) != 0)
            {
                return default;
            }

            dirty += Count(pages, MincoreModified) * PageSize;
            swapped += Count(pages, MincorePagedOut) * PageSize;
        }

        ulong start = (ulong)address;
        ulong end = start + (ulong)length;
        ulong locked = FindRegions(address, length).Where(region => region.Locks > 0)
            .Aggregate(0UL, (sum, region) => sum + Math.Min(end, region.End) - Math.Max(start, region.Address));
        return new PageUsage(dirty, (long)locked, Huge: 0, swapped);
    }

    // What this process has mapped within a range.
    private static IEnumerable<ProcPidInfo.Region> FindRegions(nint address, long length)
    {
        ulong end = (ulong)address + (ulong)length;
        ulong next = (ulong)address;
        while (next < end
            && ProcPidInfo.FindRegion(OwnProcess, next, out ProcPidInfo.Region region) == 0
            && region.Address < end)
        {
            yield return region;
            next = region.End;
        }
    }

    private void OnPages(FileSpan part, string function, Func<nint, long, int> work)
    {
        if (part.Length == 0)
        {
            return;
        }

        using MappingHandle mapping = MapAround(part, out _);
        Demand(function, work(mapping.Address, mapping.Size), part.Subject);
    }
}
