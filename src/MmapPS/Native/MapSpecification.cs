using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using MmapPS.Ranges;

namespace MmapPS.Native;

/// <summary>A mapping to be made, aligned and checked.</summary>
internal sealed class MapSpecification
{
    /// <summary>How messages name what is mapped.</summary>
    public string Subject { get; init; } = string.Empty;

    /// <summary>The file, or null for anonymous memory.</summary>
    public SafeFileHandle? File { get; init; }

    /// <summary>The system's handle of named memory, where that is no file.</summary>
    public SafeHandle? Section { get; init; }

    /// <summary>Where in the file the mapping starts, a multiple of the granularity.</summary>
    public long FileOffset { get; init; }

    /// <summary>Bytes from there to the region's end.</summary>
    public long Length { get; init; }

    /// <summary>Bytes of the pages it is made of.</summary>
    public long PageSize { get; init; }

    /// <summary>What may be done with the pages.</summary>
    public MemoryProtection Protection { get; init; }

    /// <summary>Who sees changes.</summary>
    public MapSharing Sharing { get; init; }

    /// <summary>How the mapping is made.</summary>
    public MapOptions Options { get; init; }

    /// <summary>Whether <see cref="PageSize"/> was asked for by number.</summary>
    public bool ExplicitHugePageSize { get; init; }

    /// <summary>Where it should be placed, or 0 for the system's choice.</summary>
    public nint Address { get; init; }

    /// <summary>Whether any other place is a failure.</summary>
    public bool Fixed { get; init; }

    /// <summary>A part of what was mapped.</summary>
    /// <param name="address">The mapping's address.</param>
    /// <param name="start">Where the part starts, in bytes from the mapping's start.</param>
    /// <param name="length">Its length in bytes.</param>
    public PageSpan Pages(nint address, long start, long length) =>
        new(Subject, address + (nint)start, length, Sharing, File, FileOffset + start);
}
