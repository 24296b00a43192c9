
using MmapPS.Bytes.Editing;
using MmapPS.Resources;

namespace MmapPS;

/// <summary>Bytes that Edit-MappedByte has replaced. Binds by property name to the cmdlets that take a range.</summary>
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

    /// <summary>Where the change starts, in bytes from the region's start.</summary>
    public long Offset { get; }

    /// <summary>How many bytes it has.</summary>
    public long Length => Bytes.Length;

    /// <summary>What stood there.</summary>
    public HexBytes OldBytes { get; }

    /// <summary>What stands there now.</summary>
    public HexBytes Bytes { get; }

    /// <summary>The full path of the mapped file, or null.</summary>
    public string? Path { get; }

    /// <summary>Where in the file the change starts, in bytes; null where there is no file.</summary>
    public long? FileOffset { get; }

    /// <inheritdoc/>
    public override string ToString() => Messages.TargetRange(Region.Subject, Offset, Length);
}
