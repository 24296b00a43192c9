using System;
using System.Collections.Generic;
using MmapPS.Bytes.Sources;

namespace MmapPS.Bytes.Scanning;

/// <summary>
/// Makes the results of a chunk of blocks, as many as can be read; its plan counts blocks instead of bytes. A block may be longer than
/// the buffer.
/// </summary>
internal sealed class BlockWorker<T> : IChunkWorker<Block<T>[]>, IDisposable
{
    private readonly SourceRange _range;
    private readonly ChunkPlan _plan;
    private readonly long _blockSize;
    private readonly SharedProgress _progress;
    private readonly Func<IBlockDigest<T>> _createDigest;
    private readonly byte[] _buffer;
    private IBlockDigest<T>? _digest;

    /// <param name="range">The range of all blocks.</param>
    /// <param name="plan">Chunks of blocks, numbered from 0.</param>
    /// <param name="blockSize">Bytes of a block; the last one may be shorter.</param>
    /// <param name="bufferSize">Bytes read at once.</param>
    /// <param name="progress">Told of all bytes.</param>
    /// <param name="createDigest">Makes a digest; called with the first chunk, so that its failure is that of the chunk.</param>
    public BlockWorker(
        SourceRange range, ChunkPlan plan, long blockSize, int bufferSize, SharedProgress progress, Func<IBlockDigest<T>> createDigest)
    {
        _range = range;
        _plan = plan;
        _blockSize = blockSize;
        _progress = progress;
        _createDigest = createDigest;
        _buffer = new byte[bufferSize];
    }

    /// <inheritdoc/>
    public ChunkResult<Block<T>[]> Process(long index)
    {
        _digest ??= _createDigest();
        int count = _plan.LengthOf(index);
        long at = _plan.OffsetOf(index) * _blockSize;
        long end = Math.Min(_range.Length, at + (count * _blockSize));
        long start = at;
        var blocks = new List<Block<T>>(count);
        MappingException? failure = null;
        while (blocks.Count < count && failure is null)
        {
            Span<byte> part = _buffer.AsSpan(0, (int)Math.Min(_buffer.Length, end - at));
            int reached = _range.Source.ReadReachable(_range.Offset + at, part, out failure);
            int used = 0;
            do
            {
                long blockEnd = Math.Min(end, start + _blockSize);
                int taken = (int)Math.Min(blockEnd - at, reached - used);
                _digest.Append(_buffer, used, taken);
                used += taken;
                at += taken;
                if (at == blockEnd)
                {
                    blocks.Add(new Block<T>(_range.Offset + start, at - start, _digest.Finish()));
                    start = at;
                }
            }
            while (used < reached);

            _progress.Advance(reached);
        }

        return new ChunkResult<Block<T>[]>([.. blocks], blocks.Count, failure);
    }

    /// <summary>Disposes the digest.</summary>
    public void Dispose() => _digest?.Dispose();
}
