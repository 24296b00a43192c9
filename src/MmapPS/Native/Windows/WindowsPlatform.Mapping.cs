using System;
using System.IO;
using Microsoft.Win32.SafeHandles;
using MmapPS.Native.Windows.Calls;
using MmapPS.Ranges;
using MmapPS.Resources;
using MmapPS.Work;
using static MmapPS.Native.Windows.WindowsConstants;

namespace MmapPS.Native.Windows;

/// <content>Changes of a mapping.</content>
internal sealed partial class WindowsPlatform
{
    // The names of this session, as .NET's MemoryMappedFile has them.
    private const string NamePrefix = @"Local\";

    /// <inheritdoc/>
    public override void Protect(PageSpan pages, MemoryProtection protection)
    {
        bool copyOnWrite = VirtualQuery.Invoke(pages.Address).IsCopyOnWrite;
        int code = VirtualProtect.Invoke(pages.Address, pages.Length, PageProtection.From(protection, copyOnWrite));
        if (code != 0)
        {
            // A view can get no more than it was mapped with, which Windows calls an invalid parameter.
            throw code is InvalidParameter or AccessDenied
                ? new MappingException(MappingError.AccessDenied, Messages.ProtectDenied(pages.Subject, protection.ToString()))
                : System("VirtualProtect", code, pages.Subject);
        }
    }

    /// <summary>Shrinks memory in place and moves it to grow; maps a file again before the old view goes.</summary>
    public override void Resize(MappingHandle mapping, MapSpecification wanted)
    {
        string subject = wanted.Subject;
        if (wanted.File is null && wanted.Sharing == MapSharing.Shared)
        {
            // Shared memory only ever shrinks, and a view goes whole or not at all.
            return;
        }

        if (wanted.File is null && wanted.Length <= mapping.Size)
        {
            ShrinkMemory(mapping, wanted);
            return;
        }

        // Pieces that differ in protection would have to be made alike, or made again one by one.
        VirtualQuery.MemoryInformation pages = VirtualQuery.Invoke(mapping.Address);
        if ((long)pages.Length < mapping.Size)
        {
            throw NotSupported(Messages.PiecesNotResizable(subject));
        }

        // Memory that was shrunk has kept its addresses.
        if (wanted.File is null && VirtualAlloc.Invoke(mapping.Address, wanted.Length, MemCommit, pages.Protection, out _) != 0)
        {
            LockAsWanted(wanted, mapping.Address, wanted.Length);
            mapping.Relocate(mapping.Address, wanted.Length);
            return;
        }

        if (wanted.Fixed)
        {
            throw NotSupported(Messages.FixedNotResizable(subject, SystemName));
        }

        Move(mapping, wanted, pages.Protection);
    }

    /// <summary>Windows shortens no file that anybody has mapped.</summary>
    public override bool CutsMappedFiles => false;

    /// <inheritdoc/>
    public override void Cut(string subject, SafeFileHandle file, long length)
    {
        if (SetLength(file, length) is { } error)
        {
            throw error.Name == WindowsErrors.GetName(UserMappedFile)
                ? NotSupported(Messages.TruncateMapped(subject, SystemName))
                : System(error, subject);
        }
    }

    /// <inheritdoc/>
    public override void Lock(PageSpan pages, bool onFault, long total)
    {
        if (onFault)
        {
            throw NotSupported(Messages.LockOnFaultUnknown(SystemName));
        }

        int code = VirtualLock.Invoke(pages.Address, pages.Length);
        if (code == WorkingSetQuota && WorkingSet.Grow(pages.Length + WorkingSetSlack))
        {
            code = VirtualLock.Invoke(pages.Address, pages.Length);
        }

        switch (code)
        {
            case 0:
                return;
            case WorkingSetQuota or NoSystemResources:
                throw Limit(Messages.WorkingSetLimit(pages.Subject, total, WorkingSet.Minimum));
            case NoAccess or AccessDenied:
                throw new PageFaultException(Messages.PopulateFailed(pages.Subject, total, WindowsErrors.GetName(code)));
            default:
                throw System("VirtualLock", code, pages.Subject);
        }
    }

    /// <summary>Lets pages go. Windows refuses a range with a page that is not locked, so then each page is taken alone.</summary>
    public override void Unlock(PageSpan pages)
    {
        int code = VirtualUnlock.Invoke(pages.Address, pages.Length);
        for (long done = 0; code == NotLocked && done < pages.Length; done += PageSize)
        {
            int page = VirtualUnlock.Invoke(pages.Address + (nint)done, PageSize);
            code = page == 0 ? code : page;
        }

        if (code is not (0 or NotLocked))
        {
            throw System("VirtualUnlock", code, pages.Subject);
        }
    }

    /// <summary>Memory that is locked, kept out of Windows' crash dumps, and overwritten before it is given back.</summary>
    public override MappingHandle MapSecret(MapSpecification specification, IWork work)
    {
        const long Part = 8 << 20;
        if (specification.Length > uint.MaxValue)
        {
            throw new OutOfRangeException(Messages.AddressSpace(specification.Subject, specification.Length));
        }

        nint address = VirtualAlloc.Invoke(0, specification.Length, MemReserve | MemCommit, PageReadWrite, out int code);
        if (address == 0)
        {
            throw MapFailure("VirtualAlloc", code, specification);
        }

        var mapping = new MappingHandle(FreeSecret, address, specification.Length);
        try
        {
            code = WerExcludedMemory.Register(address, specification.Length);
            if (code != 0)
            {
                throw System("WerRegisterExcludedMemoryBlock", WindowsErrors.FromHResult(code), specification.Subject);
            }
        }
        catch (EntryPointNotFoundException)
        {
            mapping.Dispose();
            throw NotSupported(Messages.NoSecret());
        }
        catch
        {
            mapping.Dispose();
            throw;
        }

        PageSpan pages = specification.Pages(mapping.Address, 0, specification.Length);
        return BringInSecret(mapping, pages.Parts(Part), part => Lock(part, onFault: false, pages.Length), work);
    }

    /// <summary>Opens or makes a section of the paging file; its length is that of whole pages.</summary>
    public override NamedMemory OpenNamed(string name, long? length, FileAccess access, IWork work)
    {
        bool isNew = false;
        SafeFileHandle section = length is long wanted
            ? CreateFileMapping.Invoke(NamePrefix + name, PageReadWrite | SecCommit, wanted, out isNew, out int code)
            : OpenFileMapping.Invoke(NamePrefix + name, access == FileAccess.Read ? FileMapRead : FileMapRead | FileMapWrite, out code);
        if (code != 0)
        {
            throw code switch
            {
                FileNotFound => new MappingException(MappingError.FileNotFound, Messages.NameNotFound(name)),
                AccessDenied => new MappingException(MappingError.AccessDenied, Messages.NameDenied(name)),
                CommitmentLimit or NotEnoughMemory when length is long bytes => Limit(Messages.CommitLimit(name, bytes)),
                InvalidParameter when length is long bytes => new OutOfRangeException(Messages.AddressSpace(name, bytes)),
                _ => System(length is null ? "OpenFileMapping" : "CreateFileMapping", code, name),
            };
        }

        try
        {
            long size = GetSectionSize(section, name);
            bool fits = length <= size && length > size - PageSize;
            return new NamedMemory(null, section, fits ? length.GetValueOrDefault() : size, isNew);
        }
        catch
        {
            section.Dispose();
            throw;
        }
    }

    // No documented call tells a section's size; a view of all of it does.
    private static long GetSectionSize(SafeFileHandle section, string name)
    {
        nint view = MapViewOfFile.Invoke(section, FileMapRead, 0, 0, 0, out int code);
        if (view == 0)
        {
            throw System("MapViewOfFile", code, name);
        }

        long size = (long)VirtualQuery.Invoke(view).Length;
        UnmapViewOfFile.Invoke(view, size);
        return size;
    }

    private void ShrinkMemory(MappingHandle mapping, MapSpecification wanted)
    {
        long kept = PageSize * ((wanted.Length + PageSize - 1) / PageSize);
        if (kept < mapping.Size && !VirtualFree.Decommit(mapping.Address + (nint)kept, mapping.Size - kept))
        {
            throw System("VirtualFree", InvalidAddress, wanted.Subject);
        }

        mapping.Relocate(mapping.Address, wanted.Length);
    }

    private void Move(MappingHandle mapping, MapSpecification wanted, uint protection)
    {
        if (wanted.File is not null && wanted.Sharing == MapSharing.Private)
        {
            throw NotSupported(Messages.PrivateNotResizable(wanted.Subject, SystemName));
        }

        // Until all that can be refused has been granted the old mapping stays as it is; then it is what is disposed.
        using MappingHandle other = wanted.File is null ? AllocateWritable(wanted) : MapView(wanted);
        LockAsWanted(wanted, other.Address, other.Size);
        if (wanted.File is null)
        {
            CopyMemory(mapping, other, protection);
        }

        mapping.Exchange(other);
    }

    private void LockAsWanted(MapSpecification wanted, nint address, long length)
    {
        if (Has(wanted, MapOptions.Locked))
        {
            Lock(wanted.Pages(address, 0, length), onFault: false, length);
        }
    }

    private static MappingHandle AllocateWritable(MapSpecification wanted)
    {
        nint address = VirtualAlloc.Invoke(0, wanted.Length, MemReserve | MemCommit, PageReadWrite, out int code);
        return address != 0
            ? new MappingHandle(VirtualFree.Invoke, address, wanted.Length)
            : throw MapFailure("VirtualAlloc", code, wanted);
    }

    private static unsafe void CopyMemory(MappingHandle from, MappingHandle to, uint protection)
    {
        // Nobody uses the old memory now, whatever its protection.
        VirtualProtect.Invoke(from.Address, from.Size, PageReadOnly);
        Buffer.MemoryCopy((void*)from.Address, (void*)to.Address, to.Size, from.Size);
        VirtualProtect.Invoke(to.Address, to.Size, protection);
    }

    /// <inheritdoc/>
    protected override unsafe bool WipeAndUnmap(nint address, long length)
    {
        // Whatever protection it was given since; it is committed, so a writable page of it cannot fault.
        if (VirtualProtect.Invoke(address, length, PageReadWrite) == 0)
        {
            for (long done = 0; done < length; done += int.MaxValue)
            {
                new Span<byte>((byte*)address + done, (int)Math.Min(length - done, int.MaxValue)).Clear();
            }
        }

        return FreeSecret(address, length);
    }

    private static bool FreeSecret(nint address, long length)
    {
        try
        {
            WerExcludedMemory.Unregister(address);
        }
        catch (EntryPointNotFoundException)
        {
            // Then it was not registered either.
        }

        return VirtualFree.Invoke(address, length);
    }
}
