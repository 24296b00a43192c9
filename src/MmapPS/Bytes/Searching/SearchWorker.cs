using System;
using MmapPS.Bytes.Scanning;
using MmapPS.Bytes.Sources;

namespace MmapPS.Bytes.Searching;

/// <summary>Searches chunks. A chunk is read together with the bytes after it that a match starting in it can reach.</summary>
internal abstract class SearchWorker<T> : IChunkWorker<T>
{
    private readonly IByteSource _source;
    private readonly ChunkPlan _plan;
    private readonly int _reach;
    private byte[] _buffer = [];

    protected SearchWorker(IByteSource source, ChunkPlan plan, PatternSet patterns, bool backward)
    {
        Backward = backward;
        _source = source;
        _plan = plan;
        _reach = patterns.MaxLength - 1;
        Kernel = patterns.CreateKernel();
    }

    /// <summary>Whether chunks are searched from the last to the first.</summary>
    protected bool Backward { get; }

    /// <summary>Finds the patterns.</summary>
    protected SearchKernel Kernel { get; }

    /// <summary>Matches of the current chunk.</summary>
    protected MatchList Matches { get; } = new();

    /// <inheritdoc/>
    public ChunkResult<T> Process(long index)
    {
        long offset = _plan.OffsetOf(index);
        int own = _plan.LengthOf(index);
        int wanted = (int)Math.Min((long)own + _reach, _plan.End - offset);
        if (_source.TryLend(offset, wanted, out LentBytes lent))
        {
            using (lent)
            {
                return Search(lent.Bytes, 0, own, failure: null);
            }
        }

        if (_buffer.Length < wanted)
        {
            _buffer = new byte[wanted];
        }

        Span<byte> buffer = _buffer.AsSpan(0, wanted);
        int reached = _source.ReadReachable(offset, buffer, out MappingException? failure);
        if (Backward && reached < own)
        {
            // The bytes after the bad byte are searched before it.
            return Search(buffer, wanted - _source.ReadReachableEnd(offset, buffer), own, failure);
        }

        // A bad byte after the chunk belongs to the next chunk.
        return Search(buffer.Slice(0, reached), 0, own, reached < own ? failure : null);
    }

    /// <summary>Searches the bytes for matches.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="start">First position of a match.</param>
    /// <param name="limit">Position at and after which no match may start.</param>
    /// <param name="failure">The failure that follows these matches, or null.</param>
    protected abstract ChunkResult<T> Search(ReadOnlySpan<byte> bytes, int start, int limit, MappingException? failure);
}
