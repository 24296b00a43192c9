using System;
using System.Collections.Generic;

namespace MmapPS.Regions.Files;

/// <summary>The destinations of one statement: mostly one, which is open while bytes are copied to it.</summary>
internal sealed class CopyDestinations : IDisposable
{
    private readonly Dictionary<object, CopyDestination> _known = [];
    private readonly Action<CopyDestination> _leave;
    private CopyDestination? _current;

    /// <param name="leave">Called with a destination, closed, before another is selected and at the end.</param>
    public CopyDestinations(Action<CopyDestination> leave) => _leave = leave;

    /// <summary>A destination, with what is known of it from the copies before.</summary>
    /// <param name="named">The region, or the full path of the file.</param>
    /// <param name="start">Where the first copy goes, in bytes from the destination's start.</param>
    /// <param name="options">How to copy; those of the first selection count.</param>
    public CopyDestination Select(object named, long start, CopyOptions options)
    {
        if (!_known.TryGetValue(named, out CopyDestination? destination))
        {
            destination = named is MappedRegion region
                ? new RegionDestination(region, start, (options & CopyOptions.Sparse) != 0)
                : new FileDestination((string)named, start, options);
            _known.Add(named, destination);
        }

        if (destination != _current)
        {
            Complete();
            _current = destination;
        }

        return destination;
    }

    /// <summary>Leaves the present destination.</summary>
    public void Complete()
    {
        if (_current is { } done)
        {
            _current = null;
            done.Dispose();
            _leave(done);
        }
    }

    /// <summary>Closes the present destination, whatever has been copied to it.</summary>
    public void Dispose() => _current?.Dispose();
}
