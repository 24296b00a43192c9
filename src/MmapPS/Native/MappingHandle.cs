using System;
using System.Runtime.InteropServices;

namespace MmapPS.Native;

/// <summary>
/// Owns a mapping: its base, its full aligned length and the file behind it. Unmaps when the last use ends, or in its
/// finalizer, whichever comes first.
/// </summary>
internal sealed class MappingHandle : SafeHandle
{
    private readonly MemoryPlatform _platform;

    public MappingHandle(MemoryPlatform platform, nint address, long size)
        : base(invalidHandleValue: IntPtr.Zero, ownsHandle: true)
    {
        _platform = platform;
        Size = size;
        SetHandle(address);
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == IntPtr.Zero;

    /// <summary>Where the mapping starts.</summary>
    public nint Address => handle;

    /// <summary>Bytes that unmapping takes: a multiple of the page size where the system wants that.</summary>
    public long Size { get; private set; }

    /// <summary>Whether the bytes are overwritten before the memory is given back.</summary>
    public bool IsSecret { get; init; }

    /// <summary>Takes note that the system moved the mapping or changed its size.</summary>
    public void Relocate(nint address, long size)
    {
        SetHandle(address);
        Size = size;
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        if (IsSecret)
        {
            _platform.Wipe(handle, Size);
        }

        return _platform.Unmap(handle, Size);
    }
}
