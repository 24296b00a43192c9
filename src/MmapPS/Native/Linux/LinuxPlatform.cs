using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.Win32.SafeHandles;
using MmapPS.Native.Linux.Calls;
using MmapPS.Native.Unix;
using MmapPS.Native.Unix.Calls;
using MmapPS.Ranges;
using MmapPS.Resources;
using MmapPS.Terms;
using MmapPS.Work;
using static MmapPS.Native.Linux.LinuxConstants;

namespace MmapPS.Native.Linux;

/// <summary>Linux, 64-bit.</summary>
internal sealed partial class LinuxPlatform : UnixPlatform
{
    /// <summary>The options that Linux carries out.</summary>
    internal const MapOptions Honoured =
        MapOptions.Populate | MapOptions.Locked | MapOptions.NoReserve | MapOptions.HugePages
        | MapOptions.GrowsDown | MapOptions.Uninitialized | MapOptions.Sync;

    // What is allocated at one call: a file system in memory takes some milliseconds for it, others next to nothing.
    private const long GrowPart = 16 << 20;

    private readonly object _pipeLock = new();
    private readonly MappingBudget _budget = new();
    private readonly Lazy<bool> _knowsPopulate;
    private PipeCopier? _pipe;

    // Cleared when a sandbox refuses process_vm_readv; the pipe serves from then on.
    private volatile bool _processVmAllowed = true;

    public LinuxPlatform()
        : base(LinuxCallNames.All)
    {
        PageSize = Environment.SystemPageSize;
        _knowsPopulate = new Lazy<bool>(() => KnowsAdvice(MemoryAdvice.PopulateRead));
    }

    /// <inheritdoc/>
    public override long PageSize { get; }

    /// <inheritdoc/>
    public override StringComparison PathComparison => StringComparison.Ordinal;

    /// <inheritdoc/>
    public override FileStatus? FindStatus(string path)
    {
        int errno = Statx.Invoke(path, out Statx.Result result);
        return errno == 0 ? ToStatus(result, path) : LookUpFailure("statx", errno, path) is { } failure ? throw failure : null;
    }

    /// <inheritdoc/>
    public override FileStatus GetStatus(SafeFileHandle file, string path)
    {
        int errno = Statx.Invoke(file, out Statx.Result result);
        return errno == 0 ? ToStatus(result, path) : throw System("statx", errno, path);
    }

    /// <summary>
    /// Allocates behind the file's end first and moves the end last, in one step: another process that appends meanwhile appends where the
    /// file ended, and a growth that is stopped has no length to take back.
    /// </summary>
    public override long Grow(string subject, FileStream file, long length, IWork work)
    {
        DemandFileSize(subject, length);
        SafeFileHandle handle = file.SafeFileHandle;
        long oldLength = GetLength(handle);
        if (Statfs.GetFileSystemMagic(handle) == TmpFsMagic)
        {
            // Its files are memory.
            LinuxLimits.DemandMemory(subject, length - oldLength, locked: false);
        }

        // Without room for all of it, ask for all at once: that is refused before anything is allocated.
        long added = length - oldLength;
        long part = added > GrowPart && added <= FindFreeSpace(handle) ? GrowPart : added;
        long last = oldLength;
        int errno = 0;
        try
        {
            for (long done = oldLength; errno == 0 && done < length; done += part)
            {
                last = done;
                long count = Math.Min(part, length - done);
                errno = Fallocate.KeepSize(handle, done, count);
                if (errno == 0)
                {
                    work.Advance(count);
                }
            }

            // NFS takes no FALLOC_FL_KEEP_SIZE, but allocates.
            long start = GetLength(handle);
            errno = errno is 0 or EOPNOTSUPP ? Fallocate.Grow(handle, last, length - last) : errno;
            if (errno == 0)
            {
                return start;
            }

            if (errno is not (EOPNOTSUPP or ENOSYS))
            {
                throw GrowFailure(errno, subject, oldLength, length);
            }
        }
        catch
        {
            // Storage behind the end is freed by setting the length, if only to what it is.
            _ = SetLength(handle, GetLength(handle));
            throw;
        }

        return GrowByZeros(subject, file, length, work);
    }

    /// <inheritdoc/>
    public override NativeError? FindStorageRefusal(SafeFileHandle file, long offset, long length)
    {
        int errno = Fallocate.KeepSize(file, offset, length);
        return errno == 0 ? null : Describe("fallocate", errno);
    }

    /// <inheritdoc/>
    public override long GetHugePageSize(long requested)
    {
        IReadOnlyList<long> sizes = LinuxLimits.HugePageSizes;
        long size = requested == 0 ? LinuxLimits.DefaultHugePageSize : requested;
        return sizes.Contains(size)
            ? size
            : throw new MappingException(MappingError.NotSupported, Messages.HugePageSizeUnknown(size, sizes));
    }

    /// <inheritdoc/>
    public override MapOptions HonouredOptions => Honoured;

    /// <inheritdoc/>
    protected override string SystemName => "Linux";

    /// <inheritdoc/>
    public override IReadOnlyList<string> GetRemarks(MapOptions options) =>
        (options & MapOptions.Uninitialized) != 0 ? [Messages.UninitializedIgnored()] : [];

    /// <inheritdoc/>
    protected override MappingHandle MapHonoured(MapSpecification specification)
    {
        int flags = GetFlags(specification);
        DemandMemory(specification);
        int populate = PopulatesByParts(specification) ? 0 : GetPopulateFlags(specification.Options);
        if (populate != 0)
        {
            DemandReadable(specification.Pages(0, 0, specification.Length), specification.Length);
        }

        _budget.Take(specification.Subject, 1);
        nint address = Mmap.Invoke(
            specification.Address,
            specification.Length,
            GetProtection(specification.Protection),
            flags | populate,
            specification.File,
            specification.FileOffset,
            out int errno);
        if (address == 0)
        {
            throw DescribeMapFailure(specification, errno);
        }

        var mapping = new MappingHandle(Munmap.Invoke, address, specification.Length);
        try
        {
            // A kernel before 4.17 takes MAP_FIXED_NOREPLACE for a hint.
            return specification.Fixed && address != specification.Address
                ? throw DescribeMapFailure(specification, EEXIST)
                : mapping;
        }
        catch
        {
            mapping.Dispose();
            throw;
        }
    }

    // Pages that the page cache has of a file give way unless they are locked, and huge pages have a pool of their own.
    private void DemandMemory(MapSpecification specification)
    {
        bool locked = (specification.Options & MapOptions.Locked) != 0;
        bool ownPages = specification.File is null
            || (specification.Sharing == MapSharing.Private && (specification.Protection & MemoryProtection.Write) != 0);
        if (specification.PageSize == PageSize
            && (locked || (ownPages && (specification.Options & MapOptions.Populate) != 0)))
        {
            LinuxLimits.DemandMemory(specification.Subject, specification.Length, locked);
        }
    }

    /// <inheritdoc/>
    public override void Populate(MapSpecification specification, PageSpan pages)
    {
        if (!PopulatesByParts(specification))
        {
            return;
        }

        if ((specification.Options & MapOptions.Locked) != 0)
        {
            Lock(pages, onFault: false, specification.Length);
        }
        else
        {
            BringIn(pages, specification.Length);
        }
    }

    /// <inheritdoc/>
    public override void WriteBack(PageSpan pages, long ahead)
    {
        if (pages.InFile is { } part)
        {
            WriteBackFile(part, ahead);
        }
    }

    /// <summary>
    /// sync_file_range(2) knows nothing of a disk's cache and little of the file's metadata, so it makes nothing durable; but it
    /// reports a failed write, and then msync(2) does not report it again.
    /// </summary>
    public override void WriteBackFile(FileSpan part, long ahead)
    {
        // The next part starts before this one is waited for, so that the storage is not idle between them. To the call, 0 bytes
        // mean all.
        DemandWritten(part.Subject, ahead > 0 ? SyncFileRange.Start(part.File, part.End, ahead) : 0);
        DemandWritten(part.Subject, SyncFileRange.Complete(part.File, part.Offset, part.Length));
    }

    /// <inheritdoc/>
    public override bool ForgetsFailedWrites => true;

    /// <inheritdoc/>
    public override void Synchronize(PageSpan pages, SyncModes mode)
    {
        base.Synchronize(pages, mode);
        if ((mode & SyncModes.Async) != 0 && pages.InFile is { } part)
        {
            DemandWritten(part.Subject, SyncFileRange.Start(part.File, part.Offset, part.Length));
        }
    }

    /// <inheritdoc/>
    public override unsafe int CopyFromMemory(nint source, Span<byte> destination)
    {
        fixed (byte* local = destination)
        {
            return Copy(
                (nint)local, source, destination.Length, ProcessVm.Read, (pipe, here, there, count) => pipe.CopyFrom(there, here, count));
        }
    }

    /// <inheritdoc/>
    public override unsafe int CopyToMemory(nint destination, ReadOnlySpan<byte> source)
    {
        fixed (byte* local = source)
        {
            return Copy(
                (nint)local, destination, source.Length, ProcessVm.Write, (pipe, here, there, count) => pipe.CopyTo(there, here, count));
        }
    }

    /// <inheritdoc/>
    protected override NativeError Describe(string function, int errno) => LinuxErrno.Describe(function, errno);

    /// <inheritdoc/>
    protected override int DurableSync => MsSync;

    /// <inheritdoc/>
    protected internal override MappingException DescribeMapFailure(MapSpecification specification, int errno) =>
        LinuxLimits.Explain(specification, errno) ?? errno switch
        {
            EOPNOTSUPP => new MappingException(MappingError.NotSupported, Messages.SyncNeedsSharedFile(specification.Subject)),
            EINVAL when specification.File is not null && (specification.Options & MapOptions.HugePages) != 0
                => new MappingException(MappingError.NotSupported, Messages.HugePagesNeedPool(specification.Subject)),
            ENOMEM => MappingException.FromSystem("mmap", "ENOMEM", NoMemoryToMap(specification)),
            _ => base.DescribeMapFailure(specification, errno),
        };

    private int Copy(nint local, nint remote, int count, ProcessVm.Copier copy, Func<PipeCopier, nint, nint, int, int> copyByPipe)
    {
        int done = 0;
        while (_processVmAllowed && done < count)
        {
            int copied = copy(local + done, remote + done, count - done, out int errno);
            if (copied <= 0)
            {
                _processVmAllowed = errno is 0 or EFAULT;
                break;
            }

            done += copied;
        }

        // The pipe has the last word: it reaches device memory, which process_vm_readv refuses.
        return done == count || FindPipe() is not { } pipe
            ? done
            : done + copyByPipe(pipe, local + done, remote + done, count - done);
    }

    // Opened when first needed. Without one, a fault is a fault; without process_vm_readv as well, there is no way to copy.
    private PipeCopier? FindPipe()
    {
        lock (_pipeLock)
        {
            _pipe ??= PipeCopier.TryOpen((int)PageSize);
            return _pipe is not null || _processVmAllowed
                ? _pipe
                : throw new MappingException(MappingError.LimitReached, Messages.NoCopyPipe());
        }
    }

    private static int GetFlags(MapSpecification specification)
    {
        MapOptions options = specification.Options;
        bool synchronous = (options & MapOptions.Sync) != 0;
        if (synchronous && (specification.File is null || specification.Sharing == MapSharing.Private))
        {
            throw new MappingException(MappingError.NotSupported, Messages.SyncNeedsSharedFile(specification.Subject));
        }

        // Only MAP_SHARED_VALIDATE makes the kernel refuse a flag that it cannot honour.
        int flags = specification.Sharing == MapSharing.Private ? MapPrivate : synchronous ? MapSharedValidate : MapShared;
        flags |= specification.File is null ? MapAnonymous : 0;
        flags |= specification.Fixed ? MapFixedNoReplace : 0;
        flags |= synchronous ? MapSync : 0;
        flags |= (options & MapOptions.NoReserve) != 0 ? MapNoReserve : 0;
        flags |= (options & MapOptions.GrowsDown) != 0 ? MapGrowsDown : 0;
        if ((options & MapOptions.HugePages) != 0)
        {
            flags |= MapHugeTlb;
            flags |= specification.ExplicitHugePageSize ? Log2(specification.PageSize) << MapHugeShift : 0;
        }
        else
        {
            // The same bit is one of the huge page size's.
            flags |= (options & MapOptions.Uninitialized) != 0 ? MapUninitialized : 0;
        }

        return flags;
    }

    private static int Log2(long value)
    {
        int exponent = 0;
        for (; value > 1; value >>= 1)
        {
            exponent++;
        }

        return exponent;
    }

    // Bytes that this user may still allocate on a file's file system, or 0 where that is not known.
    private static long FindFreeSpace(SafeFileHandle file)
    {
        try
        {
            return new DriveInfo($"/proc/self/fd/{file.DangerousGetHandle()}").AvailableFreeSpace;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    private static string NoMemoryToMap(MapSpecification wanted) =>
        Messages.NoMemoryToMap(wanted.Subject, wanted.Length, reserves: (wanted.Options & MapOptions.NoReserve) == 0);

    private MappingException GrowFailure(int errno, string subject, long oldLength, long length) => errno switch
    {
        ENOSPC or EDQUOT => new NoSpaceException(Messages.NoSpaceToGrow(subject, oldLength, length)),
        EPERM => new MappingException(MappingError.AccessDenied, Messages.LengthDenied(subject)),
        EFBIG => MappingException.FromSystem("fallocate", "EFBIG", Messages.FileTooLong(subject, oldLength, length)),
        _ => System("fallocate", errno, subject),
    };

    private void DemandWritten(string subject, int errno)
    {
        NativeError? error = errno == 0 ? null : Describe("sync_file_range", errno);
        if (error is not null && error.Kind != NativeErrorKind.NotSupported)
        {
            throw SyncFailure(error, subject);
        }
    }

    private static int GetPopulateFlags(MapOptions options) =>
        ((options & MapOptions.Populate) != 0 ? MapPopulate : 0) | ((options & MapOptions.Locked) != 0 ? MapLocked : 0);

    // MAP_POPULATE and MAP_LOCKED are one call that nothing stops, and swallow what goes wrong while the pages come in.
    // MADV_POPULATE_* (Linux 5.14) takes parts and tells, but wants pages that may be read, all of them mapped.
    private bool PopulatesByParts(MapSpecification specification) =>
        GetPopulateFlags(specification.Options) != 0
        && (specification.Protection & MemoryProtection.Read) != 0
        && (specification.Options & MapOptions.GrowsDown) == 0
        && _knowsPopulate.Value;

    // Private pages are broken from the file, as mmap itself would do, and shared ones are not dirtied. Where the pages may not be
    // read, or the kernel has no such advice, the file tells what mmap and mlock do not: they try a page that its storage does
    // not give again and again, for ever.
    private void BringIn(PageSpan pages, long total)
    {
        int errno = pages.Sharing == MapSharing.Private ? Madvise.Invoke(pages.Address, pages.Length, MadvPopulateWrite) : EINVAL;
        errno = errno == EINVAL ? Madvise.Invoke(pages.Address, pages.Length, MadvPopulateRead) : errno;
        errno = errno == EINVAL ? ReadFileOf(pages) : errno;
        if (errno != 0)
        {
            throw LacksStorage(pages)
                ? new NoSpaceException(Messages.NoSpaceToPopulate(pages.Subject, total))
                : new PageFaultException(Messages.PopulateFailed(pages.Subject, total, LinuxErrno.GetName(errno)));
        }
    }

    private void DemandReadable(PageSpan pages, long total)
    {
        int errno = ReadFileOf(pages);
        if (errno != 0)
        {
            throw new PageFaultException(Messages.PopulateFailed(pages.Subject, total, LinuxErrno.GetName(errno)));
        }
    }

    private int ReadFileOf(PageSpan pages)
    {
        if (pages.File is null)
        {
            return 0;
        }

        long length = Math.Min(pages.Length, GetLength(pages.File) - pages.FileOffset);
        ReadThrough(pages.File, pages.FileOffset, length, out NativeError? error);
        return error?.Kind == NativeErrorKind.InputOutput ? EIO : 0;
    }

    private bool LacksStorage(PageSpan pages) => pages.File is not null
        && FindStorageRefusal(pages.File, pages.FileOffset, pages.Length)?.Kind == NativeErrorKind.NoSpace;

    /// <inheritdoc/>
    protected override FileStream? OpenPath(string path, FileRequest request, out NativeError? error)
    {
        bool writes = request.Creates || request.Access == FileAccess.ReadWrite;
        SafeFileHandle? file = Open.Invoke(path, writes, request.Permissions, out int errno);
        error = file is null ? Describe("open", errno) : null;
        if (file is null)
        {
            return null;
        }

        FileFlags.Wait(file, writes);
        return new FileStream(file, writes ? FileAccess.ReadWrite : FileAccess.Read, bufferSize: 1);
    }

    private FileStatus ToStatus(Statx.Result result, string path)
    {
        FileType type = GetFileType(result.Mode);

        // Files on hugetlbfs are mapped in its pages; the block size hints at it, the file system's magic settles it.
        bool huge = type == FileType.Regular && result.BlockSize > PageSize && Statfs.GetFileSystemMagic(path) == HugeTlbFsMagic;
        long pageSize = huge ? result.BlockSize : PageSize;
        return new FileStatus(type, pageSize, pageSize) { Permissions = result.Mode & FilePermissions.Anyone };
    }
}
