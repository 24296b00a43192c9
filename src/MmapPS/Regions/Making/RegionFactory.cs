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
    /// <param name="request">What is asked for.</param>
    /// <param name="watch">Makes a watch over work on so many bytes; ended by it, nothing is left behind. Default nobody watches.</param>
    /// <param name="session">
    /// What keeps the region alive until <see cref="RegionTable.LetGo"/>; default nothing but whoever holds the region.
    /// </param>
    /// <exception cref="MappingException">Any of the ids that New-MemoryMap lists.</exception>
    public static MappedRegion Create(MapRequest request, Func<long, IWorkMonitor>? watch = null, object? session = null)
    {
        MemoryPlatform platform = MemoryPlatform.Current;
        return RegionTable.Add(
            request.Path is not null ? MapFile(platform, request, request.Path, watch)
            : request.Name is not null ? MapNamed(platform, request, request.Name, watch)
            : MapAnonymous(platform, request, watch),
            session);
    }

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
        watch: null);

    // Advice about the mapping as such says how its pages come in, so it comes before them; advice on pages comes after them.
    private static MappedRegion Open(RegionSource source, long length, Func<long, IWorkMonitor>? watch)
    {
        foreach (MemoryAdvice advice in source.Request.Advice)
        {
            if (advice.WouldLose(source.Request.Sharing))
            {
                throw new NotWritableException(Messages.AdviceNeedsForce(advice, source.Subject));
            }
        }

        MappedRegion? region = null;
        RegionView view = source.Map(length, watch: watch, beforePages: mapped =>
        {
            region = new MappedRegion(source, mapped);
            Advise(region, source.Request.Advice.Where(advice => !advice.WorksOnPages()), watch);
        });
        try
        {
            Advise(region!, source.Request.Advice.Where(advice => advice.WorksOnPages()), watch);
            return region!;
        }
        catch
        {
            view.Mapping?.Dispose();
            throw;
        }
    }

    private static void Advise(MappedRegion region, IEnumerable<MemoryAdvice> advice, Func<long, IWorkMonitor>? watch)
    {
        foreach (MemoryAdvice one in advice)
        {
            using IWorkMonitor? monitor = watch?.Invoke(region.Length);
            region.Advise(region.Range(0, null), one, monitor);
        }
    }

    private static bool WritesThrough(MapRequest request) =>
        request.Sharing == MapSharing.Shared && (request.Protection & MemoryProtection.Write) != 0;

    private static MappedRegion MapAnonymous(MemoryPlatform platform, MapRequest request, Func<long, IWorkMonitor>? watch)
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
        var source = new RegionSource(
            platform, request, request.Secret ? RegionKind.Secret : RegionKind.Anonymous, subject, pageSize,
            Math.Max(pageSize, platform.Granularity));
        return Open(source, length, watch);
    }

    private static MappedRegion MapFile(MemoryPlatform platform, MapRequest request, string path, Func<long, IWorkMonitor>? watch)
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
            long length = FitFile(file, request, path, watch);
            RegionKind kind = file.Status.Type == FileType.Regular ? RegionKind.File : RegionKind.Device;
            var source = new RegionSource(platform, request, kind, path, file.Status.PageSize, file.Status.Granularity) { File = file };
            return Open(source, length, watch);
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
            MissingHint = request.Internal ? Messages.CheckPath() : Messages.CheckPathOrCreate(),
            WriteHint = request.Internal ? Messages.ChooseOtherPath() : Messages.MapForReading(),
        };

    private static MappedRegion MapNamed(MemoryPlatform platform, MapRequest request, string name, Func<long, IWorkMonitor>? watch)
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
        using IWorkMonitor? monitor = total is long bytes ? watch?.Invoke(bytes) : null;
        NamedMemory memory = platform.OpenNamed(name, total, access, bytes => monitor?.Advance(bytes));
        BackingFile? file = memory.File is null ? null : BackingFile.Wrap(platform, name, memory.File);
        var source = new RegionSource(platform, request, RegionKind.Named, name, platform.PageSize, platform.Granularity)
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

            return Open(source, ByteRange.Within(memory.Length, request.Offset, request.Length, name).Length, watch);
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
                BackgroundRelease.Begin(source);
            }
            else
            {
                source.Dispose();
            }

            throw;
        }
    }

    // The region's length, after growing the file where that is asked for.
    private static long FitFile(BackingFile file, MapRequest request, string path, Func<long, IWorkMonitor>? watch)
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
            file.GrowTo(wanted.Offset + wanted.Length, watch);
        }

        long present = file.Length;
        return (ByteRange.Find(present, request.Offset, request.Length)
            ?? throw new OutOfRangeException(WritesThrough(request) && file.Status.Type == FileType.Regular
                ? Messages.PastEndOfFile(path, present, request.Offset, request.Length)
                : Messages.RangeOutside(path, present, request.Offset, request.Length))).Length;
    }
}
