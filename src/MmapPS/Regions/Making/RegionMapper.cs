using System;
using MmapPS.Native;
using MmapPS.Ranges;
using MmapPS.Regions.Access;
using MmapPS.Resources;
using MmapPS.Work;

namespace MmapPS.Regions.Making;

/// <summary>Maps what is behind a region, at any length, and chooses the way to its bytes.</summary>
internal sealed class RegionMapper
{
    private readonly RegionBacking _backing;
    private bool _hasGuards;

    /// <param name="backing">What is mapped.</param>
    public RegionMapper(RegionBacking backing) => _backing = backing;

    /// <summary>What is mapped.</summary>
    public RegionBacking Backing => _backing;

    private MemoryPlatform Platform => _backing.Platform;

    private MapRequest Request => _backing.Request;

    /// <summary>Maps it with the protection that was asked for, and brings it into memory where that was asked for.</summary>
    /// <param name="length">Bytes of the region.</param>
    /// <param name="work">Told of what is brought into memory.</param>
    /// <param name="beforePages">Gets the view before pages are brought into memory; secret memory has them already.</param>
    /// <exception cref="MappingException">Any refusal of the system.</exception>
    public RegionView MapFirst(long length, IWork work, Action<RegionView> beforePages) =>
        Map(length, Request.Protection, work, beforePages);

    /// <summary>Maps it again.</summary>
    /// <param name="length">Bytes of the region.</param>
    /// <param name="protection">What may be done with them.</param>
    /// <exception cref="MappingException">Any refusal of the system.</exception>
    public RegionView Map(long length, MemoryProtection protection) => Map(length, protection, Unwatched.Work, static _ => { });

    /// <summary>The view of a region without bytes.</summary>
    public RegionView MapNothing()
    {
        var pages = new PageSpan(_backing.Subject, 0, 0, Request.Sharing, _backing.Handle, Request.Offset);
        return new RegionView(null, pages, _backing.PageSize, 0, new MediatedAccess(Platform, 0));
    }

    /// <summary>The region's place in a mapping of it.</summary>
    public RegionView View(MappingHandle mapping, long length)
    {
        var pages = new PageSpan(
            _backing.Subject, mapping.Address, mapping.Size, Request.Sharing, _backing.Handle, Request.Offset - _backing.Lead);
        return new RegionView(mapping, pages, _backing.PageSize, length, ChooseAccess(mapping.Address + (nint)_backing.Lead))
        {
            Lead = _backing.Lead,
        };
    }

    /// <summary>From now on a page may be guarded: memory is not touched directly, nor is the file read in its place.</summary>
    public RegionView CloseDirectAccess(RegionView view)
    {
        _hasGuards = true;
        return view with { Access = ChooseAccess(view.Address) };
    }

    /// <summary>The mapping that a region of some length needs.</summary>
    /// <exception cref="OutOfRangeException">The length or the address is not possible.</exception>
    public MapSpecification Specify(long length, MemoryProtection protection)
    {
        long lead = _backing.Lead;
        if (length > long.MaxValue - _backing.PageSize - lead)
        {
            throw new OutOfRangeException(Messages.AddressSpace(_backing.Subject, length));
        }

        // Huge pages are unmapped whole, so their mapping owns whole ones.
        bool huge = _backing.PageSize > Platform.PageSize;
        return new MapSpecification
        {
            Subject = _backing.Subject,
            File = _backing.Handle,
            Section = _backing.Section,
            FileOffset = Request.Offset - lead,
            Length = huge ? Alignment.Up(lead + length, _backing.PageSize) : lead + length,
            PageSize = _backing.PageSize,
            Protection = protection,
            Sharing = Request.Sharing,
            Options = Request.Options,
            ExplicitHugePageSize = Request.HugePageSize != 0,
            Address = FindAddress(),
            Fixed = Request.Fixed,
        };
    }

    private RegionView Map(long length, MemoryProtection protection, IWork work, Action<RegionView> beforePages)
    {
        if (length == 0)
        {
            RegionView empty = MapNothing();
            beforePages(empty);
            return empty;
        }

        MapSpecification specification = Specify(length, protection);
        MappingHandle mapping = Request.Secret ? MapSecret(specification, work) : Platform.Map(specification);
        try
        {
            RegionView view = View(mapping, length);
            beforePages(view);
            Populate(specification, mapping, work);
            return view;
        }
        catch (OperationCanceledException) when (_backing.File is not { WasChanged: true })
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

    private MappingHandle MapSecret(MapSpecification specification, IWork work)
    {
        using IWork watched = work.Begin(specification.Length);
        return Platform.MapSecret(specification, watched);
    }

    private void Populate(MapSpecification specification, MappingHandle mapping, IWork work)
    {
        if (Request.Secret || (specification.Options & (MapOptions.Populate | MapOptions.Locked)) == 0)
        {
            return;
        }

        using IWork watched = work.Begin(specification.Length);
        PageSpan all = specification.Pages(mapping.Address, 0, specification.Length);
        foreach (PageSpan part in all.Parts(Math.Max(RegionView.PagesAtOnce, _backing.PageSize)))
        {
            Platform.Populate(specification, part);
            watched.Advance(part.Length);
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
        long lead = _backing.Lead;
        long address = Alignment.Down(Math.Max(0, wanted - lead), _backing.Granularity);
        return !Request.Fixed || address + lead == wanted
            ? (nint)address
            : throw new OutOfRangeException(Messages.AddressUnaligned(wanted, _backing.Granularity, address + lead));
    }

    private RegionAccess ChooseAccess(nint address)
    {
        // Only memory that cannot fault is touched directly. With any other option, one of tomorrow included, a touch may find no page.
        const MapOptions Sure = MapOptions.Populate | MapOptions.Locked | MapOptions.Uninitialized;
        if (!_hasGuards && _backing.Kind is RegionKind.Anonymous or RegionKind.Secret && (Request.Options & ~Sure) == 0)
        {
            return new DirectAccess(address);
        }

        var memory = new MediatedAccess(Platform, address);
        if (_backing.File is not { HasEnd: true } file)
        {
            return memory;
        }

        return Request.Sharing == MapSharing.Shared
            ? new SharedFileAccess(Platform, memory, file.Handle, Request.Offset, throughFile: !_hasGuards)
            : new FileMemoryAccess(Platform, memory, file.Handle, Request.Offset);
    }
}
