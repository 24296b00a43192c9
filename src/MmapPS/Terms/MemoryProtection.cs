using System;

namespace MmapPS;

/// <summary>The allowed access to the pages of a mapping. Combine with commas: <c>-Protection Read,Write</c>.</summary>
/// <remarks>mmap(2), mprotect(2): PROT_NONE, PROT_READ, PROT_WRITE, PROT_EXEC.</remarks>
[Flags]
public enum MemoryProtection
{
    /// <summary>No access: every access is an error.</summary>
    None = 0,

    /// <summary>Bytes can be read.</summary>
    Read = 1,

    /// <summary>Bytes can be changed.</summary>
    Write = 2,

    /// <summary>Instructions can be executed.</summary>
    Execute = 4,
}
