using MmapPS.Bytes.Comparing;
using MmapPS.Resources;

namespace MmapPS;

/// <summary>A range that Compare-MappedByte found to differ in every byte; a byte past the end of the other side differs.</summary>
public sealed class MappedDifference
{
    internal MappedDifference(MappedRegion region, long start, long otherStart, ByteDifference difference)
    {
        Region = region;
        Offset = start + difference.Offset;
        OtherOffset = otherStart + difference.Offset;
        Length = difference.Length;
        Bytes = new HexBytes(difference.Left, difference.LeftIsCut);
        OtherBytes = new HexBytes(difference.Right, difference.RightIsCut);
        Path = region.Path;
        FileOffset = region.Path is null ? null : region.Offset + Offset;
    }

    /// <summary>The region.</summary>
    public MappedRegion Region { get; }

    /// <summary>Offset of the difference, in bytes from the region's start.</summary>
    public long Offset { get; }

    /// <summary>Number of bytes that differ, or that only one side has.</summary>
    public long Length { get; }

    /// <summary>Offset in the other region or file, in bytes from its start.</summary>
    public long OtherOffset { get; }

    /// <summary>The region's first bytes there, at most 16, cut if there are more; none past its end.</summary>
    public HexBytes Bytes { get; }

    /// <summary>The first bytes of the other region or file there, in the same way.</summary>
    public HexBytes OtherBytes { get; }

    /// <summary>The full path of the mapped file, or null.</summary>
    public string? Path { get; }

    /// <summary>Offset of the difference in the file, in bytes; null without a file.</summary>
    public long? FileOffset { get; }

    /// <inheritdoc/>
    public override string ToString() => Messages.TargetRange(Region.Subject, Offset, Length);
}
