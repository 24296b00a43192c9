using System;

namespace MmapPS.Regions.Access;

/// <summary>
/// Plain memory copies. Only for memory that cannot fault: anonymous, with its storage reserved, and never protected
/// since it was made.
/// </summary>
internal sealed class DirectAccess : RegionAccess
{
    private readonly nint _address;

    public DirectAccess(nint address) => _address = address;

    /// <inheritdoc/>
    public override unsafe CopyOutcome Read(long offset, Span<byte> destination)
    {
        fixed (byte* target = destination)
        {
            Buffer.MemoryCopy((byte*)_address + offset, target, destination.Length, destination.Length);
        }

        return new CopyOutcome(destination.Length, CopyStop.Completed);
    }

    /// <inheritdoc/>
    public override unsafe CopyOutcome Write(long offset, ReadOnlySpan<byte> source)
    {
        fixed (byte* origin = source)
        {
            Buffer.MemoryCopy(origin, (byte*)_address + offset, source.Length, source.Length);
        }

        return new CopyOutcome(source.Length, CopyStop.Completed);
    }

    /// <inheritdoc/>
    public override unsafe bool TryLend(long offset, int length, out ReadOnlySpan<byte> bytes)
    {
        bytes = new ReadOnlySpan<byte>((byte*)_address + offset, length);
        return true;
    }
}
