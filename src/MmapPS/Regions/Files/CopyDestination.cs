using System;
using MmapPS.Bytes.Editing;
using MmapPS.Bytes.Scanning;
using MmapPS.Native;
using MmapPS.Ranges;

namespace MmapPS.Regions.Files;

/// <summary>
/// Where the copies of one statement go: a region or a file. Copies that name no place of their own follow one another.
/// </summary>
internal abstract class CopyDestination : IDisposable
{
    /// <param name="start">Where the first copy goes, in bytes from the destination's start.</param>
    protected CopyDestination(long start) => Next = start;

    /// <summary>How messages name it.</summary>
    public abstract string Subject { get; }

    /// <summary>Where the next copy goes, in bytes from the destination's start.</summary>
    public long Next { get; private set; }

    /// <summary>Whether a copy to it has succeeded.</summary>
    public bool IsFilled { get; private set; }

    /// <summary>Why blocks of zeros take storage although holes were asked for, or null.</summary>
    public string? HoleRefusal { get; protected set; }

    /// <summary>Refuses a range that cannot be copied here, before the user is asked.</summary>
    /// <param name="length">Bytes of the range.</param>
    /// <param name="place">Where it would go, in bytes from the destination's start.</param>
    /// <exception cref="MappingException">OutOfRange, NotWritable, RegionClosed.</exception>
    public abstract void Demand(long length, long place);

    /// <summary>Counts a copy that is only announced.</summary>
    public void Announce(long length, long place) => Next = place + length;

    /// <summary>Copies a range here.</summary>
    /// <param name="source">The region to copy from.</param>
    /// <param name="range">What to copy.</param>
    /// <param name="place">Where it goes, in bytes from the destination's start.</param>
    /// <param name="settings">How to work.</param>
    /// <exception cref="MappingException">A side failed; the next copy goes behind what was copied.</exception>
    /// <exception cref="OperationCanceledException">The work was ended.</exception>
    public void Take(MappedRegion source, ByteRange range, long place, ScanSettings settings)
    {
        ByteCopier copier = Prepare(source, range, place);
        try
        {
            copier.Copy(settings);
        }
        finally
        {
            Next = place + copier.Copied;
            Settle();
        }

        Complete(place, range.Length);
        IsFilled = true;
    }

    /// <summary>Closes what is open; another copy opens it again.</summary>
    public virtual void Dispose()
    {
    }

    /// <summary>Makes what copies a range here.</summary>
    /// <exception cref="MappingException">The destination cannot be opened, or takes no such copy.</exception>
    protected abstract ByteCopier Prepare(MappedRegion source, ByteRange range, long place);

    /// <summary>Does what was put off while a copy went on, also where it failed.</summary>
    protected virtual void Settle()
    {
    }

    /// <summary>Ends a copy that succeeded.</summary>
    protected virtual void Complete(long place, long length)
    {
    }

    /// <summary>Whether two files are known to be one.</summary>
    protected static bool IsSame(FileIdentity? one, FileIdentity? other) => one is not null && one == other;

    /// <summary>Whether copying from the start to a place in the same file would overwrite what is still to be copied.</summary>
    /// <param name="source">The region to copy from.</param>
    /// <param name="range">What is copied.</param>
    /// <param name="filePlace">Where it goes, in bytes from the file's start.</param>
    protected static bool IsMovedUp(MappedRegion source, ByteRange range, long filePlace)
    {
        long distance = filePlace - source.Offset - range.Offset;
        return distance > 0 && distance < range.Length;
    }
}
