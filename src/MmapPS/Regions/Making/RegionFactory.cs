using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using MmapPS.Native;
using MmapPS.Ranges;
using MmapPS.Regions.Life;
using MmapPS.Resources;
using MmapPS.Terms;
using MmapPS.Work;

namespace MmapPS.Regions.Making;

/// <summary>Makes regions: from what the user asks for to what the system takes.</summary>
internal static class RegionFactory
{
    /// <summary>Maps a region and enters it in the table of open regions.</summary>
    /// <param name="platform">The system.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="work">Told of what is brought into memory or added to a file; where it is stopped, nothing is left behind.</param>
    /// <param name="session">
    /// What keeps the region alive until <see cref="RegionTable.LetGo"/>; default nothing but what holds the region.
    /// </param>
    /// <exception cref="MappingException">Any of the ids that New-MemoryMap lists.</exception>
    public static MappedRegion Create(MemoryPlatform platform, MapRequest request, IWork work, object? session = null) => RegionTable.Add(
        request.Path is not null ? MapFile(platform, request, request.Path, work)
        : request.Name is not null ? MapNamed(platform, request, request.Name, work)
        : MapAnonymous(platform, request, work),
        session);

    /// <summary>Maps a file for reading, for this module's own use: no table lists the region. Dispose it.</summary>
    /// <exception cref="MappingException">FileNotFound, AccessDenied, NotMappable.</exception>
    public static MappedRegion OpenForReading(string path) => OpenUnlisted(path, MemoryProtection.Read);

    /// <summary>Maps a file for reading and writing, as <see cref="OpenForReading"/> does.</summary>
    /// <exception cref="MappingException">FileNotFound, AccessDenied, NotMappable.</exception>
    public static MappedRegion OpenForEditing(string path) => OpenUnlisted(path, MemoryProtection.Read | MemoryProtection.Write);

    private static MappedRegion OpenUnlisted(string path, MemoryProtection protection) => MapFile(
        MemoryPlatform.Current,
        new MapRequest { Path = path, Protection = protection, Internal = true },
        path,
        Unwatched.Work);

    // Advice about the mapping as such says how its pages come in, so it comes before them; advice on pages comes after them.
    private static MappedRegion Open(RegionBacking backing, long length, IWork work)
    {
        foreach (MemoryAdvice advice in backing.Request.Advice)
        {
            if (advice.WouldLose(backing.Request.Sharing))
            {
                throw new NotWritableException(Messages.AdviceNeedsForce(advice, backing.Subject));
            }
        }

        MappedRegion? region = null;
        var mapper = new RegionMapper(backing);
        RegionView view = mapper.MapFirst(length, work, mapped =>
        {
            region = new MappedRegion(mapper, mapped);
            Advise(region, backing.Request.Advice.Where(advice => !advice.WorksOnPages()), work);
        });
        try
        {
            Advise(region!, backing.Request.Advice.Where(advice => advice.WorksOnPages()), work);
            return region!;
        }
        catch
        {
            view.Mapping?.Dispose();
            throw;
        }
    }

    private static void Advise(MappedRegion region, IEnumerable<MemoryAdvice> advice, IWork work)
    {
        foreach (MemoryAdvice one in advice)
        {
            using IWork watched = work.Begin(region.Length);
            region.Pages.Advise(region.Range(0, null), one, watched);
        }
    }

    private static bool WritesThrough(MapRequest request) =>
        request.Sharing == MapSharing.Shared && (request.Protection & MemoryProtection.Write) != 0;

    private static MappedRegion MapAnonymous(MemoryPlatform platform, MapRequest request, IWork work)
    {
        string subject = Messages.AnonymousMemory();
        long length = request.Length ?? 0;
        if (length <= 0)
        {
            throw new OutOfRangeException(Messages.LengthNotPositive(subject, length));
        }

        if (request.Secret && (request.Options != MapOptions.Locked || request.Sharing == MapSharing.Shared || request.Address != 0
            || request.Protection != (MemoryProtection.Read | MemoryProtection.Write)))
        {
            throw new MappingException(MappingError.NotSupported, Messages.SecretTakesNoOptions());
        }

        long pageSize = (request.Options & MapOptions.HugePages) != 0 ? platform.GetHugePageSize(request.HugePageSize) : platform.PageSize;
        var backing = new RegionBacking(platform, request, request.Secret ? RegionKind.Secret : RegionKind.Anonymous)
        {
            PageSize = pageSize,
            Granularity = Math.Max(pageSize, platform.Granularity),
        };
        return Open(backing, length, work);
    }

    private static MappedRegion MapFile(MemoryPlatform platform, MapRequest request, string path, IWork work)
    {
        if ((request.Create || request.Extend) && request.Length is null)
        {
            throw new OutOfRangeException(Messages.LengthNeeded(path));
        }

        if (request.Extend && (request.Protection & MemoryProtection.Write) == 0)
        {
            throw new NotWritableException(Messages.ExtendNeedsWrite(path, request.Protection.ToString()));
        }

        BackingFile file = BackingFile.Open(platform, path, ToFileRequest(request));
        try
        {
            long length = FitFile(file, request, path, work);
            RegionKind kind = file.Status.Type == FileType.Regular ? RegionKind.File : RegionKind.Device;
            var backing = new RegionBacking(platform, request, kind)
            {
                PageSize = file.Status.PageSize,
                Granularity = file.Status.Granularity,
                File = file,
            };
            return Open(backing, length, work);
        }
        catch
        {
            file.Abandon();
            throw;
        }
    }

    private static FileRequest ToFileRequest(MapRequest request) =>
        new(WritesThrough(request) || request.Extend ? FileAccess.ReadWrite : FileAccess.Read)
        {
            Permissions = request.Create ? FilePermissions.Anyone : null,
            MissingHint = request.Internal || request.Existing ? Messages.CheckPath() : Messages.CheckPathOrCreate(),
            WriteHint = request.Internal ? Messages.ChooseOtherPath() : Messages.MapForReading(),
        };

    private static MappedRegion MapNamed(MemoryPlatform platform, MapRequest request, string name, IWork work)
    {
        MemoryPlatform.DemandValidName(name);
        if (request.Length <= 0)
        {
            throw new OutOfRangeException(Messages.LengthNotPositive(name, request.Length.Value));
        }

        if (request.Create && request.Length is null)
        {
            throw new OutOfRangeException(Messages.LengthNeeded(name));
        }

        ByteRange.Endless(request.Offset, request.Length ?? 0, name);
        long? total = request.Offset + request.Length;
        FileAccess access = WritesThrough(request) ? FileAccess.ReadWrite : FileAccess.Read;
        using IWork watched = work.Begin(total ?? 0);
        NamedMemory memory = platform.OpenNamed(name, total, access, watched);
        BackingFile? file = memory.File is null ? null : BackingFile.Wrap(platform, name, memory.File);
        var backing = new RegionBacking(platform, request, RegionKind.Named)
        {
            File = file,
            Section = memory.Section,
        };
        try
        {
            if (request.Create && !memory.IsNew)
            {
                throw new MappingException(MappingError.AlreadyExists, Messages.NameExists(name, memory.Length));
            }

            if (!request.IsPart && request.Length is long wanted && wanted != memory.Length)
            {
                throw new MappingException(MappingError.LengthMismatch, Messages.NameLengthMismatch(name, memory.Length, wanted));
            }

            if (memory.Length == 0)
            {
                throw new MappingException(MappingError.LengthMismatch, Messages.NameEmpty(name));
            }

            return Open(backing, ByteRange.Within(memory.Length, request.Offset, request.Length, name).Length, work);
        }
        catch (Exception failure)
        {
            // The memory is freed with the last of name and handle; where no file keeps it, the name is freed with the handle.
            if (memory.IsNew && file is not null)
            {
                platform.Unlink(name);
            }

            if (failure is OperationCanceledException)
            {
                BackgroundRelease.Begin(backing);
            }
            else
            {
                backing.Dispose();
            }

            throw;
        }
    }

    // The region's length, after growing the file where that is asked for.
    private static long FitFile(BackingFile file, MapRequest request, string path, IWork work)
    {
        if (!file.HasEnd)
        {
            return request.Length is > 0
                ? ByteRange.Endless(request.Offset, request.Length.Value, path).Length
                : throw new OutOfRangeException(Messages.DeviceNeedsLength(path));
        }

        file.DemandLength();
        if ((request.Extend || file.IsNew) && request.Length is long length)
        {
            ByteRange wanted = ByteRange.Endless(request.Offset, length, path);
            file.GrowTo(wanted.End, work);
        }

        long present = file.Length;
        return (ByteRange.Find(present, request.Offset, request.Length)
            ?? throw new OutOfRangeException(WritesThrough(request) && file.Status.Type == FileType.Regular
                ? Messages.PastEndOfFile(path, present, request.Offset, request.Length)
                : Messages.RangeOutside(path, present, request.Offset, request.Length))).Length;
    }
}
