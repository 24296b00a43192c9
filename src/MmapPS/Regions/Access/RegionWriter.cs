using System;
using MmapPS.Resources;
using MmapPS.Work;

namespace MmapPS.Regions.Access;

/// <summary>Writes a stream of small values into a region, one after the other, through a buffer.</summary>
internal sealed class RegionWriter
{
    private readonly MappedRegion _region;
    private readonly byte[] _buffer = new byte[64 * 1024];
    private long _position;
    private int _count;

    /// <param name="region">The region.</param>
    /// <param name="start">Where the first value goes, in bytes from the region's start.</param>
    public RegionWriter(MappedRegion region, long start)
    {
        _region = region;
        _position = start;
    }

    /// <summary>Bytes that have reached the region.</summary>
    public long Written { get; private set; }

    /// <summary>Takes a byte if the buffer has room.</summary>
    public bool TryAppend(byte value)
    {
        if (_count == _buffer.Length)
        {
            return false;
        }

        _buffer[_count++] = value;
        return true;
    }

    /// <summary>Takes bytes, writing what the buffer cannot hold.</summary>
    /// <exception cref="MappingException">As <see cref="Flush"/>.</exception>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_count == _buffer.Length)
            {
                Flush();
            }

            int taken = Math.Min(bytes.Length, _buffer.Length - _count);
            bytes.Slice(0, taken).CopyTo(_buffer.AsSpan(_count));
            _count += taken;
            bytes = bytes.Slice(taken);
        }
    }

    /// <summary>Takes a value that is written whole or not at all, and passes over bytes behind it.</summary>
    /// <param name="bytes">The value.</param>
    /// <param name="gap">Bytes to pass over; negative goes back.</param>
    /// <exception cref="MappingException">As <see cref="Flush"/>.</exception>
    public void AppendWhole(ReadOnlySpan<byte> bytes, long gap)
    {
        if (bytes.Length > _region.Length - _position - _count)
        {
            Flush();
            throw PastEnd();
        }

        Append(bytes);
        if (gap != 0)
        {
            Flush();
            _position += Math.Min(gap, _region.Length - _position);
        }
    }

    /// <summary>Writes what the buffer holds. Whatever comes of it, the buffer is empty afterwards.</summary>
    /// <exception cref="MappingException">
    /// PageFault, NoSpace, NotWritable, RegionClosed; OutOfRange: the region's end is reached, what fitted is written.
    /// </exception>
    public void Flush()
    {
        int count = _count;
        _count = 0;

        // The region may have been made shorter meanwhile.
        int fitting = (int)Math.Min(count, Math.Max(0, _region.Length - _position));
        if (fitting > 0)
        {
            Write(_buffer.AsSpan(0, fitting));
        }

        if (fitting < count)
        {
            throw PastEnd();
        }
    }

    /// <summary>Writes what the buffer holds at the end of the pipeline, where a failure can no longer be reported.</summary>
    public void TryFlush()
    {
        try
        {
            Flush();
        }
        catch (MappingException)
        {
            // The pipeline that gave the values has ended.
        }
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            _region.Bytes.Write(_position, bytes, Unwatched.Work, before: Written);
        }
        catch (MappingException exception) when (exception.Error is MappingError.RegionClosed or MappingError.NotWritable)
        {
            // What was changed meanwhile knows nothing of the bytes before it.
            throw new MappingException(exception.Error, Messages.StreamStopped(exception.Message, Written));
        }

        Written += bytes.Length;
        _position += bytes.Length;
    }

    private OutOfRangeException PastEnd() => new(Messages.StreamPastEnd(_region.Subject, _region.Length, Written));
}
