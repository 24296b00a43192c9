using System;
using System.Threading;

namespace MmapPS.Bytes.Scanning;

/// <summary>How long work over a source is done and watched.</summary>
internal sealed class ScanSettings
{
    /// <summary>As fast as the machine allows, with nobody watching.</summary>
    public static ScanSettings Default { get; } = new();

    /// <summary>Ends the work.</summary>
    public CancellationToken Stop { get; init; }

    /// <summary>Told of bytes done since the last call, on the thread that takes the results. What it throws ends the work.</summary>
    public Action<long>? Progress { get; init; }

    /// <summary>
    /// Bytes read at once. Small enough that what the kernel copied is still in the second-level cache when it is looked at,
    /// large enough that a call of the system costs nothing beside it.
    /// </summary>
    public int ChunkSize { get; init; } = 256 * 1024;

    /// <summary>Threads that work, the one that takes the results among them. More than a few only wait for memory.</summary>
    public int Threads { get; init; } = Math.Min(Environment.ProcessorCount, 8);

    /// <summary>
    /// Bytes of a hole that is left out instead of being read. Reading so many takes a thousand times as long as asking for it.
    /// </summary>
    public long LongHole { get; init; } = 4 << 20;

    /// <summary>Bytes below which starting a second thread costs more than it brings.</summary>
    public long ParallelFrom { get; init; } = 4 << 20;
}
