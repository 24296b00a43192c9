using System;
using System.IO;
using Microsoft.Win32.SafeHandles;
using MmapPS.Native.MacOS.Calls;
using MmapPS.Native.Unix;
using MmapPS.Native.Unix.Calls;
using MmapPS.Ranges;
using MmapPS.Resources;
using MmapPS.Terms;
using MmapPS.Work;
using static MmapPS.Native.MacOS.MacOSConstants;

namespace MmapPS.Native.MacOS;

/// <summary>macOS on x64 and arm64.</summary>
internal sealed partial class MacOSPlatform : UnixPlatform
{
    /// <summary>The options that macOS carries out.</summary>
    internal const MapOptions Honoured =
        MapOptions.Populate | MapOptions.Locked | MapOptions.NoReserve;

    public MacOSPlatform()
        : base(MacOSCallNames.All)
    {
    }

    /// <inheritdoc/>
    public override long PageSize { get; } = Environment.SystemPageSize;

    /// <summary>The file systems that come with macOS tell names apart by case only where they were made to.</summary>
    public override StringComparison PathComparison => StringComparison.OrdinalIgnoreCase;

    /// <inheritdoc/>
    public override FileStatus? FindStatus(string path)
    {
        int errno = Stat.Invoke(path, out Stat.Result result);
        return errno == 0 ? ToStatus(result) : LookUpFailure("stat", errno, path) is { } failure ? throw failure : null;
    }

    /// <inheritdoc/>
    public override FileStatus GetStatus(SafeFileHandle file, string path)
    {
        int errno = Stat.Invoke(file, out Stat.Result result);
        return errno == 0 ? ToStatus(result) : throw System("fstat", errno, path);
    }

    /// <inheritdoc/>
    public override FileIdentity? Identify(SafeFileHandle file) =>
        Stat.Invoke(file, out Stat.Result status) == 0 ? new FileIdentity(status.Device, status.Inode) : null;

    /// <inheritdoc/>
    public override FileIdentity? Identify(string path) =>
        Stat.Invoke(path, out Stat.Result status) == 0 ? new FileIdentity(status.Device, status.Inode) : null;

    /// <summary>Writes zeros: F_PREALLOCATE is a variadic call with an argument, which arm64 passes where P/Invoke cannot.</summary>
    public override long Grow(string subject, FileStream file, long length, IWork work)
    {
        DemandFileSize(subject, length);
        return GrowByZeros(subject, file, length, work);
    }

    /// <summary>F_PUNCHHOLE is a variadic call with an argument, which arm64 passes where P/Invoke cannot.</summary>
    public override NativeError? PunchHole(SafeFileHandle file, long offset, long length) => Describe("fcntl", ENOTSUP);

    /// <summary>macOS cannot be asked for storage without changing the file.</summary>
    public override NativeError? FindStorageRefusal(SafeFileHandle file, long offset, long length) => null;

    /// <inheritdoc/>
    public override long GetHugePageSize(long requested) =>
        throw new MappingException(MappingError.NotSupported, Messages.HugePageSizeUnknown(requested, []));

    /// <inheritdoc/>
    public override MapOptions HonouredOptions => Honoured;

    /// <inheritdoc/>
    protected override string SystemName => "macOS";

    /// <inheritdoc/>
    protected override MappingHandle MapHonoured(MapSpecification specification)
    {
        nint address = Place(specification, specification.Address, skip: 0);
        var mapping = new MappingHandle(Munmap.Invoke, address, specification.Length);
        if (specification.Fixed && address != specification.Address)
        {
            mapping.Dispose();
            throw DescribeMapFailure(specification, EEXIST);
        }

        return mapping;
    }

    /// <inheritdoc/>
    public override void Populate(MapSpecification specification, PageSpan pages)
    {
        if ((specification.Options & MapOptions.Populate) != 0 && (specification.Protection & MemoryProtection.Read) != 0)
        {
            Demand("madvise", Madvise.Invoke(pages.Address, pages.Length, MadvWillNeed), pages.Subject);
            Touch(specification, pages, MacOSErrno.GetName(EFAULT));
        }

        if ((specification.Options & MapOptions.Locked) != 0)
        {
            Lock(pages, onFault: false, specification.Length);
        }
    }

    /// <inheritdoc/>
    public override void Synchronize(PageSpan pages, SyncModes mode)
    {
        base.Synchronize(pages, mode);
        int errno = (mode & SyncModes.Async) == 0 && pages.File is not null ? FullSync.Invoke(pages.File) : 0;
        if (errno != 0)
        {
            throw SyncFailure(Describe("fcntl", errno), pages.Subject);
        }
    }

    /// <inheritdoc/>
    public override unsafe int CopyFromMemory(nint source, Span<byte> destination)
    {
        fixed (byte* local = destination)
        {
            return PagedCopy.Run(source, (nint)local, destination.Length, source, PageSize, MachVm.Read);
        }
    }

    /// <inheritdoc/>
    public override unsafe int CopyToMemory(nint destination, ReadOnlySpan<byte> source)
    {
        fixed (byte* local = source)
        {
            return PagedCopy.Run((nint)local, destination, source.Length, destination, PageSize, MachVm.Write);
        }
    }

    /// <inheritdoc/>
    protected override NativeError Describe(string function, int errno) => MacOSErrno.Describe(function, errno);

    /// <inheritdoc/>
    protected override int DurableSync => MsSync;

    /// <inheritdoc/>
    protected override FileStream? OpenPath(string path, FileRequest request, out NativeError? error)
    {
        if (request.Permissions is int bits)
        {
            return Make(path, bits, out error);
        }

        SafeFileHandle? file = OpenExisting.Invoke(path, request.Access == FileAccess.ReadWrite, followsLinks: true, out int errno);
        error = file is null ? Describe("open", errno) : null;
        return file is null ? null : new FileStream(file, request.Access, bufferSize: 1);
    }

    // Made by .NET, because open(2) with O_CREAT is out of reach (see OpenExisting). It has its permissions before any byte.
    private FileStream? Make(string path, int permissions, out NativeError? error)
    {
        FileStream? file = null;
        try
        {
            file = OpenStream(path, new FileRequest(FileAccess.ReadWrite) { Permissions = permissions });
            FileTrace.Opened(path, FileAccess.ReadWrite, create: true, file);

            // .NET's share modes are advisory locks here; if kept, they would shut out a process that opens the file exclusively.
            Flock.Release(file.SafeFileHandle);
            int mode = GetStatus(file.SafeFileHandle, path).Permissions;
            if ((mode & permissions) != mode)
            {
                Demand("fchmod", Fchmod.Invoke(file.SafeFileHandle, mode & permissions), path);
            }

            error = null;
            return file;
        }
        catch (IOException failure) when (failure is not MappingException)
        {
            error = Describe("open", failure.HResult);
            FileTrace.Refused(path, error.Name);
            return null;
        }
        catch
        {
            file?.Dispose();
            throw;
        }
    }

    private FileStatus ToStatus(Stat.Result result) =>
        new(GetFileType(result.Mode), Granularity, PageSize) { Permissions = result.Mode & FilePermissions.Anyone };

    /// <summary>Maps a specification's bytes from one on.</summary>
    private nint Place(MapSpecification specification, nint wish, long skip)
    {
        // NoReserve needs no flag: macOS never reserves swap. A free address is always granted, so Fixed needs none
        // either; MAP_FIXED would throw away what is mapped there.
        nint address = Mmap.Invoke(
            wish,
            specification.Length - skip,
            GetProtection(specification.Protection),
            (specification.Sharing == MapSharing.Private ? MapPrivate : MapShared) | (specification.File is null ? MapAnonymous : 0),
            specification.File,
            specification.File is null ? 0 : specification.FileOffset + skip,
            out int errno);
        return address != 0 ? address : throw DescribeMapFailure(specification, errno);
    }

    private void Demand(string function, int errno, string subject)
    {
        if (errno != 0)
        {
            throw System(function, errno, subject);
        }
    }
}
