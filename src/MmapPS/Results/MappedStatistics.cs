using MmapPS.Bytes.Measuring;
using MmapPS.Bytes.Scanning;
using MmapPS.Resources;

namespace MmapPS;

/// <summary>
/// What the bytes of a range or a block are like, from Measure-MappedByte. Binds by property name to the cmdlets that take a range.
/// </summary>
public sealed class MappedStatistics
{
    internal MappedStatistics(MappedRegion region, Block<ByteStatistics> block)
    {
        Region = region;
        Offset = block.Offset;
        Length = block.Length;
        Entropy = block.Value.Entropy;
        Zero = block.Value.Zero;
        Printable = block.Value.Printable;
        Distinct = block.Value.Distinct;
        Path = region.Path;
        FileOffset = region.Path is null ? null : region.Offset + block.Offset;
    }

    /// <summary>The region.</summary>
    public MappedRegion Region { get; }

    /// <summary>Offset of what was measured, in bytes from the region's start.</summary>
    public long Offset { get; }

    /// <summary>Number of bytes that were measured.</summary>
    public long Length { get; }

    /// <summary>Shannon entropy in bits per byte, from 0 to 8: near 8 for compressed, encrypted or random bytes; 0 without bytes.</summary>
    public double Entropy { get; }

    /// <summary>
    /// The same as a bar of fixed width, each cell half a bit: O for a full cell, o for at least half of it, . for less, blank for
    /// nothing.
    /// </summary>
    public string Picture => EntropyPicture.Draw(Entropy);

    /// <summary>Number of zero bytes.</summary>
    public long Zero { get; }

    /// <summary>Number of printable ASCII characters: 0x20 to 0x7e.</summary>
    public long Printable { get; }

    /// <summary>Number of different byte values, 0 to 256.</summary>
    public int Distinct { get; }

    /// <summary>The full path of the mapped file, or null.</summary>
    public string? Path { get; }

    /// <summary>Offset in the file, in bytes; null without a file.</summary>
    public long? FileOffset { get; }

    /// <inheritdoc/>
    public override string ToString() => Messages.TargetRange(Region.Subject, Offset, Length);
}
