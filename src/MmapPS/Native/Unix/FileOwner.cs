namespace MmapPS.Native.Unix;

/// <summary>Whose a file is, and what it is.</summary>
/// <param name="User">The number of the user that owns it.</param>
/// <param name="Type">The kind of file.</param>
internal readonly record struct FileOwner(uint User, FileType Type);
