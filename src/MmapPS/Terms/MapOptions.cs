using System;

namespace MmapPS;

/// <summary>How a mapping is made. Combine with commas: <c>-Option Populate,Locked</c>.</summary>
/// <remarks>mmap(2): the MAP_* flags of the same names.</remarks>
[Flags]
public enum MapOptions
{
    /// <summary>Nothing special.</summary>
    None = 0,

    /// <summary>Bring all pages into memory now instead of at first use (MAP_POPULATE).</summary>
    Populate = 1,

    /// <summary>Keep all pages in memory until the region is removed (MAP_LOCKED). Limited by RLIMIT_MEMLOCK.</summary>
    Locked = 2,

    /// <summary>Reserve no swap space; a write may fail for lack of memory (MAP_NORESERVE).</summary>
    NoReserve = 4,

    /// <summary>Use pages of the huge page pool (MAP_HUGETLB).</summary>
    HugePages = 8,

    /// <summary>A stack that grows downwards when touched below its start (MAP_GROWSDOWN).</summary>
    GrowsDown = 16,

    /// <summary>Skip zeroing; honoured only by kernels without an MMU (MAP_UNINITIALIZED).</summary>
    Uninitialized = 32,

    /// <summary>Writes are durable once flushed from the processor's cache; needs a DAX file (MAP_SYNC).</summary>
    Sync = 64,
}
