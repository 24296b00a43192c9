using System;
using System.Management.Automation;
using MmapPS.Ranges;
using MmapPS.Regions.Access;
using MmapPS.Resources;

namespace MmapPS.Scripting;

/// <summary>Writes the values that a pipeline delivers into a region, one after the other, once the user has agreed.</summary>
internal sealed class StreamedWriter
{
    private readonly Cmdlet _command;
    private RegionWriter? _writer;

    public StreamedWriter(Cmdlet command) => _command = command;

    /// <summary>Whether the user was asked and said no.</summary>
    public bool Declined { get; private set; }

    /// <summary>Takes a byte if there is room for it in the buffer of an agreed stream.</summary>
    public bool TryAppend(byte value) => _writer is not null && _writer.TryAppend(value);

    /// <summary>Takes a value; the first one asks.</summary>
    /// <param name="region">The region.</param>
    /// <param name="offset">Where the first value goes.</param>
    /// <param name="encode">Makes the value's bytes.</param>
    /// <param name="gap">
    /// Bytes to pass over behind each value, which is written whole or not at all; null where any part of it will do.
    /// </param>
    /// <exception cref="MappingException">As RegionWriter; what comes of making the bytes, with how much was written before.</exception>
    public void Append(MappedRegion region, long offset, Func<byte[]> encode, long? gap = null)
    {
        if (_writer is null)
        {
            ByteRange range = region.Range(offset, null);
            Declined = Declined
                || !_command.ShouldProcess(Messages.TargetRange(region.Subject, range.Offset, range.Length), Messages.ActionWriteStream());
            if (Declined)
            {
                return;
            }

            _writer = new RegionWriter(region, range.Offset);
        }

        byte[] bytes;
        try
        {
            bytes = encode();
        }
        catch (MappingException exception)
        {
            _writer.Flush();
            throw new MappingException(exception.Error, Messages.StreamStopped(exception.Message, _writer.Written));
        }

        if (gap is long skipped)
        {
            _writer.AppendWhole(bytes, skipped);
        }
        else
        {
            _writer.Append(bytes);
        }
    }

    /// <summary>Writes what is buffered.</summary>
    /// <exception cref="MappingException">As RegionWriter.</exception>
    public void Flush() => _writer?.Flush();

    /// <summary>Writes what is buffered where nobody is left to hear of a failure.</summary>
    public void TryFlush() => _writer?.TryFlush();
}
