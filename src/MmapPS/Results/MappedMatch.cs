using MmapPS.Resources;

namespace MmapPS;

/// <summary>A match of Find-MappedByte. Binds by property name to the cmdlets that take a range.</summary>
public sealed class MappedMatch
{
    internal MappedMatch(MappedRegion region, long offset, byte[] bytes, int pattern)
    {
        Region = region;
        Offset = offset;
        Bytes = new HexBytes(bytes);
        Pattern = pattern;
        Path = region.Path;
        FileOffset = region.Path is null ? null : region.Offset + offset;
    }

    /// <summary>The region.</summary>
    public MappedRegion Region { get; }

    /// <summary>Offset of the match, in bytes from the region's start.</summary>
    public long Offset { get; }

    /// <summary>Length in bytes.</summary>
    public long Length => Bytes.Length;

    /// <summary>The bytes that matched.</summary>
    public HexBytes Bytes { get; }

    /// <summary>Index of the pattern, from 0 on in the given order.</summary>
    public int Pattern { get; }

    /// <summary>Bytes before the match, with -Context; otherwise null.</summary>
    public HexBytes? Before { get; internal init; }

    /// <summary>Bytes after the match, with -Context; otherwise null.</summary>
    public HexBytes? After { get; internal init; }

    /// <summary>The line of text around the match, with -AsLine; otherwise null.</summary>
    public string? Line { get; internal init; }

    /// <summary>The number of that line in the region, from 1 on, with -LineNumber; otherwise null.</summary>
    public long? LineNumber { get; internal init; }

    /// <summary>The full path of the mapped file, or null.</summary>
    public string? Path { get; }

    /// <summary>Offset of the match in the file, in bytes; null without a file.</summary>
    public long? FileOffset { get; }

    /// <inheritdoc/>
    public override string ToString() => Line ?? Messages.TargetRange(Region.Subject, Offset, Length);
}
