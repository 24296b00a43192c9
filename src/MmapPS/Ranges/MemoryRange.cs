using System;
using System.Globalization;

namespace MmapPS;

/// <summary>A range of bytes of a file or of memory.</summary>
public readonly struct MemoryRange : IEquatable<MemoryRange>
{
    /// <param name="offset">Offset in bytes, 0 or more.</param>
    /// <param name="length">Length in bytes, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">One is negative, or the end does not fit into 64 bits.</exception>
    public MemoryRange(long offset, long length)
    {
        if (offset < 0 || length < 0 || length > long.MaxValue - offset)
        {
            throw new ArgumentOutOfRangeException(nameof(offset));
        }

        Offset = offset;
        Length = length;
    }

    /// <summary>Offset in bytes.</summary>
    public long Offset { get; }

    /// <summary>Length in bytes.</summary>
    public long Length { get; }

    /// <summary>Offset after the last byte.</summary>
    internal long End => Offset + Length;

    /// <summary>Whether two ranges are equal.</summary>
    public static bool operator ==(MemoryRange left, MemoryRange right) => left.Equals(right);

    /// <summary>Whether two ranges differ.</summary>
    public static bool operator !=(MemoryRange left, MemoryRange right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(MemoryRange other) => Offset == other.Offset && Length == other.Length;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is MemoryRange other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => (Offset, Length).GetHashCode();

    /// <summary>Offset and length as <c>4096+8192</c>.</summary>
    public override string ToString() =>
        Offset.ToString(CultureInfo.InvariantCulture) + "+" + Length.ToString(CultureInfo.InvariantCulture);
}
