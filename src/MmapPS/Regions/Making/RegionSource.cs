using System;
using System.Runtime.InteropServices;
using MmapPS.Native;
using MmapPS.Ranges;
using MmapPS.Regions.Access;
using MmapPS.Regions.Life;
using MmapPS.Resources;
using MmapPS.Work;

namespace MmapPS.Regions.Making;

/// <summary>What stands behind a region, and how it is mapped at any length.</summary>
internal sealed class RegionSource : IDisposable
{
    private bool _hasGuards;

    /// <param name="platform">The system.</param>
    /// <param name="request">What the user asked for.</param>
    /// <param name="kind">What stands behind the region.</param>
    /// <param name="subject">How messages name it.</param>
    /// <param name="pageSize">Bytes of the pages it is mapped with.</param>
    /// <param name="granularity">Bytes that its mapping's place must be a multiple of.</param>
    public RegionSource(MemoryPlatform platform, MapRequest request, RegionKind kind, string subject, long pageSize, long granularity)
    {
        Platform = platform;
        Request = request;
        Kind = kind;
        Subject = subject;
        PageSize = pageSize;
        Granularity = granularity;
    }

    public MemoryPlatform Platform { get; }

    public MapRequest Request { get; }

    public RegionKind Kind { get; }

    public string Subject { get; }

    public long PageSize { get; }

    public long Granularity { get; }

    /// <summary>The file, where there is one.</summary>
    public BackingFile? File { get; init; }

    /// <summary>The system's handle of named memory, where that is no file.</summary>
    public SafeHandle? Section { get; init; }

    /// <summary>Maps it.</summary>
    /// <param name="length">Bytes that the region shall have.</param>
    /// <param name="protection">What may be done with them; default what was asked for at first.</param>
    /// <param name="watch">Makes a watch over so many bytes being brought into memory; default nobody watches.</param>
    /// <param name="beforePages">Gets the view before pages are brought into memory; secret memory has them already. Default none.</param>
    /// <exception cref="MappingException">Any refusal of the system.</exception>
    public RegionView Map(
        long length, MemoryProtection? protection = null, Func<long, IWorkMonitor>? watch = null, Action<RegionView>? beforePages = null)
    {
        if (length == 0)
        {
            var empty = new RegionView(null, 0, 0, new MediatedAccess(Platform, 0));
            beforePages?.Invoke(empty);
            return empty;
        }

        MapSpecification specification = Specify(length, protection ?? Request.Protection);
        MappingHandle mapping = Request.Secret ? MapSecret(specification, watch) : Platform.Map(specification);
        try
        {
            RegionView view = View(mapping, length);
            beforePages?.Invoke(view);
            Populate(specification, mapping, watch);
            return view;
        }
        catch (OperationCanceledException) when (File is not { WasChanged: true })
        {
            BackgroundRelease.Begin(mapping);
            throw;
        }
        catch
        {
            // The file may have to be put back, and not every system does that to one that is mapped.
            mapping.Dispose();
            throw;
        }
    }

    /// <summary>The region's place in a mapping of it.</summary>
    public RegionView View(MappingHandle mapping, long length)
    {
        nint address = mapping.Address + (nint)Lead;
        return new RegionView(mapping, address, length, ChooseAccess(address));
    }

    /// <summary>From now on a page may be guarded: memory is not touched directly, nor is the file read in its place.</summary>
    public RegionView CloseDirectAccess(RegionView view)
    {
        _hasGuards = true;
        return view with { Access = ChooseAccess(view.Address) };
    }

    /// <summary>The mapping that a region of some length needs.</summary>
    /// <exception cref="OutOfRangeException">The length or the address is none that can be.</exception>
    public MapSpecification Specify(long length, MemoryProtection protection)
    {
        if (length > long.MaxValue - PageSize - Lead)
        {
            throw new OutOfRangeException(Messages.AddressSpace(Subject, length));
        }

        // Huge pages are unmapped whole, so their mapping owns whole ones.
        bool huge = PageSize > Platform.PageSize;
        return new MapSpecification
        {
            Subject = Subject,
            File = File?.Handle,
            Section = Section,
            FileOffset = Request.Offset - Lead,
            Length = huge ? Alignment.Up(Lead + length, PageSize) : Lead + length,
            PageSize = PageSize,
            Protection = protection,
            Sharing = Request.Sharing,
            Options = Request.Options,
            ExplicitHugePageSize = Request.HugePageSize != 0,
            Address = FindAddress(),
            Fixed = Request.Fixed,
        };
    }

    /// <summary>Maps it at another length, growing a shared region's file where that is too short.</summary>
    /// <param name="view">
    /// The present mapping, which nobody uses. It is replaced as soon as the mapping changes, so that it is right whatever step
    /// is refused.
    /// </param>
    /// <param name="length">The new length of the region in bytes.</param>
    /// <param name="cutFile">Whether the file is cut off at the region's end.</param>
    /// <param name="growFile">Whether a shared region's file that is too short is made longer.</param>
    /// <param name="protection">What may be done with the region at present.</param>
    /// <param name="watch">Makes a watch over so many bytes being added to the file.</param>
    /// <exception cref="MappingException">
    /// NoSpace, OutOfRange, NotSupported, NotWritable, LimitReached, AccessDenied; region and file are then as before.
    /// </exception>
    public void Resize(
        ref RegionView view, long length, bool cutFile, bool growFile, ProtectionMap protection, Func<long, IWorkMonitor>? watch)
    {
        DemandResizable(view, length, cutFile);
        bool cuts = cutFile && File!.Length > Request.Offset + length;
        if (cuts && !Platform.CutsMappedFiles)
        {
            CutUnmapped(ref view, length, protection);
        }
        else if (length > view.Length)
        {
            Grow(ref view, length, cuts, growFile, protection.Union, watch);
        }
        else
        {
            Shrink(ref view, length, cuts, protection.Union);
        }
    }

    // Nothing that cannot be undone comes before what may be refused: here the file is cut off last.
    private void Grow(
        ref RegionView view, long length, bool cuts, bool growFile, MemoryProtection protection, Func<long, IWorkMonitor>? watch)
    {
        long before = view.Length;
        BackingFile? grown = growFile && Request.Sharing == MapSharing.Shared ? File : null;
        grown?.GrowTo(Request.Offset + length, watch);
        try
        {
            RenewTail(view, length, protection);
            view = Remap(view, length, protection);
            if (cuts)
            {
                File!.Cut(Request.Offset + length);
            }
        }
        catch
        {
            ShrinkOrHide(ref view, before, protection);
            if (Platform.CutsMappedFiles)
            {
                grown?.TakeBackGrowth();
            }

            throw;
        }
    }

    // A region that was longer left its bytes in the rest of its last page. New bytes are like those of a new page.
    private void RenewTail(RegionView view, long length, MemoryProtection protection)
    {
        long lastEnd = Alignment.Up(view.Lead + view.Length, PageSize) - view.Lead;
        byte[] bytes = new byte[Math.Min(length, lastEnd) - view.Length];
        if (view.Mapping is null || bytes.Length == 0 || Request.Sharing == MapSharing.Shared)
        {
            return;
        }

        if (File is not null)
        {
            _ = Platform.ReadFile(File.Handle, Request.Offset + view.Length, bytes, out _);
        }

        nint lastPage = view.Address + (nint)(lastEnd - PageSize);
        bool writable = (protection & MemoryProtection.Write) != 0;
        if (!writable)
        {
            Platform.Protect(Subject, lastPage, PageSize, MemoryProtection.Read | MemoryProtection.Write);
        }

        try
        {
            if (Platform.CopyToMemory(view.Address + (nint)view.Length, bytes) < bytes.Length)
            {
                throw new PageFaultException(Messages.PageFault(
                    Subject, view.Length, Request.Offset + view.Length, fileLength: null, 0, bytes.Length, writing: true));
            }
        }
        finally
        {
            if (!writable)
            {
                Platform.Protect(Subject, lastPage, PageSize, protection);
            }
        }
    }

    // Here the file is cut off first: a mapping that was shrunk could not always grow again.
    private void Shrink(ref RegionView view, long length, bool cuts, MemoryProtection protection)
    {
        if (cuts)
        {
            File!.Cut(Request.Offset + length);
            ShrinkOrHide(ref view, length, protection);
        }
        else
        {
            view = Remap(view, length, protection);
        }
    }

    // Gives a region fewer bytes even where the system refuses to unmap the others, which then belong to no region.
    private void ShrinkOrHide(ref RegionView view, long length, MemoryProtection protection)
    {
        if (length == view.Length)
        {
            return;
        }

        try
        {
            view = Remap(view, length, protection);
        }
        catch (MappingException)
        {
            view = View(view.Mapping!, length);
        }
    }

    // Cuts the file off behind the region where the region must not be mapped for that. Until it is mapped again it is empty.
    private void CutUnmapped(ref RegionView view, long length, ProtectionMap protection)
    {
        if (!protection.IsUniform)
        {
            throw new MappingException(MappingError.NotSupported, Messages.PiecesNotResizable(Subject));
        }

        long before = view.Length;
        view.Mapping?.Dispose();
        view = Map(0);
        MappingException? refusal = null;
        try
        {
            File!.Cut(Request.Offset + length);
        }
        catch (MappingException exception)
        {
            refusal = exception;
        }

        try
        {
            view = Map(refusal is null ? length : before, protection.Union);
        }
        catch (MappingException exception)
        {
            throw exception.With(Messages.RegionEmptied(Subject, exception.Message));
        }

        if (refusal is not null)
        {
            throw refusal;
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        File?.Dispose();
        Section?.Dispose();
    }

    // Bytes of the mapping before the region's first.
    private long Lead => Request.Offset - Alignment.Down(Request.Offset, Granularity);

    private MappingHandle MapSecret(MapSpecification specification, Func<long, IWorkMonitor>? watch)
    {
        using IWorkMonitor? monitor = watch?.Invoke(specification.Length);
        return Platform.MapSecret(specification, bytes => monitor?.Advance(bytes));
    }

    private void Populate(MapSpecification specification, MappingHandle mapping, Func<long, IWorkMonitor>? watch)
    {
        if (Request.Secret || (specification.Options & (MapOptions.Populate | MapOptions.Locked)) == 0)
        {
            return;
        }

        using IWorkMonitor? monitor = watch?.Invoke(specification.Length);
        long part = Math.Max(MappedRegion.PagesAtOnce, PageSize);
        for (long done = 0; done < specification.Length; done += part)
        {
            long length = Math.Min(part, specification.Length - done);
            Platform.Populate(specification, mapping, done, length);
            monitor?.Advance(length);
        }
    }

    private RegionView Remap(RegionView view, long length, MemoryProtection protection)
    {
        if (view.Mapping is null)
        {
            return Map(length, protection);
        }

        if (length == 0)
        {
            view.Mapping.Dispose();
            return Map(0);
        }

        Platform.Resize(view.Mapping, Specify(length, protection));
        return View(view.Mapping, length);
    }

    private void DemandResizable(RegionView view, long length, bool cutFile)
    {
        bool sharedFile = File is not null && Request.Sharing == MapSharing.Shared;
        if (length < 0 || (length == 0 && File is null))
        {
            throw new OutOfRangeException(Messages.LengthNotPositive(Subject, length));
        }

        ByteRange.Endless(Request.Offset, length, Subject);

        if (Kind == RegionKind.Device)
        {
            throw new MappingException(MappingError.NotSupported, Messages.DeviceNotResizable(Subject));
        }

        if (cutFile && !sharedFile)
        {
            throw new MappingException(MappingError.NotSupported, Messages.TruncateNeedsFile(Subject));
        }

        if (cutFile && File!.Length > Request.Offset + length)
        {
            File.DemandResizable();
        }

        if (Request.Secret)
        {
            throw new MappingException(MappingError.NotSupported, Messages.SecretNotResizable(Subject));
        }

        if (PageSize > Platform.PageSize)
        {
            throw new MappingException(MappingError.NotSupported, Messages.HugeNotResizable(Subject));
        }

        bool grows = length > view.Length;
        if (grows && File is null && Request.Sharing == MapSharing.Shared)
        {
            throw new MappingException(MappingError.NotSupported, Messages.SharedMemoryNotGrowable(Subject));
        }

        if (grows && File is not null && !sharedFile && Request.Offset + length > File.Length)
        {
            throw new OutOfRangeException(Messages.PrivateBeyondFile(Subject, Request.Offset, length, File.Length));
        }
    }

    private nint FindAddress()
    {
        long wanted = Request.Address;
        if (wanted < 0 || (Request.Fixed && wanted == 0))
        {
            throw new OutOfRangeException(Messages.AddressOutside(wanted));
        }

        // A wish may be rounded; a demand may not.
        long address = Alignment.Down(Math.Max(0, wanted - Lead), Granularity);
        return !Request.Fixed || address + Lead == wanted
            ? (nint)address
            : throw new OutOfRangeException(Messages.AddressUnaligned(wanted, Granularity, address + Lead));
    }

    private RegionAccess ChooseAccess(nint address)
    {
        // Only memory that cannot fault is touched directly. With any other option, one of tomorrow included, a touch may find no page.
        const MapOptions Sure = MapOptions.Populate | MapOptions.Locked | MapOptions.Uninitialized;
        if (!_hasGuards && Kind is RegionKind.Anonymous or RegionKind.Secret && (Request.Options & ~Sure) == 0)
        {
            return new DirectAccess(address);
        }

        var memory = new MediatedAccess(Platform, address);
        if (File is not { HasEnd: true } file)
        {
            return memory;
        }

        return Request.Sharing == MapSharing.Shared
            ? new SharedFileAccess(Platform, memory, file.Handle, Request.Offset, throughFile: !_hasGuards)
            : new FileMemoryAccess(Platform, memory, file.Handle, Request.Offset);
    }
}
