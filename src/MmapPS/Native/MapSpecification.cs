using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using MmapPS.Ranges;

namespace MmapPS.Native;

/// <summary>An aligned and checked request for a mapping.</summary>
internal sealed class MapSpecification
{
    /// <summary>Name of the mapping, for messages.</summary>
    public string Subject { get; init; } = string.Empty;

    /// <summary>The file, or null for anonymous memory.</summary>
    public SafeFileHandle? File { get; init; }

    /// <summary>The system's handle of named memory, if it is not a file.</summary>
    public SafeHandle? Section { get; init; }

    /// <summary>Offset of the mapping in the file, a multiple of the granularity.</summary>
    public long FileOffset { get; init; }

    /// <summary>Length in bytes from there to the region's end.</summary>
    public long Length { get; init; }

    /// <summary>Size of its pages in bytes.</summary>
    public long PageSize { get; init; }

    /// <summary>The allowed access to the pages.</summary>
    public MemoryProtection Protection { get; init; }

    /// <summary>Who sees changes.</summary>
    public MapSharing Sharing { get; init; }

    /// <summary>The options of the mapping.</summary>
    public MapOptions Options { get; init; }

    /// <summary>Whether the user gave <see cref="PageSize"/>.</summary>
    public bool ExplicitHugePageSize { get; init; }

    /// <summary>The requested address, or 0 if the system chooses.</summary>
    public nint Address { get; init; }

    /// <summary>Whether another address is an error.</summary>
    public bool Fixed { get; init; }

    /// <summary>A part of what was mapped.</summary>
    /// <param name="address">The mapping's address.</param>
    /// <param name="start">Start of the part, in bytes from the mapping's start.</param>
    /// <param name="length">Its length in bytes.</param>
    public PageSpan Pages(nint address, long start, long length) =>
        new(Subject, address + (nint)start, length, Sharing, File, FileOffset + start);
}
