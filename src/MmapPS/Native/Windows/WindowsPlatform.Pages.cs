using System;
using System.Collections.Generic;
using Microsoft.Win32.SafeHandles;
using MmapPS.Native.Windows.Calls;
using MmapPS.Ranges;
using MmapPS.Resources;
using static MmapPS.Native.Windows.WindowsConstants;

namespace MmapPS.Native.Windows;

/// <content>Advice on pages, and what of them is in memory.</content>
internal sealed partial class WindowsPlatform
{
    private static readonly SafeProcessHandle OwnProcess = new(Kernel32.CurrentProcess, ownsHandle: false);

    /// <inheritdoc/>
    public override bool KnowsAdvice(MemoryAdvice advice) => advice switch
    {
        MemoryAdvice.WillNeed => PrefetchVirtualMemory.Invoke(0, 0) != CallNotImplemented,
        MemoryAdvice.PopulateRead or MemoryAdvice.Cold or MemoryAdvice.DontNeed or MemoryAdvice.Free => true,
        _ => false,
    };

    /// <inheritdoc/>
    public override void Advise(PageSpan pages, MemoryAdvice advice)
    {
        (string subject, nint address, long length) = (pages.Subject, pages.Address, pages.Length);
        switch (advice)
        {
            case MemoryAdvice.WillNeed:
                Prefetch(subject, address, length);
                break;
            case MemoryAdvice.PopulateRead:
                PrefetchVirtualMemory.Invoke(address, length);
                if (!TryTouch(address, length))
                {
                    throw new PageFaultException(Messages.AdvicePageFault(advice, subject));
                }

                break;
            case MemoryAdvice.Cold:
            case MemoryAdvice.DontNeed when VirtualQuery.Invoke(address).IsShared:
                Trim(subject, address, length, advice);
                break;
            case MemoryAdvice.Free when VirtualQuery.Invoke(address).Type == MemPrivate:
                Reset(subject, address, length);
                break;
            case MemoryAdvice.Free:
                throw NotSupported(Messages.AdviceUnfit(advice, subject, SystemName));
            default:
                throw NotSupported(Messages.AdviceMissing(advice, subject, SystemName));
        }
    }

    /// <summary>Reads a part of a file ahead through a view of it; what was read stays in the system's cache without it.</summary>
    public override void AdviseFile(FileSpan part, MemoryAdvice advice)
    {
        if (advice != MemoryAdvice.WillNeed)
        {
            throw NotSupported(Messages.AdviceMissing(advice, part.Subject, SystemName));
        }

        if (part.Length == 0)
        {
            return;
        }

        using MappingHandle view = MapAround(part, out long lead);
        Prefetch(part.Subject, view.Address + (nint)lead, part.Length);
    }

    /// <summary>Windows tells every process its own working set.</summary>
    public override void DemandResidencyKnown(string subject, SafeFileHandle file)
    {
    }

    /// <summary>No documented call tells which pages of a file are in the cache, only which a process has in its working set.</summary>
    public override void DemandCacheKnown(string subject) => throw NotSupported(Messages.CacheUnknown(subject, SystemName));

    /// <summary>Tells which pages are in the working set of this process. Others may be in memory all the same, on their way out.</summary>
    public override void FindResidency(PageSpan pages, Span<byte> states)
    {
        var found = new QueryWorkingSet.Page[states.Length];
        int code = QueryWorkingSet.Invoke(OwnProcess, pages.Address, PageSize, found);
        if (code != 0)
        {
            throw System("QueryWorkingSetEx", code, pages.Subject);
        }

        for (int i = 0; i < states.Length; i++)
        {
            states[i] = found[i].IsValid ? (byte)1 : (byte)0;
        }
    }

    /// <inheritdoc/>
    public override Func<nint, long, PageUsage> ListUsage() => FindUsage;

    /// <inheritdoc/>
    public override IEnumerable<ProcessMapping> ReadMappings(int processId)
    {
        using var reader = new ProcessReader(processId);
        foreach (ProcessMapping mapping in reader.Read(PageSize))
        {
            yield return mapping;
        }
    }

    // What was changed or is in the paging file, Windows does not tell.
    private PageUsage FindUsage(nint address, long length) =>
        PageCounts.Find(OwnProcess, address, length, PageSize) is { } counts
            ? new PageUsage(Dirty: null, counts.Locked, counts.Large, Swapped: null)
            : default;

    private void Prefetch(string subject, nint address, long length)
    {
        int code = PrefetchVirtualMemory.Invoke(address, length);
        if (code != 0)
        {
            throw code == CallNotImplemented
                ? NotSupported(Messages.AdviceMissing(MemoryAdvice.WillNeed, subject, SystemName))
                : System("PrefetchVirtualMemory", code, subject);
        }
    }

    // Unlocking pages that are not locked takes them out of the working set: the memory manager may then have them first.
    private void Trim(string subject, nint address, long length, MemoryAdvice advice)
    {
        if (FindUsage(address, length).Locked > 0)
        {
            throw NotSupported(Messages.AdviceUnfit(advice, subject, SystemName));
        }

        int code = VirtualUnlock.Invoke(address, length);
        if (code is not (0 or NotLocked))
        {
            throw System("VirtualUnlock", code, subject);
        }
    }

    // The protection is not used, but must be a valid one.
    private void Reset(string subject, nint address, long length)
    {
        if (VirtualAlloc.Invoke(address, length, MemReset, PageReadWrite, out int code) == 0)
        {
            throw WindowsErrors.Describe("VirtualAlloc", code).Kind == NativeErrorKind.NotSupported
                ? NotSupported(Messages.AdviceUnfit(MemoryAdvice.Free, subject, SystemName))
                : System("VirtualAlloc", code, subject);
        }
    }
}
