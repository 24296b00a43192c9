namespace MmapPS.Native;

/// <summary>Status of a path or of an open file.</summary>
/// <param name="Type">The type of the file.</param>
/// <param name="Granularity">A mapping's offset in the file must be a multiple of this number of bytes.</param>
/// <param name="PageSize">Size of the pages of its mappings, in bytes.</param>
internal sealed record FileStatus(FileType Type, long Granularity, long PageSize)
{
    /// <summary>Permissions, such as 0640, if the system has permission bits.</summary>
    public int Permissions { get; init; } = FilePermissions.Anyone;
}

/// <summary>The types of files that matter for mapping.</summary>
internal enum FileType
{
    Regular,
    Directory,
    CharacterDevice,
    BlockDevice,
    Pipe,
    Socket,
    Other,
}
