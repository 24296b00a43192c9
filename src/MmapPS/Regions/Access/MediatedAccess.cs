using System;
using MmapPS.Native;

namespace MmapPS.Regions.Access;

/// <summary>Copies made by the kernel, which answers a bad page with an error. For all memory that may fault.</summary>
internal sealed class MediatedAccess : RegionAccess
{
    private readonly MemoryPlatform _platform;
    private readonly nint _address;

    public MediatedAccess(MemoryPlatform platform, nint address)
    {
        _platform = platform;
        _address = address;
    }

    /// <inheritdoc/>
    public override CopyOutcome Read(long offset, Span<byte> destination) =>
        ToOutcome(_platform.CopyFromMemory(_address + (nint)offset, destination), destination.Length);

    /// <inheritdoc/>
    public override CopyOutcome Write(long offset, ReadOnlySpan<byte> source) =>
        ToOutcome(_platform.CopyToMemory(_address + (nint)offset, source), source.Length);

    private static CopyOutcome ToOutcome(int count, int wanted) =>
        new(count, count == wanted ? CopyStop.Completed : CopyStop.Fault);
}
