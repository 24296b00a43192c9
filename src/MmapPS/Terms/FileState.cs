namespace MmapPS;

/// <summary>How a region's file has changed since it was mapped.</summary>
public enum FileState
{
    /// <summary>The file is still at its path, and has all bytes of the region.</summary>
    Current,

    /// <summary>The file is shorter than the region; bytes past its end cannot be read.</summary>
    Cut,

    /// <summary>Another file is at the path; the region still uses the old one.</summary>
    Replaced,

    /// <summary>There is no file at the path; the region still uses the old one.</summary>
    Deleted,
}
