namespace MmapPS;

/// <summary>Who sees changes made through a mapping.</summary>
/// <remarks>mmap(2): MAP_SHARED, MAP_PRIVATE.</remarks>
public enum MapSharing
{
    /// <summary>Changes reach the file and all other processes that map it.</summary>
    Shared = 0,

    /// <summary>Changes stay in this mapping and are lost with it; the file keeps its bytes (copy-on-write).</summary>
    Private = 1,
}
