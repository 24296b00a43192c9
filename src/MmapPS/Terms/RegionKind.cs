namespace MmapPS;

/// <summary>The kind of memory of a region.</summary>
public enum RegionKind
{
    /// <summary>A regular file.</summary>
    File,

    /// <summary>A device file.</summary>
    Device,

    /// <summary>Memory without a name or a file.</summary>
    Anonymous,

    /// <summary>Shared memory that other processes open by name.</summary>
    Named,

    /// <summary>Anonymous memory that is never swapped or dumped.</summary>
    Secret,
}
