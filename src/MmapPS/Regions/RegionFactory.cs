using System;
using System.Collections.Generic;
using System.IO;
using MmapPS.Native;
using MmapPS.Regions.Access;
using MmapPS.Resources;

namespace MmapPS.Regions;

/// <summary>Makes regions: from what the user asks for to what the system takes.</summary>
internal static class RegionFactory
{
    /// <summary>Maps a region and enters it in the table of open regions.</summary>
    /// <exception cref="MappingException">Any of the ids that New-MemoryMap lists.</exception>
    public static MappedRegion Create(MapRequest request)
    {
        MemoryPlatform platform = MemoryPlatform.Current;
        return RegionTable.Add(Advise(
            request.Path is null ? MapAnonymous(platform, request) : MapFile(platform, request, request.Path), request.Advice));
    }

    private static MappedRegion Advise(MappedRegion region, IReadOnlyList<MemoryAdvice> advice)
    {
        try
        {
            foreach (MemoryAdvice one in advice)
            {
                if (region.WouldLose(one))
                {
                    throw new NotWritableException(Messages.AdviceNeedsForce(one, region.Subject));
                }

                region.Advise(region.Range(0, null), one, monitor: null);
            }

            return region;
        }
        catch
        {
            region.Abandon();
            throw;
        }
    }

    private static MappedRegion MapAnonymous(MemoryPlatform platform, MapRequest request)
    {
        string subject = Messages.AnonymousMemory();
        long length = request.Length ?? 0;
        if (length <= 0)
        {
            throw new OutOfRangeException(Messages.LengthNotPositive(subject, length));
        }

        bool huge = (request.Options & MapOptions.HugePages) != 0;
        long pageSize = huge ? platform.GetHugePageSize(request.HugePageSize) : platform.PageSize;
        MappingHandle mapping = platform.Map(Specify(request, subject, null, 0, Mapped(length, pageSize, huge, subject), pageSize, pageSize));

        // Memory that is sure to be there is reached directly; pools and unreserved memory can still run out at a touch.
        bool sure = (request.Options & (MapOptions.HugePages | MapOptions.NoReserve | MapOptions.GrowsDown)) == 0;
        RegionAccess access = sure ? new DirectAccess(mapping.Address) : new MediatedAccess(platform, mapping.Address);
        return new MappedRegion(platform, request, RegionKind.Anonymous, length, pageSize, mapping, mapping.Address, access, null);
    }

    private static MappedRegion MapFile(MemoryPlatform platform, MapRequest request, string path)
    {
        if ((request.Create || request.Extend) && request.Length is null)
        {
            throw new OutOfRangeException(Messages.LengthNeeded(path));
        }

        bool written = request.Sharing == MapSharing.Shared && (request.Protection & MemoryProtection.Write) != 0;
        BackingFile file = BackingFile.Open(
            platform, path, written || request.Extend ? FileAccess.ReadWrite : FileAccess.Read, request.Create);
        try
        {
            long length = FitFile(file, request, path);
            RegionKind kind = file.Status.Type == FileType.Regular ? RegionKind.File : RegionKind.Device;
            long pageSize = file.Status.PageSize;
            if (length == 0)
            {
                return new MappedRegion(platform, request, kind, 0, pageSize, null, 0, new MediatedAccess(platform, 0), file);
            }

            long start = Alignment.Down(request.Offset, file.Status.Granularity);
            long lead = request.Offset - start;
            MappingHandle mapping = platform.Map(
                Specify(request, path, file, start, Mapped(lead + length, pageSize, pageSize > platform.PageSize, path), pageSize, file.Status.Granularity));
            nint address = mapping.Address + (nint)lead;
            var memory = new MediatedAccess(platform, address);
            RegionAccess access = request.Sharing == MapSharing.Shared && file.HasEnd
                ? new SharedFileAccess(platform, memory, file.Handle, request.Offset)
                : memory;
            return new MappedRegion(platform, request, kind, length, pageSize, mapping, address, access, file);
        }
        catch
        {
            file.Abandon();
            throw;
        }
    }

    // The region's length, after growing the file where that is asked for.
    private static long FitFile(BackingFile file, MapRequest request, string path)
    {
        if (!file.HasEnd)
        {
            return request.Length is > 0
                ? ByteRange.Within(long.MaxValue, request.Offset, request.Length, path).Length
                : throw new OutOfRangeException(Messages.DeviceNeedsLength(path));
        }

        if ((request.Extend || file.IsNew) && request.Length is long length)
        {
            ByteRange wanted = ByteRange.Within(long.MaxValue, request.Offset, length, path);
            if (wanted.Offset + wanted.Length > file.Length)
            {
                file.Grow(wanted.Offset + wanted.Length);
            }
        }

        return ByteRange.Within(file.Length, request.Offset, request.Length, path).Length;
    }

    // Huge pages are unmapped whole, so their mapping owns whole ones.
    private static long Mapped(long length, long pageSize, bool huge, string subject)
    {
        if (length > long.MaxValue - pageSize)
        {
            throw new OutOfRangeException(Messages.AddressSpace(subject, length));
        }

        return huge ? Alignment.Up(length, pageSize) : length;
    }

    private static MapSpecification Specify(
        MapRequest request, string subject, BackingFile? file, long start, long length, long pageSize, long granularity)
    {
        long lead = file is null ? 0 : request.Offset - start;
        if (request.Address < 0 || (request.Fixed && request.Address == 0))
        {
            throw new OutOfRangeException(Messages.AddressOutside(request.Address));
        }

        // A wish may be rounded; a demand may not.
        long address = Alignment.Down(Math.Max(0, request.Address - lead), granularity);
        if (request.Fixed && address + lead != request.Address)
        {
            throw new OutOfRangeException(Messages.AddressUnaligned(request.Address, granularity, address + lead));
        }

        return new MapSpecification
        {
            Subject = subject,
            File = file?.Handle,
            FileOffset = start,
            Length = length,
            PageSize = pageSize,
            Protection = request.Protection,
            Sharing = request.Sharing,
            Options = request.Options,
            ExplicitHugePageSize = request.HugePageSize != 0,
            Address = (nint)address,
            Fixed = request.Fixed,
        };
    }
}
