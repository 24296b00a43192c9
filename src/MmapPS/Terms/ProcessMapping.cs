namespace MmapPS;

/// <summary>A mapping of a process, as the system tells it. Sizes are in bytes; null where the system does not tell them.</summary>
public sealed class ProcessMapping
{
    internal ProcessMapping(int processId, ulong address, long length, string permissions)
    {
        ProcessId = processId;
        Address = address;
        Length = length;
        Permissions = permissions;
    }

    /// <summary>The number of the process.</summary>
    public int ProcessId { get; }

    /// <summary>Where it starts.</summary>
    public ulong Address { get; }

    /// <summary>How many bytes of address space it takes.</summary>
    public long Length { get; }

    /// <summary>What may be done, and s for shared or p for private: <c>rw-p</c>.</summary>
    public string Permissions { get; }

    /// <summary>Where in its file it starts, or null where the system does not tell.</summary>
    public long? Offset { get; internal init; }

    /// <summary>The path of its file, the system's name of it such as <c>[heap]</c>, or null.</summary>
    public string? Path { get; internal init; }

    /// <summary>Whether the file has been deleted since.</summary>
    public bool Deleted { get; internal init; }

    /// <summary>Bytes that are in memory; on Windows those in the working set of the process.</summary>
    public long? Rss { get; internal set; }

    /// <summary>The same, each page divided by the number of processes that have it.</summary>
    public long? Pss { get; internal set; }

    /// <summary>Bytes of pages in memory that were changed and not written back.</summary>
    public long? Dirty { get; internal set; }

    /// <summary>Bytes that are swapped out.</summary>
    public long? Swap { get; internal set; }

    /// <summary>Its share (<see cref="Pss"/>) of locked pages in memory; on Windows all of them.</summary>
    public long? Locked { get; internal set; }

    /// <summary>Bytes in huge pages, transparent or of the pool.</summary>
    public long? Huge { get; internal set; }

    /// <summary>What the kernel made of it, two letters each: <c>rd wr mr mw me lo</c>. Empty where the system does not say.</summary>
    public string VmFlags { get; internal set; } = string.Empty;
}
