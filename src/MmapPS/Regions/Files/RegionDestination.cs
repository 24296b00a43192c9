using System.Collections.Generic;
using MmapPS.Bytes.Editing;
using MmapPS.Bytes.Scanning;
using MmapPS.Ranges;
using MmapPS.Regions.Access;
using MmapPS.Regions.Pages;
using MmapPS.Resources;
using MmapPS.Work;

namespace MmapPS.Regions.Files;

/// <summary>A region that bytes are copied to.</summary>
internal sealed class RegionDestination : CopyDestination
{
    // Ranges of zeros that wait at most: some megabytes of memory.
    private const int MaxPutOff = 1 << 18;

    private readonly List<MemoryRange> _zeros = [];
    private readonly bool _sparse;

    /// <param name="region">The region.</param>
    /// <param name="start">Where the first copy goes, in bytes from the region's start.</param>
    /// <param name="sparse">Whether blocks of zeros give their storage back.</param>
    public RegionDestination(MappedRegion region, long start, bool sparse)
        : base(start)
    {
        Region = region;
        _sparse = sparse;
    }

    /// <summary>The region.</summary>
    public MappedRegion Region { get; }

    /// <inheritdoc/>
    public override string Subject => Region.Subject;

    /// <inheritdoc/>
    public override void Demand(long length, long place)
    {
        if (Region.IsOpen && ByteRange.Find(Region.Length, place, length) is null)
        {
            throw new OutOfRangeException(Messages.DestinationShort(Region.Subject, Region.Length, place, length));
        }

        Region.Protections.Demand(MemoryProtection.Write, Region.Range(place, length));
    }

    /// <inheritdoc/>
    protected override ByteCopier Prepare(RegionCopy copy)
    {
        bool backward = SharesBytes(copy) && copy.MovesUp(Region.Offset + copy.Place);
        var target = new RegionByteSource(Region, Region.Range(copy.Place, copy.Range.Length), backward);
        return new ByteCopier(new RegionByteSource(copy.Source, copy.Range, backward).Job, target, copy.Place)
        {
            Backward = backward,
            Hole = _sparse ? PutOff : null,
            HoleOrigin = Region.Offset,
        };
    }

    /// <inheritdoc/>
    protected override void Settle()
    {
        List<ByteRange> zeros = _zeros.ConvertAll(run => Region.Range(run.Offset, run.Length));
        _zeros.Clear();
        foreach (ByteRange pages in zeros.ConvertAll(range => new RegionDeallocator(Region, range).ClearEdges(Fill)))
        {
            if (HoleRefusal is null)
            {
                HoleRefusal = new RegionDeallocator(Region, pages).Free(pages, Unwatched.Work, Fill);
            }
            else
            {
                Fill(pages);
            }
        }
    }

    // Whether writes to the region appear in the source. In a private source they do, in every page that it has not copied yet.
    private bool SharesBytes(RegionCopy copy) => copy.Source == Region
        || (Region.Sharing == MapSharing.Shared
            && (copy.IsFrom(Region.IdentifyFile()) || (Region.Name is not null && copy.Source.Name == Region.Name)));

    // Zeros wait until the bytes beside them are written: writing a page gives storage back to all of its folio.
    private void PutOff(long offset, long length)
    {
        int last = _zeros.Count - 1;
        if (last >= 0 && _zeros[last].End == offset)
        {
            _zeros[last] = new MemoryRange(_zeros[last].Offset, _zeros[last].Length + length);
            return;
        }

        if (_zeros.Count == MaxPutOff)
        {
            Settle();
        }

        _zeros.Add(new MemoryRange(offset, length));
    }

    private void Fill(ByteRange range) =>
        ByteFiller.Fill(new RegionByteSource(Region, range), range.Offset, range.Length, [0], ScanSettings.Default);
}
