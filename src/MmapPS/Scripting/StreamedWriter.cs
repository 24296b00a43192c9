using System;
using System.Collections.Generic;
using System.Linq;
using MmapPS.Ranges;
using MmapPS.Regions.Access;
using MmapPS.Resources;

namespace MmapPS.Scripting;

/// <summary>Writes the values of a pipeline into regions, one after the other, after the user has agreed.</summary>
internal sealed class StreamedWriter : IDisposable
{
    private readonly Func<MappedRegion, ByteRange, string, bool> _ask;
    private List<(MappedRegion Region, RegionWriter Writer)>? _targets;

    /// <param name="ask">Asks whether to do an action to a range of a region.</param>
    public StreamedWriter(Func<MappedRegion, ByteRange, string, bool> ask) => _ask = ask;

    /// <summary>The regions that get values: all before the first value, then those that the user agreed to.</summary>
    public IEnumerable<MappedRegion> AgreedOf(IEnumerable<MappedRegion> regions) =>
        _targets?.Select(target => target.Region) ?? regions;

    /// <summary>Adds a byte if the buffers of an agreed stream have room.</summary>
    public bool TryAppend(byte value)
    {
        // All buffers have the same bytes, so all or none have room.
        bool taken = _targets is { Count: > 0 };
        for (int i = 0; taken && i < _targets!.Count; i++)
        {
            taken = _targets[i].Writer.TryAppend(value);
        }

        return taken;
    }

    /// <summary>Adds a value; the first one asks for confirmation.</summary>
    /// <param name="regions">The regions; each gets all values.</param>
    /// <param name="offset">Offset of the first value.</param>
    /// <param name="encode">Encodes the value.</param>
    /// <param name="gap">
    /// Bytes to skip after each value, which is then written as a whole or not at all; null if parts may be written.
    /// </param>
    /// <exception cref="MappingException">See RegionWriter; errors of encoding also say how much was written before.</exception>
    public void Append(IEnumerable<MappedRegion> regions, long offset, Func<byte[]> encode, long? gap = null)
    {
        _targets ??= regions.Where(region => _ask(region, region.Range(offset, null), Messages.ActionWriteStream()))
            .Select(region => (region, new RegionWriter(region, offset)))
            .ToList();
        if (_targets.Count == 0)
        {
            return;
        }

        byte[] bytes;
        try
        {
            bytes = encode();
        }
        catch (MappingException exception)
        {
            Flush();
            throw new MappingException(exception.Error, Messages.StreamStopped(exception.Message, _targets[0].Writer.Written));
        }

        foreach ((MappedRegion _, RegionWriter writer) in _targets)
        {
            if (gap is long skipped)
            {
                writer.AppendWhole(bytes, skipped);
            }
            else
            {
                writer.Append(bytes);
            }
        }
    }

    /// <summary>Writes the buffered bytes.</summary>
    /// <exception cref="MappingException">See RegionWriter.</exception>
    public void Flush() => _targets?.ForEach(target => target.Writer.Flush());

    /// <summary>Writes the buffered bytes; a failure is ignored, because the pipeline has ended.</summary>
    public void Dispose() => _targets?.ForEach(target => target.Writer.TryFlush());
}
