
using MmapPS.Resources;

namespace MmapPS.Ranges;

/// <summary>A range of bytes that is known to lie within its region. The module's only range check.</summary>
internal readonly struct ByteRange
{
    private ByteRange(long offset, long length)
    {
        Offset = offset;
        Length = length;
    }

    /// <summary>Where the range starts, in bytes from the region's start.</summary>
    public long Offset { get; }

    /// <summary>How many bytes it has.</summary>
    public long Length { get; }

    /// <summary>The range, if it lies within <paramref name="total"/> bytes.</summary>
    /// <param name="total">Bytes that there are.</param>
    /// <param name="offset">Where the range starts.</param>
    /// <param name="length">Its length, or null for all that follows.</param>
    /// <param name="subject">How the message names what the range is of.</param>
    /// <exception cref="OutOfRangeException">It does not.</exception>
    public static ByteRange Within(long total, long offset, long? length, string subject) =>
        Find(total, offset, length) ?? throw new OutOfRangeException(Messages.RangeOutside(subject, total, offset, length));

    /// <summary>The range, if it lies within <paramref name="total"/> bytes; else null.</summary>
    public static ByteRange? Find(long total, long offset, long? length) =>
        offset < 0 || offset > total || length < 0 || length > total - offset
            ? null
            : new ByteRange(offset, length ?? total - offset);

    /// <summary>A range of something that has no end of its own.</summary>
    /// <exception cref="OutOfRangeException">Its end lies past 64 bits, or a number is negative.</exception>
    public static ByteRange Endless(long offset, long length, string subject) =>
        Find(long.MaxValue, offset, length) ?? throw new OutOfRangeException(Messages.RangeImpossible(subject, offset, length));

    /// <summary>The place of an index, counted from the end where it is negative.</summary>
    /// <exception cref="OutOfRangeException">There is no such byte.</exception>
    public static long Index(long total, long index, string subject)
    {
        long offset = index < 0 ? index + total : index;
        return offset >= 0 && offset < total ? offset : throw new OutOfRangeException(Messages.IndexOutside(subject, total, index));
    }
}
