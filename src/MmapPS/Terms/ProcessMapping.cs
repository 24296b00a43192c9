namespace MmapPS;

/// <summary>A mapping of a process, as the system reports it. Sizes are in bytes; null if the system does not report them.</summary>
public sealed class ProcessMapping
{
    internal ProcessMapping(int processId, ulong address, long length, string permissions)
    {
        ProcessId = processId;
        Address = address;
        Length = length;
        Permissions = permissions;
    }

    /// <summary>The id of the process.</summary>
    public int ProcessId { get; }

    /// <summary>Its address.</summary>
    public ulong Address { get; }

    /// <summary>Its length in bytes of address space.</summary>
    public long Length { get; }

    /// <summary>The allowed access, and s for shared or p for private: <c>rw-p</c>.</summary>
    public string Permissions { get; }

    /// <summary>Its offset in its file, or null if the system does not report it.</summary>
    public long? Offset { get; internal init; }

    /// <summary>The path of its file, the system's name such as <c>[heap]</c>, or null.</summary>
    public string? Path { get; internal init; }

    /// <summary>Whether the file was deleted after it was mapped.</summary>
    public bool Deleted { get; internal init; }

    /// <summary>Bytes in memory; on Windows, bytes in the working set of the process.</summary>
    public long? Rss { get; internal set; }

    /// <summary>The same, with each page divided by the number of processes that share it.</summary>
    public long? Pss { get; internal set; }

    /// <summary>Bytes of dirty pages in memory: changed and not written back.</summary>
    public long? Dirty { get; internal set; }

    /// <summary>Bytes swapped out.</summary>
    public long? Swap { get; internal set; }

    /// <summary>Its share (<see cref="Pss"/>) of locked pages in memory; on Windows all of them.</summary>
    public long? Locked { get; internal set; }

    /// <summary>Bytes in huge pages, transparent or from the pool.</summary>
    public long? Huge { get; internal set; }

    /// <summary>The kernel's flags, two letters each: <c>rd wr mr mw me lo</c>. Empty if the system does not report them.</summary>
    public string VmFlags { get; internal set; } = string.Empty;
}
