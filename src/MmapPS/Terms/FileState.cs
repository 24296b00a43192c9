namespace MmapPS;

/// <summary>What became of a region's file since it was mapped.</summary>
public enum FileState
{
    /// <summary>It is the file at its path, and has all bytes of the region.</summary>
    Current,

    /// <summary>It is shorter than the region: behind its end is nothing to read.</summary>
    Cut,

    /// <summary>Another file is at its path; the region goes on with the old one.</summary>
    Replaced,

    /// <summary>No file is at its path; the region goes on with the old one.</summary>
    Deleted,
}
