using MmapPS.Bytes.Scanning;
using MmapPS.Native;
using MmapPS.Ranges;

namespace MmapPS.Regions.Files;

/// <summary>
/// A copy of a range of a region to a destination. Making it checks both sides, so that the user is asked only about a copy that can
/// begin; <see cref="Run"/> does it.
/// </summary>
internal sealed class RegionCopy
{
    private readonly CopyDestination _destination;

    /// <param name="source">The region to copy from.</param>
    /// <param name="range">What to copy.</param>
    /// <param name="destination">Where to.</param>
    /// <param name="place">Where it goes, in bytes from the destination's start; default behind the copy before it.</param>
    /// <exception cref="MappingException">NotReadable, NotWritable, OutOfRange, RegionClosed.</exception>
    public RegionCopy(MappedRegion source, ByteRange range, CopyDestination destination, long? place = null)
    {
        source.Protections.Demand(MemoryProtection.Read, range);
        (Source, Range, _destination, Place) = (source, range, destination, place ?? destination.Next);
        destination.Demand(range.Length, Place);
    }

    /// <summary>The region to copy from.</summary>
    public MappedRegion Source { get; }

    /// <summary>What to copy.</summary>
    public ByteRange Range { get; }

    /// <summary>Where it goes, in bytes from the destination's start.</summary>
    public long Place { get; }

    /// <summary>Counts the copy without doing it: the next one goes behind it.</summary>
    public void Skip() => _destination.Next = Place + Range.Length;

    /// <summary>Copies.</summary>
    /// <param name="settings">How to work.</param>
    /// <exception cref="MappingException">A side failed; the next copy goes behind what was copied.</exception>
    /// <exception cref="System.OperationCanceledException">The user asked to stop.</exception>
    public void Run(ScanSettings settings) => _destination.Take(this, settings);

    /// <summary>Whether the source is a view of a file. False where the system does not say.</summary>
    public bool IsFrom(FileIdentity? file) => file is not null && Source.IdentifyFile() == file;

    /// <summary>
    /// Whether the range moves up within one file by less than its length. Copying from the start would then overwrite bytes that
    /// are still to be copied.
    /// </summary>
    /// <param name="filePlace">Where the range goes, in bytes from the file's start.</param>
    public bool MovesUp(long filePlace)
    {
        long distance = filePlace - Source.Offset - Range.Offset;
        return distance > 0 && distance < Range.Length;
    }
}
