namespace MmapPS.Native;

/// <summary>What a path or an open file is.</summary>
/// <param name="Type">The kind of file.</param>
/// <param name="Granularity">Bytes that a mapping's offset into it must be a multiple of.</param>
/// <param name="PageSize">Bytes of the pages it is mapped with.</param>
internal sealed record FileStatus(FileType Type, long Granularity, long PageSize)
{
    /// <summary>Who may do what with it, such as 0640, as far as the system has such bits.</summary>
    public int Permissions { get; init; } = FilePermissions.Anyone;
}

/// <summary>The kinds of file that mapping tells apart.</summary>
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
