using System;
using System.IO;
using MmapPS.Resources;

namespace MmapPS.Regions.Access;

/// <summary>A stream over a region. Closing it leaves the region open; removing the region makes every call an error.</summary>
internal sealed class MappedRegionStream : Stream
{
    private readonly MappedRegion _region;
    private long _position;
    private bool _closed;

    public MappedRegionStream(MappedRegion region) => _region = region;

    /// <inheritdoc/>
    public override bool CanRead => !_closed && (_region.Protection & MemoryProtection.Read) != 0;

    /// <inheritdoc/>
    public override bool CanSeek => !_closed;

    /// <inheritdoc/>
    public override bool CanWrite => !_closed && (_region.Protection & MemoryProtection.Write) != 0;

    /// <inheritdoc/>
    public override long Length => Open()._region.Length;

    /// <inheritdoc/>
    public override long Position
    {
        get => Open()._position;
        set => Seek(value, SeekOrigin.Begin);
    }

    /// <summary>Reads what is there, up to <paramref name="count"/> bytes; 0 at the region's end.</summary>
    public override int Read(byte[] buffer, int offset, int count)
    {
        Open();
        int available = (int)Math.Min(count, Math.Max(0, _region.Length - _position));
        _region.Read(Math.Min(_position, _region.Length), buffer, offset, available);
        _position += available;
        return available;
    }

    /// <summary>Writes all or, past the region's end, nothing: a region cannot grow by writing.</summary>
    public override void Write(byte[] buffer, int offset, int count)
    {
        Open();
        _region.Write(_position, buffer, offset, count);
        _position += count;
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin)
    {
        Open();
        long start = origin switch
        {
            SeekOrigin.Begin => 0,
            SeekOrigin.Current => _position,
            _ => _region.Length,
        };
        return _region.Member(() => offset >= -start && offset <= long.MaxValue - start
            ? _position = start + offset
            : throw new OutOfRangeException(Messages.SeekOutside(start, offset)));
    }

    /// <summary>Does nothing: what was written is in the mapping already. Sync-MemoryMap makes it durable.</summary>
    public override void Flush() => Open();

    /// <summary>Refused: the length of a region is fixed.</summary>
    public override void SetLength(long value) => throw new NotSupportedException(Messages.StreamLengthFixed());

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _closed = true;
        base.Dispose(disposing);
    }

    private MappedRegionStream Open() => _closed ? throw new ObjectDisposedException(nameof(Stream)) : this;
}
