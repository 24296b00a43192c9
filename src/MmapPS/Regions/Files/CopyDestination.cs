using System;
using MmapPS.Bytes.Editing;
using MmapPS.Bytes.Scanning;

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
    public long Next { get; set; }

    /// <summary>Whether a copy to it has succeeded.</summary>
    public bool IsFilled { get; private set; }

    /// <summary>Why blocks of zeros take storage although holes were asked for, or null.</summary>
    public string? HoleRefusal { get; protected set; }

    /// <summary>Refuses a range that cannot be copied here, before the user is asked.</summary>
    /// <param name="length">Bytes of the range.</param>
    /// <param name="place">Where it would go, in bytes from the destination's start.</param>
    /// <exception cref="MappingException">OutOfRange, NotWritable, RegionClosed.</exception>
    public abstract void Demand(long length, long place);

    /// <summary>Copies a range here.</summary>
    /// <exception cref="MappingException">A side failed; the next copy goes behind what was copied.</exception>
    /// <exception cref="OperationCanceledException">The user asked to stop.</exception>
    public void Take(RegionCopy copy, ScanSettings settings)
    {
        ByteCopier copier = Prepare(copy);
        try
        {
            copier.Copy(settings);
        }
        finally
        {
            Next = copy.Place + copier.Copied;
            Settle();
        }

        Complete(copy.Place, copy.Range.Length);
        IsFilled = true;
    }

    /// <summary>Closes what is open; another copy opens it again.</summary>
    public virtual void Dispose()
    {
    }

    /// <summary>Makes what copies a range here.</summary>
    /// <exception cref="MappingException">The destination cannot be opened, or takes no such copy.</exception>
    protected abstract ByteCopier Prepare(RegionCopy copy);

    /// <summary>Does what was put off during a copy, also after one that failed.</summary>
    protected virtual void Settle()
    {
    }

    /// <summary>Ends a copy that succeeded.</summary>
    protected virtual void Complete(long place, long length)
    {
    }
}
