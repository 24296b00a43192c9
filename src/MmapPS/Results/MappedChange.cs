using MmapPS.Bytes.Editing;
using MmapPS.Resources;

namespace MmapPS;

/// <summary>Bytes that Edit-MappedByte replaced. Binds by property name to the cmdlets that take a range.</summary>
public sealed class MappedChange
{
    internal MappedChange(MappedRegion region, ByteChange change)
    {
        Region = region;
        Offset = change.Offset;
        OldBytes = new HexBytes(change.Old);
        Bytes = new HexBytes(change.New);
        Path = region.Path;
        FileOffset = region.Path is null ? null : region.Offset + change.Offset;
    }

    /// <summary>The region.</summary>
    public MappedRegion Region { get; }

    /// <summary>Offset of the change, in bytes from the region's start.</summary>
    public long Offset { get; }

    /// <summary>Length in bytes.</summary>
    public long Length => Bytes.Length;

    /// <summary>The bytes before the change.</summary>
    public HexBytes OldBytes { get; }

    /// <summary>The bytes after the change.</summary>
    public HexBytes Bytes { get; }

    /// <summary>The full path of the mapped file, or null.</summary>
    public string? Path { get; }

    /// <summary>Offset of the change in the file, in bytes; null without a file.</summary>
    public long? FileOffset { get; }

    /// <inheritdoc/>
    public override string ToString() => Messages.TargetRange(Region.Subject, Offset, Length);
}
