using System;
using MmapPS.Content.Scanning;

namespace MmapPS.Content.Searching;

/// <summary>Searches chunks. A chunk is read together with what follows as far as a match that starts in it can reach.</summary>
internal abstract class SearchWorker<T> : IChunkWorker<T>
{
    private readonly IByteSource _source;
    private readonly ChunkPlan _plan;
    private readonly int _reach;
    private byte[] _buffer = [];

    protected SearchWorker(IByteSource source, ChunkPlan plan, PatternSet patterns)
    {
        _source = source;
        _plan = plan;
        _reach = patterns.MaxLength - 1;
        Kernel = patterns.CreateKernel();
    }

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
                return Search(lent.Bytes, own, failure: null);
            }
        }

        if (_buffer.Length < wanted)
        {
            _buffer = new byte[wanted];
        }

        int reached = _source.ReadReachable(offset, _buffer.AsSpan(0, wanted), out MappingException? failure);

        // A bad byte behind the chunk is the next chunk's.
        return Search(_buffer.AsSpan(0, reached), own, reached < own ? failure : null);
    }

    /// <summary>Searches the bytes for matches that start before the limit.</summary>
    protected abstract ChunkResult<T> Search(ReadOnlySpan<byte> bytes, int limit, MappingException? failure);
}
