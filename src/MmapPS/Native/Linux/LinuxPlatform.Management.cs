using System;
using System.Collections.Generic;
using System.IO;
using Microsoft.Win32.SafeHandles;
using MmapPS.Native.Unix;
using MmapPS.Resources;
using static MmapPS.Native.Linux.LinuxConstants;

namespace MmapPS.Native.Linux;

/// <content>What changes a mapping that is there, and memory with a name.</content>
internal sealed partial class LinuxPlatform
{
    // Where the C library keeps what shm_open makes.
    private const string SharedMemoryFolder = "/dev/shm";

    // Giving the middle of a mapping another property makes three of it.
    private const int MappingsOfASplit = 2;

    /// <inheritdoc/>
    public override void Protect(string subject, nint address, long length, MemoryProtection protection)
    {
        _budget.Take(subject, MappingsOfASplit);
        base.Protect(subject, address, length, protection);
    }

    /// <inheritdoc/>
    public override void Resize(MappingHandle mapping, MapSpecification wanted)
    {
        if (wanted.PageSize > PageSize)
        {
            throw new MappingException(MappingError.NotSupported, Messages.HugeNotResizable(wanted.Subject));
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
            ENOMEM when wanted.Fixed => MappingException.FromSystem("mremap", "ENOMEM", Messages.AddressTaken(mapping.Address, wanted.Length)),
            _ => LinuxLimits.Explain(wanted, errno) ?? System("mremap", errno, wanted.Subject),
        };
    }

    /// <inheritdoc/>
    public override void Lock(string subject, nint address, long length, bool onFault)
    {
        _budget.Take(subject, MappingsOfASplit);
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
        // or it succeeds, and then the pages were at fault, which the kernel left locked.
        if (!onFault && errno is ENOMEM or EAGAIN && Mlock2.LockOnFault(address, length) == 0)
        {
            _ = Munlock.Invoke(address, length);
            throw new PageFaultException(Messages.PopulateFailed(subject, length, LinuxErrno.GetName(errno)));
        }

        throw errno is ENOMEM or EAGAIN or EPERM && LinuxLimits.LockedMemory is long limit
            ? new MappingException(MappingError.LimitReached, Messages.LockLimit(subject, length, limit))
            : System("mlock", errno, subject);
    }

    /// <inheritdoc/>
    public override void Unlock(string subject, nint address, long length)
    {
        _budget.Take(subject, MappingsOfASplit);
        base.Unlock(subject, address, length);
    }

    /// <inheritdoc/>
    public override MappingHandle MapSecret(MapSpecification specification)
    {
        _budget.Take(specification.Subject, 1);
        using SafeFileHandle? secret = MemfdSecret.TryCreate(specification.Length);
        const int Present = MapPopulate | MapLocked;
        nint address = Mmap.Invoke(
            0,
            specification.Length,
            UnixConstants.ProtRead | UnixConstants.ProtWrite,
            secret is null ? MapPrivate | MapAnonymous | Present : MapShared | MapPopulate,
            secret,
            0,
            out int errno);
        if (address == 0)
        {
            throw DescribeMapFailure(specification, errno);
        }

        var mapping = new MappingHandle(WipeAndUnmap, address, specification.Length);
        try
        {
            if (secret is null)
            {
                VerifyPopulated(specification, mapping);
            }

            Wipe(address, specification.Length);
            errno = Madvise.Invoke(address, specification.Length, MadvDontDump);
            return errno is 0 or EINVAL ? mapping : throw System("madvise", errno, specification.Subject);
        }
        catch
        {
            mapping.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public override NamedMemory OpenNamed(string name, long? length, FileAccess access)
    {
        int flags = (length is not null || access == FileAccess.ReadWrite ? OpenReadWrite : OpenReadOnly)
            | (length is null ? 0 : OpenCreate);

        // A pipe that somebody put there would wait for its other end.
        SafeFileHandle file = ShmOpen.Invoke(name, flags | OpenNonBlocking, out int errno) ?? throw (errno switch
        {
            ENOENT => new MappingException(MappingError.FileNotFound, Messages.NameNotFound(name)),
            EACCES or ELOOP => new MappingException(MappingError.AccessDenied, Messages.NameDenied(name)),
            _ => System("shm_open", errno, name),
        });
        try
        {
            errno = Statx.Invoke(file, out Statx.Result status);
            if (errno != 0)
            {
                throw System("statx", errno, name);
            }

            // A name that somebody else put there is a trap.
            if (status.User != UserId.Effective || GetFileType(status.Mode) != FileType.Regular)
            {
                throw new MappingException(MappingError.AccessDenied, Messages.NameNotOwned(name, status.User));
            }

            var stream = new FileStream(file, (flags & OpenReadWrite) != 0 ? FileAccess.ReadWrite : FileAccess.Read, bufferSize: 1);
            bool isNew = GiveLength(stream, name, length);
            return new NamedMemory(stream, null, GetLength(file), isNew);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public override void Unlink(string name)
    {
        int errno = ShmOpen.Unlink(name);
        if (errno != 0)
        {
            throw errno switch
            {
                ENOENT => new MappingException(MappingError.FileNotFound, Messages.NameNotFound(name)),
                EACCES or EPERM => new MappingException(MappingError.AccessDenied, Messages.NameDenied(name)),
                _ => System("shm_unlink", errno, name),
            };
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<SharedMemoryName> GetNames()
    {
        var names = new List<SharedMemoryName>();
        foreach (FileInfo file in new DirectoryInfo(SharedMemoryFolder).GetFiles())
        {
            // Only what would be opened: no links, nothing that is no file.
            if ((file.Attributes & FileAttributes.ReparsePoint) != 0
                || Statx.Invoke(file.FullName, out Statx.Result status) != 0
                || status.User != UserId.Effective
                || GetFileType(status.Mode) != FileType.Regular)
            {
                continue;
            }

            try
            {
                names.Add(new SharedMemoryName(file.Name, file.Length, file.LastWriteTime));
            }
            catch (FileNotFoundException)
            {
                // Somebody removed it meanwhile.
            }
        }

        return names;
    }

    private static bool WipeAndUnmap(nint address, long length)
    {
        // Whatever protection it was given since; it is locked, so a writable page of it cannot fault.
        if (Mprotect.Invoke(address, length, UnixConstants.ProtRead | UnixConstants.ProtWrite) == 0)
        {
            Wipe(address, length);
        }

        return Munmap.Invoke(address, length);
    }

    private static unsafe void Wipe(nint address, long length)
    {
        const int Part = 1 << 30;
        for (long done = 0; done < length; done += Part)
        {
            new Span<byte>((byte*)address + done, (int)Math.Min(length - done, Part)).Clear();
        }
    }

    // The first to come gives the length, which is told; the lock makes others wait until it is there.
    private bool GiveLength(FileStream stream, string name, long? length)
    {
        SafeFileHandle file = stream.SafeFileHandle;
        Flock.Take(file);
        try
        {
            if (length is not long wanted || GetLength(file) != 0)
            {
                return false;
            }

            Grow(name, stream, 0, wanted);
            return true;
        }
        catch (MappingException)
        {
            _ = ShmOpen.Unlink(name);
            throw;
        }
        finally
        {
            Flock.Release(file);
        }
    }
}
