using MmapPS.Bytes.Patterns;
using MmapPS.Bytes.Scanning;
using MmapPS.Resources;

namespace MmapPS;

/// <summary>The hash of a range or a block, from Get-MappedHash. Binds by property name to the cmdlets that take a range.</summary>
public sealed class MappedHash
{
    internal MappedHash(MappedRegion region, string algorithm, Block<byte[]> block)
    {
        Region = region;
        Algorithm = algorithm;
        Hash = HexText.Compact(block.Value).ToUpperInvariant();
        Offset = block.Offset;
        Length = block.Length;
        Path = region.Path;
        FileOffset = region.Path is null ? null : region.Offset + block.Offset;
    }

    /// <summary>The algorithm: MD5, SHA1, SHA256, SHA384, SHA512, Crc32 or XxHash3.</summary>
    public string Algorithm { get; }

    /// <summary>The hash in hexadecimal, in capital letters, as Get-FileHash returns it.</summary>
    public string Hash { get; }

    /// <summary>The region.</summary>
    public MappedRegion Region { get; }

    /// <summary>Offset of what was hashed, in bytes from the region's start.</summary>
    public long Offset { get; }

    /// <summary>Number of bytes that were hashed.</summary>
    public long Length { get; }

    /// <summary>The full path of the mapped file, or null.</summary>
    public string? Path { get; }

    /// <summary>Offset in the file, in bytes; null without a file.</summary>
    public long? FileOffset { get; }

    /// <inheritdoc/>
    public override string ToString() => Messages.TargetRange(Region.Subject, Offset, Length);
}
