using System;
using MmapPS.Work;

namespace MmapPS.Bytes.Scanning;

/// <summary>Settings of work over a source.</summary>
internal sealed class ScanSettings
{
    /// <summary>As fast as the machine allows, without progress.</summary>
    public static ScanSettings Default { get; } = new();

    /// <summary>Shows the bytes done, on the consumer's thread, and stops the work.</summary>
    public IWork Work { get; init; } = Unwatched.Work;

    /// <summary>
    /// Bytes read at once. Small enough that the kernel's copy is still in the second-level cache when it is searched,
    /// large enough to make the cost of a system call negligible.
    /// </summary>
    public int ChunkSize { get; init; } = 256 * 1024;

    /// <summary>Number of threads, including the consumer. More than a few only wait for memory.</summary>
    public int Threads { get; init; } = Math.Min(Environment.ProcessorCount, 8);

    /// <summary>
    /// Length of a hole that is skipped instead of read. Reading it takes a thousand times as long as finding it.
    /// </summary>
    public long LongHole { get; init; } = 4 << 20;

    /// <summary>Bytes below which a second thread costs more than it gains.</summary>
    public long ParallelFrom { get; init; } = 4 << 20;
}
