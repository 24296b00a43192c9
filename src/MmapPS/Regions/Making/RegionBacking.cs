using System;
using System.Runtime.InteropServices;
using System.Threading;
using Microsoft.Win32.SafeHandles;
using MmapPS.Native;
using MmapPS.Ranges;
using MmapPS.Resources;

namespace MmapPS.Regions.Making;

/// <summary>What is behind a region: what was asked for, and the file or memory that answers it.</summary>
internal sealed class RegionBacking : IDisposable
{
    private static int s_lastId;

    /// <param name="platform">The system.</param>
    /// <param name="request">What the user asked for.</param>
    /// <param name="kind">What is mapped.</param>
    public RegionBacking(MemoryPlatform platform, MapRequest request, RegionKind kind)
    {
        Platform = platform;
        Request = request;
        Kind = kind;
        PageSize = platform.PageSize;
        Granularity = platform.Granularity;
        Id = Interlocked.Increment(ref s_lastId);
        Subject = request.Path ?? request.Name ?? Messages.AnonymousRegion(Id);
    }

    public MemoryPlatform Platform { get; }

    public MapRequest Request { get; }

    public RegionKind Kind { get; }

    /// <summary>The number of the region in this process, from 1 on; never used again.</summary>
    public int Id { get; }

    /// <summary>How messages name the region.</summary>
    public string Subject { get; }

    /// <summary>Bytes of the pages it is mapped with.</summary>
    public long PageSize { get; init; }

    /// <summary>Bytes that its mapping's place must be a multiple of.</summary>
    public long Granularity { get; init; }

    /// <summary>The file, where there is one.</summary>
    public BackingFile? File { get; init; }

    /// <summary>The system's handle of the file, where there is one.</summary>
    public SafeFileHandle? Handle => File?.Handle;

    /// <summary>The system's handle of named memory, where that is no file.</summary>
    public SafeHandle? Section { get; init; }

    /// <summary>Bytes of the mapping before the region's first.</summary>
    public long Lead => Request.Offset - Alignment.Down(Request.Offset, Granularity);

    /// <summary>Whether what is written to the region reaches its file.</summary>
    public bool IsSharedFile => File is not null && Request.Sharing == MapSharing.Shared;

    /// <summary>Bytes that the file has at present; null where there is none, or it has no end.</summary>
    public long? PresentLength => File is { HasEnd: true } file ? file.Length : null;

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        File?.Dispose();
        Section?.Dispose();
    }
}
