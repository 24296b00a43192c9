namespace MmapPS.Native.Unix;

/// <summary>Owner and type of a file.</summary>
/// <param name="User">The id of the owner.</param>
/// <param name="Type">The type of the file.</param>
internal readonly record struct FileOwner(uint User, FileType Type);
