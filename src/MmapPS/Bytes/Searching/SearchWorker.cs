using System;
using MmapPS.Bytes.Scanning;
using MmapPS.Bytes.Sources;

namespace MmapPS.Bytes.Searching;

/// <summary>Searches chunks. A chunk is read together with what follows as far as a match that starts in it can reach.</summary>
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

    /// <summary>Matches of the present chunk.</summary>
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
            // What comes behind the bad byte has its turn before it.
            return Search(buffer, wanted - _source.ReadReachableEnd(offset, buffer), own, failure);
        }

        // A bad byte behind the chunk is the next chunk's.
        return Search(buffer.Slice(0, reached), 0, own, reached < own ? failure : null);
    }

    /// <summary>Searches the bytes for matches.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="start">Where the first match may start.</param>
    /// <param name="limit">Where no match may start any more.</param>
    /// <param name="failure">What comes after these matches, or null.</param>
    protected abstract ChunkResult<T> Search(ReadOnlySpan<byte> bytes, int start, int limit, MappingException? failure);
}
