using System;
using MmapPS.Bytes.Scanning;
using MmapPS.Bytes.Sources;
using MmapPS.Resources;

namespace MmapPS.Bytes.Values;

/// <summary>Decodes the values of a chunk, as many as can be read; its plan counts values instead of bytes.</summary>
internal sealed class ValueWorker<T> : IChunkWorker<ArraySegment<T>>
{
    // A record is an object of about 1 KiB, but the bounds of a scan are made for matches of 8 bytes.
    private const int ItemsOfValue = 512;

    private readonly SourceRange _range;
    private readonly ChunkPlan _plan;
    private readonly int _size;
    private readonly long _stride;
    private readonly RecordDecoder<T> _decode;
    private readonly byte[] _buffer;

    public ValueWorker(SourceRange range, ChunkPlan plan, int size, long stride, RecordDecoder<T> decode)
    {
        _range = range;
        _plan = plan;
        _size = size;
        _stride = stride;
        _decode = decode;
        _buffer = new byte[LengthOf(plan.LengthOf(0))];
    }

    /// <inheritdoc/>
    public ChunkResult<ArraySegment<T>> Process(long index)
    {
        T[] values = new T[_plan.LengthOf(index)];
        Span<byte> buffer = _buffer.AsSpan(0, LengthOf(values.Length));
        long offset = _range.Offset + (_plan.OffsetOf(index) * _stride);
        int reached = _range.Source.ReadReachable(offset, buffer, out MappingException? failure);
        int done = 0;
        long start = 0;
        try
        {
            for (; done < values.Length; start += _stride)
            {
                Span<byte> value = buffer.Slice((int)start, _size);

                // The unreadable byte may be between values.
                if (start > reached - _size && _range.Source.ReadReachable(offset + start, value, out failure) < _size)
                {
                    break;
                }

                values[done] = _decode(value);
                done++;
            }
        }
        catch (MappingException exception)
        {
            failure = new MappingException(exception.Error, Messages.ValueAt(offset + start, exception.Message), exception);
        }

        return new ChunkResult<ArraySegment<T>>(new ArraySegment<T>(values, 0, done), done * ItemsOfValue, failure);
    }

    private int LengthOf(int count) => (int)(((count - 1) * _stride) + _size);
}
