using System;
using System.IO;
using System.Linq;
using MmapPS.Native;
using MmapPS.Ranges;
using MmapPS.Regions.Making;
using MmapPS.Resources;
using MmapPS.Work;

namespace MmapPS.Regions.Pages;

/// <summary>A file by its path, and the pages of it that the system keeps in memory.</summary>
internal sealed class CachedFile : IDisposable
{
    private const long ReadPart = 8 << 20;
    private const long EvictPart = 1 << 26;

    private readonly MemoryPlatform _platform;
    private readonly BackingFile _file;

    private CachedFile(MemoryPlatform platform, BackingFile file)
    {
        _platform = platform;
        _file = file;
    }

    /// <summary>Bytes in the file or block device.</summary>
    public long Length => _file.Length;

    /// <summary>Which file it is, whatever its names; null where the system does not say.</summary>
    public FileIdentity? Identity => _platform.Identify(_file.Handle);

    /// <summary>Opens a file for reading.</summary>
    /// <exception cref="MappingException">FileNotFound, AccessDenied; NotMappable: it is none that pages are kept of.</exception>
    public static CachedFile Open(string path)
    {
        MemoryPlatform platform = MemoryPlatform.Current;
        BackingFile file = BackingFile.Open(platform, path, new FileRequest(FileAccess.Read));
        try
        {
            if (!file.HasEnd)
            {
                throw new MappingException(MappingError.NotMappable, Messages.NotMappable(path, file.Status.Type.ToString()));
            }

            file.DemandLength();
            return new CachedFile(platform, file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>A range that is known to lie within the file.</summary>
    /// <exception cref="OutOfRangeException">It does not.</exception>
    public ByteRange Range(long offset, long? length) => ByteRange.Within(Length, offset, length, _file.Path);

    /// <summary>What of the file is in memory.</summary>
    /// <exception cref="MappingException">AccessDenied, NotSupported.</exception>
    public MemoryUsage Measure(IWork work)
    {
        Residency? residency = FindResidency(new MemoryRange(0, Length), work);
        return new MemoryUsage(0, Length, _file.Status.PageSize, residency?.Ranges ?? new MemoryRangeList([]))
        {
            Path = _file.Path,
            Dirty = residency is null ? 0 : residency.Dirty is long dirty ? Math.Min(Length, dirty) : null,
        };
    }

    /// <summary>Gives advice on a range.</summary>
    /// <exception cref="MappingException">NotSupported: an advice that makes no sense for a path; PageFault: a failing storage.</exception>
    public void Advise(ByteRange range, MemoryAdvice advice, IWork work)
    {
        var all = new FileSpan(_file.Path, _file.Handle, range.Offset, range.Length);
        switch (advice)
        {
            case MemoryAdvice.PopulateRead:
                Populate(all, work);
                break;
            case MemoryAdvice.WillNeed:
                InParts(all, ReadPart, work, part => _platform.AdviseFile(part, advice));
                break;
            case MemoryAdvice.Evict:
                // Dropping what is written back takes next to no time, so progress is that of the first.
                InParts(all, ReadPart, work, part => _platform.WriteBackFile(part, Math.Min(ReadPart, all.End - part.End)));
                InParts(all, EvictPart, work, part => _platform.AdviseFile(part, advice));
                break;
            default:
                throw new MappingException(MappingError.NotSupported, Messages.AdviceForMemory(advice, _file.Path));
        }
    }

    /// <summary>Bytes of whole pages within a range that are in memory; 0 where this user is not told.</summary>
    public long CountResident(ByteRange range)
    {
        long pageSize = _platform.PageSize;
        long from = Alignment.Up(range.Offset, pageSize);
        long to = range.End == Length ? range.End : Alignment.Down(range.End, pageSize);
        try
        {
            return FindResidency(new MemoryRange(from, Math.Max(0, to - from)), Unwatched.Work)?.Ranges.Sum(range => range.Length) ?? 0;
        }
        catch (MappingException refusal) when (refusal.Error is MappingError.AccessDenied or MappingError.NotSupported)
        {
            return 0;
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();

    // Mapped without any right to it, so that looking brings nothing in. Null where there is nothing to look at.
    private Residency? FindResidency(MemoryRange window, IWork work)
    {
        if (window.Length == 0)
        {
            return null;
        }

        if (_file.Status.PageSize > _platform.PageSize)
        {
            throw new MappingException(MappingError.NotSupported, Messages.PoolFileResidency(_file.Path));
        }

        _platform.DemandCacheKnown(_file.Path);
        _platform.DemandResidencyKnown(_file.Path, _file.Handle);
        long start = Alignment.Down(window.Offset, _file.Status.Granularity);
        var specification = new MapSpecification
        {
            Subject = _file.Path,
            File = _file.Handle,
            FileOffset = start,
            Length = window.End - start,
            PageSize = _platform.PageSize,
            Protection = MemoryProtection.None,
            Sharing = MapSharing.Shared,
        };
        using MappingHandle mapping = _platform.Map(specification);
        return Residency.Find(_platform, specification.Pages(mapping.Address, 0, specification.Length), window, work);
    }

    private static void InParts(FileSpan all, long size, IWork work, Action<FileSpan> action)
    {
        foreach (FileSpan part in all.Parts(size))
        {
            action(part);
            work.Advance(part.Length);
        }
    }

    // The system's own reading ahead is the best there is, but goes past the end of a range that others follow.
    private void Populate(FileSpan all, IWork work)
    {
        bool toEnd = all.End == Length;
        TryAdvise(all, toEnd ? MemoryAdvice.Sequential : MemoryAdvice.Random);
        InParts(all, ReadPart, work, part =>
        {
            if (!toEnd)
            {
                TryAdvise(part, MemoryAdvice.WillNeed);
            }

            Read(part);
        });
    }

    private void TryAdvise(FileSpan part, MemoryAdvice advice)
    {
        try
        {
            _platform.AdviseFile(part, advice);
        }
        catch (MappingException refusal) when (refusal.Error == MappingError.NotSupported)
        {
            // Only a hint.
        }
    }

    private void Read(FileSpan part)
    {
        long done = _platform.ReadThrough(_file.Handle, part.Offset, part.Length, out NativeError? error);
        if (done < part.Length)
        {
            long at = part.Offset + done;
            throw new PageFaultException(error is null
                ? Messages.PageFault(_file.Path, at, at, _platform.GetLength(_file.Handle), done, part.Length, writing: false)
                : Messages.StorageFailed(_file.Path, at, done, part.Length, writing: false));
        }
    }
}
