using System;
using MmapPS.Bytes.Sources;
using MmapPS.Ranges;
using MmapPS.Work;

namespace MmapPS.Regions.Access;

/// <summary>
/// A region as bytes to read and write by the algorithms over bytes. Each chunk is a use of the region of its own, so that
/// removing, resizing or protecting the region waits for one chunk at most. Offsets are those of the region.
/// </summary>
internal sealed class RegionByteSource : IByteSource, IByteTarget, IByteLender
{
    private readonly MappedRegion _region;
    private readonly ByteRange _job;
    private readonly bool _backward;

    /// <param name="region">The region.</param>
    /// <param name="job">The range that is worked on; an error says how much of it was done.</param>
    /// <param name="backward">Whether it is done from its end on.</param>
    public RegionByteSource(MappedRegion region, ByteRange job, bool backward = false)
    {
        _region = region;
        _job = job;
        _backward = backward;
    }

    /// <inheritdoc cref="IByteSource.Length"/>
    public long Length => _region.Length;

    /// <summary>The range that is worked on.</summary>
    public SourceRange Job => new(this, _job.Offset, _job.Length);

    /// <summary>All of the region.</summary>
    public SourceRange Whole => new(this, 0, _region.Length);

    /// <inheritdoc/>
    /// <exception cref="MappingException">
    /// PageFault, NotReadable; RegionClosed: the region was removed meanwhile; OutOfRange: it was made shorter.
    /// </exception>
    public void Read(long offset, Span<byte> destination)
    {
        for (int done = 0; done < destination.Length; done += RegionBytes.ChunkSize)
        {
            Span<byte> part = destination.Slice(done, Math.Min(RegionBytes.ChunkSize, destination.Length - done));
            _region.Bytes.Read(offset + done, part, Unwatched.Work, Before(offset + done, part.Length), _job.Length);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="MappingException">
    /// PageFault, NotWritable, NoSpace; RegionClosed: the region was removed meanwhile; OutOfRange: it was made shorter.
    /// </exception>
    public void Write(long offset, ReadOnlySpan<byte> source)
    {
        for (int done = 0; done < source.Length; done += RegionBytes.ChunkSize)
        {
            ReadOnlySpan<byte> part = source.Slice(done, Math.Min(RegionBytes.ChunkSize, source.Length - done));
            _region.Bytes.Write(offset + done, part, Unwatched.Work, Before(offset + done, part.Length), _job.Length);
        }
    }

    /// <inheritdoc/>
    public bool TryLend(long offset, int length, out LentBytes bytes)
    {
        bool lent = _region.Bytes.TryLend(offset, length, out ReadOnlySpan<byte> own);
        bytes = lent ? new LentBytes(own, this) : default;
        return lent;
    }

    /// <inheritdoc/>
    public long CountZeros(long offset, long length) => _region.Bytes.CountZeros(offset, length);

    /// <inheritdoc/>
    public void TakeBack() => _region.Bytes.TakeBack();

    // Bytes of the job that come before some in the order of the work.
    private long Before(long offset, int length) =>
        Math.Max(0, _backward ? _job.End - offset - length : offset - _job.Offset);
}
