using System.Collections.Generic;

namespace MmapPS.Regions.Making;

/// <summary>A region as the user asks for it: any offset, any length.</summary>
internal sealed class MapRequest
{
    /// <summary>The full path of the file to map, or null for anonymous memory.</summary>
    public string? Path { get; init; }

    /// <summary>The name of shared memory, or null.</summary>
    public string? Name { get; init; }

    /// <summary>Whether it is memory that is never swapped or dumped, and overwritten at the end.</summary>
    public bool Secret { get; init; }

    /// <summary>Where in the file or the memory with a name the region starts, in bytes.</summary>
    public long Offset { get; init; }

    /// <summary>Whether it may be a part of memory with a name; else <see cref="Length"/> is that of all the memory.</summary>
    public bool IsPart { get; init; }

    /// <summary>How many bytes it has, or null for all that follows.</summary>
    public long? Length { get; init; }

    /// <summary>What may be done with its bytes.</summary>
    public MemoryProtection Protection { get; init; } = MemoryProtection.Read | MemoryProtection.Write;

    /// <summary>Who sees changes.</summary>
    public MapSharing Sharing { get; init; }

    /// <summary>How it is made.</summary>
    public MapOptions Options { get; init; }

    /// <summary>The huge page size in bytes, or 0 for the system's default.</summary>
    public long HugePageSize { get; init; }

    /// <summary>The address that the region's first byte should have, or 0 for the system's choice.</summary>
    public long Address { get; init; }

    /// <summary>Whether any other address is a failure.</summary>
    public bool Fixed { get; init; }

    /// <summary>Advice that the region is given at once; none that would lose bytes.</summary>
    public IReadOnlyList<MemoryAdvice> Advice { get; init; } = [];

    /// <summary>Whether the module maps it for its own use, so that advice on how to map it makes no sense.</summary>
    public bool Internal { get; init; }

    /// <summary>Whether the user cannot ask for a missing file to be made, so that advice on that makes no sense.</summary>
    public bool Existing { get; init; }

    /// <summary>
    /// Whether a missing file is made, <see cref="Offset"/> plus <see cref="Length"/> bytes long. Memory with a name is made in any case;
    /// with this it must not be there yet.
    /// </summary>
    public bool Create { get; init; }

    /// <summary>Whether a file that is too short is made long enough.</summary>
    public bool Extend { get; init; }
}
