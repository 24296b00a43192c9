namespace MmapPS.Native;

/// <summary>What tells a file from all others, whatever names it has.</summary>
/// <param name="Device">The file system that it is in.</param>
/// <param name="Number">Its number there.</param>
internal readonly record struct FileIdentity(ulong Device, ulong Number);
