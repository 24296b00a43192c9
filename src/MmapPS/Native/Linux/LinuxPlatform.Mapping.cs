using Microsoft.Win32.SafeHandles;
using MmapPS.Native.Linux.Calls;
using MmapPS.Native.Unix;
using MmapPS.Native.Unix.Calls;
using MmapPS.Ranges;
using MmapPS.Resources;
using MmapPS.Work;
using static MmapPS.Native.Linux.LinuxConstants;

namespace MmapPS.Native.Linux;

/// <content>Changes of a mapping.</content>
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
        if (wanted.Length > mapping.Size && wanted.File is not null && IsLocked(mapping))
        {
            // The kernel then brings in what is added, as mlock does.
            DemandReadable(wanted.Pages(mapping.Address, mapping.Size, wanted.Length - mapping.Size), wanted.Length);
        }

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
                MappingException.FromSystem("mremap", "ENOMEM", Messages.FixedCannotGrow(wanted.Subject, mapping.Address, wanted.Length)),
            _ => LinuxLimits.Explain(wanted, errno) ?? (errno is ENOMEM or EINVAL
                ? MappingException.FromSystem("mremap", LinuxErrno.GetName(errno), NoMemoryToMap(wanted))
                : System("mremap", errno, wanted.Subject)),
        };
    }

    /// <summary>
    /// Locks pages as they come in, brings them in, and then locks them for good: mlock alone tries a page that its storage does not
    /// give again and again, for ever. So each refusal has its own call too: the first one's is a limit, the second one's a page.
    /// </summary>
    public override void Lock(PageSpan pages, bool onFault, long total)
    {
        DemandSplit(pages.Subject);
        int errno = Mlock2.LockOnFault(pages.Address, pages.Length);
        if (onFault && errno == ENOSYS)
        {
            throw new MappingException(MappingError.NotSupported, Messages.NoLockOnFault());
        }

        if (!onFault && errno is 0 or ENOSYS)
        {
            BringIn(pages, total);
            errno = Mlock.Invoke(pages.Address, pages.Length);
        }

        // Pages under None, and huge ones, are tried by the lock itself.
        if (errno is ENOMEM or EAGAIN && !LimitRefuses(pages.Length))
        {
            throw new PageFaultException(Messages.PopulateFailed(pages.Subject, total, LinuxErrno.GetName(errno)));
        }

        if (errno != 0)
        {
            throw errno is ENOMEM or EAGAIN or EPERM && LinuxLimits.LockedMemory is long limit
                ? new MappingException(MappingError.LimitReached, Messages.LockLimit(pages.Subject, total, limit))
                : System("mlock", errno, pages.Subject);
        }
    }

    // Of each page of the process smaps tells slowly, so it is asked only where something is locked at all.
    private bool IsLocked(MappingHandle mapping) =>
        LinuxLimits.HasLockedMemory && ListUsage()(mapping.Address, mapping.Size).Locked is not 0;

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
    public override void Unlock(PageSpan pages)
    {
        DemandSplit(pages.Subject);
        base.Unlock(pages);
    }

    /// <inheritdoc/>
    public override MappingHandle MapSecret(MapSpecification specification, IWork work)
    {
        _budget.Take(specification.Subject, 1);
        LinuxLimits.DemandMemory(specification.Subject, specification.Length, locked: true);
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

        PageSpan pages = specification.Pages(address, 0, specification.Length);

        // Nothing but a touch brings memfd_secret's pages in, each out of the kernel's own mappings: up to a millisecond a page.
        return secret is null
            ? BringInSecret(mapping, pages.Parts(SecretPart), part => Lock(part, onFault: false, pages.Length), work)
            : BringInSecret(mapping, pages.Parts(SlowSecretPart), part => Wipe(part.Address, part.Length), work);
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
