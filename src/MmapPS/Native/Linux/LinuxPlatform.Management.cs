using System;
using Microsoft.Win32.SafeHandles;
using MmapPS.Native.Unix;
using MmapPS.Resources;
using static MmapPS.Native.Linux.LinuxConstants;

namespace MmapPS.Native.Linux;

/// <content>What changes a mapping that is there, and memory with a name.</content>
internal sealed partial class LinuxPlatform
{
    // Giving the middle of a mapping another property makes three of it.
    private const int MappingsOfASplit = 2;

    // Bytes of secret memory that are brought in between two looks at whether to go on.
    private const long SecretPart = 8 << 20;
    private const long SlowSecretPart = 64 << 10;

    /// <inheritdoc/>
    public override void DemandSplit(string subject) => _budget.Take(subject, MappingsOfASplit);

    /// <inheritdoc/>
    public override void Resize(MappingHandle mapping, MapSpecification wanted)
    {
        nint address = Mremap.Invoke(mapping.Address, mapping.Size, wanted.Length, mayMove: !wanted.Fixed, out int errno);
        if (address != 0)
        {
            mapping.Relocate(address, wanted.Length);
            return;
        }

        throw errno switch
        {
            EFAULT => new MappingException(MappingError.NotSupported, Messages.PiecesNotResizable(wanted.Subject)),

            // Locked by an option or since: only a locked mapping is refused like this.
            EAGAIN when LinuxLimits.LockedMemory is long limit
                => new MappingException(MappingError.LimitReached, Messages.LockLimit(wanted.Subject, wanted.Length, limit)),
            ENOMEM when wanted.Fixed =>
                MappingException.FromSystem("mremap", "ENOMEM", Messages.AddressTaken(mapping.Address, wanted.Length)),
            _ => LinuxLimits.Explain(wanted, errno) ?? (errno is ENOMEM or EINVAL
                ? MappingException.FromSystem("mremap", LinuxErrno.GetName(errno), Messages.NoMemoryToMap(wanted.Subject, wanted.Length))
                : System("mremap", errno, wanted.Subject)),
        };
    }

    /// <inheritdoc/>
    public override void Lock(string subject, nint address, long length, bool onFault, long total)
    {
        DemandSplit(subject);
        int errno = onFault ? Mlock2.LockOnFault(address, length) : Mlock.Invoke(address, length);
        if (errno == 0)
        {
            return;
        }

        if (errno == ENOSYS)
        {
            throw new MappingException(MappingError.NotSupported, Messages.NoLockOnFault());
        }

        // A limit and a page that cannot be brought in have the same numbers. Without bringing pages in only the limit is left,
        // or it succeeds, and then the pages were at fault. Huge pages are brought in all the same.
        bool pageOrLimit = errno is ENOMEM or EAGAIN;
        if (pageOrLimit && ((!onFault && Mlock2.LockOnFault(address, length) == 0) || !LimitRefuses(length)))
        {
            throw new PageFaultException(Messages.PopulateFailed(subject, total, LinuxErrno.GetName(errno)));
        }

        throw errno is ENOMEM or EAGAIN or EPERM && LinuxLimits.LockedMemory is long limit
            ? new MappingException(MappingError.LimitReached, Messages.LockLimit(subject, total, limit))
            : System("mlock", errno, subject);
    }

    // Asked with memory of which nothing is brought in.
    private static bool LimitRefuses(long length)
    {
        nint probe = Mmap.Invoke(0, length, 0, MapPrivate | MapAnonymous | MapNoReserve, null, 0, out _);
        if (probe == 0)
        {
            return true;
        }

        bool refused = Mlock2.LockOnFault(probe, length) != 0;
        _ = Munmap.Invoke(probe, length);
        return refused;
    }

    /// <inheritdoc/>
    public override void Unlock(string subject, nint address, long length)
    {
        DemandSplit(subject);
        base.Unlock(subject, address, length);
    }

    /// <inheritdoc/>
    public override MappingHandle MapSecret(MapSpecification specification, Action<long> advance)
    {
        _budget.Take(specification.Subject, 1);
        LinuxLimits.DemandMemory(specification);
        using SafeFileHandle? secret = MemfdSecret.TryCreate(specification.Length);
        nint address = Mmap.Invoke(
            0,
            specification.Length,
            UnixConstants.ProtRead | UnixConstants.ProtWrite,
            secret is null ? MapPrivate | MapAnonymous : MapShared,
            secret,
            0,
            out int errno);
        if (address == 0)
        {
            throw DescribeMapFailure(specification, errno);
        }

        var mapping = new MappingHandle(Munmap.Invoke, address, specification.Length);
        errno = Madvise.Invoke(address, specification.Length, MadvDontDump);
        if (errno is not (0 or EINVAL))
        {
            mapping.Dispose();
            throw System("madvise", errno, specification.Subject);
        }

        // Nothing but a touch brings memfd_secret's pages in, each out of the kernel's own mappings: up to a millisecond a page.
        return secret is null
            ? BringInSecret(mapping, SecretPart, (start, length) => LockNew(specification, start, length), advance, WipeAndUnmap)
            : BringInSecret(mapping, SlowSecretPart, Wipe, advance, WipeAndUnmap);
    }

    private void LockNew(MapSpecification specification, nint address, long length)
    {
        BringIn(specification, address, length);
        Lock(specification.Subject, address, length, onFault: false, specification.Length);
    }

    /// <inheritdoc/>
    protected override string NameFolder => "/dev/shm"; // where the C library keeps what shm_open makes

    /// <inheritdoc/>
    protected override SafeFileHandle? OpenName(string name, bool writes, bool creates, out NativeError? error)
    {
        int flags = (writes ? OpenReadWrite : OpenReadOnly) | (creates ? OpenCreate : 0);
        SafeFileHandle? file = ShmOpen.Invoke(name, flags | OpenNonBlocking, out int errno);
        error = file is null ? Describe("shm_open", errno) : null;
        return file;
    }

    /// <inheritdoc/>
    protected override NativeError? RemoveName(string name)
    {
        int errno = ShmOpen.Unlink(name);
        return errno == 0 ? null : Describe("shm_unlink", errno);
    }

    /// <inheritdoc/>
    protected override NativeError? FindOwner(SafeFileHandle file, out FileOwner owner) =>
        ToOwner(Statx.Invoke(file, out Statx.Result status), status, out owner);

    /// <inheritdoc/>
    protected override NativeError? FindOwner(string path, out FileOwner owner) =>
        ToOwner(Statx.Invoke(path, out Statx.Result status), status, out owner);

    private NativeError? ToOwner(int errno, Statx.Result status, out FileOwner owner)
    {
        owner = new FileOwner(status.User, GetFileType(status.Mode));
        return errno == 0 ? null : Describe("statx", errno);
    }
}
