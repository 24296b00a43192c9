using System.Diagnostics;
using MmapPS.Resources;

namespace MmapPS.Ranges;

/// <summary>A range of bytes, checked to lie within its region.</summary>
internal readonly struct ByteRange
{
    private ByteRange(long offset, long length)
    {
        Offset = offset;
        Length = length;
    }

    /// <summary>Offset in bytes from the region's start.</summary>
    public long Offset { get; }

    /// <summary>Length in bytes.</summary>
    public long Length { get; }

    /// <summary>Offset of the first byte after it.</summary>
    public long End => Offset + Length;

    /// <summary>A part of the range.</summary>
    /// <param name="start">Where it starts, in bytes from the range's start.</param>
    /// <param name="length">Its length in bytes.</param>
    public ByteRange Slice(long start, long length)
    {
        Debug.Assert(start >= 0 && length >= 0 && start + length <= Length, "A part of a range reaches past it.");
        return new ByteRange(Offset + start, length);
    }

    /// <summary>Checks that a range lies within <paramref name="total"/> bytes.</summary>
    /// <param name="total">Number of existing bytes.</param>
    /// <param name="offset">Offset of the range.</param>
    /// <param name="length">Its length, or null for all bytes from the offset on.</param>
    /// <param name="subject">Name of what the range belongs to, for the message.</param>
    /// <exception cref="OutOfRangeException">The range is outside.</exception>
    public static ByteRange Within(long total, long offset, long? length, string subject) =>
        Find(total, offset, length) ?? throw new OutOfRangeException(Messages.RangeOutside(subject, total, offset, length));

    /// <summary>The range if it lies within <paramref name="total"/> bytes; otherwise null.</summary>
    public static ByteRange? Find(long total, long offset, long? length) =>
        offset < 0 || offset > total || length < 0 || length > total - offset
            ? null
            : new ByteRange(offset, length ?? total - offset);

    /// <summary>A range of something without an end.</summary>
    /// <exception cref="OutOfRangeException">Its end does not fit into 64 bits, or a number is negative.</exception>
    public static ByteRange Endless(long offset, long length, string subject) =>
        Find(long.MaxValue, offset, length) ?? throw new OutOfRangeException(Messages.RangeImpossible(subject, offset, length));

    /// <summary>The offset of an index; a negative index counts from the end.</summary>
    /// <exception cref="OutOfRangeException">The byte does not exist.</exception>
    public static long Index(long total, long index, string subject)
    {
        long offset = index < 0 ? index + total : index;
        return offset >= 0 && offset < total ? offset : throw new OutOfRangeException(Messages.IndexOutside(subject, total, index));
    }
}
