using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using MmapPS.Ranges;
using MmapPS.Resources;

namespace MmapPS.Native;

/// <content>Advice on pages and files, and what of them is in memory.</content>
internal abstract partial class MemoryPlatform
{
    /// <summary>Whether the system knows an advice, found by asking it.</summary>
    /// <exception cref="MappingException">NotSupported: this system takes no advice.</exception>
    public virtual bool KnowsAdvice(MemoryAdvice advice) =>
        throw MissingHere("Advice on memory", "The system manages its pages by itself.");

    /// <summary>Gives advice on mapped memory.</summary>
    /// <param name="pages">The memory.</param>
    /// <param name="advice">The advice, one for memory.</param>
    /// <exception cref="MappingException">
    /// NotSupported: the system or this memory does not take it. PageFault, NoSpace, LimitReached: it could not be followed.
    /// </exception>
    public virtual void Advise(PageSpan pages, MemoryAdvice advice) =>
        throw MissingHere($"Advice {advice} on memory", "The system manages its pages by itself.");

    /// <summary>Gives advice on a part of an open file.</summary>
    /// <param name="part">The part.</param>
    /// <param name="advice">Normal, Random, Sequential, NoReuse, WillNeed or Evict.</param>
    /// <exception cref="MappingException">NotSupported, or another refusal of the system.</exception>
    public virtual void AdviseFile(FileSpan part, MemoryAdvice advice) =>
        throw MissingHere($"Advice {advice} on files", "Advice PopulateRead reads a file into memory everywhere.");

    /// <summary>
    /// Writes a part of a file's changes back and waits for that, so that advice Evict over many parts finds nothing left to
    /// write, which nothing would stop. Does nothing where that advice takes parts itself.
    /// </summary>
    /// <param name="part">The part, not empty.</param>
    /// <param name="ahead">Bytes behind it that come next, whose writing may begin meanwhile.</param>
    /// <exception cref="MappingException">NoSpace, or another refusal, which the system reports only once.</exception>
    public virtual void WriteBackFile(FileSpan part, long ahead)
    {
    }

    /// <summary>Refuses where this user may not know which pages of a file are in memory.</summary>
    /// <exception cref="MappingException">AccessDenied; NotSupported: the system does not tell.</exception>
    public virtual void DemandResidencyKnown(string subject, SafeFileHandle file) =>
        throw MissingHere("Which pages of a file are in memory", "Read-MappedByte reads them wherever they are.");

    /// <summary>Refuses where the system tells which pages a mapping has, but not which pages of a file it keeps.</summary>
    /// <exception cref="MappingException">NotSupported.</exception>
    public virtual void DemandCacheKnown(string subject)
    {
    }

    /// <summary>Maps a part of a file for a moment, to ask or tell the system something about it.</summary>
    /// <param name="part">The part, not empty.</param>
    /// <param name="lead">Bytes of the mapping before it.</param>
    protected MappingHandle MapAround(FileSpan part, out long lead)
    {
        lead = part.Offset % Granularity;
        return Map(new MapSpecification
        {
            Subject = part.Subject,
            File = part.File,
            FileOffset = part.Offset - lead,
            Length = lead + part.Length,
            PageSize = PageSize,
            Protection = MemoryProtection.Read,
            Sharing = MapSharing.Shared,
        });
    }

    /// <summary>Tells which pages of mapped memory are in memory (of a file: in its cache), without touching them.</summary>
    /// <param name="pages">The pages.</param>
    /// <param name="states">Filled in, a byte for each page: 1 for one in memory, else 0.</param>
    /// <exception cref="MappingException">NotSupported, or another refusal of the system.</exception>
    public virtual void FindResidency(PageSpan pages, Span<byte> states) =>
        throw MissingHere("Which pages of a region are in memory", "Lock-MemoryMap keeps them there.");

    /// <summary>Counts what of a part of a file is in memory, mapped or not; null where the system does not tell it at once.</summary>
    public virtual CachedBytes? CountCached(FileSpan part) => null;

    /// <summary>
    /// Tells how whole pages of this process's memory are used, by address and length: as they are now where the system lists
    /// all memory at once, else as they are when they are asked for.
    /// </summary>
    public virtual Func<nint, long, PageUsage> ListUsage() => (_, _) => default;

    /// <summary>The mappings of a process, ascending by address.</summary>
    /// <exception cref="MappingException">FileNotFound: no such process. AccessDenied. NotSupported.</exception>
    public virtual IEnumerable<ProcessMapping> ReadMappings(int processId) =>
        throw MissingHere("The list of a process's mappings", "Get-MemoryMap lists the open regions of this session.");

    /// <summary>The error of what a system does not offer.</summary>
    /// <param name="what">What was asked for.</param>
    /// <param name="instead">A sentence: what would serve.</param>
    protected static MappingException MissingHere(string what, string instead) =>
        new(MappingError.NotSupported, Messages.MissingHere(what, RuntimeInformation.OSDescription, instead));
}
