namespace MmapPS.Bytes.Editing;

/// <summary>What a patch changes.</summary>
/// <param name="IsFile">Whether it is a file; otherwise a region of memory.</param>
/// <param name="Name">Full path of the file, or name of the shared memory; empty for memory without a name.</param>
/// <param name="Length">Its length in bytes; 0 if unknown.</param>
internal sealed record PatchSubject(bool IsFile, string Name, long Length);
