namespace MmapPS.Native;

/// <summary>Identifies a file, under any of its names.</summary>
/// <param name="Device">Its file system.</param>
/// <param name="Number">Its number there.</param>
internal readonly record struct FileIdentity(ulong Device, ulong Number);
