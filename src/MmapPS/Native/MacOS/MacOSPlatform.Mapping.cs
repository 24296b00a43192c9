using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Microsoft.Win32.SafeHandles;
using MmapPS.Native.MacOS.Calls;
using MmapPS.Native.Unix;
using MmapPS.Native.Unix.Calls;
using MmapPS.Ranges;
using MmapPS.Resources;
using MmapPS.Work;
using static MmapPS.Native.MacOS.MacOSConstants;

namespace MmapPS.Native.MacOS;

/// <content>Changes of a mapping.</content>
internal sealed partial class MacOSPlatform
{
    private readonly Lazy<string> _nameFolder = new(MakeNameFolder);

    /// <summary>
    /// Of all folders of the user's own this one is closed to others, and nothing in it is cleaned up while it is in use. shm_open
    /// takes names of 31 bytes and lists none.
    /// </summary>
    protected override string NameFolder => _nameFolder.Value;

    /// <inheritdoc/>
    public override IReadOnlyList<string> SecretRemarks =>
        GetRLimit.Invoke(LimitCore) == 0 ? [] : [Messages.SecretMayBeDumped(SystemName)];

    /// <summary>
    /// Shrinks in place. Grows in place where the addresses behind are free; otherwise all is mapped again, and the memory that
    /// was there is put in place of the new mapping's beginning, with whatever was changed in it.
    /// </summary>
    public override void Resize(MappingHandle mapping, MapSpecification wanted)
    {
        long present = ToPages(mapping.Size);
        long length = ToPages(wanted.Length);
        nint address = mapping.Address;
        if (length > present)
        {
            address = Grow(mapping.Address, present, wanted);
        }
        else if (length < present && !Munmap.Invoke(mapping.Address + (nint)length, present - length))
        {
            throw System("munmap", EINVAL, wanted.Subject);
        }

        mapping.Relocate(address, wanted.Length);
    }

    /// <inheritdoc/>
    public override void Lock(PageSpan pages, bool onFault, long total)
    {
        if (onFault)
        {
            throw new MappingException(MappingError.NotSupported, Messages.LockOnFaultUnknown(SystemName));
        }

        int errno = Mlock.Invoke(pages.Address, pages.Length);
        if (errno != 0)
        {
            throw errno switch
            {
                EAGAIN => new MappingException(
                    MappingError.LimitReached, Messages.WireLimit(pages.Subject, total, GetRLimit.Invoke(LimitLockedMemory))),
                ENOMEM => new PageFaultException(Messages.PopulateFailed(pages.Subject, total, MacOSErrno.GetName(errno))),
                _ => System("mlock", errno, pages.Subject),
            };
        }
    }

    /// <summary>Lets pages go however often they were locked: macOS counts, and undoes one lock at a call.</summary>
    public override void Unlock(PageSpan pages)
    {
        do
        {
            base.Unlock(pages);
        }
        while (FindRegions(pages.Address, pages.Length).Any(region => region.Locks > 0));
    }

    /// <summary>Memory that is locked, and overwritten before it is given back; by the kernel, where the process dies first.</summary>
    public override MappingHandle MapSecret(MapSpecification specification, IWork work)
    {
        const long Part = 8 << 20;
        var mapping = new MappingHandle(Munmap.Invoke, Place(specification, wish: 0, skip: 0), specification.Length);
        try
        {
            Demand("madvise", Madvise.Invoke(mapping.Address, specification.Length, MadvZeroWiredPages), specification.Subject);
        }
        catch
        {
            mapping.Dispose();
            throw;
        }

        PageSpan pages = specification.Pages(mapping.Address, 0, specification.Length);
        return BringInSecret(mapping, pages.Parts(Part), part => Lock(part, onFault: false, pages.Length), work);
    }

    /// <inheritdoc/>
    protected override SafeFileHandle? OpenName(string name, bool writes, bool creates, out NativeError? error)
    {
        string path = Path.Combine(NameFolder, name);
        SafeFileHandle? file = OpenExisting.Invoke(path, writes, followsLinks: false, out int errno);
        while (errno == ENOENT && creates)
        {
            // It may be removed again at once; then it is made again.
            MakeName(name, path);
            file = OpenExisting.Invoke(path, writes, followsLinks: false, out errno);
        }

        error = file is null ? Describe("open", errno) : null;
        return file;
    }

    /// <inheritdoc/>
    protected override NativeError? RemoveName(string name)
    {
        int errno = Calls.Unlink.Invoke(Path.Combine(NameFolder, name));
        return errno == 0 ? null : Describe("unlink", errno);
    }

    /// <inheritdoc/>
    protected override NativeError? FindOwner(SafeFileHandle file, out FileOwner owner) =>
        ToOwner("fstat", Stat.Invoke(file, out Stat.Result status), status, out owner);

    /// <inheritdoc/>
    protected override NativeError? FindOwner(string path, out FileOwner owner) =>
        ToOwner("stat", Stat.Invoke(path, out Stat.Result status), status, out owner);

    private static string MakeNameFolder()
    {
        string folder = Path.Combine(
            Confstr.Find(UserCacheFolder) ?? throw new MappingException(MappingError.NotSupported, Messages.NoNames()), "MmapPS");
        Directory.CreateDirectory(folder);
        return folder;
    }

    private NativeError? ToOwner(string function, int errno, Stat.Result status, out FileOwner owner)
    {
        owner = new FileOwner(status.User, GetFileType(status.Mode));
        return errno == 0 ? null : Describe(function, errno);
    }

    // Until it has its permissions the folder guards it.
    private void MakeName(string name, string path)
    {
        using FileStream? file = Make(path, FilePermissions.Owner, out NativeError? error);
        if (file is null && error!.Name != "EEXIST")
        {
            throw System(error, name);
        }
    }

    private long ToPages(long length) => (length + PageSize - 1) / PageSize * PageSize;

    private nint Grow(nint address, long present, MapSpecification wanted)
    {
        // What comes behind parts that differ could be like any of them.
        if (FindRegions(address, present).Select(region => region.Protection).Distinct().Count() > 1)
        {
            throw new MappingException(MappingError.NotSupported, Messages.PiecesNotResizable(wanted.Subject));
        }

        nint behind = address + (nint)present;
        nint tail = Place(wanted, behind, skip: present);
        if (tail == behind)
        {
            LockNew(wanted, wanted.Pages(address, present, wanted.Length - present));
            return address;
        }

        Munmap.Invoke(tail, wanted.Length - present);
        return wanted.Fixed
            ? throw MappingException.FromSystem("mmap", "EEXIST", Messages.FixedCannotGrow(wanted.Subject, address, wanted.Length))
            : Move(address, present, wanted);
    }

    private nint Move(nint address, long present, MapSpecification wanted)
    {
        nint moved = Place(wanted, wish: 0, skip: 0);
        int code = MachVm.Remap(address, moved, present, wanted.Sharing == MapSharing.Shared ? VmInheritShare : VmInheritCopy);
        if (code != KernSuccess)
        {
            Munmap.Invoke(moved, wanted.Length);
            string name = "KERN_" + code.ToString(CultureInfo.InvariantCulture);
            throw System(new NativeError("mach_vm_remap", name, "the kernel refused", NativeErrorKind.Other), wanted.Subject);
        }

        LockNew(wanted, wanted.Pages(moved, 0, wanted.Length));
        Munmap.Invoke(address, present);
        return moved;
    }

    // What a region that was made locked has got in addition; it goes again where it cannot be locked.
    private void LockNew(MapSpecification wanted, PageSpan pages)
    {
        if ((wanted.Options & MapOptions.Locked) == 0)
        {
            return;
        }

        try
        {
            Lock(pages, onFault: false, pages.Length);
        }
        catch
        {
            Munmap.Invoke(pages.Address, pages.Length);
            throw;
        }
    }
}
