using System;
using System.Runtime.InteropServices;

namespace MmapPS.Native;

/// <summary>
/// Owns a mapping: its base, its full aligned length and the file behind it. Unmaps when the last use ends, or in its
/// finalizer, whichever comes first.
/// </summary>
internal sealed class MappingHandle : SafeHandle
{
    private Func<nint, long, bool> _unmap;

    /// <param name="unmap">Removes the mapping at an address, with its size; says whether the system did it.</param>
    /// <param name="address">Where the mapping starts.</param>
    /// <param name="size">Bytes of it.</param>
    public MappingHandle(Func<nint, long, bool> unmap, nint address, long size)
        : base(invalidHandleValue: IntPtr.Zero, ownsHandle: true)
    {
        _unmap = unmap;
        Size = size;
        SetHandle(address);
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == IntPtr.Zero;

    /// <summary>Where the mapping starts.</summary>
    public nint Address => handle;

    /// <summary>Bytes that unmapping takes: a multiple of the page size where the system wants that.</summary>
    public long Size { get; private set; }

    /// <summary>Takes note that the system moved the mapping or changed its size.</summary>
    public void Relocate(nint address, long size)
    {
        SetHandle(address);
        Size = size;
    }

    /// <summary>Takes the place of another mapping that is unmapped the same way, which takes this one's.</summary>
    public void Exchange(MappingHandle other)
    {
        (nint address, long size) = (Address, Size);
        Relocate(other.Address, other.Size);
        other.Relocate(address, size);
    }

    /// <summary>Has the mapping removed in another way from now on.</summary>
    public void UnmapBy(Func<nint, long, bool> unmap) => _unmap = unmap;

    /// <inheritdoc/>
    protected override bool ReleaseHandle() => _unmap(handle, Size);
}
