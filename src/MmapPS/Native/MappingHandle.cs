using System;
using System.Runtime.InteropServices;

namespace MmapPS.Native;

/// <summary>
/// Owns a mapping: its address, its full aligned length and its file. Unmaps when the last use ends, or in its
/// finalizer, whichever comes first.
/// </summary>
internal sealed class MappingHandle : SafeHandle
{
    private Func<nint, long, bool> _unmap;

    /// <param name="unmap">Removes the mapping at an address, with its size; returns whether it succeeded.</param>
    /// <param name="address">Address of the mapping.</param>
    /// <param name="size">Size in bytes.</param>
    public MappingHandle(Func<nint, long, bool> unmap, nint address, long size)
        : base(invalidHandleValue: IntPtr.Zero, ownsHandle: true)
    {
        _unmap = unmap;
        Size = size;
        SetHandle(address);
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == IntPtr.Zero;

    /// <summary>Address of the mapping.</summary>
    public nint Address => handle;

    /// <summary>Size in bytes for unmapping: a multiple of the page size if the system requires it.</summary>
    public long Size { get; private set; }

    /// <summary>Records that the system moved the mapping or changed its size.</summary>
    public void Relocate(nint address, long size)
    {
        SetHandle(address);
        Size = size;
    }

    /// <summary>Swaps address and size with another handle that is unmapped in the same way.</summary>
    public void Exchange(MappingHandle other)
    {
        (nint address, long size) = (Address, Size);
        Relocate(other.Address, other.Size);
        other.Relocate(address, size);
    }

    /// <summary>Sets another way to remove the mapping.</summary>
    public void UnmapBy(Func<nint, long, bool> unmap) => _unmap = unmap;

    /// <inheritdoc/>
    protected override bool ReleaseHandle() => _unmap(handle, Size);
}
