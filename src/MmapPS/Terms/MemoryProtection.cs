using System;

namespace MmapPS;

/// <summary>What may be done with the pages of a mapping. Combine with commas: <c>-Protection Read,Write</c>.</summary>
/// <remarks>mmap(2), mprotect(2): PROT_NONE, PROT_READ, PROT_WRITE, PROT_EXEC.</remarks>
[Flags]
public enum MemoryProtection
{
    /// <summary>Nothing: every access is an error.</summary>
    None = 0,

    /// <summary>Bytes may be read.</summary>
    Read = 1,

    /// <summary>Bytes may be changed.</summary>
    Write = 2,

    /// <summary>Instructions may be run.</summary>
    Execute = 4,
}
