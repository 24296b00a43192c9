
using MmapPS.Bytes.Comparing;
using MmapPS.Resources;

namespace MmapPS;

/// <summary>A range in which Compare-MappedByte has found every byte to differ; a byte against none differs.</summary>
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

    /// <summary>Where the difference starts, in bytes from the region's start.</summary>
    public long Offset { get; }

    /// <summary>How many bytes differ, or are on one side only.</summary>
    public long Length { get; }

    /// <summary>Where it starts in the other region or file, in bytes from its start.</summary>
    public long OtherOffset { get; }

    /// <summary>The region's first bytes there, at most 16, which are cut where there are more; none behind its end.</summary>
    public HexBytes Bytes { get; }

    /// <summary>The first bytes there of the other region or file, in the same way.</summary>
    public HexBytes OtherBytes { get; }

    /// <summary>The full path of the mapped file, or null.</summary>
    public string? Path { get; }

    /// <summary>Where in the file the difference starts, in bytes; null where there is no file.</summary>
    public long? FileOffset { get; }

    /// <inheritdoc/>
    public override string ToString() => Messages.TargetRange(Region.Subject, Offset, Length);
}
